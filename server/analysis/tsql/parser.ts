// Scripts, batches, control of flow, and which production each statement has. Parsing never fails: what is not of the field
// is a run of tokens, and a statement that is not finished is a node all the same.
import { maximumPieces, valuesOf, Variables, type Constant, type Copies } from './constants.js';
import { Cursor, type OffsetMap } from './cursor.js';
import { parseAlter, parseCreate, parseDrop } from './definition-statements.js';
import {
  parseCall,
  parseDeclare,
  parseExecute,
  parseExecuteAs,
  parseRevert,
  parseSetVariable,
  trySelectAssignments,
} from './execute-statements.js';
import { executedText } from './executed.js';
import { TokenKind } from './lexer.js';
import type { Bare, Batch, Comment, Execute, Expression, Script, Statement } from './nodes.js';
import { indexed } from './nodes.js';
import { parsePermissions, parseSignature } from './security-statements.js';
import { beginsStatement, skipStatement } from './starters.js';
import { ended, otherVerbs, wordsOf } from './statement-ends.js';

const maximumNesting = 100;
const maximumExecutedDepth = 4;

/** What a script and the texts it executes share while they are parsed. */
interface Shared {
  /** The file's text: what spans of string pieces lie in. */
  readonly file: string;
  readonly constants: Map<Expression, Constant>;
  /** UTF-16 units of executed text still parsed: a script that executes the same large text over and over is cut off. */
  budget: number;
  readonly copies: Copies;
}

export function parseScript(text: string): Script {
  return new Parser(
    text,
    undefined,
    { file: text, constants: new Map(), budget: 4 * text.length + 1_000_000, copies: { left: 4 * maximumPieces } },
    0,
  ).script();
}

class Parser {
  readonly #cursor: Cursor;
  readonly #shared: Shared;
  readonly #executedDepth: number;
  #variables: Variables;
  #nesting = 0;
  #conditional = 0;

  constructor(text: string, map: OffsetMap | undefined, shared: Shared, executedDepth: number) {
    this.#cursor = new Cursor(text, map);
    this.#shared = shared;
    this.#variables = new Variables(shared.copies);
    this.#executedDepth = executedDepth;
  }

  script(): Script {
    const cursor = this.#cursor;
    const batches: Batch[] = [];
    let start = 0;
    for (;;) {
      const statements = this.#batch();
      const end = cursor.start();
      const go = cursor.kind() === TokenKind.go;
      const digits = go ? /\d+/.exec(cursor.source())?.[0] : undefined;
      batches.push({
        span: cursor.spanOf(start, end),
        statements,
        ...(digits !== undefined && { count: Number(digits) }),
      });
      if (!go) break;
      start = cursor.end();
      cursor.next();
    }
    return {
      span: cursor.spanOf(0, cursor.text.length),
      batches,
      errors: cursor.errors,
      comments: this.#comments(),
      constants: this.#shared.constants,
      byKind: indexed(batches),
    };
  }

  #comments(): readonly Comment[] {
    const { comments } = this.#cursor.tokens;
    const found: Comment[] = [];
    for (let index = 0; index + 2 < comments.length; index += 3) {
      const span = this.#cursor.spanOf(comments[index] ?? 0, comments[index + 1] ?? 0);
      found.push({ kind: comments[index + 2] === 1 ? 'block' : 'line', span });
    }
    return found;
  }

  #batch(): Statement[] {
    this.#variables = new Variables(this.#shared.copies);
    const statements: Statement[] = [];
    // A batch can begin with a procedure's name alone; nothing else in T-SQL begins with one.
    if (this.#beginsCall()) this.#add(statements, parseCall(this.#cursor, this.#cursor.index));
    this.#rest(statements);
    return statements;
  }

  #beginsCall(): boolean {
    const cursor = this.#cursor;
    if (!cursor.isName() || cursor.isSymbol(':', 1)) return false;
    if (cursor.kind() !== TokenKind.word) return true;
    const word = cursor.word();
    return !beginsStatement(cursor) && !otherVerbs.has(word);
  }

  /** Statements to the end of the batch. */
  #rest(statements: Statement[]): void {
    while (!this.#cursor.atBatchEnd) this.#statement(statements);
  }

  /** One statement, and those nested in it, flat; a semicolon behind it is taken. Takes at least one token. */
  #statement(into: Statement[]): void {
    const cursor = this.#cursor;
    if (cursor.takeSymbol(';')) return;
    const first = cursor.index;
    cursor.beginStatement();
    this.#dispatch(into, first);
    if (cursor.index === first) cursor.next();
    cursor.takeSymbol(';');
  }

  #dispatch(into: Statement[], first: number): void {
    const cursor = this.#cursor;
    switch (cursor.word()) {
      case 'IF':
      case 'WHILE':
        return this.#branch(into, first);
      case 'BEGIN':
        return this.#block(into, first);
      case 'SELECT': {
        cursor.next();
        const assignments = trySelectAssignments(cursor, first);
        if (assignments) return assignments.forEach((assignment) => this.#add(into, assignment));
        cursor.index = first;
        return this.#unknown(into, first);
      }
      default: {
        const statement = this.#field(first);
        if (statement) return this.#add(into, statement);
        cursor.index = first;
        return this.#unknown(into, first);
      }
    }
  }

  #add(into: Statement[], bare: Bare): void {
    this.#settle(bare);
    const statement: Statement = { ...bare, conditional: this.#conditional > 0 };
    into.push(statement);
    this.#variables.apply(statement);
    if (statement.kind !== 'execute') return;
    for (const { output, value } of statement.arguments)
      if (output && value.kind === 'variable') this.#variables.lose(value.name);
  }

  #unknown(into: Statement[], first: number): void {
    const cursor = this.#cursor;
    const words = wordsOf(cursor);
    skipStatement(cursor);
    if (cursor.index === first) cursor.next();
    this.#loseAssigned(first, words);
    into.push({ kind: 'unknown', span: cursor.spanFrom(first), words, conditional: this.#conditional > 0 });
  }

  /** What SELECT @v = … FROM, UPDATE … SET @v = … and FETCH … INTO @v put into variables is not known. */
  #loseAssigned(first: number, words: string): void {
    const cursor = this.#cursor;
    const all = words.startsWith('FETCH') || words.startsWith('RECEIVE');
    for (let ahead = first - cursor.index; ahead < 0; ahead++) {
      if (cursor.kind(ahead) !== TokenKind.variable) continue;
      if (all || cursor.isSymbol('=', ahead + 1) || cursor.isSymbol('=', ahead + 2))
        this.#variables.lose(cursor.source(ahead));
    }
  }

  /** IF or WHILE: the condition, the statement under it, and ELSE. */
  #branch(into: Statement[], first: number): void {
    const cursor = this.#cursor;
    const words = cursor.word();
    if (this.#nesting >= maximumNesting) return this.#unknown(into, first);
    const place = into.length;
    into.push({ kind: 'unknown', span: cursor.tokenSpan, words, conditional: this.#conditional > 0 });
    cursor.next();
    this.#condition();
    this.#nested(into);
    const before = cursor.index;
    if (words === 'IF') {
      cursor.takeSymbol(';');
      if (cursor.takeWord('ELSE')) this.#nested(into);
      else cursor.index = before;
    }
    into[place] = { kind: 'unknown', span: cursor.spanFrom(first), words, conditional: this.#conditional > 0 };
  }

  #condition(): void {
    const cursor = this.#cursor;
    let depth = 0;
    let cases = 0;
    while (!cursor.atBatchEnd) {
      if (cursor.isSymbol('(')) depth++;
      else if (cursor.isSymbol(')')) depth = Math.max(0, depth - 1);
      else if (cursor.isWord('CASE')) cases++;
      else if (cases > 0) {
        if (cursor.isWord('END')) cases--;
      } else if (
        depth === 0 &&
        (cursor.isSymbol(';') ||
          beginsStatement(cursor) ||
          cursor.isWord('CREATE') ||
          cursor.isWord('ALTER') ||
          cursor.isWord('DROP'))
      )
        return;
      cursor.next();
    }
  }

  /** The statement under IF, ELSE or WHILE. */
  #nested(into: Statement[]): void {
    if (this.#cursor.atBatchEnd) return;
    const mark = this.#variables.mark();
    this.#conditional++;
    this.#nesting++;
    this.#statement(into);
    this.#nesting--;
    this.#conditional--;
    this.#variables.forget(mark);
  }

  /** BEGIN … END, BEGIN TRY … END TRY, and BEGIN CATCH, whose statements may not run. */
  #block(into: Statement[], first: number): void {
    const cursor = this.#cursor;
    const what = cursor.word(1);
    if (
      ['TRAN', 'TRANSACTION', 'DISTRIBUTED', 'DIALOG', 'CONVERSATION'].includes(what) ||
      this.#nesting >= maximumNesting
    )
      return this.#unknown(into, first);
    cursor.next();
    const isCatch = cursor.takeWord('CATCH');
    if (!isCatch) cursor.takeWord('TRY');
    if (cursor.isWord('ATOMIC')) {
      cursor.next();
      if (cursor.takeWord('WITH') && cursor.isSymbol('('))
        while (!cursor.atBatchEnd && !cursor.takeSymbol(')')) cursor.next();
    }
    const words = isCatch ? 'BEGIN CATCH' : what === 'TRY' ? 'BEGIN TRY' : 'BEGIN';
    const place = into.length;
    into.push({ kind: 'unknown', span: cursor.spanFrom(first), words, conditional: this.#conditional > 0 });
    const mark = isCatch ? this.#variables.mark() : undefined;
    this.#nesting++;
    if (isCatch) this.#conditional++;
    while (!cursor.atBatchEnd && !cursor.isWord('END')) this.#statement(into);
    if (isCatch) this.#conditional--;
    this.#nesting--;
    if (mark !== undefined) this.#variables.forget(mark);
    if (cursor.takeWord('END') && (isCatch || what === 'TRY')) {
      if (!cursor.takeWord('TRY')) cursor.takeWord('CATCH');
    }
    into[place] = { kind: 'unknown', span: cursor.spanFrom(first), words, conditional: this.#conditional > 0 };
  }

  /** A statement of the field; undefined for any other, whatever was taken. */
  #field(first: number): Bare | undefined {
    const cursor = this.#cursor;
    const verb = cursor.word();
    const body = (): readonly Statement[] => this.#body();
    switch (verb) {
      case 'CREATE':
        cursor.next();
        return parseCreate(cursor, first, body);
      case 'ALTER':
        cursor.next();
        return parseAlter(cursor, first, body);
      case 'DROP':
        cursor.next();
        return parseDrop(cursor, first);
      case 'ADD':
        cursor.next();
        return cursor.isWord('SIGNATURE') || cursor.isWord('COUNTER')
          ? parseSignature(cursor, first, 'addSignature')
          : undefined;
      case 'GRANT':
      case 'DENY':
      case 'REVOKE':
        cursor.next();
        return ended(
          cursor,
          parsePermissions(cursor, first, verb === 'GRANT' ? 'grant' : verb === 'DENY' ? 'deny' : 'revoke'),
        );
      case 'EXEC':
      case 'EXECUTE':
        cursor.next();
        return cursor.takeWord('AS') ? parseExecuteAs(cursor, first) : this.#execute(first);
      case 'REVERT':
      case 'SETUSER':
        return parseRevert(cursor, first);
      case 'USE':
        cursor.next();
        return { kind: 'use', database: cursor.identifier('the name of a database'), span: cursor.spanFrom(first) };
      case 'RECONFIGURE': {
        cursor.next();
        const withOverride = cursor.takeWords('WITH', 'OVERRIDE');
        return { kind: 'reconfigure', withOverride, span: cursor.spanFrom(first) };
      }
      case 'DECLARE':
        cursor.next();
        return cursor.kind() === TokenKind.variable && !cursor.isWord('CURSOR', 1)
          ? parseDeclare(cursor, first)
          : undefined;
      case 'SET':
        cursor.next();
        return cursor.kind() === TokenKind.variable ? parseSetVariable(cursor, first) : undefined;
      default:
        return undefined;
    }
  }

  /** A T-SQL body, to the end of the batch; what its variables hold is its own. */
  #body(): readonly Statement[] {
    const statements: Statement[] = [];
    if (this.#nesting >= maximumNesting) return statements;
    const outside = this.#variables;
    this.#variables = new Variables(this.#shared.copies);
    this.#nesting++;
    this.#rest(statements);
    this.#nesting--;
    this.#variables = outside;
    return statements;
  }

  #execute(first: number): Bare {
    const cursor = this.#cursor;
    const result = cursor.kind() === TokenKind.variable && cursor.isSymbol('=', 1) ? cursor.source() : undefined;
    const execute = parseExecute(cursor, first);
    const executed = this.#executed(execute);
    if (result !== undefined) this.#variables.lose(result);
    return executed ? { ...execute, executed } : execute;
  }

  /** What EXEC('…') and sp_executesql run, where it is known. */
  #executed(execute: Omit<Execute, 'conditional'>): Script | undefined {
    const isSql = this.#procedureName(execute).toLowerCase() === 'sp_executesql';
    const [argument] = execute.arguments;
    const text =
      execute.text ??
      (isSql
        ? (execute.arguments.find((passed) => /^@(stmt|statement)$/i.test(passed.name ?? '')) ?? argument)?.value
        : undefined);
    if (!text || this.#executedDepth >= maximumExecutedDepth) return undefined;
    const constant = this.#variables.valueOf(text);
    if (constant?.kind !== 'text') return undefined;
    const length = constant.pieces.reduce((sum, piece) => sum + piece.value.length, 0);
    if (length > this.#shared.budget) return undefined;
    this.#shared.budget -= length;
    const { text: run, map } = executedText(constant.pieces, this.#shared.file);
    return new Parser(run, map, this.#shared, this.#executedDepth + 1).script();
  }

  /** The last part; `EXEC @procedure N'…'` is how another database is spoken to. */
  #procedureName({ procedure, variable }: Omit<Execute, 'conditional'>): string {
    if (procedure || !variable) return procedure?.last.value ?? '';
    const held = this.#variables.valueOf(variable);
    const last =
      held?.kind === 'text'
        ? held.pieces
            .map((piece) => piece.value)
            .join('')
            .split('.')
            .at(-1)
        : undefined;
    return (last ?? '').replace(/^\[|\]$/g, '');
  }

  /** Notes what expressions that hold variables are worth here. */
  #settle(statement: Bare): void {
    for (const expression of valuesOf(statement)) {
      if (expression.kind !== 'variable' && expression.kind !== 'concatenation' && expression.kind !== 'conversion')
        continue;
      const constant = this.#variables.valueOf(expression);
      if (constant) this.#shared.constants.set(expression, constant);
    }
  }
}
