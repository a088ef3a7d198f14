// The command that changes `sqlclr.target`. What there is to choose stands in the manifest.
import { ConfigurationTarget, l10n, window, workspace, type Extension, type QuickPickItem } from 'vscode';

interface TargetItem extends QuickPickItem {
  readonly value: string;
}

export async function selectTarget(extension: Extension<unknown>): Promise<void> {
  const target = await pickTarget(extension, l10n.t('SQLCLR: Target'), l10n.t('Server the scripts run on'));
  if (target === undefined) return;
  const scope = workspace.workspaceFolders ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await workspace.getConfiguration('sqlclr').update('target', target, scope);
}

export async function pickTarget(
  extension: Extension<unknown>,
  title: string,
  placeHolder: string,
): Promise<string | undefined> {
  const items = targetItems(extension, workspace.getConfiguration('sqlclr').get('target'));
  return (await window.showQuickPick(items, { title, placeHolder }))?.value;
}

function targetItems(extension: Extension<unknown>, current: string | undefined): TargetItem[] {
  const setting = extension.packageJSON.contributes.configuration.properties['sqlclr.target'];
  return setting.enum.map((value: string, index: number) => ({
    value,
    label: setting.enumItemLabels[index],
    description: value === current ? l10n.t('{0} (current)', value) : value,
    detail: setting.enumDescriptions[index],
  }));
}
