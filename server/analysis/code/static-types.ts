// The type a value is seen as where it is used: of a variable as it is declared, of a call as it returns.
import type { Operand, Operation } from './body.js';
import type { MethodNode } from './graph.js';
import type { TypeRef } from './model.js';

const maximumSteps = 8;

/** Undefined where that cannot be told, or differs by the way control came. */
export function staticTypeOf(node: MethodNode, operand: Operand, steps = 0): TypeRef | undefined {
  switch (operand.kind) {
    case 'this':
      return { kind: 'named', name: node.type.name, arguments: [] };
    case 'parameter':
      return node.method.parameters[operand.index]?.type;
    case 'local':
      return node.method.body?.locals[operand.index]?.type;
    case 'constant':
      return typeof operand.value === 'string'
        ? { kind: 'named', name: 'System.String', assembly: 'mscorlib', arguments: [] }
        : undefined;
    case 'temporary': {
      const [only, ...others] = node.definitions.temporaries.get(operand.index) ?? [];
      return only && others.length === 0 && steps < maximumSteps ? resultType(node, only, steps + 1) : undefined;
    }
  }
}

function resultType(node: MethodNode, operation: Operation, steps: number): TypeRef | undefined {
  switch (operation.kind) {
    case 'call': {
      const { method, dispatch } = operation;
      const type = dispatch === 'new' ? method.type : method.returns;
      return type.kind === 'named' || type.kind === 'array' ? type : undefined;
    }
    case 'loadField':
      return operation.field.fieldType;
    case 'convert':
      return operation.type;
    case 'assign':
      return staticTypeOf(node, operation.value, steps);
    case 'newArray':
      return { kind: 'array', element: operation.element, rank: 1 };
    default:
      return undefined;
  }
}
