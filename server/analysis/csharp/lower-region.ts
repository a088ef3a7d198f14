// Protected regions: `try`, and what the compiler protects for `using` and `lock`; and what `fixed` pins.
import type { Region } from '../code/body.js';
import type { Label } from './body-builder.js';
import { primitiveName } from './conversions.js';
import { callMember, callNamed, readProperty } from './lower-call.js';
import { callLock } from './lower-construct.js';
import type { StatementLowering } from './lower-statement.js';
import type { Typed } from './lowering.js';
import type { CatchClause, Expression, StatementOf } from './nodes.js';
import { systemType, type NamedType } from './symbols.js';

export function lowerTry(statements: StatementLowering, node: StatementOf<'try'>): void {
  if (node.finally) {
    const { finally: last } = node;
    protect(
      statements,
      () => (node.catches.length > 0 ? lowerCatches(statements, node) : statements.block(node.block)),
      () => statements.block(last),
      node.span.start,
    );
  } else lowerCatches(statements, node);
}

function lowerCatches(statements: StatementLowering, { block, catches, span }: StatementOf<'try'>): void {
  const after = statements.builder.label();
  const first = statements.builder.boundary(span.start);
  statements.depth++;
  statements.block(block);
  statements.depth--;
  statements.builder.end({ kind: 'leave', to: after }, block.span.end);
  const tried = { first, end: statements.builder.boundary(block.span.end) };
  for (const clause of catches) lowerCatch(statements, clause, tried, after);
  statements.builder.place(after, span.end);
}

/** With `when` a filter, which asks for the type itself. */
function lowerCatch(
  statements: StatementLowering,
  { name, type: caught, when, block, span }: CatchClause,
  tried: Region['tried'],
  after: Label,
): void {
  const { builder, expressions } = statements;
  const at = span.start;
  const exception = { kind: 'temporary', index: builder.temporary() } as const;
  const type = caught ? expressions.typeOf(caught) : systemType('Object');
  const start = builder.boundary(at);
  let first = start;
  statements.depth++;
  statements.inScope(() => {
    const [fits, no] = [builder.label(), builder.label()];
    if (when && caught) {
      const result = builder.temporary();
      builder.emit({ kind: 'convert', at, how: 'isInstance', type, value: exception, result });
      statements.branch({ kind: 'temporary', index: result }, fits, no, at);
      builder.place(fits, at);
    }
    if (name) builder.emit({ kind: 'assign', at, target: expressions.declare(name.name, type), value: exception });
    if (when) {
      builder.end({ kind: 'endFilter', value: expressions.condition(when) }, when.span.end);
      builder.place(no, when.span.end);
      if (caught) builder.end({ kind: 'endFilter', value: { kind: 'constant', value: 0 } }, when.span.end);
      first = builder.boundary(when.span.end);
    }
    statements.block(block);
  });
  statements.depth--;
  builder.end({ kind: 'leave', to: after }, span.end);
  const handler = { first, end: builder.boundary(span.end) };
  builder.region(
    when
      ? { kind: 'filter', tried, handler, filter: start, exception: exception.index }
      : { kind: 'catch', tried, handler, type, exception: exception.index },
  );
}

/** `try { … } finally { … }`. */
export function protect(statements: StatementLowering, work: () => void, last: () => void, at: number): void {
  const after = statements.builder.label();
  const first = statements.builder.boundary(at);
  statements.depth++;
  work();
  statements.depth--;
  statements.builder.end({ kind: 'leave', to: after }, at);
  const middle = statements.builder.boundary(at);
  statements.depth++;
  last();
  statements.depth--;
  statements.builder.end({ kind: 'endFinally' }, at);
  const end = statements.builder.boundary(at);
  statements.builder.region({ kind: 'finally', tried: { first, end: middle }, handler: { first: middle, end } });
  statements.builder.place(after, at);
}

/** Unless there is none. */
export function dispose(
  statements: StatementLowering,
  { operand, type }: Typed,
  node: { readonly span: { readonly start: number; readonly end: number } },
): void {
  const { builder, expressions } = statements;
  const at = node.span.start;
  const isValue = type.kind === 'named' && expressions.system.isValueType(type);
  const [some, after] = [builder.label(), builder.label()];
  if (!isValue) {
    statements.branch(operand, some, after, at);
    builder.place(some, at);
  }
  callMember(expressions, { operand, type: systemType('IDisposable') }, 'Dispose', node);
  if (!isValue) builder.place(after, at);
}

export function lowerLock(statements: StatementLowering, { value, body, span }: StatementOf<'lock'>): void {
  const { expressions } = statements;
  const typed = expressions.value(value);
  const gate = statements.builder.local(typed.type);
  const taken = statements.builder.local(systemType('Boolean'));
  statements.builder.emit({ kind: 'assign', at: span.start, target: gate, value: typed.operand });
  const monitor: NamedType = { kind: 'named', name: 'System.Threading.Monitor', assembly: 'mscorlib', arguments: [] };
  const at: Expression = { kind: 'missing', span: { start: span.start, end: value.span.end } };
  protect(
    statements,
    () => {
      const address = statements.builder.temporary();
      statements.builder.emit({ kind: 'addressOf', at: span.start, variable: taken, result: address });
      callLock(expressions, monitor, gate, { kind: 'temporary', index: address }, at);
      statements.inScope(() => statements.statement(body));
    },
    () => void callNamed(expressions, monitor, 'Exit', [{ operand: gate, type: systemType('Object') }], undefined, at),
    span.start,
  );
}

export function lowerUsing(statements: StatementLowering, { resource, body, span }: StatementOf<'using'>): void {
  statements.inScope(() => {
    let resources: readonly Typed[];
    if (resource.kind === 'locals') {
      statements.locals(resource);
      resources = resource.variables.flatMap(({ name }) => statements.expressions.scope.find(name.name) ?? []);
    } else resources = resource.kind === 'expression' ? [statements.expressions.value(resource.value)] : [];
    protect(
      statements,
      () => statements.statement(body),
      () => resources.forEach((one) => dispose(statements, one, resource)),
      span.start,
    );
  });
}

export function lowerFixed(statements: StatementLowering, { type, variables, body }: StatementOf<'fixed'>): void {
  statements.inScope(() => {
    const declared = statements.expressions.typeOf(type);
    for (const { name, value, span } of variables) {
      const typed = value && statements.expressions.value(value);
      const operand = statements.expressions.declare(name.name, declared);
      // The characters of a string lie behind what else it has.
      if (typed && primitiveName(typed.type) === 'String')
        readProperty(
          statements.expressions,
          { operand: typed.operand, type: systemType('Runtime.CompilerServices.RuntimeHelpers') },
          'OffsetToStringData',
          { span },
        );
      if (typed) statements.builder.emit({ kind: 'assign', at: span.start, target: operand, value: typed.operand });
    }
    statements.statement(body);
  });
}
