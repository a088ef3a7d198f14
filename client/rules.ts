// The command that turns a rule off in the settings of the workspace, or of the folder that a file is in.
import { ConfigurationTarget, Uri, workspace } from 'vscode';

export async function silenceRule(rule: unknown, file: unknown): Promise<void> {
  if (typeof rule !== 'string' || typeof file !== 'string') return;
  const uri = Uri.parse(file, true);
  const isOfFolder = (workspace.workspaceFolders?.length ?? 0) > 1 && workspace.getWorkspaceFolder(uri) !== undefined;
  const configuration = workspace.getConfiguration('sqlclr', uri);
  const { workspaceValue, workspaceFolderValue } = configuration.inspect<Record<string, string>>('rules') ?? {};
  const { [rule]: _before, ...others } = (isOfFolder ? workspaceFolderValue : workspaceValue) ?? {};
  // Behind all others, so that it holds.
  const target = isOfFolder ? ConfigurationTarget.WorkspaceFolder : ConfigurationTarget.Workspace;
  await configuration.update('rules', { ...others, [rule]: 'off' }, target);
}
