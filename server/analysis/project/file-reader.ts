// Files as facts: a pure function of their content, but for what an earlier version of the same file already gave.
import type { Platform } from '../platform.js';
import type { Span } from '../text/span.js';
import { constantOf, type BinaryPiece } from '../tsql/constants.js';
import { statementsOf, type AlterAssembly, type CreateAssembly, type Expression } from '../tsql/nodes.js';
import { parseScript } from '../tsql/parser.js';
import { catalogOf, type ScriptCatalog } from './catalog.js';
import type { EmbeddedImage, ImageFile, ScriptFile } from './project.js';
import { timelineOf, type Timeline } from './timeline.js';

/** What bytes are, whatever names them. */
type Decoded = Pick<EmbeddedImage, 'byteLength' | 'sha512' | 'oddDigits' | 'image' | 'bytes' | 'errors'>;

const headLength = 34;

export class FileReader {
  readonly #platform: Platform;
  /** By file: the literals last decoded there. An edit elsewhere in the file need not decode them again. */
  readonly #decoded = new Map<string, readonly { readonly raw: string; readonly value: Decoded }[]>();

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** With what is decoded already. */
  copy(): FileReader {
    const copy = new FileReader(this.#platform);
    for (const [uri, decoded] of this.#decoded) copy.#decoded.set(uri, decoded);
    return copy;
  }

  script(uri: string, text: string): ScriptFile {
    const script = parseScript(text);
    const before = this.#decoded.get(uri) ?? [];
    const now: { raw: string; value: Decoded }[] = [];
    const literals: EmbeddedImage[] = [];
    for (const statement of statementsOf(script, 'createAssembly', 'alterAssembly')) {
      for (const [index, expression] of sourcesOf(statement).entries()) {
        const constant = constantOf(script, expression);
        if (constant?.kind !== 'binary') continue;
        const [first] = constant.pieces;
        if (!first) continue;
        const raw = rawOf(constant.pieces);
        const known = before.find((entry) => entry.raw.length === raw.length && entry.raw === raw);
        const value = known?.value ?? this.#decode(raw);
        now.push({ raw, value });
        literals.push({ ...value, span: first.span, head: headOf(text, first.span), statement, index });
      }
    }
    this.#decoded.set(uri, now);
    return withCatalog({ uri, text, script, literals });
  }

  image(uri: string, bytes: Uint8Array): ImageFile {
    return { uri, byteLength: bytes.length, sha512: this.#sha512(bytes), ...this.#read(bytes) };
  }

  /** Bytes that no CREATE or ALTER ASSEMBLY names; `raw` as `BinaryLiteral.raw`. */
  embedded(raw: string): Decoded {
    return this.#decode(raw);
  }

  forget(uri: string): void {
    this.#decoded.delete(uri);
  }

  #decode(raw: string): Decoded {
    const digits = raw.includes('\\') ? raw.replace(/[\\\r\n]+/g, '') : raw;
    const oddDigits = digits.length % 2 === 1;
    const bytes = this.#platform.bytesOfHex(oddDigits ? `0${digits}` : digits);
    return { byteLength: bytes.length, sha512: this.#sha512(bytes), oddDigits, ...this.#read(bytes) };
  }

  #read(bytes: Uint8Array): Pick<Decoded, 'image' | 'bytes' | 'errors'> {
    const read = this.#platform.code().readAssembly(bytes, this.#platform);
    return read.image ? { ...read, bytes } : read;
  }

  #sha512(bytes: Uint8Array): string {
    return hexOf(this.#platform.sha512(bytes));
  }
}

function withCatalog(file: Omit<ScriptFile, 'timeline' | 'catalog'>): ScriptFile {
  let timeline: Timeline | undefined;
  let catalog: ScriptCatalog | undefined;
  const whole: ScriptFile = {
    ...file,
    get timeline() {
      return (timeline ??= timelineOf(whole));
    },
    get catalog() {
      return (catalog ??= catalogOf(whole.timeline));
    },
  };
  return whole;
}

function sourcesOf(statement: CreateAssembly | AlterAssembly): readonly Expression[] {
  if (statement.kind === 'createAssembly') return statement.from;
  return statement.from ? [statement.from] : [];
}

function rawOf(pieces: readonly BinaryPiece[]): string {
  const [only] = pieces;
  return only && pieces.length === 1 ? only.raw : pieces.map((piece) => piece.raw).join('');
}

function headOf(text: string, span: Span): Span {
  const limit = Math.min(span.end, span.start + headLength);
  const line = text.slice(span.start, limit).search(/[\\\r\n]/);
  return { start: span.start, end: line < 0 ? limit : span.start + line };
}

export function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text.toUpperCase();
}
