// Commands for whoever wants to know what goes on: the messages between editor and server, and what each rule takes.
import { commands, l10n, ProgressLocation, window } from 'vscode';
import { Trace, type BaseLanguageClient } from 'vscode-languageclient';
import { ruleTimesRequest, type RuleTime } from '../server/protocol.js';

/** Until it is stopped, or the server restarts; `sqlclr.trace.server` holds for longer. */
export async function trace(client: BaseLanguageClient, isOn: boolean): Promise<void> {
  await client.setTrace(isOn ? Trace.Verbose : Trace.Off);
  await commands.executeCommand('setContext', 'sqlclr.isTracing', isOn);
  if (isOn) client.traceOutputChannel.show();
}

export async function showRuleTimes(client: BaseLanguageClient): Promise<void> {
  const title = l10n.t('SQLCLR: timing every rule');
  const times = await window.withProgress({ location: ProgressLocation.Window, title }, () =>
    client.sendRequest<readonly RuleTime[] | null>(ruleTimesRequest),
  );
  const { outputChannel } = client;
  const total = (times ?? []).reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  outputChannel.appendLine(
    l10n.t('What each rule took over the whole workspace, in milliseconds; {0} in all:', total.toFixed(1)),
  );
  for (const { rule, milliseconds } of times ?? [])
    outputChannel.appendLine(`${milliseconds.toFixed(1).padStart(10)}  ${rule}`);
  outputChannel.show();
}
