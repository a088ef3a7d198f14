import { configuredIn } from '../project/configuration.js';
import type { ScriptRule } from './rule.js';

export const clrEnabled: ScriptRule = {
  name: 'clr-enabled',
  summary: 'The script turns CLR integration on for the whole instance.',
  topic: 'assemblies',
  severity: 'information',
  phase: 'review',
  on: 'script',
  check(file, report) {
    for (const { statement, option, number } of configuredIn(file.script)) {
      if (option === 'clr enabled' && number === 1)
        report(statement.span, 'CLR integration is turned on for the whole instance');
    }
  },
};
