import { findAssembly } from '../project/build-project.js';
import type { Project, ScriptFile } from '../project/project.js';
import { statementsOf, type AlterAssembly, type PermissionSetName } from '../tsql/nodes.js';
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
    for (const file of project.scripts) {
      for (const statement of statementsOf(file.script, 'alterAssembly')) {
        const { permissionSet, name } = statement;
        if (!permissionSet?.value || permissionSet.value === 'SAFE') continue;
        const before = setBefore(project, file, statement);
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

/** What the statements before this one leave the assembly with. */
function setBefore(project: Project, file: ScriptFile, statement: AlterAssembly): PermissionSetName | undefined {
  const found = findAssembly(project.byName, file, statement.name.value);
  const created = found.kind === 'found' ? found.assembly.created : undefined;
  if (!created || found.kind !== 'found') return undefined;
  let before = created.statement.permissionSet ? created.statement.permissionSet.value : 'SAFE';
  for (const { statement: earlier } of found.assembly.altered) {
    if (earlier === statement) break;
    if (earlier.permissionSet) before = earlier.permissionSet.value;
  }
  return before;
}
