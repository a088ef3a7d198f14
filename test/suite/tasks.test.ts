// The task that tells what a pipeline would: of each folder on the desktop, of none in a browser.
import * as assert from 'assert';
import * as vscode from 'vscode';

const type = 'sqlclr-lint';

suite('tasks', () => {
  test('lint the folder with the command line that ships, where a process can run', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const tasks = await vscode.tasks.fetchTasks({ type });
    if (folder.uri.scheme !== 'file') return assert.deepStrictEqual(tasks, []);
    const [task, other] = tasks;
    assert.ok(task && !other, String(tasks.length));
    assert.strictEqual(`${task.source}: ${task.name}`, 'sqlclr-lint: lint workspace');
    assert.deepStrictEqual(task.problemMatchers, [], 'the problems are there already');
    const { execution } = task;
    assert.ok(execution instanceof vscode.ProcessExecution);
    const [cli = '', ...others] = execution.args;
    assert.deepStrictEqual(others, ['lint', '.']);
    assert.deepStrictEqual(execution.options?.env, { ELECTRON_RUN_AS_NODE: '1' });
    assert.strictEqual(execution.options.cwd, folder.uri.fsPath);
    for (const file of [cli, cli.replace('cli.cjs', 'core.js'), execution.process])
      assert.ok((await vscode.workspace.fs.stat(vscode.Uri.file(file))).size > 0, file);
  });

  test('of tasks.json get what it gives them', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    if (folder?.uri.scheme !== 'file') return;
    const file = vscode.Uri.joinPath(folder.uri, '.vscode', 'tasks.json');
    const own = { type, arguments: ['--fail-on', 'warning'], label: 'as in CI', problemMatcher: [] };
    const text = JSON.stringify({ version: '2.0.0', tasks: [own] });
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    let found: vscode.Task | undefined;
    for (let tries = 0; tries < 100 && !found; tries++) {
      found = (await vscode.tasks.fetchTasks({ type })).find(({ name }) => name === own.label);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await vscode.workspace.fs.delete(file);
    assert.ok(found?.execution instanceof vscode.ProcessExecution);
    assert.deepStrictEqual(found.execution.args.slice(1), ['lint', '.', ...own.arguments]);
  });

  test('fill the problems where the server tells of open files alone', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    if (folder?.uri.scheme !== 'file') return;
    const settings = vscode.workspace.getConfiguration('sqlclr');
    await settings.update('diagnosticMode', 'openFiles', vscode.ConfigurationTarget.Global);
    const [task] = await vscode.tasks.fetchTasks({ type });
    await settings.update('diagnosticMode', undefined, vscode.ConfigurationTarget.Global);
    assert.deepStrictEqual(task?.problemMatchers, ['$sqlclr-lint']);
  });
});
