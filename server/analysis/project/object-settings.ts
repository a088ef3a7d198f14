// How an object was made and set up, as far as the method tells in which it is used.
import type { Call, ConstantValue, Operand } from '../code/body.js';
import { stepBehind, type Step, type ValueFlow } from '../code/value-flow.js';

export interface Setting {
  readonly step: Step;
  /** What made the value that is set. */
  readonly maker: Call | undefined;
  readonly constant: unknown;
}

/** Each time that a property of an object is set. */
export function settingsOf(flow: ValueFlow, object: number | undefined, member: string): readonly Setting[] {
  const origin = originOf(flow, object);
  if (origin === undefined) return [];
  return flow.steps.flatMap((step): readonly Setting[] => {
    const { operation, reads } = step;
    if (operation.kind !== 'call' || operation.method.name !== member || originOf(flow, reads[0]) !== origin) return [];
    const [given] = operation.arguments;
    return [{ step, maker: makerOf(flow, reads[1]), constant: given?.kind === 'constant' ? given.value : undefined }];
  });
}

export function makerOf(flow: ValueFlow, value: number | undefined): Call | undefined {
  const operation = stepBehind(flow, value)?.operation;
  return operation?.kind === 'call' ? operation : undefined;
}

/** The step that made it; a parameter is its own. */
function originOf(flow: ValueFlow, value: number | undefined): Step | number | undefined {
  return stepBehind(flow, value) ?? value;
}

/** Whether control goes from one step to the other whatever is decided: in one line, without a branch. */
export function alwaysGoesOn({ predecessors, node }: ValueFlow, from: Step, to: Step): boolean {
  let { block } = to;
  for (let steps = 0; block !== from.block && steps < maximumBlocks; steps++) {
    const [before, ...others] = predecessors[block] ?? [];
    if (before === undefined || others.length > 0 || node.method.body?.blocks[before]?.end.kind === 'branch')
      return false;
    block = before;
  }
  return block === from.block;
}

const maximumBlocks = 16;

/** The constant an argument is. */
export function constantIn(flow: ValueFlow, step: Step, call: Call, argument: number): ConstantValue | undefined {
  const operand = call.arguments[argument];
  return operand && constantOf(flow, operand, step.reads[argument + (call.instance ? 1 : 0)]);
}

export function constantOf(flow: ValueFlow, operand: Operand, value: number | undefined): ConstantValue | undefined {
  if (operand.kind === 'constant') return operand.value;
  const operation = stepBehind(flow, value)?.operation;
  if (operation?.kind === 'loadField') {
    const field = operation.field.definition?.field;
    return field?.isLiteral ? field.constant : operation.field.name === 'Empty' ? '' : undefined;
  }
  const given = operation?.kind === 'assign' || operation?.kind === 'convert' ? operation.value : undefined;
  return given?.kind === 'constant' ? given.value : undefined;
}

export function callBehind(
  flow: ValueFlow,
  value: number | undefined,
): { readonly step: Step; readonly call: Call } | undefined {
  const step = stepBehind(flow, value);
  return step?.operation.kind === 'call' ? { step, call: step.operation } : undefined;
}
