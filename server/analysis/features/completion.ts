// Completion in scripts: what can stand in EXTERNAL NAME, and the words of clauses about permission sets, permissions and trust.
import { typeText } from '../code/code-text.js';
import { isSqlAttribute } from '../code/entry-points.js';
import { isVoid, type AssemblyCode, type MethodDef, type TypeDef } from '../code/model.js';
import { assemblyPermissions, wideningPermissions } from '../knowledge/permissions.js';
import { permissionSets } from '../knowledge/permission-sets.js';
import { serverOptions } from '../knowledge/server-options.js';
import { sourcesOfTrust } from '../knowledge/sources-of-trust.js';
import { findAssembly } from '../project/find-assembly.js';
import type { DeployedAssembly, Project, ScriptFile } from '../project/project.js';
import { oneLine } from '../text/one-line.js';
import { shownName } from '../text/shown.js';
import type { Span } from '../text/span.js';
import { contextAt, endsWith, type CaretContext, type Word } from './completion-context.js';
import { codesOf } from './members.js';
import { mentionsIn, type NameClass } from './mentions.js';

export interface Completion {
  readonly label: string;
  readonly kind: 'assembly' | 'class' | 'method' | 'key' | 'keyword' | 'option';
  /** Beside the label; fit to be shown. */
  readonly detail: string;
  readonly replaced: Span;
  readonly text: string;
  /** What comes first: an empty one does. */
  readonly rank: number;
}

type Item = Pick<Completion, 'label' | 'kind' | 'detail'> & Partial<Pick<Completion, 'text' | 'rank'>>;

/** Asked at every letter: the project is made only where names of it are asked for. */
export function completionsAt(project: () => Project, file: ScriptFile, offset: number): readonly Completion[] {
  const context = contextAt(file, offset);
  if (!context) return [];
  const { replaced, opening } = context;
  const items = opening === 'string' ? inString(context) : (named(project, file, context) ?? words(context));
  return items.map(({ label, kind, detail, text, rank = 0 }) => ({
    label: oneLine(label),
    kind,
    detail,
    replaced,
    text: text ?? (isName(kind) ? writtenName(label, opening) : label),
    rank,
  }));
}

function isName(kind: Completion['kind']): boolean {
  return kind !== 'keyword' && kind !== 'option';
}

/** As T-SQL takes it: a name that is no regular identifier, or was begun with a delimiter, is in delimiters. */
export function writtenName(name: string, opening: CaretContext['opening']): string {
  if (opening === 'quote') return `"${name.replaceAll('"', '""')}"`;
  if (opening === 'none' && /^[A-Za-z_][\w@#$]*$/.test(name) && !reserved.has(name.toUpperCase())) return name;
  return `[${name.replaceAll(']', ']]')}]`;
}

/** Of the reserved keywords those that people name things by: learn.microsoft.com "Reserved keywords (Transact-SQL)"; read 2026-11. */
const reserved: ReadonlySet<string> = new Set(
  'ADD ALL ALTER AND ANY AS ASC BACKUP BEGIN BETWEEN BREAK BROWSE BULK BY CASE CHECK CLOSE COLUMN COMMIT CONTAINS CONTINUE CONVERT CREATE CROSS CURRENT CURSOR DATABASE DECLARE DEFAULT DELETE DENY DESC DISTINCT DOUBLE DROP DUMP ELSE END EXCEPT EXEC EXECUTE EXISTS EXIT EXTERNAL FETCH FILE FOR FROM FULL FUNCTION GOTO GRANT GROUP HAVING IDENTITY IF IN INDEX INNER INSERT INTO IS JOIN KEY KILL LEFT LIKE LOAD MERGE NOT NULL OF OFF ON OPEN OPTION OR ORDER OUTER OVER PERCENT PIVOT PLAN PRINT PROC PROCEDURE PUBLIC READ RESTORE RETURN REVERT REVOKE RIGHT RULE SAVE SCHEMA SELECT SET SHUTDOWN SOME TABLE THEN TO TOP TRAN TRANSACTION TRIGGER TRUNCATE UNION UNIQUE UPDATE USE USER VALUES VIEW WAITFOR WHEN WHERE WHILE WITH'.split(
    ' ',
  ),
);

/** Names of the project; undefined where none is asked for. */
function named(project: () => Project, file: ScriptFile, context: CaretContext): readonly Item[] | undefined {
  const { before } = context;
  const external = endsWith(before, 'EXTERNAL', 'NAME')
    ? 0
    : endsWith(before, 'EXTERNAL', 'NAME', '*', '.')
      ? 1
      : endsWith(before, 'EXTERNAL', 'NAME', '*', '.', '*', '.')
        ? 2
        : undefined;
  if (external === 0) return assemblies(project());
  if (external !== undefined) {
    const names = before.flatMap(({ name }) => name ?? []);
    const [assembly = '', className = ''] = external === 1 ? names.slice(-1) : names.slice(-2);
    const codes = codesNamed(project(), file, assembly, context);
    const as = wantedBy(before);
    return external === 1
      ? classes(codes, as)
      : as === 'type' || as === 'aggregate'
        ? []
        : methods(codes, className, as);
  }
  if (
    ['ALTER', 'DROP'].some((verb) => endsWith(before, verb, 'ASSEMBLY')) ||
    endsWith(before, 'DROP', 'ASSEMBLY', 'IF', 'EXISTS')
  )
    return assemblies(project());
  if (endsWith(before, 'ASSEMBLY', ':', ':') || endsWith(before, 'FROM', 'ASSEMBLY')) return assemblies(project());
  for (const word of ['FROM', 'FOR', 'BY']) {
    if (endsWith(before, word, 'CERTIFICATE')) return made(project(), 'certificate');
    if (endsWith(before, word, 'ASYMMETRIC', 'KEY')) return made(project(), 'asymmetric key');
  }
  return undefined;
}

function assemblies({ assemblies: all }: Project): readonly Item[] {
  const found = new Map<string, Item>();
  for (const { name, permissionSet, code, created } of all) {
    const detail = [permissionSet, code?.identity.version, created ? undefined : 'no script creates it'];
    const item: Item = { label: name, kind: 'assembly', detail: joined(detail), rank: created ? 0 : 1 };
    const known = found.get(name.toLowerCase());
    if (!known || (known.rank ?? 0) > (item.rank ?? 0)) found.set(name.toLowerCase(), item);
  }
  return [...found.values()];
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(', ');
}

function made({ scripts }: Project, of: NameClass): readonly Item[] {
  const names = scripts.flatMap((file) => mentionsIn(file).filter((one) => one.creates && one.class === of));
  const distinct = new Map(names.map(({ name }) => [name.value.toLowerCase(), name.value]));
  return [...distinct.values()].map((label) => ({ label, kind: 'key', detail: of }));
}

/** The one that a script means, or whatever has the name. */
function codesNamed(
  project: Project,
  file: ScriptFile,
  name: string,
  { statement }: CaretContext,
): readonly AssemblyCode[] {
  const found = statement && findAssembly(project.byName, file, name, statement);
  const meant: readonly DeployedAssembly[] =
    found?.kind === 'found' ? [found.assembly] : (project.byName.get(name.toLowerCase()) ?? []);
  return meant.flatMap((assembly) => codesOf(project, assembly).slice(0, 1));
}

type Wanted = 'procedure' | 'function' | 'trigger' | 'aggregate' | 'type' | 'routine';

const wantedWords: Readonly<Record<string, Wanted>> = {
  PROC: 'procedure',
  PROCEDURE: 'procedure',
  FUNCTION: 'function',
  TRIGGER: 'trigger',
  AGGREGATE: 'aggregate',
  TYPE: 'type',
};

/** By the first words of the statement: CREATE, ALTER, CREATE OR ALTER. */
function wantedBy(words: readonly Word[]): Wanted {
  for (const { text } of words.slice(0, 4)) {
    const wanted = wantedWords[text];
    if (wanted) return wanted;
  }
  return 'routine';
}

function classes(codes: readonly AssemblyCode[], as: Wanted): readonly Item[] {
  return codes.flatMap(({ types }) =>
    types
      .filter((type) => type.isPublic && !type.isGeneric && !type.compilerGenerated)
      .flatMap((type): readonly Item[] => {
        if (as === 'type' || as === 'aggregate') {
          const isMarked = type.attributes.some((one) => one.type === wholes[as]);
          return isMarked ? [{ label: type.name, kind: 'class', detail: as }] : [];
        }
        const own = routinesOf(type, as);
        if (own.length === 0) return [];
        const detail = own.length === 1 ? '1 routine' : `${own.length} routines`;
        return [{ label: type.name, kind: 'class', detail, rank: own.some(isMarkedRoutine) ? 0 : 1 }];
      }),
  );
}

const wholes = {
  type: 'Microsoft.SqlServer.Server.SqlUserDefinedTypeAttribute',
  aggregate: 'Microsoft.SqlServer.Server.SqlUserDefinedAggregateAttribute',
};

function methods(codes: readonly AssemblyCode[], className: string, as: Wanted): readonly Item[] {
  return codes.flatMap(({ types }) =>
    types
      .filter(({ name }) => name === className)
      .flatMap((type) =>
        routinesOf(type, as).map((method): Item => ({
          label: method.name,
          kind: 'method',
          detail: signatureText(method),
          rank: isMarkedRoutine(method) ? 0 : 1,
        })),
      ),
  );
}

/** What SQL Server takes for a routine: public, static, not generic, and no overload of another (Msg 6570 to 6574). */
function routinesOf(type: TypeDef, as: Wanted): readonly MethodDef[] {
  const fillers = new Set(
    type.methods.flatMap(({ attributes }) =>
      attributes.flatMap(({ named: given }) =>
        given.flatMap(({ name, value }) =>
          name === 'FillRowMethodName' && value.kind === 'string' ? (value.value ?? []) : [],
        ),
      ),
    ),
  );
  const counts = new Map<string, number>();
  for (const { name } of type.methods) counts.set(name, (counts.get(name) ?? 0) + 1);
  return type.methods.filter(
    (method) =>
      method.isPublic &&
      method.isStatic &&
      method.arity === 0 &&
      !method.compilerGenerated &&
      /^(?!op_|get_|set_|add_|remove_)[^.<]/.test(method.name) &&
      counts.get(method.name) === 1 &&
      !fillers.has(method.name) &&
      fits(method, as),
  );
}

/** A function returns something; a trigger takes and returns nothing, a procedure nothing but a number. */
function fits({ returns, parameters }: MethodDef, as: Wanted): boolean {
  switch (as) {
    case 'function':
      return !isVoid(returns);
    case 'trigger':
      return isVoid(returns) && parameters.length === 0;
    case 'procedure':
      return isVoid(returns) || (returns.kind === 'named' && numbers.has(returns.name));
    default:
      return true;
  }
}

/** learn.microsoft.com "CLR stored procedures": returning a value; read 2026-11. */
const numbers: ReadonlySet<string> = new Set([
  'System.Int32',
  'System.Int16',
  'System.Int64',
  'System.Data.SqlTypes.SqlInt32',
  'System.Data.SqlTypes.SqlInt16',
  'System.Data.SqlTypes.SqlInt64',
]);

function isMarkedRoutine({ attributes }: MethodDef): boolean {
  return attributes.some(isSqlAttribute);
}

/** `(SqlMoney gross, int32 n) SqlMoney`. */
function signatureText({ parameters, returns }: MethodDef): string {
  const short = (text: string): string => text.replace(/\[[^\]]*\](?:[^.,<>&*]*\.)*/g, '');
  const told = parameters.map(({ name, type }) => `${short(typeText(type))} ${shownName(name)}`);
  return `(${told.join(', ')}) ${short(typeText(returns))}`;
}

/** Words of the language. */
function words({ before, statement }: CaretContext): readonly Item[] {
  if (endsWith(before, 'PERMISSION_SET', '='))
    return permissionSets.map(({ name, may }, rank) => ({ label: name, kind: 'keyword', detail: `may ${may}`, rank }));
  if (endsWith(before, 'SP_CONFIGURE')) return options().map((item) => ({ ...item, text: `'${item.label}'` }));
  const trust = sourcesOfTrust.filter(({ of }) =>
    ['FROM', 'FOR'].some((from) => endsWith(before, 'CREATE', ...of.split(' '), '*', from)),
  );
  if (trust.length > 0) return trust.map(({ words: label, meaning }) => ({ label, kind: 'keyword', detail: meaning }));
  return isPermissionAsked(before) ? permissions(statement) : [];
}

function isPermissionAsked(before: readonly Word[]): boolean {
  const at = before.findLastIndex(({ text }) => text === 'GRANT' || text === 'DENY' || text === 'REVOKE');
  if (at < 0) return false;
  const behind = before.slice(at + 1);
  const last = behind.at(-1);
  return (!last || last.text === ',') && behind.every(({ text }) => text !== '' && text !== 'ON' && text !== 'TO');
}

function permissions(statement: CaretContext['statement']): readonly Item[] {
  const securable = statement && 'securable' in statement ? statement.securable : undefined;
  const item = (label: string, detail: string): Item => ({ label, kind: 'keyword', detail });
  if (securable?.class === 'ASSEMBLY') return assemblyPermissions.map((one) => item(one, 'on an assembly'));
  if (securable) return [];
  return wideningPermissions.map((one) => item(one, 'of the server: for the login of a key or certificate'));
}

function options(): readonly Item[] {
  return serverOptions.map(({ name, summary }) => ({ label: name, kind: 'option', detail: summary }));
}

/** The quotes are the caller's to type: what is there of them is replaced. */
function inString({ before }: CaretContext): readonly Item[] {
  const isAsked = endsWith(before, 'SP_CONFIGURE') || endsWith(before, 'SP_CONFIGURE', '@CONFIGNAME', '=');
  return isAsked ? options().map((item) => ({ ...item, text: `'${item.label}'` })) : [];
}
