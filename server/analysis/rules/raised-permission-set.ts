import type { DeployedAssembly, Project } from '../project/project.js';
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

/** What the statements before each ALTER ASSEMBLY leave its assembly with, where a script creates it. */
function setsBeforeOf({ assemblies }: Project): ReadonlyMap<AlterAssembly, PermissionSetName | undefined> {
  const sets = new Map<AlterAssembly, PermissionSetName | undefined>();
  for (const assembly of assemblies) noteSets(assembly, sets);
  return sets;
}

function noteSets(
  { created, altered }: DeployedAssembly,
  sets: Map<AlterAssembly, PermissionSetName | undefined>,
): void {
  if (!created) return;
  let before = created.statement.permissionSet ? created.statement.permissionSet.value : 'SAFE';
  for (const { statement } of altered) {
    sets.set(statement, before);
    if (statement.permissionSet) before = statement.permissionSet.value;
  }
}
