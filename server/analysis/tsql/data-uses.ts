// Which tables and functions ordinary statements name, and which permission each needs. Their tokens are looked at, and no tree
// is made: what is not recognised is left out.
import { undoubled } from './cursor.js';
import { tokenize, TokenKind, type Tokens } from './lexer.js';
import { allStatements, type Identifier, type ObjectName, type Script } from './nodes.js';

export interface DataUse {
  readonly name: ObjectName;
  readonly permission: 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE' | 'EXECUTE';
  /** Arguments stand behind the name, in parentheses. */
  readonly isCall: boolean;
}

/** Of all statements of a text, in their order. Temporary tables, variables, and what WITH names are no objects. */
export function dataUsesOf(text: string, script: Script): readonly DataUse[] {
  const uses: DataUse[] = [];
  let read = 0;
  for (const statement of allStatements(script)) {
    const { kind, span } = statement;
    const words = statement.kind === 'unknown' ? statement.words : '';
    if (kind === 'unknown' ? !reading.test(words) : kind !== 'setVariable' && kind !== 'declareVariable') continue;
    // IF and WHILE hold what stands under them, which is a statement of its own too.
    const start = Math.max(span.start, read);
    if (start >= span.end) continue;
    uses.push(...new StatementReader(text.slice(start, span.end)).uses());
    read = span.end;
  }
  return uses;
}

/** Statements that read or write rows, or can hold a query; none that makes an object. */
const reading = /^(?:DECLARE|DELETE|IF|INSERT|MERGE|PRINT|RETURN|SELECT|SET|UPDATE|WHILE|WITH)\b/;

type Verb = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE' | 'MERGE';

const verbs: ReadonlySet<string> = new Set<Verb>(['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE']);
const isVerb = (word: string): word is Verb => verbs.has(word);

/** What stands behind a table, where an alias could. */
export const noAlias: ReadonlySet<string> = new Set([
  ...verbs,
  ...[
    'CROSS',
    'EXCEPT',
    'FOR',
    'FROM',
    'FULL',
    'GROUP',
    'HAVING',
    'INNER',
    'INTERSECT',
    'INTO',
    'JOIN',
    'LEFT',
    'ON',
    'OPTION',
  ],
  ...[
    'ORDER',
    'OUTER',
    'OUTPUT',
    'PIVOT',
    'RIGHT',
    'SET',
    'TABLESAMPLE',
    'UNION',
    'UNPIVOT',
    'USING',
    'VALUES',
    'WHEN',
    'WHERE',
    'WITH',
  ],
  ...['DEFAULT', 'EXEC', 'EXECUTE'],
]);

/** Rows that a trigger is given, and what T-SQL has in FROM that is no table of a database. */
const notObjects: ReadonlySet<string> = new Set([
  ...['INSERTED', 'DELETED', 'OPENQUERY', 'OPENROWSET', 'OPENDATASOURCE', 'OPENXML', 'OPENJSON', 'STRING_SPLIT'],
  ...['GENERATE_SERIES', 'CONTAINSTABLE', 'FREETEXTTABLE', 'CHANGETABLE'],
]);

class StatementReader {
  readonly #tokens: Tokens;
  readonly #found: DataUse[] = [];
  /** What FROM calls a table in this statement. */
  readonly #aliases = new Map<string, ObjectName>();
  readonly #withNames = new Set<string>();
  /** Of UPDATE and DELETE, which may name an alias that FROM explains later. */
  readonly #targets: { readonly name: ObjectName; readonly permission: DataUse['permission'] }[] = [];
  /** The verb at each depth of parentheses. */
  readonly #verbs: (Verb | undefined)[] = [undefined];
  /** What MERGE does to its target. */
  #merged: readonly DataUse['permission'][] | undefined;
  #at = 0;

  constructor(text: string) {
    this.#tokens = tokenize(text);
  }

  uses(): readonly DataUse[] {
    while (this.#kind(this.#at) !== TokenKind.end) this.#step();
    for (const { name, permission } of this.#targets) {
      const meant = name.parts.length === 1 ? this.#aliases.get(keyOf(name)) : undefined;
      this.#add(meant ?? name, permission, false);
    }
    return this.#found.filter(({ name }) => !(name.parts.length === 1 && this.#withNames.has(keyOf(name))));
  }

  #step(): void {
    const at = this.#at;
    const symbol = this.#symbol(at);
    if (symbol === '(') this.#verbs.push(undefined);
    else if (symbol === ')' && this.#verbs.length > 1) this.#verbs.pop();
    if (!this.#isName(at)) return void this.#at++;
    const word = this.#word(at);
    if (isVerb(word)) {
      this.#verbs[this.#verbs.length - 1] = word;
      this.#at++;
      // `WHEN MATCHED THEN UPDATE SET`, `INSERT (…)`: of what MERGE names.
      if (this.#word(at - 1) !== 'THEN') this.#target(word);
      return;
    }
    const verb = this.#verbs.at(-1);
    const isSource =
      (word === 'FROM' && this.#word(at - 1) !== 'DISTINCT') || word === 'JOIN' || word === 'APPLY' || word === 'USING';
    if (isSource && verb && verb !== 'INSERT') {
      this.#at++;
      this.#sources();
      return;
    }
    const name = this.#name();
    if (!name) return void this.#at++;
    if (name.parts.length > 1) {
      if (this.#symbol(this.#at) === '(') this.#add(name, 'EXECUTE', true);
      return;
    }
    const behind = this.#behindColumns();
    if (this.#word(behind) === 'AS' && this.#symbol(behind + 1) === '(') this.#withNames.add(keyOf(name));
  }

  /** Behind INSERT, UPDATE, DELETE and MERGE: what is written to. */
  #target(verb: Verb): void {
    if (verb === 'SELECT') return;
    if (this.#word(this.#at) === 'TOP') {
      this.#at++;
      this.#skipParentheses();
      if (this.#word(this.#at) === 'PERCENT') this.#at++;
    }
    if (['INTO', 'FROM', 'OVERWRITE'].includes(this.#word(this.#at))) this.#at++;
    // `UPDATE STATISTICS`, and `FOR UPDATE OF` of a cursor.
    if (['STATISTICS', 'OF'].includes(this.#word(this.#at))) return;
    const name = this.#name();
    if (!name) return;
    const permissions = verb === 'MERGE' ? (this.#merged ??= this.#behindThen()) : [verb];
    for (const permission of permissions) this.#targets.push({ name, permission });
  }

  /** A list of tables, each with its alias and hints. */
  #sources(): void {
    for (;;) {
      const name = this.#name();
      if (!name) return;
      const isCall = this.#symbol(this.#at) === '(' && !isHint(this.#word(this.#at + 1));
      this.#add(name, 'SELECT', isCall);
      if (this.#symbol(this.#at) === '(') {
        // What a function is given may read too: the walk goes on inside.
        if (isCall) return;
        this.#skipParentheses();
      }
      if (this.#word(this.#at) === 'AS') this.#at++;
      if (this.#isName(this.#at) && !noAlias.has(this.#word(this.#at))) {
        const alias = this.#name();
        if (alias) this.#aliases.set(keyOf(alias), name);
      }
      if (this.#word(this.#at) === 'WITH' && this.#symbol(this.#at + 1) === '(') {
        this.#at++;
        this.#skipParentheses();
      }
      if (this.#symbol(this.#at) !== ',') return;
      this.#at++;
    }
  }

  #add(name: ObjectName, permission: DataUse['permission'], isCall: boolean): void {
    const { value } = name.last;
    if (value.startsWith('#') || (name.parts.length === 1 && notObjects.has(value.toUpperCase()))) return;
    this.#found.push({ name, permission, isCall });
  }

  /** Up to four parts; where there is none, nothing is read. */
  #name(): ObjectName | undefined {
    if (!this.#isName(this.#at)) return undefined;
    const parts: (Identifier | undefined)[] = [this.#identifier(this.#at)];
    let last = this.#at++;
    while (this.#symbol(this.#at) === '.') {
      const next = this.#at + 1;
      if (this.#isName(next)) {
        parts.push(this.#identifier(next));
        last = next;
        this.#at += 2;
      } else if (this.#symbol(next) === '.') {
        parts.push(undefined);
        this.#at++;
      } else break;
    }
    const named = this.#identifier(last);
    const [first] = parts;
    if (parts.length > 4 || !first) return undefined;
    return { parts, last: named, span: { start: first.span.start, end: named.span.end } };
  }

  #identifier(at: number): Identifier {
    const span = { start: this.#tokens.starts[at] ?? 0, end: this.#tokens.ends[at] ?? 0 };
    const text = this.#tokens.text.slice(span.start, span.end);
    const kind = this.#kind(at);
    if (kind === TokenKind.word) return { span, value: text, quote: 'none' };
    const isBracket = kind === TokenKind.bracket;
    return {
      span,
      value: undoubled(text, isBracket ? ']' : '"'),
      quote: isBracket ? 'bracket' : 'double',
    };
  }

  #skipParentheses(): void {
    let depth = 0;
    while (this.#kind(this.#at) !== TokenKind.end) {
      const symbol = this.#symbol(this.#at);
      if (symbol === '(') depth++;
      else if (symbol === ')') depth--;
      else if (depth === 0) return;
      this.#at++;
      if (depth === 0) return;
    }
  }

  /** What WITH names can have a list of columns. */
  #behindColumns(): number {
    if (this.#symbol(this.#at) !== '(') return this.#at;
    let at = this.#at + 1;
    while (this.#isName(at) || this.#symbol(at) === ',') at++;
    return this.#symbol(at) === ')' ? at + 1 : this.#at;
  }

  #behindThen(): readonly DataUse['permission'][] {
    const words = Array.from({ length: this.#tokens.count - this.#at }, (_, index) => this.#word(this.#at + index));
    const behind = new Set(words.filter((_, index) => words[index - 1] === 'THEN'));
    return (['INSERT', 'UPDATE', 'DELETE'] as const).filter((word) => behind.has(word));
  }

  #kind(at: number): number {
    return this.#tokens.kinds[at] ?? TokenKind.end;
  }

  #isName(at: number): boolean {
    const kind = this.#kind(at);
    return kind === TokenKind.word || kind === TokenKind.bracket || kind === TokenKind.quoted;
  }

  /** In upper case; empty for what is no bare word. */
  #word(at: number): string {
    if (this.#kind(at) !== TokenKind.word) return '';
    return this.#tokens.text.slice(this.#tokens.starts[at], this.#tokens.ends[at]).toUpperCase();
  }

  #symbol(at: number): string {
    return this.#kind(at) === TokenKind.symbol ? (this.#tokens.text[this.#tokens.starts[at] ?? 0] ?? '') : '';
  }
}

/** `FROM dbo.Orders (NOLOCK)`. */
function isHint(word: string): boolean {
  return /^(?:NOLOCK|READUNCOMMITTED|UPDLOCK|HOLDLOCK|READPAST|TABLOCKX?|ROWLOCK|XLOCK|INDEX|NOWAIT)$/.test(word);
}

function keyOf({ last }: ObjectName): string {
  return last.value.toLowerCase();
}
