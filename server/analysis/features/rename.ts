// Renaming what scripts name: assemblies, keys, certificates and logins, in every script that means the same. Only where it is
// certain which places these are; else it says why not.
import type { TypeDef } from '../code/model.js';
import { undoubled } from '../tsql/cursor.js';
import { isFilledIn, sameName } from '../project/names.js';
import type { Project, ScriptFile } from '../project/project.js';
import { isInside, type Span } from '../text/span.js';
import { tokenize, TokenKind } from '../tsql/lexer.js';
import type { Identifier } from '../tsql/nodes.js';
import { writtenName } from './completion.js';
import { boundMembers, externalPartAt, type Member } from './members.js';
import { mentionAt, mentionsIn, namedBy, type Mention, type NameClass } from './mentions.js';

export interface RenameEdit {
  readonly uri: string;
  readonly at: Span;
  readonly text: string;
}

/** What can be renamed at a place. */
export interface Renamable {
  readonly span: Span;
  readonly name: string;
}

/** All edits or none. */
export type Renamed =
  | { readonly edits: readonly RenameEdit[]; readonly refused?: never }
  | { readonly refused: string; readonly edits?: never };

interface Catalog {
  /** Where a statement looks for one by its name. */
  readonly asked: RegExp;
  /** What text that is put together to be executed would say. */
  readonly told: RegExp;
}

/** learn.microsoft.com "System catalog views", "Metadata functions"; read 2026-11. */
const catalogs: Partial<Record<NameClass, Catalog>> = {
  assembly: { asked: /\bassemblies\b|\bASSEMBLYPROPERTY\b/i, told: /\bASSEMBLY\b|\bEXTERNAL\s+NAME\b/i },
  'asymmetric key': { asked: /\basymmetric_keys\b|\bASYMKEY_ID\b/i, told: /\bASYMMETRIC\s+KEY\b/i },
  certificate: { asked: /\bcertificates\b|\bCERT_ID\b/i, told: /\bCERTIFICATE\b/i },
  'server principal': {
    asked: /\b(?:server_principals|sql_logins|syslogins|SUSER_S?ID)\b/i,
    told: /\bLOGIN\b|\bASSEMBLY\s+TO\b/i,
  },
};

/** Undefined for what is none of these. */
export function renamableAt(file: ScriptFile, offset: number): Renamable | undefined {
  const mention = mentionAt(file, offset);
  return mention && catalogs[mention.class] ? { span: mention.name.span, name: mention.name.value } : undefined;
}

/** The class or method that a part of EXTERNAL NAME means. */
export function memberOfPartAt(project: Project, file: ScriptFile, offset: number): Member | undefined {
  const found = externalPartAt(project, file.uri, offset);
  const [member] = found ? boundMembers(project, found.routine) : [];
  if (!member || found?.part === 'method') return member;
  const { assembly, code, type } = member;
  return { assembly, code, type };
}

/** Of a class the last part of its name. */
export function renamablePartAt(project: Project, file: ScriptFile, offset: number): Renamable | undefined {
  const found = externalPartAt(project, file.uri, offset);
  const member = memberOfPartAt(project, file, offset);
  return found && member && { span: found.span, name: nameOf(member) };
}

/** As C# has it. */
export function nameOf({ type, methods }: Pick<Member, 'type' | 'methods'>): string {
  return methods?.[0]?.name ?? simpleName(type);
}

/** Without namespace and outer types. */
export function simpleName({ name }: Pick<TypeDef, 'name'>): string {
  return name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('+')) + 1);
}

export function renameAt(project: Project, file: ScriptFile, offset: number, to: string): Renamed | undefined {
  const mention = mentionAt(file, offset);
  const catalog = mention && catalogs[mention.class];
  if (!mention || !catalog) return undefined;
  const { created, mentions } = namedBy(project, mention);
  const reason = whyNot(project, mention, created, to) ?? mentions.map(whyNotThere).find((one) => one);
  if (reason !== undefined) return { refused: reason };
  const files = new Set(mentions.map((one) => one.file));
  const strings: RenameEdit[] = [];
  for (const one of files) {
    const found = namesInStrings(one, mention.name.value, catalog, mentions);
    if (found.unknown)
      return {
        refused: `${placeText(one, found.unknown)} has the name in a string, and it is not certain what it means`,
      };
    for (const at of found.asked) strings.push({ uri: one.uri, at, text: `'${to}'` });
  }
  return {
    edits: [
      ...mentions.map(({ file: { uri }, name }) => ({ uri, at: name.span, text: renamedIdentifier(name, to) })),
      ...strings,
    ],
  };
}

/** In the delimiters that it has. */
export function renamedIdentifier({ quote }: Pick<Identifier, 'quote'>, to: string): string {
  return writtenName(to, quote === 'none' ? 'none' : quote === 'double' ? 'quote' : 'bracket');
}

function whyNot(
  { assemblies, scripts }: Project,
  { class: of, name }: Mention,
  created: readonly Mention[],
  to: string,
): string | undefined {
  if (to.trim() === '' || to.length > 128 || /[\p{Cc}']|\$\(/u.test(to))
    return `${JSON.stringify(to)} is no name for it`;
  const [first] = created;
  if (!first) return `No script of the workspace creates ${name.value}`;
  if (created.some(({ file }) => file !== first.file))
    return `Several scripts create ${name.value}, and which one is meant is not certain`;
  const isTaken = scripts.some((file) =>
    mentionsIn(file).some((one) => one.creates && one.class === of && sameName(one.name.value, to)),
  );
  if (isTaken && !sameName(to, name.value)) return `A script creates ${to} already`;
  const user = assemblies.find(
    ({ code }) => of === 'assembly' && code?.references.some((reference) => sameName(reference.name, name.value)),
  );
  return user && `Assembly ${user.name} refers to ${name.value} by its name (Msg 6503)`;
}

/** What stands there is not what it means, or means something else besides. */
function whyNotThere({ file, name, statement }: Mention): string | undefined {
  if (!isWritten(file, name)) return `${placeText(file, name.span)} puts the name together`;
  return statement.kind === 'createUser' && !statement.source
    ? `${placeText(file, name.span)} makes a user of the login's name, without FOR LOGIN`
    : undefined;
}

/** A name as it stands there, and not what a variable or a string within a string makes of it. */
export function isWritten({ text }: ScriptFile, { span, value, quote }: Identifier): boolean {
  const expected = {
    none: value,
    bracket: `[${value.replaceAll(']', ']]')}]`,
    double: `"${value.replaceAll('"', '""')}"`,
  };
  return text.slice(span.start, span.end) === expected[quote] && !isFilledIn(value);
}

interface InStrings {
  readonly asked: readonly Span[];
  /** The first that cannot be told. */
  readonly unknown: Span | undefined;
}

function namesInStrings(file: ScriptFile, name: string, catalog: Catalog, mentions: readonly Mention[]): InStrings {
  const { text, script } = file;
  const asked: Span[] = [];
  if (!text.includes("'")) return { asked, unknown: undefined };
  const { kinds, starts, ends, count } = tokenize(text);
  const own = mentions.filter((one) => one.file === file);
  for (let index = 0; index < count; index++) {
    if (kinds[index] !== TokenKind.string && kinds[index] !== TokenKind.nationalString) continue;
    const [start = 0, end = 0] = [starts[index], ends[index]];
    const from = kinds[index] === TokenKind.nationalString ? start + 1 : start;
    const value = undoubled(text.slice(from, end), "'");
    const isName = sameName(value, name) || sameName(value, `[${name}]`);
    if (
      !isName &&
      !((catalog.told.test(value) || catalog.asked.test(value)) && value.toLowerCase().includes(name.toLowerCase()))
    )
      continue;
    const statement = script.batches
      .find(({ span }) => isInside(span, start))
      ?.statements.find(({ span }) => isInside(span, start));
    const said = statement ? text.slice(statement.span.start, statement.span.end) : '';
    if (/^(?:PRINT|RAISERROR)\b|\bsp_add_trusted_assembly\b/i.test(said)) continue;
    // Executed text: every place of the name in it is known, or not all of them are.
    const within = own.filter((one) => isInside({ start, end }, one.name.span.start)).length;
    if (within > 0 && within === value.toLowerCase().split(name.toLowerCase()).length - 1) continue;
    if (!isName || !catalog.asked.test(said) || value.startsWith('[')) return { asked, unknown: { start, end } };
    asked.push({ start: from, end });
  }
  return { asked, unknown: undefined };
}

export function placeText({ uri, text }: { readonly uri: string; readonly text: string }, { start }: Span): string {
  return `${uri.slice(uri.lastIndexOf('/') + 1)}, line ${text.slice(0, start).split('\n').length},`;
}
