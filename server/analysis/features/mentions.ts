// Where scripts name assemblies, keys, certificates, principals and routines, and which of them one name means.
import { grouped } from '../project/grouped.js';
import { sameName } from '../project/names.js';
import type { Project, ScriptFile } from '../project/project.js';
import { sameDatabase } from '../project/timeline.js';
import { folderOf } from '../packages/paths.js';
import { isInside, type Span } from '../text/span.js';
import { statementsOf, type Identifier, type ObjectName, type Statement, type StatementKind } from '../tsql/nodes.js';

/** Names of one class are told apart from one another alone. `object`: procedures, functions, triggers and aggregates. */
export type NameClass =
  'assembly' | 'asymmetric key' | 'certificate' | 'server principal' | 'principal' | 'object' | 'type';

export interface Mention {
  readonly file: ScriptFile;
  readonly statement: Statement;
  readonly class: NameClass;
  readonly name: Identifier;
  /** `dbo` where none is written; undefined where the class has none. */
  readonly schema: string | undefined;
  /** The statement makes it. */
  readonly creates: boolean;
}

/** In the order of the statements. */
export function mentionsIn(file: ScriptFile): readonly Mention[] {
  return statementsOf(file.script, ...kinds).flatMap((statement) =>
    namesIn(statement)
      .filter(({ name }) => name.value !== '')
      .map((named) => ({ file, statement, ...named })),
  );
}

export function mentionAt(file: ScriptFile, offset: number): Mention | undefined {
  // The innermost statement answers: nested ones come behind those that hold them.
  for (const statement of statementsOf(file.script, ...kinds).toReversed()) {
    if (!isInside(statement.span, offset)) continue;
    const found = namesIn(statement).find(({ name }) => name.value !== '' && isInside(name.span, offset));
    if (found) return { file, statement, ...found };
  }
  return undefined;
}

/** One thing, whatever its statements: what makes it, and every place that names it. */
export interface Named {
  /** In one script, but where several make it and none is nearer. */
  readonly created: readonly Mention[];
  readonly mentions: readonly Mention[];
}

/** Several deployments can lie side by side: what is made in the same script is meant, then in the same folder, then anywhere. */
export function namedBy(project: Project, mention: Mention): Named {
  const all = project.scripts.flatMap((file) => mentionsIn(file).filter((one) => isSame(one, mention)));
  const created = all.filter(({ creates }) => creates);
  const byFile = grouped(created, ({ file }) => file);
  const byFolder = grouped(created, ({ file }) => folderOf(file.uri));
  const meantBy = (one: Mention): readonly Mention[] =>
    byFile.get(one.file) ?? byFolder.get(folderOf(one.file.uri)) ?? created;
  const meant = inDatabase(meantBy(mention), mention);
  const mentions = all.filter((one) => {
    const other = inDatabase(meantBy(one), one);
    return meant[0]
      ? other[0] === meant[0] && other.length === meant.length
      : folderOf(one.file.uri) === folderOf(mention.file.uri);
  });
  return { created: meant, mentions };
}

/** Of one script that makes it in several databases, or again behind a DROP: what is there when the statement runs. */
export function creationFor({ created }: Named, mention: Mention): readonly Mention[] {
  const step = mention.file.timeline.stepOf(mention.statement);
  const before = created.filter(
    ({ file, statement }) =>
      file === mention.file && (file.timeline.stepOf(statement)?.index ?? Infinity) <= (step?.index ?? -1),
  );
  const last = before.at(-1);
  const [first] = created;
  if (last) return [last];
  return first && created.every(({ file }) => file === first.file) ? [first] : created;
}

function inDatabase(created: readonly Mention[], mention: Mention): readonly Mention[] {
  const databaseOf = ({ file, statement }: Mention): string | undefined => file.timeline.stepOf(statement)?.database;
  if (mention.class === 'server principal') return created;
  const here = created.filter((one) => sameDatabase(databaseOf(one), databaseOf(mention)));
  return here.length > 0 ? here : created;
}

function isSame(one: Mention, other: Mention): boolean {
  return (
    one.class === other.class &&
    sameName(one.name.value, other.name.value) &&
    sameName(one.schema ?? '', other.schema ?? '')
  );
}

type NameIn = Pick<Mention, 'class' | 'name' | 'schema' | 'creates'>;

const named = (of: NameClass, name: Identifier, creates = false): NameIn => ({
  class: of,
  name,
  schema: undefined,
  creates,
});

const inSchema = (of: 'object' | 'type', name: ObjectName, creates = false): NameIn => ({
  class: of,
  name: name.last,
  schema: name.parts.at(-2)?.value ?? 'dbo',
  creates,
});

const kinds = [
  'createAssembly',
  'alterAssembly',
  'dropAssembly',
  'createProcedure',
  'createOrAlterProcedure',
  'alterProcedure',
  'createFunction',
  'createOrAlterFunction',
  'alterFunction',
  'createTrigger',
  'createOrAlterTrigger',
  'alterTrigger',
  'createAggregate',
  'createTypeUdt',
  'createTypeUddt',
  'createTypeTable',
  'dropProcedure',
  'dropFunction',
  'dropTrigger',
  'dropAggregate',
  'dropType',
  'createAsymmetricKey',
  'alterAsymmetricKey',
  'dropAsymmetricKey',
  'createCertificate',
  'alterCertificate',
  'dropCertificate',
  'createLogin',
  'alterLogin',
  'dropLogin',
  'createServerRole',
  'alterServerRole',
  'dropServerRole',
  'createUser',
  'alterUser',
  'dropUser',
  'createRole',
  'alterRole',
  'dropRole',
  'createSchema',
  'grant',
  'deny',
  'revoke',
  'addSignature',
  'dropSignature',
  'alterAuthorization',
  'execute',
] as const satisfies readonly StatementKind[];

function namesIn(statement: Statement): readonly NameIn[] {
  const owner =
    'authorization' in statement && statement.authorization ? [named('principal', statement.authorization)] : [];
  switch (statement.kind) {
    case 'createAssembly':
    case 'alterAssembly':
      return [named('assembly', statement.name, statement.kind === 'createAssembly'), ...owner];
    case 'dropAssembly':
      return statement.names.map((name) => named('assembly', name));
    case 'dropProcedure':
    case 'dropFunction':
    case 'dropTrigger':
    case 'dropAggregate':
    case 'dropType':
      return statement.names.map((name) => inSchema(statement.kind === 'dropType' ? 'type' : 'object', name));
    case 'createTypeUdt':
    case 'createTypeUddt':
    case 'createTypeTable':
      return [
        inSchema('type', statement.name, true),
        ...('externalName' in statement ? [named('assembly', statement.externalName.assembly)] : []),
      ];
    case 'createAsymmetricKey':
    case 'alterAsymmetricKey':
    case 'dropAsymmetricKey':
      return [
        named('asymmetric key', statement.name, statement.kind === 'createAsymmetricKey'),
        ...owner,
        ...(statement.source?.kind === 'assembly' ? [named('assembly', statement.source.name)] : []),
      ];
    case 'createCertificate':
    case 'alterCertificate':
    case 'dropCertificate':
      return [
        named('certificate', statement.name, statement.kind === 'createCertificate'),
        ...owner,
        ...(statement.source?.kind === 'assembly' ? [named('assembly', statement.source.name)] : []),
      ];
    case 'createLogin':
    case 'alterLogin':
    case 'dropLogin':
      return [named('server principal', statement.name, statement.kind === 'createLogin'), ...madeFrom(statement)];
    case 'createServerRole':
    case 'alterServerRole':
    case 'dropServerRole':
      return [
        named('server principal', statement.name, statement.kind === 'createServerRole'),
        ...(statement.member ? [named('server principal', statement.member.name)] : []),
      ];
    case 'createUser':
    case 'alterUser':
    case 'dropUser':
      return [
        named('principal', statement.name, statement.kind === 'createUser'),
        ...madeFrom(statement),
        // Without FOR, CREATE USER is for the login of its name.
        ...(statement.kind === 'createUser' && !statement.source ? [named('server principal', statement.name)] : []),
      ];
    case 'createRole':
    case 'alterRole':
    case 'dropRole':
      return [
        named('principal', statement.name, statement.kind === 'createRole'),
        ...owner,
        ...(statement.member ? [named('principal', statement.member.name)] : []),
      ];
    case 'createSchema':
      return owner;
    case 'grant':
    case 'deny':
    case 'revoke': {
      const isOfServer = !statement.securable && statement.permissions.some(({ name }) => ofServer.test(name));
      const { securable } = statement;
      return [
        ...(securable ? securableIn(securable.class, securable.name) : []),
        ...statement.principals.map((name) => named(isOfServer ? 'server principal' : 'principal', name)),
      ];
    }
    case 'addSignature':
    case 'dropSignature':
      return [
        ...securableIn(statement.class, statement.name),
        ...statement.by.flatMap(({ kind, name }) =>
          name && kind !== 'password' ? [named(kind === 'certificate' ? kind : 'asymmetric key', name)] : [],
        ),
      ];
    case 'alterAuthorization':
      return [
        ...securableIn(statement.class, statement.name),
        ...(statement.to
          ? [named(statement.class === 'DATABASE' ? 'server principal' : 'principal', statement.to)]
          : []),
      ];
    case 'execute':
      return statement.procedure ? [inSchema('object', statement.procedure)] : [];
    case 'createAggregate':
      return routineIn(statement.name, true, statement.externalName?.assembly);
    default:
      return 'body' in statement
        ? routineIn(statement.name, !statement.kind.startsWith('alter'), statement.externalName?.assembly)
        : [];
  }
}

/** Of the server, where no securable is named: learn.microsoft.com "GRANT Server Permissions (Transact-SQL)"; read 2026-11. */
const ofServer =
  /^(?:UNSAFE ASSEMBLY|EXTERNAL ACCESS ASSEMBLY|SHUTDOWN|ADMINISTER BULK OPERATIONS)$|\bSERVER\b|\bANY\b/;

function routineIn(name: ObjectName, creates: boolean, assembly: Identifier | undefined): readonly NameIn[] {
  return [inSchema('object', name, creates), ...(assembly ? [named('assembly', assembly)] : [])];
}

function madeFrom({
  source,
}: {
  readonly source?: { readonly kind: string; readonly name?: Identifier };
}): readonly NameIn[] {
  const of = source && sources[source.kind];
  return of && source.name ? [named(of, source.name)] : [];
}

const sources: Readonly<Record<string, NameClass>> = {
  certificate: 'certificate',
  asymmetricKey: 'asymmetric key',
  login: 'server principal',
};

function securableIn(of: string | undefined, name: ObjectName): readonly NameIn[] {
  switch (of ?? 'OBJECT') {
    case 'OBJECT':
      return [inSchema('object', name)];
    case 'TYPE':
      return [inSchema('type', name)];
    case 'ASSEMBLY':
      return [named('assembly', name.last)];
    case 'ASYMMETRIC KEY':
      return [named('asymmetric key', name.last)];
    case 'CERTIFICATE':
      return [named('certificate', name.last)];
    case 'LOGIN':
    case 'SERVER ROLE':
      return [named('server principal', name.last)];
    case 'USER':
    case 'ROLE':
      return [named('principal', name.last)];
    default:
      return [];
  }
}

/** What of a script's text a name is. */
export function placeOf({ file, name }: Mention): { readonly uri: string; readonly span: Span } {
  return { uri: file.uri, span: name.span };
}
