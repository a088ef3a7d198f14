// Routines whose owner surely may not reference the assembly: a user that the scripts make, and give nothing.
// Source: learn.microsoft.com "Links and security", "CREATE PROCEDURE (Transact-SQL)", permissions; Msg 6267; read 2026-11.
import { argumentsOf } from '../tsql/calls.js';
import { textOf } from '../tsql/constants.js';
import { statementsOf, type SecurityStatement } from '../tsql/nodes.js';
import { sameName } from './names.js';
import type { BoundRoutine, Project, ScriptFile } from './project.js';
import { schemaOf, schemaOwners } from './schema-owners.js';
import { sameDatabase } from './timeline.js';

export interface UnreferencedBinding {
  readonly routine: BoundRoutine;
  readonly owner: string;
  readonly assembly: string;
  /** Where the batch begins. */
  readonly at: number;
}

export function unreferencedBindings(project: Project): readonly UnreferencedBinding[] {
  if (project.routines.length === 0) return [];
  const owners = strangers(project);
  if (owners.size === 0) return [];
  const ownerOf = schemaOwners(project.scriptsWith('createSchema', 'alterAuthorization'));
  const given = project.scriptsWith('alterAuthorization', 'grant');
  return project.routines.flatMap((routine) => {
    const { assembly, file, name, statement } = routine;
    const owner = ownerOf(name);
    const step = file.timeline.stepOf(statement);
    if (!assembly?.created || owner === undefined || !owners.has(owner.toLowerCase()) || name.parts.length < 2)
      return [];
    if (!step || !sameDatabase(assembly.database, step.database)) return [];
    if (assembly.owner !== undefined && sameName(assembly.owner, owner)) return [];
    if (isGiven(given, assembly.name, owner)) return [];
    const batch = file.script.batches.find(
      ({ span }) => span.start <= statement.span.start && statement.span.end <= span.end,
    );
    if (batch?.statements[0] !== statement || schemaOf(name).toLowerCase() === 'dbo') return [];
    return [{ routine, owner, assembly: assembly.name, at: statement.span.start }];
  });
}

/** Users and roles that a script makes for sure, and that no script makes a member of anything. */
function strangers(project: Project): ReadonlySet<string> {
  const made = new Set<string>();
  for (const { script, catalog } of project.scriptsWith('createUser', 'createRole'))
    for (const statement of statementsOf(script, 'createUser', 'createRole')) {
      const created = catalog.objectOf(statement)?.created;
      if (created?.statement === statement && !created.conditional) made.add(statement.name.value.toLowerCase());
    }
  for (const { script } of made.size > 0 ? project.scriptsWith('alterRole', 'execute') : []) {
    for (const { member } of statementsOf(script, 'alterRole'))
      if (member) made.delete(member.name.value.toLowerCase());
    for (const call of statementsOf(script, 'execute')) {
      const given = argumentsOf(call, 'sp_addrolemember', ['rolename', 'membername']);
      const member = given?.get('membername');
      if (!given) continue;
      const text = member && (textOf(script, member) ?? (member.kind === 'other' ? member.text : undefined));
      if (text === undefined) return new Set();
      made.delete(text.replace(/^\[|\]$/g, '').toLowerCase());
    }
  }
  return made;
}

/** By any statement, wherever it stands: the order of scripts is not known. */
function isGiven(scripts: readonly ScriptFile[], assembly: string, owner: string): boolean {
  const gives = ({ principals, permissions, securable }: SecurityStatement): boolean =>
    principals.some(({ value }) => sameName(value, owner) || sameName(value, 'public')) &&
    permissions.some(({ name }) => /^(?:ALL|CONTROL|REFERENCES|TAKE OWNERSHIP)\b/.test(name) || name === '') &&
    (!securable || securable.class !== 'ASSEMBLY' || sameName(securable.name.last.value, assembly));
  const owns = scripts.some(({ script }) =>
    statementsOf(script, 'alterAuthorization').some(
      ({ class: of, name, to }) =>
        (of === 'ASSEMBLY' && sameName(name.last.value, assembly)) || (of === 'DATABASE' && to !== undefined),
    ),
  );
  return owns || scripts.some(({ script }) => statementsOf(script, 'grant').some(gives));
}
