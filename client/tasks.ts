// The command line as a task of each folder: what a pipeline tells of it. A browser runs no process and has no such task.
import {
  ProcessExecution,
  Task,
  tasks,
  workspace,
  type Disposable,
  type TaskDefinition,
  type WorkspaceFolder,
} from 'vscode';

const type = 'sqlclr-lint';

/** `cli`: the bundle, which the editor's own Node.js runs. */
export function offerTasks(cli: string): Disposable {
  return tasks.registerTaskProvider(type, {
    provideTasks: () =>
      (workspace.workspaceFolders ?? [])
        .filter(({ uri }) => uri.scheme === 'file')
        .map((folder) => lintTask(cli, folder)),
    // Of tasks.json. What is answered has to have the very definition that was asked about.
    resolveTask({ definition, scope }) {
      const folder = typeof scope === 'object' ? scope : workspace.workspaceFolders?.[0];
      return folder?.uri.scheme === 'file' ? lintTask(cli, folder, definition) : undefined;
    },
  });
}

function lintTask(cli: string, folder: WorkspaceFolder, definition: TaskDefinition = { type }): Task {
  const given: unknown = definition['arguments'];
  const own = Array.isArray(given) ? given.map(String) : [];
  const execution = new ProcessExecution(process.execPath, [cli, 'lint', '.', ...own], {
    cwd: folder.uri.fsPath,
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
  // Other tasks name it, in every language.
  return new Task(definition, folder, 'lint workspace', type, execution, matchersIn(folder));
}

/** What the server tells of the whole workspace is among the problems already. */
function matchersIn({ uri }: WorkspaceFolder): string[] {
  return workspace.getConfiguration('sqlclr', uri).get('diagnosticMode') === 'workspace' ? [] : ['$sqlclr-lint'];
}
