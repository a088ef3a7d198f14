// Strings that code hands to members of the framework, as far as they stand in it.
import type { Operand } from '../code/body.js';
import type { MethodNode } from '../code/graph.js';
import type { AssemblyCode } from '../code/model.js';
import { textsOf } from '../code/texts.js';
import { valuesOf } from '../code/values.js';
import type { ApiUse } from './api-uses.js';

/** What one argument can be, with holes where parts are not known. */
export function textsGiven(code: AssemblyCode, { node, operation }: ApiUse, argument: number): readonly string[] {
  const operand = operation.kind === 'call' ? operation.arguments[argument] : undefined;
  return operand ? textsOf(code.graph, node, operand) : [];
}

/** Whole strings alone, also as their bytes; empty where it can be more than those and what callers give. */
export function stringsGiven(code: AssemblyCode, { node, operation }: ApiUse, argument: number): readonly string[] {
  const operand = operation.kind === 'call' ? operation.arguments[argument] : undefined;
  return (operand && stringsOf(code, node, operand, 0)) ?? [];
}

const maximumDepth = 3;

function stringsOf(
  code: AssemblyCode,
  node: MethodNode,
  operand: Operand,
  depth: number,
): readonly string[] | undefined {
  const strings: string[] = [];
  for (const value of valuesOf(code.graph, node, operand)) {
    if (value.kind === 'parameter') continue;
    if (value.kind === 'constant') {
      if (typeof value.value === 'string') strings.push(value.value);
      continue;
    }
    const [text] = value.kind === 'result' && givesBytes(value.operation.method.name) ? value.operation.arguments : [];
    const bytesOf =
      text && value.kind === 'result' && depth < maximumDepth
        ? stringsOf(code, value.node, text, depth + 1)
        : undefined;
    if (!bytesOf) return undefined;
    strings.push(...bytesOf);
  }
  return strings;
}

/** Of System.Text.Encoding and System.Convert. */
function givesBytes(member: string): boolean {
  return member === 'GetBytes' || member === 'FromBase64String';
}
