// Which T-SQL objects stand for what an assembly's code declares, and what scripts say of who may use them.
import type { MethodDef, TypeDef } from '../code/model.js';
import { administratorRoles } from '../knowledge/permissions.js';
import { statementsOf, type ObjectName } from '../tsql/nodes.js';
import type { Location } from './build-project.js';
import { grouped } from './grouped.js';
import { sameName } from './names.js';
import type { BoundRoutine, DeployedAssembly, Project, ScriptFile } from './project.js';
import { membershipKinds, membershipsIn } from './signers.js';

/** The objects bound to an assembly's methods, and to its classes. */
export class Bindings {
  readonly #byMember = new Map<string, BoundRoutine[]>();

  /** By name alone: sources may lie beside the bytes that a script creates the assembly from. */
  constructor({ routines }: Project, { name }: DeployedAssembly) {
    for (const routine of routines) {
      const { assembly, className, method } = routine.externalName;
      if (!sameName(assembly.value, name)) continue;
      const key = `${className?.value ?? routine.name.last.value}::${method?.value ?? ''}`;
      this.#byMember.set(key, [...(this.#byMember.get(key) ?? []), routine]);
    }
  }

  /** Without a method those of the class, as a type or an aggregate. */
  of(type: TypeDef, method?: MethodDef): readonly BoundRoutine[] {
    return this.#byMember.get(`${type.name}::${method?.name ?? ''}`) ?? [];
  }
}

/** As a script creates it, where its code was read from sources. */
export function createdAs({ byName }: Project, assembly: DeployedAssembly): DeployedAssembly {
  if (assembly.created) return assembly;
  const created = (byName.get(assembly.name.toLowerCase()) ?? []).filter((one) => one.created);
  const [only] = created;
  return only && created.length === 1 ? only : assembly;
}

/** A sentence of GRANT, DENY or REVOKE about one principal. */
export interface PermissionWord extends Location {
  readonly kind: 'grant' | 'deny' | 'revoke';
  readonly permission: string;
  readonly principal: string;
  /** What it is said of, where that is more than the object. */
  readonly on: 'object' | 'schema' | 'database';
}

/** What scripts say of using objects, by what it is said of. */
export class Grants {
  readonly #said: ReadonlyMap<string, readonly Said[]>;
  readonly #words = new Map<string, readonly PermissionWord[]>();
  /** Of the statement that says it. */
  readonly #order = new Map<PermissionWord, number>();

  constructor(project: Pick<Project, 'scriptsWith'>) {
    const said = project
      .scriptsWith('grant', 'deny', 'revoke')
      .flatMap((file) =>
        statementsOf(file.script, 'grant', 'deny', 'revoke').map((statement) => ({ file, statement })),
      );
    this.#said = grouped(
      said.map((one, order) => ({ ...one, order })),
      ({ statement: { securable } }) => {
        if (!securable) return '';
        const { class: of = 'OBJECT', name } = securable;
        return of === 'SCHEMA' ? schemaKey(name.last.value) : objectKey(of, name);
      },
    );
  }

  /** In the order of the scripts. */
  of(routine: Grantable): readonly PermissionWord[] {
    const orderOf = (word: PermissionWord): number => this.#order.get(word) ?? 0;
    return this.levelsOf(routine)
      .flat()
      .sort((a, b) => orderOf(a) - orderOf(b));
  }

  /** Of the object, of its schema, and of the database: the same lists for all that is in them. */
  levelsOf({ name, kind, statement }: Grantable): readonly (readonly PermissionWord[])[] {
    const wanted = [...permissionsToUse({ kind, statement }), 'CONTROL'];
    return [
      this.#wordsOf('object', objectKey(kind === 'type' ? 'TYPE' : 'OBJECT', name), wanted),
      this.#wordsOf('schema', schemaKey(schemaOf(name)), wanted),
      this.#wordsOf('database', '', wanted),
    ];
  }

  #wordsOf(on: PermissionWord['on'], key: string, wanted: readonly string[]): readonly PermissionWord[] {
    const asked = [key, ...wanted].join('\n');
    const known = this.#words.get(asked);
    if (known) return known;
    const words = (this.#said.get(key) ?? []).flatMap(({ file: { uri }, statement, order }) => {
      const { kind, permissions, principals } = statement;
      // ALL of a database is to make things in it, and not to use them.
      const permission = permissions.find(
        (one) => wanted.includes(one.name) || (on === 'object' && all.has(one.name)),
      )?.name;
      if (permission === undefined) return [];
      return principals.map(({ value, span }) => {
        const word: PermissionWord = { kind, permission, principal: value, on, uri, span };
        this.#order.set(word, order);
        return word;
      });
    });
    this.#words.set(asked, words);
    return words;
  }
}

type Grantable = Pick<BoundRoutine, 'name' | 'kind' | 'statement'>;

interface Said {
  readonly file: ScriptFile;
  readonly statement: ReturnType<typeof statementsOf<'grant' | 'deny' | 'revoke'>>[number];
  readonly order: number;
}

function schemaKey(name: string): string {
  return `schema ${name.toLowerCase()}`;
}

function objectKey(of: string, name: ObjectName): string {
  return [of, schemaOf(name).toLowerCase(), name.last.value.toLowerCase()].join('\n');
}

/** Of one object. */
export function permissionWords(
  project: Pick<Project, 'scriptsWith'>,
  routine: BoundRoutine,
): readonly PermissionWord[] {
  return new Grants(project).of(routine);
}

/** Whom scripts make an administrator: of the server, or of a database. Names in lower case. */
function administratorsIn(scripts: readonly ScriptFile[]): ReadonlySet<string> {
  const members = scripts.flatMap(membershipsIn).filter(({ role }) => administratorRoles.has(role.toLowerCase()));
  return new Set(members.map(({ member }) => member.toLowerCase()));
}

/** Whether scripts let those alone use an object. Where they let nobody, who may is not known. */
export function usedOnlyByAdministrators(project: Pick<Project, 'scriptsWith'>): (routine: BoundRoutine) => boolean {
  const principals = administratorsIn(project.scriptsWith(...membershipKinds));
  let grants: Grants | undefined;
  /** Undefined where nobody is let. */
  const decided = new Map<readonly PermissionWord[], boolean | undefined>();
  const areThose = (words: readonly PermissionWord[]): boolean | undefined => {
    const granted = words.filter(({ kind }) => kind === 'grant');
    return granted.length > 0 ? granted.every(({ principal }) => principals.has(principal.toLowerCase())) : undefined;
  };
  return (routine) => {
    if (principals.size === 0) return false;
    grants ??= new Grants(project);
    const answers = grants.levelsOf(routine).map((words) => {
      if (!decided.has(words)) decided.set(words, areThose(words));
      return decided.get(words);
    });
    return answers.includes(true) && !answers.includes(false);
  };
}

const all: ReadonlySet<string> = new Set(['ALL', 'ALL PRIVILEGES']);

/** A table-valued function is read, a type stands in tables as well, and a trigger nobody calls. */
export function permissionsToUse({ kind, statement }: Pick<BoundRoutine, 'kind' | 'statement'>): readonly string[] {
  if (kind === 'trigger') return [];
  if ('returns' in statement && statement.kind !== 'createAggregate' && statement.returns?.kind === 'table')
    return ['SELECT'];
  return ['EXECUTE', 'EXEC', ...(kind === 'type' ? ['REFERENCES'] : [])];
}

function schemaOf({ parts }: ObjectName): string {
  return parts.at(-2)?.value ?? 'dbo';
}

/** `dbo.NetPay`, each part as `shown` has it. */
export function objectText({ parts }: ObjectName, shown: (name: string) => string = (name) => name): string {
  return parts.map((part) => (part ? shown(part.value) : '')).join('.');
}
