// The objects that a script makes, changes and drops, each with its life: what SQL Server's catalog views would tell, as far as
// the script does.
import { runsOpenText } from '../tsql/calls.js';
import type { Identifier, MethodSpecifier, ObjectName, Statement } from '../tsql/nodes.js';
import type { Span } from '../text/span.js';
import { sameName } from './names.js';
import type { Step, Timeline } from './timeline.js';

export type ObjectClass =
  | 'assembly'
  | 'asymmetric key'
  | 'certificate'
  | 'credential'
  | 'login'
  | 'server role'
  | 'user'
  | 'role'
  | 'schema'
  | 'procedure'
  | 'function'
  | 'trigger'
  | 'aggregate'
  | 'type';

/** One object, from where a script makes it to where it drops it. Made again behind that, it is another one. */
export interface CatalogObject {
  readonly class: ObjectClass;
  /** As it is written where the script first speaks of it. */
  readonly name: string;
  /** `dbo` where none is written; undefined where the class has none. */
  readonly schema: string | undefined;
  /** As in `Step`; undefined for what belongs to the server, too. */
  readonly database: string | undefined;
  /** Undefined for one that is only changed or dropped: it was there before. */
  readonly created: Step | undefined;
  /** ALTER, and CREATE of what is there already. */
  readonly changed: readonly Step[];
  readonly dropped: Step | undefined;
}

/** `unknown`: the script says nothing of it yet, what it says may not have run, or a condition leads here. */
export interface Presence {
  readonly is: 'present' | 'absent' | 'unknown';
  readonly object?: CatalogObject;
}

export interface ScriptCatalog {
  /** In the order they first appear. */
  readonly objects: readonly CatalogObject[];
  /** What a statement makes, changes or drops; of several the first. */
  objectOf(statement: Statement): CatalogObject | undefined;
  /** Just before a step runs. */
  before(step: Step, of: ObjectClass, name: string, schema?: string): Presence;
  /** The same of one object. */
  presence(object: CatalogObject, step: Step): Presence['is'];
  /** What is surely bound to an assembly of the step's database just before it runs. */
  boundTo(step: Step, assembly: string): readonly CatalogObject[];
}

type Verb = 'create' | 'change' | 'drop';

/** By how the names of statements begin. */
const verbs: Readonly<Record<string, Verb>> = {
  create: 'create',
  createOrAlter: 'create',
  alter: 'change',
  drop: 'drop',
};

/** By how they end. */
const classes: Readonly<Record<string, ObjectClass>> = {
  Assembly: 'assembly',
  AsymmetricKey: 'asymmetric key',
  Certificate: 'certificate',
  Credential: 'credential',
  Login: 'login',
  ServerRole: 'server role',
  User: 'user',
  Role: 'role',
  Schema: 'schema',
  Procedure: 'procedure',
  Function: 'function',
  Trigger: 'trigger',
  Aggregate: 'aggregate',
  Type: 'type',
  TypeUdt: 'type',
  TypeUddt: 'type',
  TypeTable: 'type',
};

/** What each statement does, and to what. */
const effects: ReadonlyMap<string, readonly [Verb, ObjectClass]> = new Map(
  Object.entries(verbs).flatMap(([begin, verb]) =>
    Object.entries(classes).map(([end, of]) => [begin + end, [verb, of]] as const),
  ),
);

const ofServer: ReadonlySet<ObjectClass> = new Set(['login', 'server role', 'credential']);

/** Names of one row are told apart from one another alone: a procedure and a function cannot share one. */
const namespaces: Partial<Record<ObjectClass, string>> = {
  procedure: 'object',
  function: 'object',
  trigger: 'object',
  aggregate: 'object',
  user: 'principal',
  role: 'principal',
  login: 'server principal',
  'server role': 'server principal',
};

const inSchema: ReadonlySet<ObjectClass> = new Set(['procedure', 'function', 'trigger', 'aggregate', 'type']);

interface Life extends CatalogObject {
  readonly changed: Step[];
  dropped: Step | undefined;
}

export function catalogOf({ steps }: Timeline): ScriptCatalog {
  const objects: Life[] = [];
  const bound = new Map<string, Set<Life>>();
  // By step: how many before it may have changed what is there.
  const opaque = new Uint32Array(steps.length + 1);
  const byName = new Map<string, Life[]>();
  const byStatement = new Map<Statement, CatalogObject>();
  const presence = (object: CatalogObject, { index, conditional }: Step): Presence['is'] => {
    // It may run just because something above failed, or did not run.
    if (conditional) return 'unknown';
    const { created, changed, dropped } = object;
    const isKnownSince = (since: Step): boolean => opaque[since.index] === opaque[index];
    if (dropped && dropped.index < index) return !dropped.conditional && isKnownSince(dropped) ? 'absent' : 'unknown';
    const last = [created, ...changed].findLast((step) => step && !step.conditional && step.index < index);
    return last && isKnownSince(last) ? 'present' : 'unknown';
  };
  for (const step of steps) {
    opaque[step.index + 1] = (opaque[step.index] ?? 0) + (isOpaque(step.statement) ? 1 : 0);
    const [verb, of] = effects.get(step.statement.kind) ?? [];
    if (!verb || !of) continue;
    for (const name of namesOf(step.statement)) {
      const database = ofServer.has(of) ? undefined : (name.database ?? step.database);
      const schema = inSchema.has(of) ? (name.schema ?? 'dbo') : undefined;
      const key = keyOf(of, name.name, schema, database);
      const lives = byName.get(key) ?? [];
      byName.set(key, lives);
      let life = lives.at(-1);
      const isGone = life?.dropped !== undefined && (verb === 'create' || life.dropped.conditional);
      if (!life || (isGone && verb !== 'drop')) {
        const [created, changed] = verb === 'create' ? [step, []] : [undefined, verb === 'change' ? [step] : []];
        life = { class: of, name: name.name, schema, database, created, changed, dropped: undefined };
        lives.push(life);
        objects.push(life);
      } else if (verb !== 'drop' && !life.dropped) life.changed.push(step);
      if (verb === 'drop') life.dropped ??= step;
      const assembly = externalNameOf(step)?.assembly.value;
      if (assembly !== undefined) {
        const boundKey = keyOf('assembly', assembly, undefined, database);
        const known = bound.get(boundKey);
        if (known) known.add(life);
        else bound.set(boundKey, new Set([life]));
      }
      if (!byStatement.has(step.statement)) byStatement.set(step.statement, life);
    }
  }
  return {
    objects,
    objectOf: (statement) => byStatement.get(statement),
    before: (step, of, name, schema) => {
      const database = ofServer.has(of) ? undefined : step.database;
      const key = keyOf(of, name, inSchema.has(of) ? (schema ?? 'dbo') : undefined, database);
      const life = (byName.get(key) ?? []).findLast((one) => firstStepOf(one).index < step.index);
      return life ? { is: presence(life, step), object: life } : { is: 'unknown' };
    },
    presence,
    boundTo: (step, assembly) =>
      [...(bound.get(keyOf('assembly', assembly, undefined, step.database)) ?? [])].filter((object) => {
        if (presence(object, step) !== 'present') return false;
        const said = [object.created, ...object.changed].filter((one) => one && one.index < step.index);
        return said.every((one) => one && sameName(externalNameOf(one)?.assembly.value ?? '', assembly));
      }),
  };
}

/** Where a script makes an object, or first speaks of it. */
export function placeOf(object: CatalogObject): {
  readonly uri: string;
  readonly span: Span;
  readonly message: string;
} {
  const { file, statement } = firstStepOf(object);
  const name = 'name' in statement && typeof statement.name === 'object' ? statement.name : statement;
  return { uri: file.uri, span: name.span, message: `${nameOf(object)} stands here` };
}

/** `dbo.NetPay`. */
export function nameOf({ schema, name }: CatalogObject): string {
  return schema === undefined ? name : `${schema}.${name}`;
}

/** The first step that speaks of an object. */
export function firstStepOf({ created, changed, dropped }: CatalogObject): Step {
  const first = created ?? changed[0] ?? dropped;
  if (!first) throw new Error('An object nothing speaks of');
  return first;
}

/** Nothing is sure behind it: it runs what is not known, takes back what was done, or is about a whole database. */
function isOpaque(statement: Statement): boolean {
  if (statement.kind === 'unknown') return /^(?:ROLLBACK|RESTORE|DROP DATABASE|:R|!!)/.test(statement.words);
  if (statement.kind !== 'execute' || statement.executed) return false;
  const name = statement.procedure?.last.value.toLowerCase() ?? '';
  return runsOpenText(statement) || !/^[sx]p_/.test(name) || name.startsWith('sp_msforeach');
}

/** Of a routine, a type or an aggregate. */
export function externalNameOf({ statement }: Step): MethodSpecifier | undefined {
  return 'externalName' in statement ? statement.externalName : undefined;
}

function keyOf(of: ObjectClass, name: string, schema: string | undefined, database: string | undefined): string {
  return [namespaces[of] ?? of, database ?? '', schema ?? '', name].join('\n').toLowerCase();
}

interface Named {
  readonly name: string;
  readonly schema?: string | undefined;
  readonly database?: string | undefined;
}

function namesOf(statement: Statement): readonly Named[] {
  if ('names' in statement) return statement.names.map(named);
  if (!('name' in statement) || typeof statement.name !== 'object') return [];
  const { name } = statement;
  return 'last' in name || 'quote' in name ? [named(name)] : [];
}

function named(name: Identifier | ObjectName): Named {
  if ('value' in name) return { name: name.value };
  return { name: name.last.value, schema: name.parts.at(-2)?.value, database: name.parts.at(-3)?.value };
}
