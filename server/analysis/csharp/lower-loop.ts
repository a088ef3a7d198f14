// Loops as blocks, and the calls the compiler makes for `foreach`.
import type { Operand } from '../code/body.js';
import type { TypeRef } from '../code/model.js';
import { readCell } from './lower-array.js';
import { callMember, readProperty } from './lower-call.js';
import { characterOf, elementOf } from './lower-construct.js';
import { dispose, protect } from './lower-region.js';
import { deconstruct } from './lower-deconstruction.js';
import type { StatementLowering } from './lower-statement.js';
import { missing, type Typed } from './lowering.js';
import type { StatementOf } from './nodes.js';
import { systemType, unknownType } from './symbols.js';

export function lowerWhile(
  statements: StatementLowering,
  { kind, condition, body, span }: StatementOf<'while' | 'do'>,
): void {
  const { builder } = statements;
  statements.loop((breaks, continues) => {
    const again = builder.label();
    if (kind === 'while') {
      builder.place(continues, span.start);
      statements.branch(statements.expressions.condition(condition), again, breaks, span.start);
      builder.place(again, body.span.start);
      statements.inScope(() => statements.statement(body));
      builder.end({ kind: 'jump', to: continues }, body.span.end);
    } else {
      builder.place(again, span.start);
      statements.inScope(() => statements.statement(body));
      builder.place(continues, body.span.end);
      statements.branch(statements.expressions.condition(condition), again, breaks, condition.span.start);
    }
    builder.place(breaks, span.end);
  });
}

export function lowerFor(
  statements: StatementLowering,
  { first, condition, next, body, span }: StatementOf<'for'>,
): void {
  const { builder } = statements;
  statements.inScope(() => {
    for (const statement of first) statements.statement(statement);
    statements.loop((breaks, continues) => {
      const [test, inside] = [builder.label(), builder.label()];
      builder.place(test, span.start);
      if (condition)
        statements.branch(statements.expressions.condition(condition), inside, breaks, condition.span.start);
      builder.place(inside, body.span.start);
      statements.inScope(() => statements.statement(body));
      builder.place(continues, body.span.end);
      for (const one of next) statements.expressions.effect(one);
      builder.end({ kind: 'jump', to: test }, span.end);
      builder.place(breaks, span.end);
    });
  });
}

export function lowerForeach(statements: StatementLowering, node: StatementOf<'foreach'>): void {
  const { builder, expressions } = statements;
  const values = expressions.value(node.values);
  statements.inScope(() => {
    if (values.type.kind === 'array') {
      const element = values.type.element;
      iterate(statements, node, element, (target) => {
        if (values.type.kind === 'array' && values.type.rank > 1) {
          const indices = Array.from({ length: values.type.rank }, () => missing().operand);
          const cell = readCell(expressions, values, indices, node);
          builder.emit({ kind: 'assign', at: node.span.start, target, value: cell.operand });
          return;
        }
        const result = builder.temporary();
        builder.emit({
          kind: 'loadElement',
          at: node.span.start,
          array: values.operand,
          index: { kind: 'temporary', index: builder.temporary() },
          result,
        });
        builder.emit({
          kind: 'assign',
          at: node.span.start,
          target,
          value: { kind: 'temporary', index: result },
        });
      });
      return;
    }
    if (values.type.kind === 'named' && values.type.name === 'System.String') {
      iterate(
        statements,
        node,
        systemType('Char'),
        (target) => {
          const read = characterOf(expressions, values, node.values);
          builder.emit({ kind: 'assign', at: node.span.start, target, value: read.operand });
        },
        () => readProperty(expressions, values, 'Length', node.values)?.operand,
      );
      return;
    }
    const enumerator = enumeratorOf(statements, values, node);
    if (!enumerator) {
      iterate(statements, node, unknownType, () => undefined);
      return;
    }
    const isDisposable =
      expressions.system.isDerivedFrom(enumerator.type, 'System.IDisposable') || isPlainEnumerator(enumerator.type);
    const loop = (): void => {
      iterate(
        statements,
        node,
        elementOf(expressions, values.type),
        (target, declared) => {
          const value = readProperty(expressions, enumerator, 'Current', node.values);
          if (value)
            builder.emit({
              kind: 'assign',
              at: node.span.start,
              target,
              value: expressions.convert(value, declared, node.values).operand,
            });
        },
        () => callMember(expressions, enumerator, 'MoveNext', node.values)?.operand,
      );
    };
    if (isDisposable) protect(statements, loop, () => dispose(statements, enumerator, node.values), node.span.start);
    else loop();
  });
}

function enumeratorOf(statements: StatementLowering, values: Typed, node: StatementOf<'foreach'>): Typed | undefined {
  if (values.type.kind === 'unknown') return undefined;
  return callMember(statements.expressions, values, 'GetEnumerator', node.values);
}

function iterate(
  statements: StatementLowering,
  node: StatementOf<'foreach'>,
  element: TypeRef,
  next: (target: Operand, declared: TypeRef) => void,
  more: () => Operand | undefined = () => undefined,
): void {
  const { builder } = statements;
  statements.loop((breaks, continues) => {
    const inside = builder.label();
    builder.place(continues, node.span.start);
    statements.branch(more() ?? { kind: 'temporary', index: builder.temporary() }, inside, breaks, node.span.start);
    builder.place(inside, node.body.span.start);
    statements.inScope(() => {
      const declared = node.type.kind === 'var' ? element : statements.expressions.typeOf(node.type);
      const { expressions } = statements;
      const operand = expressions.declare(node.name?.name, declared);
      next(operand, declared);
      if (node.target?.kind === 'tuple')
        deconstruct(expressions, node.target, { operand, type: declared }, node.target);
      statements.statement(node.body);
    });
    builder.end({ kind: 'jump', to: continues }, node.body.span.end);
    builder.place(breaks, node.span.end);
  });
}

/** What a collection without type arguments gives is looked at for IDisposable when it is done. */
function isPlainEnumerator(type: TypeRef): boolean {
  return type.kind === 'named' && type.name === 'System.Collections.IEnumerator';
}
