// Protected regions: `try`, and what the compiler protects for `using` and `lock`; and what `fixed` pins.
import { primitiveName } from './conversions.js';
import { callMember, callNamed, readProperty } from './lower-call.js';
import { callLock } from './lower-construct.js';
import type { StatementLowering } from './lower-statement.js';
import type { Typed } from './lowering.js';
import type { Expression, StatementOf } from './nodes.js';
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
  for (const clause of catches) {
    const exception = statements.builder.temporary();
    const type = clause.type ? statements.expressions.typeOf(clause.type) : systemType('Object');
    const start = statements.builder.boundary(clause.span.start);
    statements.depth++;
    statements.inScope(() => {
      if (clause.name) {
        const target = statements.expressions.declare(clause.name.name, type);
        statements.builder.emit({
          kind: 'assign',
          at: clause.span.start,
          target,
          value: { kind: 'temporary', index: exception },
        });
      }
      if (clause.when) statements.expressions.condition(clause.when);
      statements.block(clause.block);
    });
    statements.depth--;
    statements.builder.end({ kind: 'leave', to: after }, clause.span.end);
    const end = statements.builder.boundary(clause.span.end);
    statements.builder.region({ kind: 'catch', tried, handler: { first: start, end }, type, exception });
  }
  statements.builder.place(after, span.end);
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

export function dispose(
  statements: StatementLowering,
  resource: Typed,
  node: { readonly span: { readonly start: number; readonly end: number } },
): void {
  const disposable: NamedType = systemType('IDisposable');
  callMember(statements.expressions, { operand: resource.operand, type: disposable }, 'Dispose', node);
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
