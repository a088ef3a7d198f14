// What variables and expressions are known to hold. A text keeps where each of its pieces stands in the file.
import type { Span } from '../text/span.js';
import type { Bare, Conversion, Expression, Script, Statement } from './nodes.js';

/** A known value; pieces in order. */
export type Constant =
  | { readonly kind: 'text'; readonly pieces: readonly TextPiece[] }
  | { readonly kind: 'binary'; readonly pieces: readonly BinaryPiece[] };

/** Of a character literal; `hole` stands for what is not known, its value then being a sqlcmd-like `$(…)`. */
export interface TextPiece {
  readonly value: string;
  /** The literal with its quotes, or the expression that is not known. */
  readonly span: Span;
  readonly hole: boolean;
}

export interface BinaryPiece {
  /** As `BinaryLiteral.raw`. */
  readonly raw: string;
  readonly span: Span;
}

/** A list that grows at its end without copying, so that a chain of thousands of SET @v = @v + '…' stays linear. */
interface Chain {
  readonly before: Chain | undefined;
  readonly piece: TextPiece | BinaryPiece;
  readonly length: number;
  readonly pieces: number;
}

type Held = { readonly kind: 'text' | 'binary'; readonly chain: Chain | undefined } | undefined;

const maximumLength = 100_000_000;
export const maximumPieces = 400_000;

/** How many pieces may still be copied: a script that uses a long chain over and over is cut off, not served. */
export interface Copies {
  left: number;
}

/** Values by variable name in lower case, for one batch. */
export class Variables {
  readonly #copies: Copies;
  readonly #held = new Map<string, Held>();
  /** Names in the order they were set, so that a branch costs what it sets and not what the batch holds. */
  readonly #journal: string[] = [];

  constructor(copies: Copies = { left: maximumPieces }) {
    this.#copies = copies;
  }

  /** Whether all pieces of a value may be copied once more. */
  #mayCopy(held: Held): boolean {
    this.#copies.left -= held?.chain?.pieces ?? 0;
    return this.#copies.left >= 0;
  }

  /** Takes in what a statement declares or sets. */
  apply(statement: Statement): void {
    if (statement.kind === 'declareVariable') {
      for (const { name, value } of statement.variables) this.#set(name.toLowerCase(), value && this.#evaluate(value));
    } else if (statement.kind === 'setVariable') {
      const name = statement.name.toLowerCase();
      const value = this.#evaluate(statement.value);
      if (statement.operator === '=') this.#set(name, value);
      else this.#set(name, this.#joined(this.#held.get(name), value, statement.value.span));
    }
  }

  #set(name: string, value: Held): void {
    this.#held.set(name, value);
    this.#journal.push(name);
  }

  /** A statement has given the variable a value that nobody can tell from the text. */
  lose(name: string): void {
    const key = name.toLowerCase();
    if (this.#held.get(key)) this.#set(key, undefined);
  }

  valueOf(expression: Expression): Constant | undefined {
    const held = this.#evaluate(expression);
    if (!held || !this.#mayCopy(held)) return undefined;
    const pieces: (TextPiece | BinaryPiece)[] = [];
    for (let chain = held.chain; chain; chain = chain.before) pieces.push(chain.piece);
    pieces.reverse();
    return held.kind === 'binary'
      ? { kind: 'binary', pieces: pieces.filter((piece): piece is BinaryPiece => 'raw' in piece) }
      : { kind: 'text', pieces: pieces.filter((piece): piece is TextPiece => 'value' in piece) };
  }

  /** A place in time that `forget` goes back to. */
  mark(): number {
    return this.#journal.length;
  }

  /** Behind a branch that may not have run: what it set is not known any more. */
  forget(mark: number): void {
    for (let at = mark; at < this.#journal.length; at++) this.#held.set(this.#journal[at] ?? '', undefined);
  }

  #evaluate(expression: Expression): Held {
    switch (expression.kind) {
      case 'string':
        return {
          kind: 'text',
          chain: link(undefined, {
            value: expression.value,
            span: expression.span,
            hole: false,
          }),
        };
      case 'binary':
        return { kind: 'binary', chain: link(undefined, { raw: expression.raw, span: expression.span }) };
      case 'variable':
        return this.#held.get(expression.name.toLowerCase());
      case 'concatenation': {
        let held: Held;
        let some = false;
        for (const [index, operand] of expression.operands.entries()) {
          const value = this.#evaluate(operand);
          some ||= value !== undefined;
          held = index === 0 ? (value ?? holeOf(operand.span)) : this.#joined(held, value, operand.span);
        }
        return some ? held : undefined;
      }
      case 'conversion':
        return this.#converted(expression);
      default:
        return undefined;
    }
  }

  #joined(left: Held, right: Held, rightSpan: Span): Held {
    return this.#mayCopy(right) ? joined(left, right, rightSpan) : undefined;
  }

  #converted({ operand, type, style }: Conversion): Held {
    const held = this.#evaluate(operand);
    return this.#mayCopy(held) ? convert(held, type.name.last.value, style) : undefined;
  }
}

function holeOf(span: Span): Held {
  return { kind: 'text', chain: link(undefined, { value: '$(?)', span, hole: true }) };
}

function link(before: Chain | undefined, piece: TextPiece | BinaryPiece): Chain {
  const length = (before?.length ?? 0) + ('raw' in piece ? piece.raw.length : piece.value.length);
  return { before, piece, length, pieces: (before?.pieces ?? 0) + 1 };
}

/** Left and right behind one another; what is not known of a text becomes a hole in it. */
function joined(left: Held, right: Held, rightSpan: Span): Held {
  const kind = left?.kind ?? right?.kind;
  if (!kind || (kind === 'binary' && left?.kind !== right?.kind)) return undefined;
  if (right && left && right.kind !== left.kind) return undefined;
  if (!left) return joined(holeOf(rightSpan), right, rightSpan);
  const tail = (right ?? holeOf(rightSpan))?.chain;
  if (!tail) return left;
  if (
    (left.chain?.length ?? 0) + tail.length > maximumLength ||
    (left.chain?.pieces ?? 0) + tail.pieces > maximumPieces
  )
    return undefined;
  const pieces: (TextPiece | BinaryPiece)[] = [];
  for (let chain: Chain | undefined = tail; chain; chain = chain.before) pieces.push(chain.piece);
  let chain = left.chain;
  for (let index = pieces.length - 1; index >= 0; index--) {
    const piece = pieces[index];
    if (piece) chain = link(chain, piece);
  }
  return { kind, chain };
}

/** CONVERT(varbinary(max), '0x…', 1) and CONVERT(varbinary(max), '…', 2); other conversions of a binary keep it. */
function convert(held: Held, type: string, style: number | undefined): Held {
  if (!held) return undefined;
  const toBinary = /^(var)?binary$/i.test(type);
  if (held.kind === 'binary') return toBinary || /^sql_variant$/i.test(type) ? held : undefined;
  if (!toBinary) return /^n?(var)?char$/i.test(type) ? held : undefined;
  if (style !== 1 && style !== 2) return undefined;
  const pieces: BinaryPiece[] = [];
  for (let chain = held.chain; chain; chain = chain.before) {
    if (!('value' in chain.piece) || chain.piece.hole) return undefined;
    pieces.push({ raw: chain.piece.value, span: chain.piece.span });
  }
  pieces.reverse();
  const [head] = pieces;
  if (style === 1 && head) {
    if (!/^0x/i.test(head.raw)) return undefined;
    pieces[0] = { raw: head.raw.slice(2), span: head.span };
  }
  let chain: Chain | undefined;
  for (const piece of pieces) chain = link(chain, piece);
  return { kind: 'binary', chain };
}

/** What an expression of a statement of this script holds, if that is known. */
export function constantOf(script: Script, expression: Expression): Constant | undefined {
  return script.constants.get(expression) ?? new Variables().valueOf(expression);
}

/** The hexadecimal digits of bytes that are known, as they are written. */
export function digitsOf(script: Script, expression: Expression): string | undefined {
  const constant = constantOf(script, expression);
  if (constant?.kind !== 'binary') return undefined;
  return constant.pieces.map(({ raw }) => raw.replace(/[\\\s]+/g, '')).join('');
}

/** A text that is known whole. */
export function textOf(script: Script, expression: Expression): string | undefined {
  const constant = constantOf(script, expression);
  if (constant?.kind !== 'text' || constant.pieces.some((piece) => piece.hole)) return undefined;
  return constant.pieces.map((piece) => piece.value).join('');
}

/** The expressions a rule may ask the value of. */
export function valuesOf(statement: Bare): readonly Expression[] {
  switch (statement.kind) {
    case 'createAssembly':
      return statement.from;
    case 'alterAssembly':
      return [...(statement.from ? [statement.from] : []), ...statement.addFiles.map((file) => file.source)];
    case 'execute':
      return [...(statement.text ? [statement.text] : []), ...statement.arguments.map((argument) => argument.value)];
    case 'createAsymmetricKey':
    case 'createCertificate': {
      const { source } = statement;
      return source && 'path' in source ? [source.path] : source && 'value' in source ? [source.value] : [];
    }
    default:
      return [];
  }
}
