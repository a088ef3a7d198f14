// Which T-SQL objects stand for what an assembly's code declares, and what scripts say of who may use them.
import type { MethodDef, TypeDef } from '../code/model.js';
import { administratorRoles } from '../knowledge/permissions.js';
import { statementsOf, type ObjectName } from '../tsql/nodes.js';
import type { Location } from './build-project.js';
import { grouped } from './grouped.js';
import { sameName } from './names.js';
import type { BoundRoutine, DeployedAssembly, Project, ScriptFile } from './project.js';
import { membershipsIn } from './signers.js';

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

  constructor(project: Pick<Project, 'scriptsWith'>) {
    const said = project
      .scriptsWith('grant', 'deny', 'revoke')
      .flatMap((file) =>
        statementsOf(file.script, 'grant', 'deny', 'revoke').map((statement) => ({ file, statement })),
      );
    this.#said = grouped(
      said.map((one, order) => ({ ...one, order })),
      ({ statement: { securable } }) => keyOf(securable?.class === 'SCHEMA', securable?.name.last.value ?? ''),
    );
  }

  /** In the order of the scripts. */
  of({ name, kind, statement: by }: Pick<BoundRoutine, 'name' | 'kind' | 'statement'>): readonly PermissionWord[] {
    const wanted = new Set([...permissionsToUse({ kind, statement: by }), 'CONTROL']);
    return [keyOf(false, name.last.value), keyOf(true, schemaOf(name)), keyOf(false, '')]
      .flatMap((key) => this.#said.get(key) ?? [])
      .sort((a, b) => a.order - b.order)
      .flatMap(({ file, statement }): readonly PermissionWord[] => {
        const { permissions, securable, principals } = statement;
        const on = securable ? reachOf(securable, name, kind) : 'database';
        // ALL of a database is to make things in it, and not to use them.
        const permission =
          on && permissions.find((one) => wanted.has(one.name) || (on === 'object' && all.has(one.name)))?.name;
        if (!on || permission === undefined) return [];
        return principals.map((principal) => ({
          kind: statement.kind,
          permission,
          principal: principal.value,
          on,
          uri: file.uri,
          span: principal.span,
        }));
      });
  }
}

interface Said {
  readonly file: ScriptFile;
  readonly statement: ReturnType<typeof statementsOf<'grant' | 'deny' | 'revoke'>>[number];
  readonly order: number;
}

function keyOf(isSchema: boolean, name: string): string {
  return `${isSchema ? 'schema' : ''} ${name.toLowerCase()}`;
}

/** Of one object. */
export function permissionWords(
  project: Pick<Project, 'scriptsWith'>,
  routine: BoundRoutine,
): readonly PermissionWord[] {
  return new Grants(project).of(routine);
}

/** Whom scripts make an administrator: of the server, or of a database. Names in lower case. */
export function administratorsIn(scripts: readonly ScriptFile[]): ReadonlySet<string> {
  const members = scripts.flatMap(membershipsIn).filter(({ role }) => administratorRoles.has(role.toLowerCase()));
  return new Set(members.map(({ member }) => member.toLowerCase()));
}

/** Whether scripts let those alone use an object. Where they let nobody, who may is not known. */
export function isUsedOnlyBy(principals: ReadonlySet<string>, grants: () => Grants, routine: BoundRoutine): boolean {
  if (principals.size === 0) return false;
  const granted = grants()
    .of(routine)
    .filter(({ kind }) => kind === 'grant');
  return granted.length > 0 && granted.every(({ principal }) => principals.has(principal.toLowerCase()));
}

const all: ReadonlySet<string> = new Set(['ALL', 'ALL PRIVILEGES']);

/** A table-valued function is read, a type stands in tables as well, and a trigger nobody calls. */
export function permissionsToUse({ kind, statement }: Pick<BoundRoutine, 'kind' | 'statement'>): readonly string[] {
  if (kind === 'trigger') return [];
  if ('returns' in statement && statement.kind !== 'createAggregate' && statement.returns?.kind === 'table')
    return ['SELECT'];
  return ['EXECUTE', 'EXEC', ...(kind === 'type' ? ['REFERENCES'] : [])];
}

type Securable = NonNullable<ReturnType<typeof statementsOf<'grant'>>[number]['securable']>;

function reachOf(
  { class: of = 'OBJECT', name: on }: Securable,
  name: ObjectName,
  kind: BoundRoutine['kind'],
): 'object' | 'schema' | undefined {
  if (of === 'SCHEMA') return sameName(on.last.value, schemaOf(name)) ? 'schema' : undefined;
  if (of !== (kind === 'type' ? 'TYPE' : 'OBJECT')) return undefined;
  return sameName(on.last.value, name.last.value) && sameName(schemaOf(on), schemaOf(name)) ? 'object' : undefined;
}

function schemaOf({ parts }: ObjectName): string {
  return parts.at(-2)?.value ?? 'dbo';
}

/** `dbo.NetPay`, each part as `shown` has it. */
export function objectText({ parts }: ObjectName, shown: (name: string) => string = (name) => name): string {
  return parts.map((part) => (part ? shown(part.value) : '')).join('.');
}
