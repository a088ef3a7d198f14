import type { Operand, Operation, Region } from '../code/body.js';
import { variableKey } from '../code/definitions.js';
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
      let variables: ReadonlySet<string> | undefined;
      const read = (): ReadonlySet<string> => (variables ??= node ? readVariables(node) : new Set());
      for (const region of method.body?.regions ?? []) {
        const at = method.body?.blocks[region.handler.first];
        if (!node || !at || !catchesAll(region) || !doesNothing(node, region, read)) continue;
        const tried = triedBy(node, region);
        if (isCleaningUp(tried) || setsFlag(tried, read())) continue;
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
function doesNothing(node: MethodNode, { handler, exception }: Region, read: () => ReadonlySet<string>): boolean {
  const blocks = node.method.body?.blocks.slice(handler.first, handler.end) ?? [];
  return blocks.every(
    ({ operations, end }) =>
      (end.kind === 'leave' || end.kind === 'jump') &&
      operations.every(
        (operation) =>
          operation.kind === 'assign' &&
          operation.value.kind === 'temporary' &&
          operation.value.index === exception &&
          !read().has(variableKey(operation.target)),
      ),
  );
}

/** Locals and temporaries that some operation of a body takes. */
function readVariables({ method }: MethodNode): ReadonlySet<string> {
  const read = new Set<string>();
  const take = (holder: object, target?: Operand): void => {
    for (const one of Object.values(holder).flat() as readonly unknown[])
      if (one !== target && typeof one === 'object' && one !== null && 'kind' in one && 'index' in one)
        read.add(`${String(one.kind)} ${String(one.index)}`);
  };
  for (const { operations, end } of method.body?.blocks ?? []) {
    take(end);
    for (const operation of operations) take(operation, operation.kind === 'assign' ? operation.target : undefined);
  }
  return read;
}

const cleaning = /^(?:Abort|Cancel|Close|Delete|Disconnect|Dispose|Flush|Kill|Rollback|Shutdown|Undo|get_\w+)$/;

function triedBy({ method }: MethodNode, { tried }: Region): readonly Operation[] {
  return (method.body?.blocks ?? []).slice(tried.first, tried.end).flatMap(({ operations }) => operations);
}

/** What is tried only puts things away: that it fails changes nothing. */
function isCleaningUp(tried: readonly Operation[]): boolean {
  return tried.every((operation) => operation.kind !== 'call' || cleaning.test(operation.method.name));
}

/** `done = true` behind what may fail: the code asks for that later. */
function setsFlag(tried: readonly Operation[], read: ReadonlySet<string>): boolean {
  return tried.some(
    (operation) =>
      operation.kind === 'assign' &&
      operation.target.kind === 'local' &&
      operation.value.kind === 'constant' &&
      read.has(variableKey(operation.target)),
  );
}
