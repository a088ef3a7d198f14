// The command that changes `sqlclr.target`. What there is to choose stands in the manifest.
import { ConfigurationTarget, window, workspace, type Extension, type QuickPickItem } from 'vscode';

interface TargetItem extends QuickPickItem {
  readonly value: string;
}

export async function selectTarget(extension: Extension<unknown>): Promise<void> {
  const configuration = workspace.getConfiguration('sqlclr');
  const items = targetItems(extension, configuration.get('target'));
  const chosen = await window.showQuickPick(items, {
    title: 'SQLCLR: Target',
    placeHolder: 'Server the scripts run on',
  });
  if (!chosen) return;
  const scope = workspace.workspaceFolders ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await configuration.update('target', chosen.value, scope);
}

function targetItems(extension: Extension<unknown>, current: string | undefined): TargetItem[] {
  const setting = extension.packageJSON.contributes.configuration.properties['sqlclr.target'];
  return setting.enum.map((value: string, index: number) => ({
    value,
    label: setting.enumItemLabels[index],
    description: value === current ? `${value} (current)` : value,
    detail: setting.enumDescriptions[index],
  }));
}
