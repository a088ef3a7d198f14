// The command that turns findings off, and on again.
import { ConfigurationTarget, l10n, window, workspace } from 'vscode';

/** Back to what the setting was before, as far as that is the user's or the default. */
export async function toggleFindings(): Promise<void> {
  const configuration = workspace.getConfiguration('sqlclr');
  const isOff = configuration.get('diagnosticMode') === 'none';
  const scope = workspace.workspaceFolders ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await configuration.update('diagnosticMode', isOff ? undefined : 'none', scope);
  window.setStatusBarMessage(isOff ? l10n.t('SQLCLR: findings are on') : l10n.t('SQLCLR: findings are off'), 5_000);
}
