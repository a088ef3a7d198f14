// LINQ as the calls it stands for (C# specification, 12.20 Query expressions), where one variable ranges at a time.
import type { Argument, Expression, QueryClause } from './nodes.js';

/** Undefined where several variables range together: those calls are made over types that have no name. */
export function queryAsCalls({ clauses, span }: Extract<Expression, { kind: 'query' }>): Expression | undefined {
  const [first, ...rest] = clauses;
  if (first?.kind !== 'from') return undefined;
  let source: Expression = first.source;
  let name = first.name;
  const call = (method: string, ...given: readonly Expression[]): Expression => ({
    kind: 'invocation',
    span,
    target: {
      kind: 'member',
      span,
      target: source,
      isConditional: false,
      isPointer: false,
      name: { name: method, span },
      arguments: [],
    },
    arguments: given.map((value): Argument => ({ value, span })),
  });
  const lambda = (value: Expression): Expression => ({
    kind: 'lambda',
    span: value.span,
    isAsync: false,
    parameters: [{ attributes: [], name, span: name.span }],
    body: { kind: 'expressionBody', span: value.span, value },
  });
  for (const [index, clause] of rest.entries()) {
    switch (clause.kind) {
      case 'where':
        source = call('Where', lambda(clause.value));
        break;
      case 'select':
        if (!(isName(clause.value, name.name) && index > 0)) source = call('Select', lambda(clause.value));
        break;
      case 'orderby':
        for (const [place, { value, isDescending }] of clause.keys.entries())
          source = call(`${place === 0 ? 'OrderBy' : 'ThenBy'}${isDescending ? 'Descending' : ''}`, lambda(value));
        break;
      case 'group':
        source = call('GroupBy', lambda(clause.by));
        break;
      case 'into':
        name = clause.name;
        break;
      default:
        return unsupported(clause);
    }
  }
  return source;
}

function unsupported(clause: QueryClause): undefined {
  void clause;
  return undefined;
}

function isName(value: Expression, name: string): boolean {
  return value.kind === 'name' && value.name === name;
}
