// The user-defined types of scripts, by the names that T-SQL calls them, with the classes they stand for.
import type { MethodDef, TypeDef } from '../code/model.js';
import type { DataType, ObjectName } from '../tsql/nodes.js';
import { classOf } from './bound-methods.js';
import { grouped } from './grouped.js';
import { sameName } from './names.js';
import type { BoundRoutine, Project } from './project.js';
import { schemaOf } from './schema-owners.js';

export interface UserType {
  readonly routine: BoundRoutine;
  readonly type: TypeDef;
  /** As its CREATE TYPE calls it, with its schema. */
  readonly name: string;
}

export class UserTypes {
  readonly #byName: ReadonlyMap<string, readonly BoundRoutine[]>;

  constructor({ routines }: Project) {
    this.#byName = grouped(
      routines.filter(({ kind }) => kind === 'type'),
      ({ name }) => name.last.value.toLowerCase(),
    );
  }

  get isEmpty(): boolean {
    return this.#byName.size === 0;
  }

  /** Undefined where it is none of them, or several, or its class is not known. */
  find(of: DataType | ObjectName): UserType | undefined {
    const name = 'last' in of ? of : of.name;
    const [routine, ...others] = (this.#byName.get(name.last.value.toLowerCase()) ?? []).filter((one) =>
      sameName(schemaOf(one.name), schemaOf(name)),
    );
    const type = routine && classOf(routine);
    // Several scripts may make it, each for its own database: of the same class they are one.
    if (!type || others.some((other) => classOf(other) !== type)) return undefined;
    return { routine, type, name: `${schemaOf(routine.name)}.${routine.name.last.value}` };
  }
}

/** Marked as one that changes the value. */
export function isMutator({ attributes }: MethodDef): boolean {
  const attribute = attributes.find(({ type }) => type === 'Microsoft.SqlServer.Server.SqlMethodAttribute');
  return (attribute?.named ?? []).some(
    ({ name, value }) => name === 'IsMutator' && value.kind === 'boolean' && value.value,
  );
}
