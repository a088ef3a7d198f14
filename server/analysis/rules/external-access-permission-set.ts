import { statementsOf } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

export const externalAccessPermissionSet: ScriptRule = {
  name: 'external-access-permission-set',
  summary: 'An EXTERNAL_ACCESS assembly reaches files, the network and the registry as the SQL Server service account.',
  topic: 'permission-sets',
  severity: 'warning',
  phase: 'review',
  cwe: [250],
  on: 'script',
  check(file, report) {
    for (const { name, permissionSet } of statementsOf(file.script, 'createAssembly')) {
      if (permissionSet?.value === 'EXTERNAL_ACCESS')
        report(permissionSet.span, `Assembly ${name.value} is declared EXTERNAL_ACCESS`);
    }
  },
  checkProjectFile(file, report) {
    for (const { assembly, value, uri, span } of file.permissionSets) {
      if (value === 'EXTERNAL_ACCESS')
        report(uri, span, `Assembly ${assembly ?? 'of this project'} is declared EXTERNAL_ACCESS`);
    }
  },
};
