// Where an iterator or an async method gives control back, to go on later: in a source by what it says, in bytes by what the
// compiler makes of it.
import type { Operation } from '../code/body.js';
import type { MethodNode } from '../code/graph.js';
import { sourceMemberOf } from '../code/source-names.js';
import { findCompilerConstruct } from '../knowledge/compiler-constructs.js';

export type Suspension = 'yield' | 'await';

export function suspensionAt(node: MethodNode, operation: Operation): Suspension | undefined {
  switch (operation.kind) {
    case 'yield':
      return 'yield';
    case 'storeField':
      return isCurrent.test(operation.field.name) && isStateMachine(node) ? 'yield' : undefined;
    case 'call': {
      const { type, name } = operation.method;
      if (name !== 'get_IsCompleted' || type.kind !== 'named') return undefined;
      return findCompilerConstruct(type.name, name)?.does === 'awaits' ? 'await' : undefined;
    }
    default:
      return undefined;
  }
}

/** The field that holds what an iterator hands on: `<>2__current` (Roslyn, csc), `$current` (mcs). */
const isCurrent = /^(?:<>2__|\$)current$/;

function isStateMachine({ type, method }: MethodNode): boolean {
  return method.name === 'MoveNext' && sourceMemberOf(type, method).made === 'state machine';
}
