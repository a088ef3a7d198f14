// Strings that code hands to members of the framework, as far as they stand in it.
import type { Call, NewArray, Operand } from '../code/body.js';
import type { MethodNode } from '../code/graph.js';
import type { AssemblyCode } from '../code/model.js';
import { callsIn } from '../code/objects.js';
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

/** Whether an argument can be bytes that stand in the code: an array with its initial values. */
export function isGivenBytes(code: AssemblyCode, { node, operation }: ApiUse, argument: number): boolean {
  const operand = operation.kind === 'call' ? operation.arguments[argument] : undefined;
  const values = operand ? valuesOf(code.graph, node, operand) : [];
  return values.some((value) => value.kind === 'array' && isInitialised(value.node, value.operation));
}

/** The compiler keeps the values of an array initialiser in the image, and copies them with InitializeArray. */
function isInitialised(node: MethodNode, { result }: NewArray): boolean {
  return callsIn([node], ['InitializeArray']).some(
    ({ call: { arguments: given } }) => given[0]?.kind === 'temporary' && given[0].index === result,
  );
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
    const encoded = value.kind === 'result' ? encodedBy(value.operation) : undefined;
    if (value.kind !== 'result' || !encoded || depth >= maximumDepth) return undefined;
    const inner = stringsOf(code, value.node, encoded, depth + 1);
    if (!inner) return undefined;
    strings.push(...inner);
  }
  return strings;
}

/** What a call only writes in another form: `Encoding.GetBytes`, `Convert.FromBase64String`, `Convert.ToBase64String`. */
function encodedBy({ method, arguments: given }: Call): Operand | undefined {
  if (method.type.kind !== 'named') return undefined;
  const isEncoding = method.type.name.startsWith('System.Text.') && method.name === 'GetBytes';
  const isConversion = method.type.name === 'System.Convert' && method.name.endsWith('Base64String');
  return isEncoding || isConversion ? given[0] : undefined;
}
