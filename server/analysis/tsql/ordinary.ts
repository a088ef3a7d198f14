// What ordinary T-SQL does with types, functions and aggregates: the tables, indexes and views it makes, the members it uses,
// what it calls. No parser of it: what cannot be told from a few tokens is left out.
import type { Span } from '../text/span.js';
import { deepest, readClauses } from './clauses.js';
import { Cursor } from './cursor.js';
import { declaredIn, type Variable } from './declared-variables.js';
import { parseDataType, parseObjectName, skipParentheses } from './expressions.js';
import { TokenKind } from './lexer.js';
import { readQuery } from './plain-queries.js';
import { readColumnAlteredOnline, readIndex, readTable } from './table-definitions.js';
import type { DataType, ObjectName, Script } from './nodes.js';
import type {
  ClauseReading,
  OrdinaryReading,
  TableDefinition,
  IndexDefinition,
  ViewDefinition,
  MemberUse,
  CallUse,
  Query,
  Comparison,
} from './ordinary-nodes.js';

export function readOrdinary(text: string, script: Script): OrdinaryReading {
  return { ...new Reader(text, script).read(), ...readClauses(text, script) };
}

class Reader implements Omit<OrdinaryReading, keyof ClauseReading> {
  readonly tables: TableDefinition[] = [];
  readonly indexes: IndexDefinition[] = [];
  readonly views: ViewDefinition[] = [];
  readonly members: MemberUse[] = [];
  readonly calls: CallUse[] = [];
  readonly queries: Query[] = [];
  readonly comparisons: Comparison[] = [];
  readonly declared: DataType[] = [];
  readonly alteredOnline: DataType[] = [];
  readonly ofXml: DataType[] = [];
  readonly nestedUpdates: { table: ObjectName; path: ObjectName }[] = [];
  readonly droppedTables: ObjectName[] = [];
  readonly #cursor: Cursor;
  readonly #script: Script;
  #variables = new Map<string, Variable>();
  #place: CallUse['place'] = 'other';
  readonly #places: CallUse['place'][] = [];
  /** The calls before the query that is read, and whether it groups. */
  #queryFrom = 0;
  #groups = false;

  constructor(text: string, script: Script) {
    this.#cursor = new Cursor(text);
    this.#script = script;
  }

  read(): this {
    const cursor = this.#cursor;
    for (const batch of this.#script.batches) {
      this.#variables = declaredIn(batch.statements);
      for (const { type } of this.#variables.values()) this.declared.push(type);
      this.#place = 'other';
      this.#places.length = 0;
      while (cursor.start() < batch.span.start && cursor.kind() !== TokenKind.end) cursor.next();
      while (cursor.kind() !== TokenKind.end && cursor.kind() !== TokenKind.go && cursor.start() < batch.span.end)
        this.#step();
    }
    return this;
  }

  #step(): void {
    const cursor = this.#cursor;
    switch (cursor.kind()) {
      case TokenKind.variable:
        return this.#variable();
      case TokenKind.word:
      case TokenKind.bracket:
      case TokenKind.quoted:
        return this.#word();
      default:
        if (cursor.isSymbol('(')) this.#places.push(this.#place);
        else if (cursor.isSymbol(')')) this.#place = this.#places.pop() ?? 'other';
        else if (cursor.isSymbol(';')) this.#place = 'other';
        cursor.next();
    }
  }

  // ---- Members of variables

  #variable(): void {
    const cursor = this.#cursor;
    const first = cursor.index;
    const name = cursor.source();
    const known = this.#variables.get(name.toLowerCase());
    const isSet = cursor.isWord('SET', -1);
    cursor.next();
    if (!known || this.#places.length > deepest) return;
    const wasEmpty = known.isEmpty;
    if (!cursor.isSymbol('.') || !cursor.isName(1)) {
      const isDeclared = known.type.span.start - cursor.end(-1) < 8 && known.type.span.start > cursor.start(-1);
      if (!isDeclared) known.isEmpty = false;
      return this.#comparison(first, known.type);
    }
    cursor.next();
    const member = cursor.identifier('a member');
    const inside = cursor.index;
    const given = cursor.isSymbol('(') ? this.#parentheses() : undefined;
    const isDeeper = cursor.isSymbol('.');
    const isAssigned = isSet && isAssignment(cursor);
    const use = !isSet || isDeeper ? 'read' : isAssigned ? 'assigned' : given ? 'called by SET' : 'read';
    this.members.push({
      span: cursor.spanFrom(first),
      of: known.type,
      isStatic: false,
      variable: name,
      member,
      ...(given && { arguments: given }),
      use,
      isFirst: wasEmpty,
    });
    // What they hold is gone into as well.
    cursor.index = inside;
    if (use !== 'read') known.isEmpty = false;
  }

  #comparison(first: number, left: DataType): void {
    const cursor = this.#cursor;
    const start = cursor.index;
    while (cursor.kind() === TokenKind.symbol && /^[=<>!+\-*/%]$/.test(cursor.source())) cursor.next();
    const operator = cursor.text.slice(cursor.tokens.starts[start], cursor.end(-1));
    const right =
      cursor.index > start && cursor.kind() === TokenKind.variable && !cursor.isSymbol('.', 1)
        ? this.#variables.get(cursor.source().toLowerCase())
        : undefined;
    const before = cursor.tokens.starts[first - 1] ?? 0;
    const word = cursor.text.slice(before, cursor.tokens.ends[first - 1]).toUpperCase();
    // Behind SET, SELECT or a comma `=` may assign.
    const compares = operator !== '=' || ['IF', 'WHERE', 'AND', 'OR', 'ON', 'WHEN', 'WHILE', 'NOT', '('].includes(word);
    if (right && compares && word !== 'EXEC' && word !== 'EXECUTE' && word !== ',') {
      cursor.next();
      this.comparisons.push({ span: cursor.spanFrom(first), operator, left, right: right.type });
      cursor.index--;
    } else cursor.index = start;
  }

  #parentheses(): Span {
    const first = this.#cursor.index;
    skipParentheses(this.#cursor);
    return this.#cursor.spanFrom(first);
  }

  // ---- Words

  #word(): void {
    const cursor = this.#cursor;
    const word = cursor.word();
    switch (word) {
      case 'CREATE':
        return this.#create();
      case 'SELECT': {
        const query = readQuery(cursor);
        if (query) this.queries.push(query);
        if (this.#places.length === 0) {
          this.#queryFrom = this.calls.length;
          this.#groups = false;
        }
        this.#place = 'select';
        return cursor.next();
      }
      case 'FROM':
      case 'JOIN':
      case 'APPLY':
        this.#place = 'from';
        return cursor.next();
      case 'WHERE':
      case 'HAVING':
      case 'ON':
      case 'GROUP':
      case 'ORDER':
        if (word === 'GROUP') this.#groups = true;
        this.#place = 'filter';
        return cursor.next();
      case 'OPTION':
        return this.#hints();
      case 'ALTER': {
        const type = readColumnAlteredOnline(cursor);
        if (type) this.alteredOnline.push(type);
        return;
      }
      case 'DROP':
        cursor.next();
        if (cursor.takeWord('TABLE')) {
          cursor.takeWords('IF', 'EXISTS');
          do this.droppedTables.push(parseObjectName(cursor, 'a table'));
          while (cursor.takeSymbol(','));
        }
        return;
      case 'OPENXML':
        return this.#openXml();
      case 'UPDATE':
        this.#place = 'other';
        return this.#update();
      case 'PIVOT':
        cursor.next();
        if (cursor.isSymbol('(')) {
          this.#places.push(this.#place);
          this.#place = 'pivot';
          cursor.next();
        }
        return;
      case 'OUTPUT':
        // Behind an argument or a parameter it is another thing.
        if (/^(INSERTED|DELETED|\$ACTION)$/.test(cursor.word(1)) || (cursor.isName(1) && cursor.isSymbol('.', 2)))
          this.#place = 'output';
        return cursor.next();
      case 'FOR':
        if (this.#place === 'pivot') this.#place = 'other';
        return cursor.next();
      case 'INTO':
      case 'VALUES':
      case 'INSERT':
      case 'DELETE':
      case 'MERGE':
      case 'SET':
      case 'IF':
      case 'WHILE':
      case 'RETURN':
      case 'DECLARE':
        this.#place = 'other';
        return cursor.next();
      case 'EXEC':
      case 'EXECUTE':
        this.#place = 'other';
        cursor.next();
        while (cursor.isName() || cursor.isSymbol('.')) {
          if (/^(SELECT|IF|SET|AS)$/.test(cursor.word())) break;
          cursor.next();
        }
        return;
      default:
        return this.#name();
    }
  }

  /** `dbo.Point::Parse`, `dbo.f(`, or neither. */
  #name(): void {
    const cursor = this.#cursor;
    const first = cursor.index;
    const isPlain = !/^[.:(]/.test(cursor.source(1)) || cursor.isSymbol('.', -1);
    if (isPlain || this.#places.length > deepest) return cursor.next();
    const name = parseObjectName(cursor, 'a name');
    if (cursor.isSymbol(':') && cursor.isSymbol(':', 1) && cursor.isName(2)) {
      cursor.index += 2;
      const member = cursor.identifier('a member');
      const at = cursor.index;
      const given = cursor.isSymbol('(') ? this.#parentheses() : undefined;
      this.members.push({
        span: cursor.spanFrom(first),
        of: name,
        isStatic: true,
        member,
        ...(given && { arguments: given }),
        use: 'read',
        isFirst: false,
      });
      cursor.index = at;
      return;
    }
    // `AS t (a, b)` and `) t (a, b)` name columns.
    const before = first - cursor.index - 1;
    const isAlias = name.parts.length === 1 && (cursor.isWord('AS', before) || cursor.isSymbol(')', before));
    if (cursor.isSymbol('(') && !isAlias) this.#call(name);
  }

  #call(name: ObjectName): void {
    const cursor = this.#cursor;
    const at = cursor.index;
    const nulls: { index: number; span: Span }[] = [];
    let depth = 0;
    let commas = 0;
    let isEmpty = true;
    while (!cursor.atBatchEnd) {
      if (cursor.isSymbol('(')) depth++;
      else if (cursor.isSymbol(')')) {
        if (--depth === 0) break;
      } else if (depth === 1 && cursor.isSymbol(',')) commas++;
      else {
        isEmpty = false;
        const isAlone = (cursor.isSymbol('(', -1) || cursor.isSymbol(',', -1)) && /^[,)]/.test(cursor.source(1));
        if (depth === 1 && cursor.isWord('NULL') && isAlone) nulls.push({ index: commas, span: cursor.tokenSpan });
      }
      cursor.next();
    }
    cursor.next();
    let ordered: Span | undefined;
    if (cursor.takeWord('OVER') && cursor.isSymbol('(')) {
      const first = cursor.index;
      skipParentheses(cursor);
      const end = cursor.index;
      for (cursor.index = first; cursor.index < end; cursor.index++)
        if (cursor.areWords('ORDER', 'BY')) {
          ordered = cursor.spanOf(cursor.start(), cursor.end(1));
          break;
        }
    }
    this.calls.push({
      name,
      argumentCount: isEmpty ? 0 : commas + 1,
      place: this.#place,
      nulls,
      ...(ordered && { ordered }),
    });
    cursor.index = at;
  }

  #hints(): void {
    const cursor = this.#cursor;
    cursor.next();
    const first = cursor.index;
    skipParentheses(cursor);
    for (let at = first; at < cursor.index; at++) {
      const ahead = at - cursor.index;
      if (!cursor.isWord('HASH', ahead) || !cursor.isWord('GROUP', ahead + 1) || !this.#groups) continue;
      const hashGroup = cursor.spanOf(cursor.start(ahead), cursor.end(ahead + 1));
      for (let call = this.#queryFrom; call < this.calls.length; call++) {
        const known = this.calls[call];
        if (known) this.calls[call] = { ...known, hashGroup };
      }
    }
  }

  #openXml(): void {
    const cursor = this.#cursor;
    cursor.next();
    if (!cursor.isSymbol('(')) return;
    const at = cursor.index;
    skipParentheses(cursor);
    if (cursor.takeWord('WITH') && cursor.takeSymbol('('))
      do {
        if (!cursor.tryIdentifier() || !cursor.isName()) break;
        this.ofXml.push(parseDataType(cursor));
        if (cursor.isString()) cursor.next();
      } while (cursor.takeSymbol(','));
    cursor.index = at;
  }

  #update(): void {
    const cursor = this.#cursor;
    cursor.next();
    if (!cursor.isName()) return;
    const table = parseObjectName(cursor, 'a table');
    if (!cursor.isWord('SET') || !cursor.isName(1)) return;
    cursor.next();
    const at = cursor.index;
    const path = parseObjectName(cursor, 'a column');
    if (path.parts.length > 2 && cursor.isSymbol('=')) this.nestedUpdates.push({ table, path });
    cursor.index = at;
  }

  // ---- CREATE

  #create(): void {
    const cursor = this.#cursor;
    const first = cursor.index;
    cursor.next();
    if (cursor.takeWords('OR', 'ALTER') && !cursor.isWord('VIEW')) return;
    if (cursor.takeWord('TABLE')) return this.#table();
    if (cursor.takeWord('VIEW')) {
      const name = parseObjectName(cursor, 'a view');
      const at = cursor.index;
      const isSchemaBound =
        cursor.isWord('WITH') && [1, 2, 3, 4, 5].some((ahead) => cursor.isWord('SCHEMABINDING', ahead));
      while (!cursor.atBatchEnd) cursor.next();
      this.views.push({ name, span: cursor.spanFrom(first), isSchemaBound });
      cursor.index = at;
      return;
    }
    cursor.takeWord('UNIQUE');
    if (!cursor.takeWord('CLUSTERED')) cursor.takeWord('NONCLUSTERED');
    if (!cursor.takeWord('INDEX')) return;
    const index = readIndex(cursor);
    if (index) this.indexes.push(index);
  }

  #table(): void {
    const table = readTable(this.#cursor);
    if (!table) return;
    this.tables.push(table);
    for (const { type } of table.columns) if (type) this.declared.push(type);
    // Its columns' expressions stand in no clause.
    this.#places.push(this.#place);
    this.#place = 'other';
  }
}

/** `=`, `+=` and the like, and no comparison. */
function isAssignment(cursor: Cursor): boolean {
  return (
    cursor.isSymbol('=') || (cursor.kind() === TokenKind.symbol && cursor.isSymbol('=', 1) && !cursor.isSymbol(')'))
  );
}
