// Who owns what a script makes, as AUTHORIZATION and ALTER AUTHORIZATION say it in order.
import type { CatalogObject, ObjectClass } from './catalog.js';
import type { ScriptFile } from './project.js';
import type { Step } from './timeline.js';
import type { Identifier } from '../tsql/nodes.js';

export interface Ownership {
  readonly object: CatalogObject;
  /** As it is written, and where; undefined where a condition decides, or nobody is named. */
  readonly owner: Identifier | undefined;
}

/** What a script says of an owner, step by step: call `follow` for each step in order. */
export class Owners {
  readonly #file: ScriptFile;
  readonly #owners = new Map<CatalogObject, Identifier | undefined>();
  readonly #owned = new Map<string, Set<CatalogObject>>();

  constructor(file: ScriptFile) {
    this.#file = file;
  }

  follow(step: Step): void {
    const { statement } = step;
    const { catalog } = this.#file;
    if (statement.kind === 'alterAuthorization') {
      const of = classes[statement.class ?? ''];
      const { object } = of ? catalog.before(step, of, statement.name.last.value) : {};
      if (object) this.#set(object, step.conditional ? undefined : statement.to);
      return;
    }
    const object = 'authorization' in statement ? catalog.objectOf(statement) : undefined;
    if (object?.created === step && 'authorization' in statement)
      this.#set(object, step.conditional ? undefined : statement.authorization);
  }

  of(object: CatalogObject): Identifier | undefined {
    return this.#owners.get(object);
  }

  /** What surely belongs to a principal of the step's database, and is surely there. */
  ownedBy(name: string, step: Step): Ownership | undefined {
    for (const object of this.#owned.get(keyOf(name, step.database)) ?? [])
      if (this.#file.catalog.presence(object, step) === 'present') return { object, owner: this.#owners.get(object) };
    return undefined;
  }

  #set(object: CatalogObject, owner: Identifier | undefined): void {
    const before = this.#owners.get(object);
    if (before) this.#owned.get(keyOf(before.value, object.database))?.delete(object);
    this.#owners.set(object, owner);
    if (!owner) return;
    const key = keyOf(owner.value, object.database);
    const known = this.#owned.get(key);
    if (known) known.add(object);
    else this.#owned.set(key, new Set([object]));
  }
}

const classes: Readonly<Record<string, ObjectClass>> = {
  ASSEMBLY: 'assembly',
  CERTIFICATE: 'certificate',
  'ASYMMETRIC KEY': 'asymmetric key',
  SCHEMA: 'schema',
  ROLE: 'role',
};

function keyOf(name: string, database: string | undefined): string {
  return `${database ?? ''}\n${name}`.toLowerCase();
}
