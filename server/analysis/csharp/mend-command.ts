// A value that is put between quotes into the text of a command, given to it as a parameter instead.
import type { Change, SourceEdit } from '../code/remedy.js';
import { indentationAt } from './mend-statements.js';
import { isPlain, overlapping, type MendedSources } from './mended-sources.js';
import type { SourceUnit } from './declare.js';
import type { BlockStatement, Expression, Statement } from './nodes.js';
import type { PlacedNode } from './node-path.js';

/** Of `new SqlCommand("… '" + name + "' …", …)` that a variable is given; every value of the text is put in so. */
export function parameterise(
  sources: MendedSources,
  { command }: Extract<Change, { kind: 'parameterise' }>,
): readonly SourceEdit[] | undefined {
  const found = sources.find(command);
  if (!found || command.kind !== 'source') return undefined;
  const { source, path } = found;
  const { start, end } = command.span;
  const made = path.findLast(isNew);
  const text = made?.arguments[0];
  if (!made || made.span.start !== start || made.span.end !== end || !text || text.name !== undefined) return undefined;
  const isCommand = made.type?.kind === 'named' && made.type.parts.at(-1)?.name === 'SqlCommand';
  const kept = isCommand && made.initializer === undefined ? keeperOf(source, path, made) : undefined;
  const values = kept && valuesIn(source, text.value);
  if (!kept || !values || !isPlain(source, made.span) || overlapping(source.unit.comments, text.value.span).length > 0)
    return undefined;
  const { uri } = source;
  const added = new Map(values.map(({ name, written }) => [name, written]));
  // One name for two values would give both the same.
  if (values.some(({ name, written }) => added.get(name) !== written)) return undefined;
  const lines = [...added].map(([name, written]) => `${kept.name}.Parameters.AddWithValue("@${name}", ${written});`);
  return [
    ...values.map(({ name, at }) => ({ uri, at, text: `@${name}` })),
    { uri, at: { start: kept.at, end: kept.at }, text: lines.map((line) => `${kept.before}${line}`).join('') },
  ];
}

/** The variable that the command is given to, and where a statement behind that can stand. */
function keeperOf(
  { text }: SourceUnit,
  path: readonly PlacedNode[],
  made: Expression,
): { readonly name: string; readonly at: number; readonly before: string } | undefined {
  const locals = path.findLast(isLocals);
  const variable = locals?.variables.find(({ value }) => value === made);
  const around = locals && path[path.indexOf(locals) - 1];
  if (!locals || !variable || locals.variables.length > 1 || !around) return undefined;
  const line = text.includes('\r\n') ? '\r\n' : '\n';
  const name = variable.name.name;
  if (isBlock(around)) return { name, at: locals.span.end, before: line + indentationAt(text, locals.span.start) };
  const body = isUsing(around) ? around.body : undefined;
  const first = body?.kind === 'block' ? body.statements[0] : undefined;
  if (!body || !first) return undefined;
  return { name, at: body.span.start + 1, before: line + indentationAt(text, first.span.start) };
}

interface PutIn {
  /** Without `@`. */
  readonly name: string;
  readonly written: string;
  /** From the quote before it to the quote behind it, those of C# among them. */
  readonly at: { readonly start: number; readonly end: number };
}

/** Undefined where something else than a variable between quotes is put in. */
function valuesIn({ text }: SourceUnit, whole: Expression): readonly PutIn[] | undefined {
  const parts = partsOf(whole);
  const literals = parts.flatMap((part) =>
    part.kind === 'literal' && typeof part.value === 'string' ? [part.value] : [],
  );
  const values: PutIn[] = [];
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'literal' && typeof part.value === 'string') continue;
    const name = part.kind === 'member' && part.name.name === 'Value' ? nameOf(part.target) : nameOf(part);
    const [before, behind] = [parts[index - 1], parts[index + 1]];
    if (name === undefined || before?.kind !== 'literal' || behind?.kind !== 'literal') return undefined;
    if (literals.some((literal) => literal.includes(`@${name}`))) return undefined;
    const left = text.slice(before.span.start, before.span.end);
    const right = text.slice(behind.span.start, behind.span.end);
    const style = /^@?"(?!"")/.exec(left)?.[0];
    const open = style !== undefined && right.startsWith(`${style}'`) ? style.length : undefined;
    const close = /(?<![\\'\w])N?'"$/.exec(left)?.[0];
    // `''` is a quote within a text of SQL.
    if (open === undefined || close === undefined || right[open + 1] === "'") return undefined;
    values.push({
      name,
      written: text.slice(part.span.start, part.span.end),
      at: { start: before.span.end - close.length, end: behind.span.start + open + 1 },
    });
  }
  return values.length > 0 ? values : undefined;
}

/** Far more than anybody writes. */
const mostParts = 200;

function partsOf(expression: Expression): readonly Expression[] {
  const parts: Expression[] = [];
  let at = expression;
  while (at.kind === 'binary' && at.operator === '+' && parts.length < mostParts) {
    parts.push(at.right);
    at = at.left;
  }
  return [at, ...parts.reverse()];
}

function nameOf(expression: Expression): string | undefined {
  return expression.kind === 'name' && expression.arguments.length === 0 && /^[A-Za-z_]\w*$/.test(expression.name)
    ? expression.name
    : undefined;
}

function isNew(node: PlacedNode): node is Extract<Expression, { kind: 'new' }> {
  return node.kind === 'new';
}

function isLocals(node: PlacedNode): node is Extract<Statement, { kind: 'locals' }> {
  return node.kind === 'locals';
}

function isUsing(node: PlacedNode): node is Extract<Statement, { kind: 'using' }> {
  return node.kind === 'using';
}

function isBlock(node: PlacedNode): node is BlockStatement {
  return node.kind === 'block';
}
