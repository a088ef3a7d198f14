// Calls of procedures: which one, and what each of its parameters is given.
import { statementsOf, type Execute, type Expression, type Script } from './nodes.js';

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

/** Whether it runs text that is not known before it runs: EXEC('…'), EXEC @name and sp_executesql. */
export function runsOpenText({ executed, procedure }: Execute): boolean {
  return !executed && (procedure === undefined || procedure.last.value.toLowerCase() === 'sp_executesql');
}

/** Whether a script has such a call: what that does is not known. */
export function hasOpenText(script: Script): boolean {
  let has = memory.get(script);
  if (has === undefined) memory.set(script, (has = statementsOf(script, 'execute').some(runsOpenText)));
  return has;
}

/** Asked for each assembly of a script. */
const memory = new WeakMap<Script, boolean>();
