import { statementsOf } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

export const uncheckedData: ScriptRule = {
  name: 'unchecked-data',
  summary: 'WITH UNCHECKED DATA leaves stored values unchecked against the new code until DBCC CHECKTABLE has run.',
  topic: 'assemblies',
  severity: 'warning',
  phase: 'create',
  sqlErrors: [6288],
  on: 'script',
  check(file, report) {
    for (const { name, uncheckedData: span } of statementsOf(file.script, 'alterAssembly')) {
      if (span) report(span, `Values that depend on assembly ${name.value} are not checked against its new code`);
    }
  },
};
