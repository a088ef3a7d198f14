// What each rule takes over the whole workspace: for whoever wants to know why it is slow.
import type { Connection } from 'vscode-languageserver';
import { ruleTimesRequest, type RuleTime } from '../protocol.js';
import type { Sources } from '../sources.js';

export function answerRuleTimes(connection: Connection, sources: Sources): void {
  // A request without parameters has its token in their place.
  connection.onRequest(ruleTimesRequest, () => ruleTimes(sources));
}

/** The longest first. What several rules ask for counts for the first of them. */
function ruleTimes({ workspace }: Sources): readonly RuleTime[] {
  const times = new Map<string, number>();
  workspace.runAgain((rule, run) => {
    const began = performance.now();
    run();
    times.set(rule, (times.get(rule) ?? 0) + performance.now() - began);
  });
  return [...times]
    .map(([rule, milliseconds]) => ({ rule, milliseconds }))
    .sort((a, b) => b.milliseconds - a.milliseconds);
}
