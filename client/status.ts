// The language status item: for which server scripts are checked, what was found to check, and what is off.
import {
  l10n,
  languages,
  LanguageStatusSeverity,
  Uri,
  type Command,
  type Disposable,
  type LanguageStatusItem,
} from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import { statusNotification, type Status, type StatusProblem } from '../server/protocol.js';

/** `remember` is given each. */
export function showStatus(client: BaseLanguageClient, remember: (status: Status) => void): readonly Disposable[] {
  const item = languages.createLanguageStatusItem('sqlclr.status', [{ language: 'sql' }, { language: 'csharp' }]);
  item.name = 'SQLCLR';
  item.text = 'SQLCLR';
  item.busy = true;
  return [
    item,
    client.onNotification(statusNotification, (status: Status) => {
      remember(status);
      showTarget(item, status);
    }),
    client.onDidChangeState(({ newState }) => showState(item, newState)),
  ];
}

function showTarget(item: LanguageStatusItem, status: Status): void {
  const [problem] = status.problems;
  item.busy = false;
  item.severity = problem ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
  item.text = status.target;
  item.detail = problem?.message ?? detailOf(status);
  item.command = (problem && remedyOf(problem)) ?? targetCommand(status);
}

/** Where the file says the target, the setting would change nothing. */
function targetCommand({ targetFrom }: Status): Command {
  if (targetFrom === undefined) return { command: 'sqlclr.selectTarget', title: l10n.t('Change Target') };
  return opening(targetFrom);
}

function remedyOf({ uri, inSettings, restarts }: StatusProblem): Command {
  if (uri !== undefined) return opening(uri);
  if (restarts) return { command: 'sqlclr.restartServer', title: l10n.t('Restart Server') };
  return inSettings
    ? { command: 'workbench.action.openSettings', title: l10n.t('Open Settings'), arguments: ['sqlclr'] }
    : { command: 'sqlclr.showOutput', title: l10n.t('Show Output') };
}

function opening(uri: string): Command {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  return { command: 'vscode.open', title: l10n.t('Open {0}', name), arguments: [Uri.parse(uri, true)] };
}

function showState(item: LanguageStatusItem, state: State): void {
  item.busy = state === State.Starting;
  if (state !== State.Stopped && state !== State.StartFailed) return;
  item.severity = LanguageStatusSeverity.Error;
  item.text = 'SQLCLR';
  item.detail = l10n.t('the server is not running');
  item.command = { command: 'sqlclr.restartServer', title: l10n.t('Restart Server') };
}

function detailOf({ strictSecurity, scripts, assemblies, targetFrom }: Status): string {
  return [
    ...(strictSecurity === undefined
      ? []
      : [strictSecurity ? l10n.t('strict security on') : l10n.t('strict security off')]),
    scripts === 1 ? l10n.t('1 script') : l10n.t('{0} scripts', scripts),
    assemblies === 1 ? l10n.t('1 assembly file') : l10n.t('{0} assembly files', assemblies),
    ...(targetFrom === undefined ? [] : [l10n.t('as sqlclr-lint.json says')]),
  ].join(', ');
}
