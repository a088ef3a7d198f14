// Where T-SQL names a member of a user-defined type: behind a variable, a type, or a column of a table that scripts make.
import { statementsOf } from '../tsql/nodes.js';
import type { ColumnUse, MemberUse } from '../tsql/ordinary-nodes.js';
import { sameName } from './names.js';
import type { OrdinaryNames } from './ordinary-names.js';
import type { Project, ScriptFile } from './project.js';
import type { UserType } from './user-types.js';

export interface TypeMember {
  readonly of: UserType;
  readonly use: MemberUse;
}

/** In the order of the text. */
export function typeMembersIn(project: Project, file: ScriptFile): readonly TypeMember[] {
  if (project.boundTypes.length === 0) return [];
  const names = project.ordinaryNames;
  const found = [
    ...project.ordinaryOf(file).members.flatMap((use): TypeMember[] => {
      const of = names.types.find(use.of);
      return of ? [{ of, use }] : [];
    }),
    ...project.columnUsesOf(file).flatMap((use) => ofColumn(project, names, file, use) ?? []),
  ];
  return found.sort((a, b) => a.use.span.start - b.use.span.start);
}

/** Every table that it may be a column of is to be known, and one alone to have the column. */
function ofColumn(project: Project, names: OrdinaryNames, file: ScriptFile, use: ColumnUse): TypeMember | undefined {
  const columns: ReturnType<OrdinaryNames['column']>[] = [];
  for (const table of use.tables) {
    if (!names.table(table, file)) return undefined;
    const column = names.column(table, use.column.value, file);
    if (column) columns.push(column);
  }
  const [only, more] = columns;
  const of = only?.type && !more ? names.types.find(only.type) : undefined;
  if (!only?.type || !of) return undefined;
  // `Place.Move(1)` may be a function in a schema.
  if (!use.isQualified && use.arguments && isSchema(project, use.column.value)) return undefined;
  const { tables: _, isQualified: __, column: ___, ...rest } = use;
  return { of, use: { ...rest, of: only.type, isStatic: false, isFirst: false } };
}

function isSchema(project: Project, name: string): boolean {
  return (
    project
      .scriptsWith('createSchema')
      .some(({ script }) =>
        statementsOf(script, 'createSchema').some((one) => sameName(one.name?.value ?? '', name)),
      ) || project.routines.some((one) => sameName(one.name.parts.at(-2)?.value ?? '', name))
  );
}
