// The language status item: for which server scripts are checked, and what was found to check.
import { languages, LanguageStatusSeverity, type Disposable, type LanguageStatusItem } from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import { statusNotification, type Status } from '../server/protocol.js';

export function showStatus(client: BaseLanguageClient): readonly Disposable[] {
  const item = languages.createLanguageStatusItem('sqlclr.status', { language: 'sql' });
  item.name = 'SQLCLR';
  item.text = 'SQLCLR';
  item.busy = true;
  return [
    item,
    client.onNotification(statusNotification, (status: Status) => showTarget(item, status)),
    client.onDidChangeState(({ newState }) => showState(item, newState)),
  ];
}

function showTarget(item: LanguageStatusItem, status: Status): void {
  item.busy = false;
  item.severity = LanguageStatusSeverity.Information;
  item.text = status.target;
  item.detail = detailOf(status);
  item.command = { command: 'sqlclr.selectTarget', title: 'Change Target' };
}

function showState(item: LanguageStatusItem, state: State): void {
  item.busy = state === State.Starting;
  if (state !== State.Stopped && state !== State.StartFailed) return;
  item.severity = LanguageStatusSeverity.Error;
  item.text = 'SQLCLR';
  item.detail = 'the server is not running';
  item.command = { command: 'sqlclr.restartServer', title: 'Restart Server' };
}

function detailOf({ strictSecurity, scripts, assemblies }: Status): string {
  const counts = [counted(scripts, 'script', 'scripts'), counted(assemblies, 'assembly file', 'assembly files')];
  const strict = strictSecurity === undefined ? [] : [`strict security ${strictSecurity ? 'on' : 'off'}`];
  return [...strict, ...counts].join(', ');
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
