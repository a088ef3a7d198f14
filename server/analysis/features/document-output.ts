// A document as it is written: lines, and where in them something stands, leads to, is outlined and folds.
import type { Span } from '../text/span.js';
import type { DocumentSymbol, Folding } from './feature.js';

/** A member of the assembly, which the document has a place for, or a place in a file. */
export type Target = object | PlaceInFile;

export class PlaceInFile {
  readonly uri: string;
  readonly span: Span;

  constructor(uri: string, span: Span) {
    this.uri = uri;
    this.span = span;
  }
}

export interface PlannedLink {
  readonly span: Span;
  readonly target: Target;
}

/** Beyond these nobody reads on, and an editor gives up. */
export const limits = { lines: 200_000, characters: 10_000_000 };

/** A symbol that is open: what comes until it ends lies in it. */
interface OpenSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: DocumentSymbol['kind'];
  readonly start: number;
  readonly nameSpan: Span;
  readonly children: DocumentSymbol[];
}

export class DocumentOutput {
  readonly links: PlannedLink[] = [];
  readonly foldings: Folding[] = [];
  readonly symbols: DocumentSymbol[] = [];
  /** Where a member of the assembly is declared: its name. */
  readonly places = new Map<object, Span>();
  readonly #parts: string[] = [];
  readonly #open: OpenSymbol[] = [];
  #length = 0;
  #lines = 0;

  get length(): number {
    return this.#length;
  }

  get lines(): number {
    return this.#lines;
  }

  get text(): string {
    return this.#parts.join('');
  }

  /** A part of a line. */
  write(text: string): void {
    this.#parts.push(text);
    this.#length += text.length;
  }

  line(text = ''): void {
    this.write(text);
    this.#parts.push('\n');
    this.#length++;
    this.#lines++;
  }

  /** A part of a line that leads somewhere. */
  link(text: string, target: Target): void {
    const start = this.#length;
    this.write(text);
    this.links.push({ span: { start, end: this.#length }, target });
  }

  /** The name of a member, where links to it lead; what follows is its own until `end`. */
  begin(kind: DocumentSymbol['kind'], shown: string, detail: string, { member, from = this.#length }: Beginning): void {
    const nameSpan = { start: this.#length, end: this.#length + shown.length };
    this.write(shown);
    if (member) this.places.set(member, nameSpan);
    this.#open.push({ name: shown, detail, kind, start: from, nameSpan, children: [] });
  }

  /** A heading in a comment, and under it a line for each row. */
  section<T>(title: string, rows: readonly T[], write: (row: T) => void, most = mostRows): void {
    if (rows.length === 0) return;
    this.line();
    const from = this.length;
    this.write('// ');
    this.begin('section', `${title} (${rows.length})`, '', { from });
    this.line();
    for (const row of rows.slice(0, most)) {
      write(row);
      this.line();
    }
    if (rows.length > most) this.line(`// ${rows.length - most} more are not shown.`);
    this.end(true);
  }

  /** `folds`: from where it began. */
  end(folds: boolean): void {
    const symbol = this.#open.pop();
    if (!symbol) return;
    const { name, detail, kind, nameSpan, children, start } = symbol;
    // Not the end of its last line, which would be the start of the next.
    const span = { start, end: Math.max(nameSpan.end, this.#length - 1) };
    const into = this.#open.at(-1)?.children ?? this.symbols;
    into.push({ name, detail, kind, span, nameSpan, children });
    if (folds) this.foldings.push({ span, kind: 'statement' });
  }
}

/** Of one section; nobody reads more. */
const mostRows = 2_000;

interface Beginning {
  readonly member?: object;
  /** Where the declaration starts, before its name. */
  readonly from?: number;
}
