// The tables, views and managed routines of scripts, by the names that ordinary T-SQL calls them.
import type { ObjectName } from '../tsql/nodes.js';
import type { OrdinaryReading, TableColumn, TableDefinition, ViewDefinition } from '../tsql/ordinary-nodes.js';
import type { BoundMethod } from './bound-methods.js';
import { grouped } from './grouped.js';
import { sameName } from './names.js';
import type { BoundRoutine, Project, ScriptFile } from './project.js';
import { schemaOf } from './schema-owners.js';
import { UserTypes, type UserType } from './user-types.js';

export interface Made<T> {
  readonly file: ScriptFile;
  readonly is: T;
}

export function ordinaryNamesOf(project: Project): OrdinaryNames {
  return new OrdinaryNames(project);
}

export class OrdinaryNames {
  readonly types: UserTypes;
  readonly #methods: ReadonlyMap<string, readonly BoundMethod[]>;
  readonly #routines: ReadonlyMap<string, readonly BoundRoutine[]>;
  readonly #project: Project;
  #tables: ReadonlyMap<string, readonly Made<TableDefinition>[]> | undefined;
  #views: ReadonlyMap<string, readonly Made<ViewDefinition>[]> | undefined;

  constructor(project: Project) {
    this.#project = project;
    this.types = new UserTypes(project);
    this.#methods = grouped(project.boundMethods, ({ routine }) => keyOf(routine.name));
    this.#routines = grouped(project.routines, ({ name }) => keyOf(name));
  }

  /** The managed function or procedure of a name; undefined where it is none, or several. */
  method(name: ObjectName): BoundMethod | undefined {
    const [only, ...others] = this.#methods.get(keyOf(name)) ?? [];
    return only && others.every(({ method }) => method === only.method) ? only : undefined;
  }

  /** Likewise of anything that is bound to code. */
  routine(name: ObjectName): BoundRoutine | undefined {
    const [only, ...others] = this.#routines.get(keyOf(name)) ?? [];
    return only && others.every(({ kind }) => kind === only.kind) ? only : undefined;
  }

  /** Of the same script before any other. */
  table(name: ObjectName, file: ScriptFile): Made<TableDefinition> | undefined {
    this.#tables ??= this.#made(({ tables }) => tables);
    return nearest(this.#tables.get(keyOf(name)) ?? [], file);
  }

  view(name: ObjectName, file: ScriptFile): Made<ViewDefinition> | undefined {
    this.#views ??= this.#made(({ views }) => views);
    return nearest(this.#views.get(keyOf(name)) ?? [], file);
  }

  column(table: ObjectName, column: string, file: ScriptFile): TableColumn | undefined {
    return this.table(table, file)?.is.columns.find(({ name }) => sameName(name.value, column));
  }

  /** Of a column of a user-defined type. */
  columnType(table: ObjectName, column: string, file: ScriptFile): UserType | undefined {
    const type = this.column(table, column, file)?.type;
    return type && this.types.find(type);
  }

  #made<T extends { readonly name: ObjectName }>(
    of: (reading: OrdinaryReading) => readonly T[],
  ): ReadonlyMap<string, readonly Made<T>[]> {
    const made: Made<T>[] = [];
    for (const file of this.#project.scripts)
      for (const is of of(this.#project.ordinaryOf(file))) made.push({ file, is });
    return grouped(made, ({ is }) => keyOf(is.name));
  }
}

function nearest<T>(all: readonly Made<T>[], file: ScriptFile): Made<T> | undefined {
  const own = all.filter((one) => one.file === file);
  const [only, ...others] = own.length > 0 ? own : all;
  return others.length === 0 ? only : undefined;
}

function keyOf(name: ObjectName): string {
  return `${schemaOf(name)}.${name.last.value}`.toLowerCase();
}

/** What the attribute of a type or an aggregate says; undefined where it is not known, false where it says nothing. */
export function marked({ type }: Pick<UserType, 'type'>, property: string): boolean | undefined {
  const attribute = type.attributes.find((one) =>
    /^Microsoft\.SqlServer\.Server\.SqlUserDefined(?:Type|Aggregate)Attribute$/.test(one.type),
  );
  if (!attribute) return undefined;
  const value = attribute.named.find(({ name }) => name === property)?.value;
  return value ? (value.kind === 'boolean' ? value.value : undefined) : false;
}

/** `MaxByteSize = -1`. */
export function isLarge({ type }: UserType): boolean {
  return type.attributes.some(({ named }) =>
    named.some(({ name, value }) => name === 'MaxByteSize' && value.kind === 'number' && Number(value.value) === -1),
  );
}
