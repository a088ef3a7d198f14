// The command that turns findings off, and on again.
import { ConfigurationTarget, l10n, window, workspace } from 'vscode';

/** Turned off in the workspace, for what is open is one; and on again where it was turned off, to what is set otherwise. */
export async function toggleFindings(): Promise<void> {
  const configuration = workspace.getConfiguration('sqlclr');
  const { workspaceValue } = configuration.inspect('diagnosticMode') ?? {};
  const isOff = configuration.get('diagnosticMode') === 'none';
  const isOfWorkspace = isOff ? workspaceValue === 'none' : workspace.workspaceFolders !== undefined;
  const scope = isOfWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await configuration.update('diagnosticMode', isOff ? undefined : 'none', scope);
  window.setStatusBarMessage(isOff ? l10n.t('SQLCLR: findings are on') : l10n.t('SQLCLR: findings are off'), 5_000);
}
