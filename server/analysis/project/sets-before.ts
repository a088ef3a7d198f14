// The permission set that each ALTER ASSEMBLY finds, where a script creates the assembly: it leaves it as it is, unless it says one.
import type { AlterAssembly, CreateAssembly, PermissionSetName } from '../tsql/nodes.js';
import type { DeployedAssembly, Project } from './project.js';
import { runOf } from './run-order.js';

export type SetsBefore = ReadonlyMap<AlterAssembly, PermissionSetName | undefined>;

/** As scripts stand in the project. */
export function setsBeforeOf({ assemblies }: Pick<Project, 'assemblies'>): SetsBefore {
  return new Map(assemblies.flatMap(setsOf));
}

/** Of scripts whose order is not known, and of statements that may not run, only what all of them say. */
export function certainSetsBeforeOf({ assemblies }: Pick<Project, 'assemblies'>): SetsBefore {
  return new Map(assemblies.filter((one) => one.altered.length > 0 && isCertain(one)).flatMap(setsOf));
}

function setsOf({
  created,
  altered,
}: DeployedAssembly): readonly (readonly [AlterAssembly, PermissionSetName | undefined])[] {
  if (!created) return [];
  let before = saidBy(created.statement);
  return altered.map(({ statement }) => {
    const found = before;
    if (statement.permissionSet) before = saidBy(statement);
    return [statement, found];
  });
}

/** CREATE ASSEMBLY that says none says SAFE. Undefined for a variable of sqlcmd. */
function saidBy({ permissionSet }: CreateAssembly | AlterAssembly): PermissionSetName | undefined {
  return permissionSet ? permissionSet.value : 'SAFE';
}

function isCertain({ created, altered }: DeployedAssembly): boolean {
  const all = [...(created ? [created] : []), ...altered];
  const runs = all.map(({ file, statement }) => {
    const step = file.timeline.stepOf(statement);
    return step && !step.conditional ? runOf(file.uri) : statement;
  });
  const sets = all.flatMap((one) => (one === created || one.statement.permissionSet ? [saidBy(one.statement)] : []));
  return areSame(runs) || areSame(sets);
}

function areSame(all: readonly unknown[]): boolean {
  return all.every((one) => one === all[0]);
}
