import { setsBeforeOf } from '../project/sets-before.js';
import { statementsOf, type PermissionSetName } from '../tsql/nodes.js';
import type { ProjectRule } from './rule.js';

const order: readonly PermissionSetName[] = ['SAFE', 'EXTERNAL_ACCESS', 'UNSAFE'];

export const raisedPermissionSet: ProjectRule = {
  name: 'raised-permission-set',
  summary: 'ALTER ASSEMBLY gives an assembly a wider permission set than it was created with.',
  topic: 'permission-sets',
  severity: 'warning',
  phase: 'review',
  cwe: [250],
  on: 'project',
  check(project, report) {
    const setsBefore = setsBeforeOf(project);
    for (const file of project.scriptsWith('alterAssembly')) {
      for (const statement of statementsOf(file.script, 'alterAssembly')) {
        const { permissionSet, name } = statement;
        if (!permissionSet?.value || permissionSet.value === 'SAFE') continue;
        const before = setsBefore.get(statement);
        if (before === undefined)
          report(file.uri, permissionSet.span, `ALTER ASSEMBLY ${name.value} sets ${permissionSet.value}`);
        else if (order.indexOf(permissionSet.value) > order.indexOf(before)) {
          report(
            file.uri,
            permissionSet.span,
            `ALTER ASSEMBLY ${name.value} raises ${before} to ${permissionSet.value}`,
          );
        }
      }
    }
  },
};
