// Parameters of T-SQL routines that become part of text they execute: through variables, in the order of the statements.
// What a function makes of them (QUOTENAME, REPLACE) is not known to carry them, and what an IF has looked at counts as checked.
import type { Execute, Expression, Parameter, RoutineStatement, Statement } from '../tsql/nodes.js';

/** What an EXEC executes as SQL, by itself or in the code that it calls. */
export type ExecutedTexts = (call: Execute) => readonly Expression[];

export interface Injection {
  readonly call: Execute;
  readonly parameter: Parameter;
}

/** The first text with a parameter in it that a routine executes. */
export function findInjection(
  source: string,
  { parameters, body }: RoutineParts,
  textsOf: ExecutedTexts,
): Injection | undefined {
  const held = new Map<string, Parameter>();
  for (const parameter of parameters) if (isText(parameter)) held.set(parameter.name.toLowerCase(), parameter);
  for (const statement of body) {
    for (const text of statement.kind === 'execute' ? textsOf(statement) : []) {
      const parameter = carriedBy(text, held);
      if (statement.kind === 'execute' && parameter) return { call: statement, parameter };
    }
    follow(source, statement, held);
  }
  return undefined;
}

type RoutineParts = Pick<RoutineStatement, 'body'> & { readonly parameters: readonly Parameter[] };
type Held = Map<string, Parameter>;

/** Of `EXEC (…)` and of sp_executesql, whose other arguments are no text. */
export function executedText({ text, procedure, arguments: given }: Execute): Expression | undefined {
  return text ?? (procedure?.last.value.toLowerCase() === 'sp_executesql' ? given[0]?.value : undefined);
}

const textTypes: ReadonlySet<string> = new Set([
  'char',
  'nchar',
  'ntext',
  'nvarchar',
  'sql_variant',
  'sysname',
  'text',
  'varchar',
  'xml',
]);

function isText({ type }: Pick<Parameter, 'type'>): boolean {
  return textTypes.has(type.name.last.value.toLowerCase());
}

function carriedBy(expression: Expression, held: Held): Parameter | undefined {
  switch (expression.kind) {
    case 'variable':
      return held.get(expression.name.toLowerCase());
    case 'concatenation':
      for (const operand of expression.operands) {
        const found = carriedBy(operand, held);
        if (found) return found;
      }
      return undefined;
    case 'conversion':
      return isText(expression) ? carriedBy(expression.operand, held) : undefined;
    default:
      return undefined;
  }
}

function follow(source: string, statement: Statement, held: Held): void {
  switch (statement.kind) {
    case 'declareVariable':
      for (const { name, value } of statement.variables) put(held, name, value && carriedBy(value, held), false);
      return;
    case 'setVariable': {
      const isAdded = statement.operator === '+=' || statement.conditional;
      put(held, statement.name, carriedBy(statement.value, held), isAdded);
      return;
    }
    case 'unknown':
      if (/^(?:IF|WHILE)\b/.test(statement.words))
        forgetChecked(source.slice(statement.span.start, statement.span.end), held);
      return;
    default:
  }
}

/** `isAdded`: what the variable held before may be there still. */
function put(held: Held, name: string, parameter: Parameter | undefined, isAdded: boolean): void {
  const key = name.toLowerCase();
  if (parameter) held.set(key, parameter);
  else if (!isAdded) held.delete(key);
}

/** Where what depends on it begins. */
const depending = /\b(?:begin|exec|execute|print|raiserror|return|set|throw)\b/;

/** That something is given, is no check. */
function forgetChecked(condition: string, held: Held): void {
  const [asked = ''] = condition.toLowerCase().split(depending);
  const words = asked.split(/[^\w@#$]+/);
  for (const name of held.keys()) {
    const isChecked = words.some((word, index) => word === name && words[index + 1] !== 'is');
    if (isChecked) held.delete(name);
  }
}
