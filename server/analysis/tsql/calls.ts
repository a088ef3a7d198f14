// Calls of procedures: which one, and what each of its parameters is given.
import type { Execute, Expression } from './nodes.js';

/**
 * The arguments of a call by parameter name without `@`, in lower case; undefined for a call of another procedure.
 * The schema is not asked for: the system's procedures are found in any.
 */
export function argumentsOf(
  call: Execute,
  procedure: string,
  parameters: readonly string[],
): ReadonlyMap<string, Expression> | undefined {
  if (call.procedure?.last.value.toLowerCase() !== procedure) return undefined;
  const given = new Map<string, Expression>();
  for (const [index, argument] of call.arguments.entries()) {
    const name = argument.name?.slice(1).toLowerCase() ?? parameters[index];
    if (name !== undefined) given.set(name, argument.value);
  }
  return given;
}
