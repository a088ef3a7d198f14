// The variables of a batch that have a type of their own.
import type { DataType, Statement } from './nodes.js';

export interface Variable {
  readonly type: DataType;
  /** No mention of it gave it a value, or may have. */
  isEmpty: boolean;
}

/** Of DECLARE and of parameters; those of bodies too, since a body is all of its batch. */
export function declaredIn(statements: readonly Statement[]): Map<string, Variable> {
  const variables = new Map<string, Variable>();
  const declare = (name: string, type: DataType, isEmpty: boolean): void => {
    variables.set(name.toLowerCase(), { type, isEmpty: isEmpty && !variables.has(name.toLowerCase()) });
  };
  const walk = (all: readonly Statement[]): void => {
    for (const statement of all) {
      if (statement.kind === 'declareVariable')
        for (const { name, type, value } of statement.variables) {
          if (type) declare(name, type, !value);
        }
      else if ('parameters' in statement) for (const { name, type } of statement.parameters) declare(name, type, false);
      if ('body' in statement) walk(statement.body);
    }
  };
  walk(statements);
  return variables;
}
