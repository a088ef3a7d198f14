import type { Operand, Operation, Region } from '../code/body.js';
import type { MethodNode } from '../code/graph.js';
import { placeIn } from '../code/model.js';
import { whereOf } from '../project/proof.js';
import type { CodeRule } from './rule.js';

export const swallowedException: CodeRule = {
  name: 'swallowed-exception',
  summary: 'A handler catches every exception and does nothing: the routine goes on as if nothing had failed.',
  topic: 'hygiene',
  severity: 'warning',
  phase: 'review',
  cwe: [390],
  on: 'code',
  check(code, report, { requirements }) {
    for (const method of requirements.reachability.keys()) {
      const node = code.graph.nodes.get(method);
      for (const region of method.body?.regions ?? []) {
        const at = method.body?.blocks[region.handler.first];
        if (!node || !at || !catchesAll(region) || !doesNothing(node, region) || isCleaningUp(node, region)) continue;
        const operation = at.operations[0] ?? at.end;
        report(
          placeIn(method, operation),
          `${whereOf({ node, operation })} catches every exception and does nothing with it`,
        );
      }
    }
  },
};

function catchesAll({ kind, type }: Region): boolean {
  return (
    kind === 'catch' && type?.kind === 'named' && (type.name === 'System.Exception' || type.name === 'System.Object')
  );
}

/** Nothing is called, stored or answered; the exception may be put into a variable that nobody reads. */
function doesNothing(node: MethodNode, { handler, exception }: Region): boolean {
  const blocks = node.method.body?.blocks.slice(handler.first, handler.end) ?? [];
  return blocks.every(
    ({ operations, end }) =>
      (end.kind === 'leave' || end.kind === 'jump') &&
      operations.every(
        (operation) =>
          operation.kind === 'assign' &&
          operation.value.kind === 'temporary' &&
          operation.value.index === exception &&
          !isRead(node, operation.target),
      ),
  );
}

function isRead({ method }: MethodNode, variable: Operand): boolean {
  const isIt = (one: unknown): boolean =>
    typeof one === 'object' &&
    one !== null &&
    'kind' in one &&
    one.kind === variable.kind &&
    'index' in one &&
    'index' in variable &&
    one.index === variable.index;
  const mentions = (holder: object, target?: Operand): boolean =>
    Object.values(holder).some(
      (one: unknown) => one !== target && (isIt(one) || (Array.isArray(one) && one.some(isIt))),
    );
  return (method.body?.blocks ?? []).some(
    ({ operations, end }) =>
      mentions(end) ||
      operations.some((operation) => mentions(operation, operation.kind === 'assign' ? operation.target : undefined)),
  );
}

const cleaning = /^(?:Abort|Cancel|Close|Delete|Disconnect|Dispose|Flush|Kill|Rollback|Shutdown|Undo|get_\w+)$/;

/** What is tried only puts things away: that it fails changes nothing. */
function isCleaningUp({ method }: MethodNode, { tried }: Region): boolean {
  const operations: readonly Operation[] = (method.body?.blocks ?? [])
    .slice(tried.first, tried.end)
    .flatMap((block) => block.operations);
  return operations.every((operation) => operation.kind !== 'call' || cleaning.test(operation.method.name));
}
