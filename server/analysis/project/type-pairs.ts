// Whether SQL Server takes a type of T-SQL for a managed one. What is not certain is neither.
import { findFrameworkType } from '../knowledge/framework-types.js';
import type { TypeRef } from '../code/model.js';
import { declaredTypes, findTypeMapping, type TypePlace } from '../knowledge/clr-type-mapping.js';
import { statementsOf, type DataType } from '../tsql/nodes.js';
import { sameName } from './names.js';
import type { BoundRoutine, Project } from './project.js';

export type Pairing = 'same' | 'other' | 'unknown';

/** A type without parts besides its name is SQL Server's own, where it has one of that name. */
export function builtInName({ name, facets }: DataType): string | undefined {
  const schema = name.parts.at(-2);
  if (schema && !sameName(schema.value, 'sys')) return undefined;
  const own = findTypeMapping(name.last.value)?.sql;
  if (own !== 'float' || facets.length === 0) return own;
  // float(1) to float(24) are real ("float and real (Transact-SQL)").
  const bits = Number(facets[0]);
  return bits >= 1 && bits <= 24 ? 'real' : bits <= 53 ? 'float' : undefined;
}

/** Whether SQL Server takes the type there from no managed code. */
export function isNeverTaken(type: DataType, as: TypePlace): boolean {
  const own = builtInName(type);
  return own !== undefined && findTypeMapping(own)?.never?.includes(as) === true;
}

/** `nvarchar(100)`. */
export function typeText({ name, facets }: DataType): string {
  return `${name.last.value}${facets.length > 0 ? `(${facets.join(', ')})` : ''}`;
}

/** As `clr-type-mapping` names it; undefined for any other type, the assembly's own among them. */
export function managedName(type: TypeRef): string | undefined {
  if (type.kind === 'array') {
    const element = managedName(type.element);
    return type.rank === 1 && (element === 'Byte' || element === 'Char') ? `${element}[]` : undefined;
  }
  if (type.kind !== 'named' || type.assembly === undefined) return undefined;
  const [argument] = type.arguments;
  if (type.name === 'System.Nullable`1' && argument) {
    const of = managedName(argument);
    return of !== undefined && argument.kind === 'named' && argument.name.startsWith('System.') ? `${of}?` : undefined;
  }
  const dot = type.name.lastIndexOf('.');
  const name = type.name.slice(dot + 1);
  return namespaces.has(type.name.slice(0, dot)) && declaredTypes.has(name) ? name : undefined;
}

/** No type of SQL Server stands for it: one of the framework's that the mapping has not. */
export function isNeverMapped(type: TypeRef): boolean {
  if (type.kind === 'array') return managedName(type) === undefined && isKnownOf(type.element);
  if (type.kind === 'pointer') return true;
  return (
    type.kind === 'named' && type.name !== 'System.Nullable`1' && managedName(type) === undefined && isKnownOf(type)
  );
}

/** Whether an enumeration passes for its number is not documented. */
function isKnownOf(type: TypeRef): boolean {
  if (type.kind !== 'named' || type.assembly === undefined) return false;
  const kind = findFrameworkType(type.name)?.kind;
  return kind !== undefined && kind !== 'enum' && type.name !== 'System.Enum';
}

const namespaces: ReadonlySet<string> = new Set(['System', 'System.Data.SqlTypes', 'Microsoft.SqlServer.Types']);

/** The types that scripts make, which a parameter may be of. */
export class TypePairs {
  readonly #project: Project;
  #types: ReadonlyMap<string, BoundRoutine> | undefined;
  #tables: ReadonlySet<string> | undefined;

  constructor(project: Project) {
    this.#project = project;
  }

  of(declared: DataType, managed: TypeRef): Pairing {
    const own = builtInName(declared);
    if (own === undefined) return this.#ofMade(declared, managed);
    const row = findTypeMapping(own);
    if (!row) return 'unknown';
    if (row.managed.length === 0 && !row.perhaps) return 'other';
    const name = managedName(managed);
    if (name === undefined || row.perhaps?.includes(name)) return 'unknown';
    return row.managed.includes(name) ? 'same' : 'other';
  }

  /** A table type, which managed code cannot take. */
  isTable({ name }: DataType): boolean {
    this.#tables ??= new Set(
      this.#project
        .scriptsWith('createTypeTable')
        .flatMap(({ script }) =>
          statementsOf(script, 'createTypeTable').map((one) => one.name.last.value.toLowerCase()),
        ),
    );
    return builtInName({ name, facets: [], span: name.span }) === undefined && this.#tables.has(lower(name.last.value));
  }

  /** A user-defined type stands for its class alone; what an alias stands for is not looked up. */
  #ofMade({ name }: DataType, managed: TypeRef): Pairing {
    this.#types ??= new Map(this.#project.boundTypes.map((one) => [lower(one.name.last.value), one]));
    const made = this.#types.get(lower(name.last.value));
    const className = made?.externalName.className?.value ?? made?.name.last.value;
    if (!made?.code?.types.some((type) => type.name === className)) return 'unknown';
    if (managedName(managed) !== undefined) return 'other';
    return managed.kind === 'named' && managed.name === className ? 'same' : 'unknown';
  }
}

function lower(name: string): string {
  return name.toLowerCase();
}
