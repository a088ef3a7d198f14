// Instructions that take values from the stack and give values, and no others.
import { nothing, type EvaluationStack } from './evaluation-stack.js';
import type { Step } from './instruction-blocks.js';
import type { Members } from './members.js';

/** What the token of an instruction was to be, where it resolves to nothing. */
export type Unresolved = 'field' | 'method' | undefined;

export function lowerValue(
  { offset: at, operand, opcode }: Step,
  stack: EvaluationStack,
  members: Members,
): Unresolved {
  const { stem } = opcode;
  switch (stem) {
    case 'ldfld':
    case 'ldflda':
    case 'ldsfld':
    case 'ldsflda': {
      const instance = stem.startsWith('lds') ? undefined : stack.pop();
      const field = members.fieldOf(operand);
      const result = stack.result();
      const kind = stem.endsWith('a') ? 'fieldAddress' : 'loadField';
      if (field) stack.add({ kind, at, field, instance, result });
      return field ? undefined : 'field';
    }
    case 'stfld':
    case 'stsfld': {
      const value = stack.pop();
      const instance = stem === 'stfld' ? stack.pop() : undefined;
      const field = members.fieldOf(operand);
      if (field) stack.add({ kind: 'storeField', at, field, instance, value });
      return field ? undefined : 'field';
    }
    case 'ldelem':
    case 'ldelema': {
      const index = stack.pop();
      const array = stack.pop();
      const kind = stem === 'ldelema' ? 'elementAddress' : 'loadElement';
      stack.add({ kind, at, array, index, result: stack.result() });
      return undefined;
    }
    case 'stelem': {
      const value = stack.pop();
      const index = stack.pop();
      stack.add({ kind: 'storeElement', at, array: stack.pop(), index, value });
      return undefined;
    }
    case 'ldind':
    case 'ldobj':
      stack.add({ kind: 'loadIndirect', at, address: stack.pop(), result: stack.result() });
      return undefined;
    case 'stind':
    case 'stobj': {
      const value = stack.pop();
      stack.add({ kind: 'storeIndirect', at, address: stack.pop(), value });
      return undefined;
    }
    case 'cpobj': {
      const source = stack.pop();
      const address = stack.pop();
      const result = stack.temporary();
      stack.add({ kind: 'loadIndirect', at, address: source, result });
      stack.add({ kind: 'storeIndirect', at, address, value: { kind: 'temporary', index: result } });
      return undefined;
    }
    case 'initobj':
      stack.add({ kind: 'storeIndirect', at, address: stack.pop(), type: members.typeOf(operand) });
      return undefined;
    case 'castclass':
    case 'isinst':
    case 'box':
    case 'unbox': {
      const type = members.typeOf(operand);
      stack.add({
        kind: 'convert',
        at,
        how: conversions[stem],
        type,
        value: stack.pop(),
        result: stack.result(),
      });
      return undefined;
    }
    case 'conv':
      stack.add({ kind: 'convert', at, how: 'number', value: stack.pop(), result: stack.result() });
      return undefined;
    case 'newarr': {
      const length = stack.pop();
      stack.add({
        kind: 'newArray',
        at,
        element: members.typeOf(operand),
        length,
        result: stack.result(),
      });
      return undefined;
    }
    case 'ldtoken':
      lowerToken(at, operand, stack, members);
      return undefined;
    case 'ldftn':
    case 'ldvirtftn': {
      const isVirtual = stem === 'ldvirtftn';
      const instance = isVirtual ? stack.pop() : undefined;
      const method = members.methodOf(operand);
      const result = stack.result();
      if (method) stack.add({ kind: 'methodPointer', at, method, isVirtual, instance, result });
      return method ? undefined : 'method';
    }
    case 'localloc':
    case 'refanyval':
    case 'refanytype':
    case 'mkrefany':
      stack.add({ kind: 'rawMemory', at, operator: stem, operands: [stack.pop()], result: stack.result() });
      return undefined;
    case 'arglist':
      stack.add({ kind: 'rawMemory', at, operator: stem, operands: nothing, result: stack.result() });
      return undefined;
    case 'cpblk':
    case 'initblk':
      stack.add({ kind: 'rawMemory', at, operator: stem, operands: stack.popMany(3) });
      return undefined;
    case 'sizeof':
      stack.add({ kind: 'compute', at, operator: stem, operands: nothing, result: stack.result() });
      return undefined;
    case 'neg':
    case 'not':
    case 'ldlen':
    case 'ckfinite':
      stack.add({ kind: 'compute', at, operator: stem, operands: [stack.pop()], result: stack.result() });
      return undefined;
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'rem':
    case 'and':
    case 'or':
    case 'xor':
    case 'shl':
    case 'shr':
    case 'ceq':
    case 'cgt':
    case 'clt':
      stack.add({ kind: 'compute', at, operator: stem, operands: stack.popMany(2), result: stack.result() });
      return undefined;
    default:
      throw new Error(`The instruction ${opcode.mnemonic} has no meaning yet`);
  }
}

function lowerToken(at: number, token: number, stack: EvaluationStack, members: Members): void {
  const result = stack.result();
  const table = token >>> 24;
  const field = table === 0x04 || table === 0x0a ? members.fieldOf(token) : undefined;
  const method = !field && (table === 0x06 || table === 0x0a || table === 0x2b) ? members.methodOf(token) : undefined;
  if (field) stack.add({ kind: 'token', at, field, result });
  else if (method) stack.add({ kind: 'token', at, method, result });
  else stack.add({ kind: 'token', at, type: members.typeOf(token), result });
}

const conversions = { castclass: 'cast', isinst: 'isInstance', box: 'box', unbox: 'unbox' } as const;
