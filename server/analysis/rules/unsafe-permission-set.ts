import { statementsOf } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

export const unsafePermissionSet: ScriptRule = {
  name: 'unsafe-permission-set',
  summary: 'An UNSAFE assembly may do whatever the SQL Server service account may, native code included.',
  topic: 'permission-sets',
  severity: 'warning',
  phase: 'review',
  cwe: [250],
  on: 'script',
  check(file, report) {
    for (const { name, permissionSet } of statementsOf(file.script, 'createAssembly')) {
      if (permissionSet?.value === 'UNSAFE') report(permissionSet.span, `Assembly ${name.value} is declared UNSAFE`);
    }
  },
  checkProjectFile(file, report) {
    for (const { assembly, value, uri, span } of file.permissionSets) {
      if (value === 'UNSAFE') report(uri, span, `Assembly ${assembly ?? 'of this project'} is declared UNSAFE`);
    }
  },
};
