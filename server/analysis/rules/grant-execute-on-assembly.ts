import { assemblyPermissions } from '../knowledge/permissions.js';
import { statementsOf } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

export const grantExecuteOnAssembly: ScriptRule = {
  name: 'grant-execute-on-assembly',
  summary: 'Assemblies have no EXECUTE permission; it is granted on the routines that are bound to them.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  on: 'script',
  check(file, report) {
    for (const { permissions, securable } of statementsOf(file.script, 'grant', 'deny', 'revoke')) {
      if (securable?.class !== 'ASSEMBLY') continue;
      for (const { name, span } of permissions) {
        if (name !== '' && !assemblyPermissions.includes(name))
          report(span, `Assembly ${securable.name.last.value} has no permission ${name}`);
      }
    }
  },
};
