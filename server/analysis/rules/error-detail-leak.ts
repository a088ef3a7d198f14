import type { Operand } from '../code/body.js';
import type { MethodNode } from '../code/graph.js';
import { placeIn, type Place } from '../code/model.js';
import { staticTypeOf } from '../code/static-types.js';
import { isDerivedFrom } from '../knowledge/framework-types.js';
import type { Value } from '../code/values.js';
import { whereOf } from '../project/proof.js';
import { entriesOf } from '../project/routine-reach.js';
import { sourceOf } from '../project/text-sources.js';
import type { CodeRule } from './rule.js';

export const errorDetailLeak: CodeRule = {
  name: 'error-detail-leak',
  summary: "An exception's text or stack is sent to the client or returned as a value.",
  topic: 'hygiene',
  severity: 'warning',
  phase: 'review',
  cwe: [209],
  on: 'code',
  check(code, report, { requirements }) {
    const told = (place: Place, node: MethodNode, at: { readonly at: number }, what: Detail, how: string): void =>
      report(place, `${whereOf({ node, operation: at })} ${how} ${what} of an exception`, {
        severity: what === 'the message' ? 'information' : 'warning',
      });
    for (const { node, member, operation, place } of requirements.uses) {
      const { type, name } = member;
      if (type.kind !== 'named' || type.name !== 'Microsoft.SqlServer.Server.SqlPipe' || name !== 'Send') continue;
      const given = operation.kind === 'call' ? operation.arguments[0] : undefined;
      const detail = given && requirements.reachability.has(node.method) ? detailIn(node, given) : undefined;
      if (detail) told(place, node, operation, detail, 'sends the client');
    }
    for (const { method, kind } of entriesOf(requirements)) {
      const node = kind === 'function' || kind === 'procedure' ? code.graph.nodes.get(method) : undefined;
      for (const { operations, end } of node && method.body ? method.body.blocks : []) {
        if (!node) continue;
        const returned = end.kind === 'return' && end.value ? detailIn(node, end.value) : undefined;
        if (returned) told(placeIn(method, end), node, end, returned, 'returns');
        for (const operation of operations) {
          if (operation.kind !== 'storeIndirect' || !operation.value || operation.address.kind !== 'parameter')
            continue;
          const detail = detailIn(node, operation.value);
          if (detail) told(placeIn(method, operation), node, operation, detail, 'returns');
        }
      }
    }

    function detailIn(node: MethodNode, operand: Operand): Detail | undefined {
      return sourceOf(code.graph, node, operand, {
        operand: (at, one) => (isException(at, one) ? 'the text' : undefined),
        value: detailOf,
      });
    }
  },
};

type Detail = 'the message' | 'the stack' | 'the text';

const details: Readonly<Record<string, Detail>> = {
  get_Message: 'the message',
  get_StackTrace: 'the stack',
  ToString: 'the text',
};

function detailOf(value: Value): Detail | undefined {
  if (value.kind !== 'result' || !value.operation.instance) return undefined;
  const detail = details[value.operation.method.name];
  return detail && isException(value.node, value.operation.instance) ? detail : undefined;
}

function isException(node: MethodNode, operand: Operand): boolean {
  if (operand.kind === 'temporary' && node.method.body?.regions.some(({ exception }) => exception === operand.index))
    return true;
  const type = staticTypeOf(node, operand);
  return type?.kind === 'named' && (type.name === 'System.Exception' || isDerivedFrom(type.name, 'System.Exception'));
}
