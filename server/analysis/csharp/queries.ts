// LINQ as the calls it stands for (C# specification, 12.20 Query expressions). Where several variables range together, they are
// members of an anonymous object, which later clauses see through: a transparent identifier.
import { deepest } from './reader.js';
import type { Argument, Expression, Identifier, QueryClause, TypeName } from './nodes.js';

type Query = Extract<Expression, { kind: 'query' }>;
type Span = Expression['span'];

const transparentPrefix = '<>h__TransparentIdentifier';

/** Whether a parameter stands for the variables that are its members. */
export function isTransparent(name: string): boolean {
  return name.startsWith(transparentPrefix);
}

/** Each clause is a call on the one before: undefined where they are more than are read in one another. The lambdas of each begin where it does, or where their own value does: no two at one place. */
export function queryAsCalls({ clauses, span }: Query): Expression | undefined {
  const [first, ...rest] = clauses;
  return first?.kind === 'from' && clauses.length <= deepest
    ? new QueryTranslation(span, first).translate(rest)
    : undefined;
}

class QueryTranslation {
  readonly #span: Span;
  #source: Expression;
  /** The range variable, or the transparent identifier for all of them. */
  #range: Identifier;
  #transparent = 0;

  constructor(span: Span, first: Extract<QueryClause, { kind: 'from' }>) {
    this.#span = span;
    this.#source = this.#cast(first.source, first.type);
    this.#range = first.name;
  }

  translate(clauses: readonly QueryClause[]): Expression {
    for (let index = 0; index < clauses.length; index++) {
      const clause = clauses[index];
      if (!clause) break;
      // What joins another variable and is followed by `select` gives at once what that asks for.
      const next = clauses[index + 1];
      const isBefore = next?.kind === 'select' && (clause.kind === 'from' || clause.kind === 'join');
      this.#clause(clause, isBefore ? next.value : undefined, index === 0);
      if (isBefore) index++;
    }
    return this.#source;
  }

  #clause(clause: QueryClause, selected: Expression | undefined, isFirst: boolean): void {
    const { span } = clause;
    switch (clause.kind) {
      case 'where':
        this.#call('Where', this.#lambda(span, clause.value));
        return;
      case 'select':
        if (isFirst || !isName(clause.value, this.#range.name)) this.#call('Select', this.#lambda(span, clause.value));
        return;
      case 'orderby':
        for (const [place, { value, isDescending }] of clause.keys.entries()) {
          const name = `${place === 0 ? 'OrderBy' : 'ThenBy'}${isDescending ? 'Descending' : ''}`;
          this.#call(name, this.#lambda(value.span, value));
        }
        return;
      case 'group': {
        const key = this.#lambda(clause.by.span, clause.by);
        if (isName(clause.value, this.#range.name)) this.#call('GroupBy', key);
        else this.#call('GroupBy', key, this.#lambda(span, clause.value));
        return;
      }
      case 'let':
        this.#call('Select', this.#lambda(span, this.#together(clause.name, clause.value, span)));
        this.#see();
        return;
      case 'from':
        this.#call(
          'SelectMany',
          this.#lambda(clause.source.span, this.#cast(clause.source, clause.type)),
          this.#joined(clause.name, selected, span),
        );
        return;
      case 'join':
        this.#call(
          clause.into ? 'GroupJoin' : 'Join',
          this.#cast(clause.source, clause.type),
          this.#lambda(clause.left.span, clause.left),
          lambda(clause.right.span, [clause.name], clause.right),
          this.#joined(clause.into ?? clause.name, selected, span),
        );
        return;
      case 'into':
        this.#range = clause.name;
    }
  }

  #call(method: string, ...given: readonly Expression[]): void {
    this.#source = call(this.#span, this.#source, method, given);
  }

  #lambda(span: Span, value: Expression): Expression {
    return lambda(span, [this.#range], value);
  }

  /** What is made of each pair: what is selected, or both for the clauses that follow. */
  #joined(other: Identifier, selected: Expression | undefined, span: Span): Expression {
    const range = this.#range;
    const value = selected ?? this.#together(other, { kind: 'name', name: other.name, arguments: [], span }, span);
    if (!selected) this.#see();
    return lambda(span, [range, other], value);
  }

  #together(name: Identifier, value: Expression, span: Span): Expression {
    const range: Expression = { kind: 'name', name: this.#range.name, arguments: [], span };
    return {
      kind: 'anonymousObject',
      span,
      members: [
        { name: this.#range, value: range },
        { name, value },
      ],
    };
  }

  #see(): void {
    this.#range = { ...this.#range, name: `${transparentPrefix}${this.#transparent++}` };
  }

  #cast(source: Expression, type: TypeName | undefined): Expression {
    return type && type.kind !== 'var' ? call(this.#span, source, 'Cast', [], [type]) : source;
  }
}

function call(
  span: Span,
  target: Expression,
  method: string,
  given: readonly Expression[],
  types: readonly TypeName[] = [],
): Expression {
  return {
    kind: 'invocation',
    span,
    target: {
      kind: 'member',
      span,
      target,
      isConditional: false,
      isPointer: false,
      name: { name: method, span },
      arguments: types,
    },
    arguments: given.map((value): Argument => ({ value, span })),
  };
}

function lambda(span: Span, names: readonly Identifier[], value: Expression): Expression {
  return {
    kind: 'lambda',
    span,
    isAsync: false,
    parameters: names.map((name) => ({ attributes: [], name, span: name.span })),
    body: { kind: 'expressionBody', span: value.span, value },
  };
}

function isName(value: Expression, name: string): boolean {
  return value.kind === 'name' && value.name === name;
}
