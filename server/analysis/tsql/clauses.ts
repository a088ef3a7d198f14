// Clauses of ordinary T-SQL in which SQL Server does not take every function: OUTPUT, queries over nested INSERT, UPDATE, DELETE
// and MERGE, and the aliases behind functions that return tables. By tokens, as `ordinary.ts` reads; so is what it leaves out.
import { Cursor } from './cursor.js';
import { parseObjectName, skipParentheses } from './expressions.js';
import { TokenKind } from './lexer.js';
import { allStatements, type ObjectName, type Script } from './nodes.js';
import type { ClauseReading, ColumnAlias, OutputClause } from './ordinary-nodes.js';
import { beginsStatement } from './starters.js';
import type { Span } from '../text/span.js';

export function readClauses(text: string, script: Script): ClauseReading {
  return new Reader(text, script).read();
}

/** A query that is open: at which depth of parentheses, where it begins, and whether it reads what a statement changes. */
interface Open {
  readonly depth: number;
  readonly first: number;
  overNested: boolean;
  /** Where WHERE stands. */
  filter?: number;
}

const changing: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** Table hints may stand in parentheses behind an alias, without WITH. */
const hint =
  /^(?:FASTFIRSTROW|FORCESEEK|HOLDLOCK|INDEX|NOEXPAND|NOLOCK|NOWAIT|PAGLOCK|READ\w+|REPEATABLEREAD|ROWLOCK|SERIALIZABLE|SNAPSHOT|TABLOCKX?|UPDLOCK|XLOCK)$/;

/** Arguments are gone through once for each depth that they stand in. */
export const deepest = 50;

class Reader implements ClauseReading {
  readonly outputs: OutputClause[] = [];
  readonly overNested: Span[] = [];
  readonly columnAliases: ColumnAlias[] = [];
  readonly unnamedNodes: Span[] = [];
  readonly #cursor: Cursor;
  readonly #script: Script;
  readonly #starts: ReadonlySet<number>;
  readonly #open: Open[] = [];
  #depth = 0;
  /** Before the name of the table that a statement changes, and that name as soon as it is asked for. */
  #target: { readonly first: number; name?: ObjectName | undefined } | undefined;

  constructor(text: string, script: Script) {
    this.#cursor = new Cursor(text);
    this.#script = script;
    this.#starts = new Set([...allStatements(script)].map(({ span }) => span.start));
  }

  read(): ClauseReading {
    const cursor = this.#cursor;
    for (const { span } of this.#script.batches) {
      while (cursor.start() < span.start && cursor.kind() !== TokenKind.end) cursor.next();
      while (!cursor.atBatchEnd && cursor.start() < span.end) this.#step();
      this.#close(0);
      this.#depth = 0;
      this.#target = undefined;
    }
    const { outputs, overNested, columnAliases, unnamedNodes } = this;
    return { outputs, overNested, columnAliases, unnamedNodes };
  }

  #step(): void {
    const cursor = this.#cursor;
    if (cursor.isSymbol('(')) this.#depth++;
    else if (cursor.isSymbol(')')) this.#close(this.#depth--);
    else if (cursor.isSymbol(';')) this.#close(0);
    const word = cursor.word();
    // CASE has ELSE and END as well.
    if (this.#depth === 0 && word !== 'ELSE' && word !== 'END' && beginsStatement(cursor)) this.#close(0);
    cursor.next();
    switch (word) {
      case 'SELECT':
        // Of a statement behind it, or behind UNION.
        this.#close(this.#depth);
        this.#open.push({ depth: this.#depth, first: cursor.index, overNested: false });
        return;
      case 'INSERT':
      case 'UPDATE':
      case 'DELETE':
        if (!cursor.isSymbol('(')) this.#target = { first: cursor.index };
        return;
      case 'MERGE':
        this.#target = undefined;
        return;
      case 'OUTPUT':
        return this.#output();
      case 'FROM':
      case 'JOIN':
      case 'APPLY':
        return this.#source(word);
      case 'WHERE': {
        const query = this.#query();
        if (query) query.filter ??= cursor.index;
      }
    }
  }

  /** The one around: those that are open are ever deeper inside. */
  #query(): Open | undefined {
    const query = this.#open.at(-1);
    return query?.depth === this.#depth ? query : undefined;
  }

  /** Queries that end with a parenthesis of a depth, or deeper inside. */
  #close(depth: number): void {
    const { index, tokens } = this.#cursor;
    for (let query = this.#open.at(-1); query && query.depth >= depth; query = this.#open.at(-1)) {
      this.#open.pop();
      if (query.overNested && query.filter !== undefined)
        this.overNested.push(this.#cursor.spanOf(tokens.starts[query.filter] ?? 0, tokens.starts[index] ?? 0));
    }
  }

  #source(word: string): void {
    const cursor = this.#cursor;
    if (word === 'FROM' && cursor.isSymbol('(') && changing.has(cursor.word(1))) {
      const query = this.#query();
      if (!query) return;
      query.overNested = true;
      const [from, to] = [cursor.tokens.starts[query.first] ?? 0, cursor.start(-1)];
      this.overNested.push(cursor.spanOf(from, to));
      return;
    }
    if ((!cursor.isName() && cursor.kind() !== TokenKind.variable) || this.#depth > deepest) return;
    const at = cursor.index;
    const isVariable = cursor.kind() === TokenKind.variable;
    if (isVariable) cursor.index += cursor.isSymbol('.', 1) && cursor.isName(2) ? 2 : 1;
    const name = cursor.isName() ? parseObjectName(cursor, 'a source of rows') : undefined;
    if (name && cursor.isSymbol('(')) {
      // `nodes` is the one method that returns a table, and is told apart by case.
      const isMethod = name.last.value === 'nodes' && (isVariable || name.parts.length > 1);
      skipParentheses(cursor);
      const isNamed = cursor.takeWord('AS') || !this.#beginsStatement();
      const columns = isNamed && cursor.isName() && cursor.isSymbol('(', 1) && !hint.test(cursor.word(2));
      if (isMethod && !columns) this.unnamedNodes.push(name.last.span);
      else if (columns && !isMethod && !isVariable) {
        cursor.next();
        const first = cursor.index;
        skipParentheses(cursor);
        this.columnAliases.push({ of: name, span: cursor.spanFrom(first) });
      }
    }
    // The arguments are gone into as well.
    cursor.index = at;
  }

  /** As `RAISERROR (…)` does, or `IF (…)`. */
  #beginsStatement(): boolean {
    return this.#starts.has(this.#cursor.start()) || beginsStatement(this.#cursor);
  }

  #output(): void {
    const cursor = this.#cursor;
    const at = cursor.index;
    const columns = [];
    while (
      !cursor.atBatchEnd &&
      !cursor.isSymbol(';') &&
      !/^(?:FROM|INTO|OUTPUT|SELECT|VALUES|WHERE)$/.test(cursor.word())
    ) {
      const isRow = (cursor.isWord('INSERTED') || cursor.isWord('DELETED')) && cursor.isSymbol('.', 1);
      if (isRow && cursor.isName(2) && !cursor.isSymbol('(', 3)) {
        cursor.index += 2;
        const column = cursor.tryIdentifier();
        if (column) columns.push(column);
      } else cursor.next();
    }
    // Behind FROM the table may be another one's alias.
    const of = columns.length > 0 && !cursor.isWord('FROM') ? this.#changed() : undefined;
    if (of) this.outputs.push({ of, columns });
    cursor.index = at;
  }

  /** The table that the statement changes. */
  #changed(): ObjectName | undefined {
    const [cursor, target] = [this.#cursor, this.#target];
    if (!target || 'name' in target || this.#depth > deepest) return target?.name;
    cursor.index = target.first;
    if (cursor.takeWord('TOP') && cursor.isSymbol('(')) skipParentheses(cursor);
    if (!cursor.takeWord('INTO')) cursor.takeWord('FROM');
    target.name = cursor.isName() ? parseObjectName(cursor, 'a table') : undefined;
    return target.name;
  }
}
