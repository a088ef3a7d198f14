// Handlers that catch every exception and do nothing, where that matters.
import type { End, Operation, Region } from '../code/body.js';
import type { MethodNode } from '../code/graph.js';
import { isAnsweredBehind, isEmptyHandler, setsFlag, triedOperations, withHandlers } from '../code/handlers.js';
import type { AssemblyCode } from '../code/model.js';
import type { Reachability } from '../code/reachability.js';

/** A handler, by where it begins. */
export interface EmptyHandler {
  readonly node: MethodNode;
  readonly operation: Operation | End;
}

export function emptyHandlersOf(code: AssemblyCode, reachability: Reachability): readonly EmptyHandler[] {
  const found: EmptyHandler[] = [];
  for (const method of reachability.keys()) {
    const node = code.graph.nodes.get(method);
    if (!node || !method.body?.regions.some(catchesAll)) continue;
    const body = withHandlers(method.body);
    for (const region of body.regions.filter(catchesAll)) {
      const at = body.blocks[region.handler.first];
      if (!at || !isEmptyHandler(body, region)) continue;
      const isHandled = isCleaningUp(triedOperations(body, region)) || setsFlag(body, region);
      if (!isHandled && !isAnsweredBehind(body, region)) found.push({ node, operation: at.operations[0] ?? at.end });
    }
  }
  return found;
}

function catchesAll({ kind, type }: Region): boolean {
  return (
    kind === 'catch' && type?.kind === 'named' && (type.name === 'System.Exception' || type.name === 'System.Object')
  );
}

const cleaning = /^(?:Abort|Cancel|Close|Delete|Disconnect|Dispose|Flush|Kill|Rollback|Shutdown|Undo|get_\w+)$/;

/** What is tried only puts things away: that it fails changes nothing. */
function isCleaningUp(tried: readonly Operation[]): boolean {
  return tried.every((operation) => operation.kind !== 'call' || cleaning.test(operation.method.name));
}
