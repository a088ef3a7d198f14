// Strings that code hands to members of the framework, where they are surely known.
import type { AssemblyCode } from '../code/model.js';
import { constantsOf } from '../code/values.js';
import type { ApiUse } from './api-uses.js';

/** What one argument can be; empty where it can be anything else as well. */
export function stringsGiven(code: AssemblyCode, { node, operation }: ApiUse, argument: number): readonly string[] {
  const operand = operation.kind === 'call' ? operation.arguments[argument] : undefined;
  const constants = operand && constantsOf(code.graph, node, operand);
  return (constants ?? []).filter((value) => typeof value === 'string');
}

/** Of all arguments. */
export function allStringsGiven(code: AssemblyCode, use: ApiUse): readonly string[] {
  return use.member.parameters.flatMap((type, index) =>
    type.kind === 'named' && type.name === 'System.String' ? stringsGiven(code, use, index) : [],
  );
}
