// Members of columns, `t.Place.X` and `Place.Move(1)`, with the tables that the query around them names. By tokens, as
// `ordinary.ts` reads: where a column may be one of what is not a table by name, nothing is told.
import type { Span } from '../text/span.js';
import { Cursor } from './cursor.js';
import { deepest } from './clauses.js';
import { noAlias } from './data-uses.js';
import { parseObjectName, skipParentheses } from './expressions.js';
import { TokenKind } from './lexer.js';
import { allStatements, type Identifier, type ObjectName, type Script } from './nodes.js';
import type { ColumnUse } from './ordinary-nodes.js';

export function readColumnUses(text: string, script: Script): readonly ColumnUse[] {
  return new Reader(text, script).read();
}

/** A query, or a statement that changes rows or a table. */
interface Scope {
  readonly depth: number;
  readonly sources: { readonly name: ObjectName; readonly alias: string }[];
  /** Other sources are among them. */
  isOpaque: boolean;
  /** Commas part tables, or what SET gives values. */
  part: 'from' | 'set' | undefined;
  /** Of UPDATE and DELETE: a table, or an alias that FROM gives. */
  target?: ObjectName;
  readonly paths: Path[];
}

interface Path {
  readonly parts: readonly Identifier[];
  readonly arguments?: Span;
  readonly use: ColumnUse['use'];
  readonly span: Span;
  /** Queries it was taken out of. */
  readonly inner: number;
  /** Of the innermost query. */
  readonly tables?: readonly ObjectName[];
}

const mostNested = 32;

class Reader {
  readonly #cursor: Cursor;
  readonly #starts: ReadonlySet<number>;
  readonly #open: Scope[] = [];
  readonly #found: ColumnUse[] = [];
  /** What WITH names, in lower case. */
  readonly #named = new Set<string>();
  #depth = 0;

  constructor(text: string, script: Script) {
    this.#cursor = new Cursor(text);
    this.#starts = new Set([...allStatements(script)].map(({ span }) => span.start));
  }

  read(): readonly ColumnUse[] {
    const cursor = this.#cursor;
    while (cursor.kind() !== TokenKind.end) {
      if (cursor.kind() === TokenKind.go || this.#starts.has(cursor.start())) this.#endStatement();
      this.#step();
    }
    this.#endStatement();
    return this.#found.sort((a, b) => a.span.start - b.span.start);
  }

  #endStatement(): void {
    this.#closeFrom(0);
    this.#depth = 0;
    if (this.#cursor.kind() === TokenKind.go) this.#named.clear();
  }

  #step(): void {
    const cursor = this.#cursor;
    const scope = this.#open.at(-1);
    if (cursor.isSymbol('(')) this.#depth++;
    else if (cursor.isSymbol(')')) {
      this.#closeFrom(this.#depth);
      this.#depth = Math.max(0, this.#depth - 1);
    } else if (cursor.isSymbol(';')) this.#closeFrom(this.#depth);
    else if (cursor.isSymbol(',') && scope?.part === 'from' && scope.depth === this.#depth) {
      cursor.next();
      return this.#source(scope);
    } else if (cursor.isName()) return this.#word(scope);
    cursor.next();
  }

  #word(scope: Scope | undefined): void {
    const cursor = this.#cursor;
    const isOwn = scope?.depth === this.#depth;
    switch (cursor.word()) {
      case 'SELECT':
        this.#closeFrom(this.#depth);
        this.#begin();
        return cursor.next();
      case 'UPDATE':
      case 'DELETE':
      case 'MERGE':
        return this.#change();
      case 'CREATE':
      case 'ALTER':
        cursor.next();
        if (cursor.takeWord('TABLE') && cursor.isName()) this.#addTable(this.#begin());
        return;
      case 'FROM':
      case 'JOIN':
      case 'APPLY':
        cursor.next();
        if (scope && isOwn) this.#source(scope);
        return;
      case 'SET':
        if (scope && isOwn) scope.part = 'set';
        return cursor.next();
      case 'PIVOT':
      case 'UNPIVOT':
        if (scope) scope.isOpaque = true;
        return cursor.next();
      case 'WHERE':
      case 'GROUP':
      case 'ORDER':
      case 'HAVING':
      case 'OUTPUT':
        if (scope && isOwn) scope.part = undefined;
        return cursor.next();
      default:
        return this.#name(scope);
    }
  }

  #begin(): Scope {
    const scope: Scope = { depth: this.#depth, sources: [], isOpaque: false, part: undefined, paths: [] };
    this.#open.push(scope);
    return scope;
  }

  /** In triggers, keys and cursors the words tell when something happens. */
  #change(): void {
    const cursor = this.#cursor;
    const isVerb =
      !cursor.isSymbol(',', -1) &&
      !/^(ON|FOR|OF|AFTER|INSTEAD)$/.test(cursor.word(-1)) &&
      !cursor.isSymbol('(', 1) &&
      !cursor.isSymbol(',', 1);
    const isMerge = cursor.isWord('MERGE');
    cursor.next();
    if (!isVerb) return;
    this.#closeFrom(this.#depth);
    const scope = this.#begin();
    if (cursor.takeWord('TOP')) {
      skipParentheses(cursor);
      cursor.takeWord('PERCENT');
    }
    cursor.takeWord('FROM');
    if (isMerge || !cursor.isName() || cursor.isWord('SET')) scope.isOpaque = true;
    else scope.target = parseObjectName(cursor, 'a table');
  }

  /** What stands behind FROM, JOIN or a comma between tables. */
  #source(scope: Scope): void {
    scope.part = 'from';
    if (this.#cursor.isName()) this.#addTable(scope);
    else scope.isOpaque = true;
  }

  #addTable(scope: Scope): void {
    const cursor = this.#cursor;
    const name = parseObjectName(cursor, 'a table');
    const isNamed = name.parts.length === 1 && this.#named.has(name.last.value.toLowerCase());
    if (scope.part === 'from' && (isNamed || cursor.isSymbol('('))) {
      scope.isOpaque = true;
      return;
    }
    const hasAlias = scope.part === 'from' && (cursor.takeWord('AS') || !noAlias.has(cursor.word()));
    const alias = hasAlias && !this.#starts.has(cursor.start()) ? cursor.tryIdentifier() : undefined;
    scope.sources.push({ name, alias: (alias ?? name.last).value.toLowerCase() });
  }

  #name(scope: Scope | undefined): void {
    const cursor = this.#cursor;
    const first = cursor.index;
    if (cursor.areWords(cursor.word(), 'AS') && cursor.isSymbol('(', 2)) {
      this.#named.add(cursor.source().toLowerCase());
      return cursor.next();
    }
    const isPlain = !cursor.isSymbol('.', 1) || cursor.isSymbol('.', -1);
    if (!scope || isPlain || this.#depth > deepest) return cursor.next();
    const isTarget =
      scope.part === 'set' && scope.depth === this.#depth && (cursor.isWord('SET', -1) || cursor.isSymbol(',', -1));
    const { parts } = parseObjectName(cursor, 'a name');
    const known = parts.flatMap((part) => part ?? []);
    if (known.length < parts.length || cursor.isSymbol(':')) return;
    const end = cursor.index;
    if (cursor.isSymbol('(')) skipParentheses(cursor);
    const given = cursor.index > end ? cursor.spanFrom(end) : undefined;
    const use =
      !isTarget || cursor.isSymbol('.') ? 'read' : given ? 'called by SET' : cursor.isSymbol('=') ? 'assigned' : 'read';
    scope.paths.push({ parts: known, span: cursor.spanFrom(first), use, inner: 0, ...(given && { arguments: given }) });
    // What the arguments hold is gone into as well.
    cursor.index = end;
  }

  #closeFrom(depth: number): void {
    while ((this.#open.at(-1)?.depth ?? -1) >= depth) {
      const scope = this.#open.pop();
      if (scope) this.#close(scope, this.#open.at(-1));
    }
  }

  #close(scope: Scope, outer: Scope | undefined): void {
    const { sources, target, isOpaque } = scope;
    const isAlias =
      target?.parts.length === 1 && sources.some(({ alias }) => alias === target.last.value.toLowerCase());
    if (target && !isAlias) sources.push({ name: target, alias: target.last.value.toLowerCase() });
    const byAlias = new Map(sources.map((source) => [source.alias, source.name]));
    const own = isOpaque ? [] : sources.map(({ name }) => name);
    for (const path of scope.paths) {
      const [first] = path.parts;
      const table = first && byAlias.get(first.value.toLowerCase());
      const { tables = own } = path;
      if (table) this.#found.push(...useOf(path, 1, [table]));
      else if (outer && path.inner < mostNested) outer.paths.push({ ...path, tables, inner: path.inner + 1 });
      else this.#found.push(...useOf(path, 0, tables));
    }
  }
}

/** The part at a place is the column, and what stands behind it the member. */
function useOf(
  { parts, arguments: given, use, span }: Path,
  at: number,
  tables: readonly ObjectName[],
): readonly ColumnUse[] {
  const column = parts[at];
  const member = parts[at + 1];
  if (!column || !member || tables.length === 0) return [];
  const isLast = parts.length === at + 2;
  return [
    {
      span,
      tables,
      isQualified: at > 0,
      column,
      member,
      use: isLast ? use : 'read',
      ...(isLast && given && { arguments: given }),
    },
  ];
}
