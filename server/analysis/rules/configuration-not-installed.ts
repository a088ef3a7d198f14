import { configuredIn } from '../project/configuration.js';
import { hasOpenText } from '../tsql/calls.js';
import { statementsOf } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

export const configurationNotInstalled: ScriptRule = {
  name: 'configuration-not-installed',
  summary: 'An option is set with sp_configure and no RECONFIGURE comes behind it.',
  topic: 'assemblies',
  severity: 'warning',
  phase: 'create',
  sqlErrors: [15457],
  on: 'script',
  check(file, report) {
    const { script } = file;
    if (hasOpenText(file.script)) return;
    const last = statementsOf(script, 'reconfigure').at(-1)?.span.start ?? -1;
    for (const { statement, option } of configuredIn(script)) {
      const { span } = statement;
      const step = file.timeline.stepOf(statement);
      if (!step || span.start < last || option === 'show advanced options') continue;
      report(span, `'${option}' is set, and no RECONFIGURE installs it`, {
        ...(!step.conditional && {
          fix: { title: 'Add RECONFIGURE', edits: [{ at: { start: span.end, end: span.end }, text: '\nRECONFIGURE' }] },
        }),
      });
    }
  },
};
