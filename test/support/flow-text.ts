// The control flow of a method as text: a line for each call, with what may come next, and one with what is known there.
import type { Call, Operand } from '../../server/analysis/code/body.js';
import { Conditions } from '../../server/analysis/code/conditions.js';
import { controlFlowOf, type FlowNode, type FlowTarget } from '../../server/analysis/code/control-flow.js';
import { definitionsOf } from '../../server/analysis/code/definitions.js';
import type { MethodDef } from '../../server/analysis/code/model.js';
import { shortTypeName } from '../../server/analysis/code/names.js';

export function flowText({ body, parameters }: Pick<MethodDef, 'body' | 'parameters'>): readonly string[] {
  if (!body) return [];
  const flow = controlFlowOf(body);
  const { nodes } = flow;
  const conditions = new Conditions(flow);
  const { temporaries, locals } = definitionsOf(body);
  const lines = new Set([`start → ${namesOf([0])}`]);
  for (const node of nodes) {
    const calls = callsIn(node);
    const known = [...conditions.at(node)]
      .map(({ operator, left, right }) => `${operandText(left)} ${operator} ${operandText(right)}`)
      .filter((condition) => !condition.includes('?'));
    if (known.length > 0) for (const call of calls) lines.add(`${nameOf(call)} where ${known.reverse().join(', ')}`);
    calls.forEach((call, index) => {
      const next = calls[index + 1];
      const normal = next ? nameOf(next) : namesOf(node.next);
      lines.add(`${nameOf(call)} → ${normal}; thrown → ${namesOf(node.thrown)}`);
    });
  }
  return [...lines].sort();

  /** What has a name in the source as well as in the bytes. */
  function operandText(operand: Operand): string {
    if (operand.kind === 'parameter') return parameters[operand.index]?.name ?? '?';
    if (operand.kind === 'constant')
      return operand.value === null || operand.value === 0 ? 'none' : String(operand.value);
    if (operand.kind === 'local') {
      const [assigned, ...more] = locals.get(operand.index) ?? [];
      return assigned && more.length === 0 ? operandText(assigned) : '?';
    }
    const [only, ...others] = operand.kind === 'temporary' ? (temporaries.get(operand.index) ?? []) : [];
    return only?.kind === 'call' && others.length === 0 ? nameOf(only) : '?';
  }

  /** The calls that come first from there. */
  function namesOf(targets: readonly FlowTarget[]): string {
    const names = new Set<string>();
    const seen = new Set<FlowTarget>();
    const work = [...targets];
    for (let target = work.pop(); target !== undefined; target = work.pop()) {
      if (seen.has(target)) continue;
      seen.add(target);
      const node = typeof target === 'number' ? nodes[target] : undefined;
      const [first] = node ? callsIn(node) : [];
      if (first) names.add(nameOf(first));
      else if (node) work.push(...node.next);
      else names.add(String(target));
    }
    return [...names].sort().join(', ');
  }
}

function callsIn({ block }: FlowNode): readonly Call[] {
  return block.operations.filter((operation) => operation.kind === 'call');
}

function nameOf({ method }: Call): string {
  return `${shortTypeName(method.type)}::${method.name}`;
}
