// What throws before a variable that may be null is used.
import type { Change, SourceEdit } from '../code/remedy.js';
import { isPlain, type MendedSources } from './mended-sources.js';
import type { BlockStatement, Expression, MethodDeclaration } from './nodes.js';
import type { PlacedNode } from './node-path.js';
import { indentationAt } from './mend-statements.js';

/** Only where the statement stands in a block, and uses the variable whenever it runs. */
export function throwIfNull(
  sources: MendedSources,
  { use, exception, message }: Extract<Change, { kind: 'throwIfNull' }>,
): readonly SourceEdit[] | undefined {
  const found = sources.find(use);
  if (!found || use.kind !== 'source') return undefined;
  const { source, path, context } = found;
  const { start, end } = use.span;
  const member = memberOf(path.findLast(({ span }) => span.start === start && span.end === end));
  const block = path.findLastIndex(isBlock);
  const statement = path[block + 1];
  if (!member || !statement || !usesAtOnce(path.slice(block + 1))) return undefined;
  const { target } = member;
  if (member.isConditional || target.kind !== 'name' || !isVariable(target.name, path)) return undefined;
  const type = sources.typeName(exception, context);
  const { text, uri } = source;
  const at = statement.span.start;
  const indentation = indentationAt(text, at);
  const isFirst = text.slice(text.lastIndexOf('\n', at - 1) + 1, at) === indentation;
  if (type === undefined || !isFirst || !isPlain(source, statement.span)) return undefined;
  const line = text.includes('\r\n') ? '\r\n' : '\n';
  const guard = `if (${target.name} == null) throw new ${type}("${message}");${line}${indentation}`;
  return [{ uri, at: { start: at, end: at }, text: guard }];
}

function memberOf(node: PlacedNode | undefined): Extract<Expression, { kind: 'member' }> | undefined {
  const one = isInvocation(node) ? node.target : node;
  return isMember(one) ? one : undefined;
}

/** A statement that uses it whenever it runs: no other statement lies in between, nor what runs later or only perhaps. */
function usesAtOnce([statement, ...inside]: readonly PlacedNode[]): boolean {
  const [first, ...others] = inside;
  const nested = statement && 'resource' in statement && statement.resource === first ? others : inside;
  return atOnce.has(statement?.kind ?? '') && nested.every(({ kind = '' }) => !perhaps.has(kind) && !atOnce.has(kind));
}

const atOnce: ReadonlySet<string> = new Set(['locals', 'expression', 'using', 'return', 'throw']);

const perhaps: ReadonlySet<string> = new Set(['lambda', 'conditional', 'binary', 'switchExpression', 'query', 'block']);

/** A local or a parameter: what else can be called so may be another object each time. */
function isVariable(name: string, path: readonly PlacedNode[]): boolean {
  return path.some(
    (node) =>
      (isBlock(node) &&
        node.statements.some(
          (one) => one.kind === 'locals' && one.variables.some((variable) => variable.name.name === name),
        )) ||
      (hasParameters(node) && node.parameters.some((parameter) => parameter.name.name === name)),
  );
}

function isBlock(node: PlacedNode): node is BlockStatement {
  return node.kind === 'block';
}

function isInvocation(node: PlacedNode | undefined): node is Extract<Expression, { kind: 'invocation' }> {
  return node?.kind === 'invocation';
}

function isMember(node: PlacedNode | undefined): node is Extract<Expression, { kind: 'member' }> {
  return node?.kind === 'member';
}

function hasParameters(node: PlacedNode): node is MethodDeclaration {
  return 'parameters' in node && Array.isArray(node.parameters);
}
