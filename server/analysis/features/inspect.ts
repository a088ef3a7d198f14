// What `sqlclr-lint inspect` prints: every assembly of a file, whatever statement holds its bytes.
import type { AssemblyImage } from '../metadata/assembly.js';
import { inspectImage, type InspectedImage } from '../metadata/inspect.js';
import type { FileReader } from '../project/file-reader.js';
import type { EmbeddedImage, ImageFile, ScriptFile } from '../project/project.js';
import type { Requirements } from '../project/requirements.js';
import { lineStartsOf, positionOf } from '../text/lines.js';
import type { Span } from '../text/span.js';
import { allStatements } from '../tsql/nodes.js';
import { inspectRequirements, type InspectedRequirements } from './proof.js';

/** An image that could not be read has its size, hash and errors alone. */
export type InspectedAssembly = Place &
  Partial<InspectedImage> & {
    readonly byteLength: number;
    readonly sha512: string;
    readonly errors?: readonly string[];
    readonly requires?: InspectedRequirements;
  };

/** Answers for an image that the file holds. */
export type NeedsOf = (image: AssemblyImage) => Requirements;

interface Place {
  /** From 1; of a script. */
  readonly line?: number;
  readonly endLine?: number;
  /** `CREATE ASSEMBLY`, `ALTER ASSEMBLY`, `variable @v`, or `other`. */
  readonly statement?: string;
  readonly sqlName?: string;
  readonly permissionSet?: string;
}

export function inspectScript(
  file: ScriptFile,
  reader: Pick<FileReader, 'embedded'>,
  needsOf: NeedsOf,
): readonly InspectedAssembly[] {
  const lineStarts = lineStartsOf(file.text);
  const lines = (span: Span): { readonly line: number; readonly endLine: number } => ({
    line: positionOf(lineStarts, span.start).line + 1,
    endLine: positionOf(lineStarts, span.end).line + 1,
  });
  const found = file.literals.map((literal) => ({
    at: literal.span.start,
    entry: { ...lines(literal.span), ...statementOf(literal), ...contentOf(literal, needsOf) },
  }));
  const known = new Set(file.literals.map((literal) => literal.span.start));
  for (const { span, raw } of otherImages(file.text)) {
    if (
      known.has(span.start) ||
      file.literals.some((literal) => literal.span.start <= span.start && span.end <= literal.span.end)
    )
      continue;
    found.push({
      at: span.start,
      entry: { ...lines(span), ...holderOf(file, span), ...contentOf(reader.embedded(raw), needsOf) },
    });
  }
  return found.sort((a, b) => a.at - b.at).map(({ entry }) => entry);
}

export function inspectFile(file: ImageFile, needsOf: NeedsOf): readonly InspectedAssembly[] {
  return [contentOf(file, needsOf)];
}

function contentOf(
  { byteLength, sha512, image, errors }: Pick<ImageFile, 'byteLength' | 'sha512' | 'image' | 'errors'>,
  needsOf: NeedsOf,
): InspectedAssembly {
  return {
    sha512: sha512.toLowerCase(),
    byteLength,
    ...(image && { ...inspectImage(image), requires: inspectRequirements(needsOf(image)) }),
    ...(errors.length > 0 && { errors: errors.map((error) => error.message) }),
  };
}

function statementOf({ statement }: EmbeddedImage): Omit<Place, 'line' | 'endLine'> {
  const { permissionSet } = statement;
  const declared = permissionSet?.value ?? (statement.kind === 'createAssembly' && !permissionSet ? 'SAFE' : undefined);
  return {
    statement: statement.kind === 'createAssembly' ? 'CREATE ASSEMBLY' : 'ALTER ASSEMBLY',
    sqlName: statement.name.value,
    ...(declared && { permissionSet: declared }),
  };
}

/**
 * What begins like an image anywhere else: in a variable, a comment, an XML attribute, a string of another language.
 * `0x… + 0x…` is one image in pieces.
 */
function* otherImages(text: string): Generator<{ readonly span: Span; readonly raw: string }> {
  const head = /(?:0x|(?<![0-9A-Za-z]))4D5A[0-9A-F]{60}/gi;
  const piece = /\s{0,1000}\+\s{0,1000}0x(?=[0-9A-F])/iy;
  for (let match = head.exec(text); match; match = head.exec(text)) {
    const start = match.index;
    const first = start + (/^0x/i.test(match[0]) ? 2 : 0);
    let end = endOfDigits(text, first);
    const raw = [text.slice(first, end)];
    for (piece.lastIndex = end; piece.test(text); piece.lastIndex = end) {
      const digits = piece.lastIndex;
      end = endOfDigits(text, digits);
      raw.push(text.slice(digits, end));
    }
    head.lastIndex = end;
    yield { span: { start, end }, raw: raw.join('') };
  }
}

/** Behind the hexadecimal digits that start here; `\` at the end of a line goes on with the next. */
function endOfDigits(text: string, from: number): number {
  // One class and no repetition: a repetition over many megabytes overflows the engine's stack.
  const other = /[^0-9A-F]/gi;
  for (let at = from; ;) {
    other.lastIndex = at;
    at = other.test(text) ? other.lastIndex - 1 : text.length;
    if (text[at] !== '\\') return at;
    const lineEnd = text.startsWith('\r\n', at + 1) ? 2 : text[at + 1] === '\n' ? 1 : 0;
    if (lineEnd === 0) return at;
    at += 1 + lineEnd;
  }
}

function holderOf(file: ScriptFile, span: Span): Pick<Place, 'statement' | 'sqlName'> {
  for (const statement of allStatements(file.script)) {
    if (statement.span.start > span.start || span.end > statement.span.end) continue;
    if (statement.kind === 'setVariable') return { statement: `variable ${statement.name}` };
    if (statement.kind !== 'declareVariable') continue;
    const holder = statement.variables.find(
      (variable) => variable.span.start <= span.start && span.end <= variable.span.end,
    );
    if (holder) return { statement: `variable ${holder.name}` };
  }
  const before = file.text.slice(Math.max(0, span.start - 400), span.start);
  const named = /\bCREATE\s+ASSEMBLY\s+\[?([^\]\s;]+)\]?[^;]*(?:\b|\\[rn])FROM\s*$/i.exec(before);
  return named?.[1] === undefined ? { statement: 'other' } : { statement: 'CREATE ASSEMBLY', sqlName: named[1] };
}
