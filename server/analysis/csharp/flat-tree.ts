// The grammar's tree as rows of numbers, made in one walk that needs no stack: reading it again costs nothing and holds on to nothing.
import type { Tree, TreeCursor } from 'web-tree-sitter';
import type { Span } from '../text/span.js';
import type { CSharpGrammar } from './grammar.js';

/** The row of a node. */
export type Node = number;

/** Rows stand in the order of the text, what is inside a node right behind it. Comments have none. */
export class FlatTree {
  readonly text: string;
  readonly comments: Span[] = [];
  /** Of what is no C#, and where something is missing. */
  readonly errors: Span[] = [];
  readonly #grammar: CSharpGrammar;
  readonly #types: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #fields: number[] = [];
  /** The row behind the node and all that is inside it. */
  readonly #behind: number[] = [];

  /** Tokens without a name of their own have no place, but for those that are expressions. `text` may be shorter than what was parsed. */
  constructor(grammar: CSharpGrammar, tree: Tree, text: string) {
    this.#grammar = grammar;
    this.text = text;
    const cursor = tree.walk();
    this.#walk(cursor, tree.rootNode.hasError);
    cursor.delete();
  }

  get root(): Node {
    return 0;
  }

  type(node: Node): string {
    return this.#grammar.types[this.#types[node] ?? 0] ?? errorType;
  }

  span(node: Node): Span {
    const { length } = this.text;
    return { start: Math.min(this.#starts[node] ?? 0, length), end: Math.min(this.#ends[node] ?? 0, length) };
  }

  textOf(node: Node): string {
    return this.text.slice(this.#starts[node], this.#ends[node]);
  }

  /** All but punctuation, keywords, and what is no C#. */
  parts(node: Node): Node[] {
    const parts: Node[] = [];
    const behind = this.#behind[node] ?? 0;
    for (let at = node + 1; at < behind; at = this.#behind[at] ?? behind) {
      const type = this.#types[at] ?? 0;
      if (type !== errorNumber && (!this.#grammar.isAnonymous[type] || isExpression(this.type(at)))) parts.push(at);
    }
    return parts;
  }

  children(node: Node): Node[] {
    const children: Node[] = [];
    const behind = this.#behind[node] ?? 0;
    for (let at = node + 1; at < behind; at = this.#behind[at] ?? behind) children.push(at);
    return children;
  }

  /** The first part in a field. */
  field(node: Node, name: string): Node | undefined {
    const behind = this.#behind[node] ?? 0;
    for (let at = node + 1; at < behind; at = this.#behind[at] ?? behind) if (this.isField(at, name)) return at;
    return undefined;
  }

  /** Whether a node is in a field of the one around it. Punctuation is in none. */
  isField(node: Node, name: string): boolean {
    const field = this.#fields[node] ?? 0;
    return field > 0 && this.#grammar.fields[field] === name;
  }

  first(node: Node, type: string): Node | undefined {
    const behind = this.#behind[node] ?? 0;
    for (let at = node + 1; at < behind; at = this.#behind[at] ?? behind) if (this.type(at) === type) return at;
    return undefined;
  }

  all(node: Node, type: string): Node[] {
    return this.children(node).filter((child) => this.type(child) === type);
  }

  /** The first keyword or sign. */
  token(node: Node): string {
    const behind = this.#behind[node] ?? 0;
    for (let at = node + 1; at < behind; at = this.#behind[at] ?? behind) {
      if (this.#grammar.isAnonymous[this.#types[at] ?? 0] && !isExpression(this.type(at))) return this.type(at);
    }
    return '';
  }

  #walk(cursor: TreeCursor, hasErrors: boolean): void {
    const open: Node[] = [];
    for (;;) {
      const row = this.#add(cursor, hasErrors);
      const isEntered = row !== undefined && this.#isEntered(row, hasErrors) && cursor.gotoFirstChild();
      if (isEntered) open.push(row);
      else {
        while (!cursor.gotoNextSibling()) {
          const ended = open.pop();
          if (ended === undefined) return;
          this.#behind[ended] = this.#types.length;
          cursor.gotoParent();
        }
      }
    }
  }

  #add(cursor: TreeCursor, hasErrors: boolean): Node | undefined {
    const type = cursor.nodeTypeId;
    const row = this.#types.length;
    if (this.#grammar.isAnonymous[type] && !isExpression(this.#grammar.types[type] ?? '')) {
      if (hasErrors && cursor.nodeIsMissing) this.#addError(cursor.startIndex, cursor.endIndex);
      this.#push(type, 0, 0, 0);
      return row;
    }
    const start = cursor.startIndex;
    const end = cursor.endIndex;
    if (type === errorNumber || (hasErrors && start === end && cursor.nodeIsMissing)) this.#addError(start, end);
    if (this.#grammar.types[type] === 'comment') {
      this.comments.push({ start, end });
      return undefined;
    }
    this.#push(type, start, end, cursor.currentFieldId);
    return row;
  }

  /** Not of one inside another. */
  #addError(start: number, end: number): void {
    const { length } = this.text;
    const last = this.errors.at(-1);
    if (start < length && (!last || start >= last.end)) this.errors.push({ start, end: Math.min(end, length) });
    else if (start >= length && (!last || last.end < length)) this.errors.push({ start: length, end: length });
  }

  #push(type: number, start: number, end: number, field: number): void {
    this.#types.push(type);
    this.#starts.push(start);
    this.#ends.push(end);
    this.#fields.push(field);
    this.#behind.push(this.#types.length);
  }

  #isEntered(row: Node, hasErrors: boolean): boolean {
    const type = this.#types[row] ?? 0;
    if (this.#grammar.isAnonymous[type]) return false;
    return hasErrors || !leaves.has(this.#grammar.types[type] ?? errorType);
  }
}

export const errorType = 'ERROR';
const errorNumber = 0xffff;

function isExpression(token: string): boolean {
  return token === 'this' || token === 'base';
}

/** What is read by its text alone. */
const leaves: ReadonlySet<string> = new Set([
  'attribute_target_specifier',
  'boolean_literal',
  'character_literal',
  'discard',
  'empty_statement',
  'identifier',
  'implicit_parameter',
  'implicit_type',
  'integer_literal',
  'modifier',
  'null_literal',
  'predefined_type',
  'raw_string_literal',
  'real_literal',
  'string_literal',
  'verbatim_string_literal',
]);
