// What scripts do to the server's options and to its list of trusted assemblies.
import { findServerOption } from '../knowledge/server-options.js';
import { argumentsOf } from '../tsql/calls.js';
import { digitsOf, textOf } from '../tsql/constants.js';
import { statementsOf, type Execute, type Expression, type Script } from '../tsql/nodes.js';

export interface Configured {
  readonly statement: Execute;
  readonly option: string;
  readonly value: Expression;
  /** Undefined where the value is no number. */
  readonly number?: number;
}

/** Calls of sp_configure that set an option of the field. */
export function configuredIn(script: Script): readonly Configured[] {
  return allConfiguredIn(script).flatMap((one) => {
    const option = findServerOption(one.option);
    return option ? [{ ...one, option: option.name }] : [];
  });
}

/** Of any option, as it is written. */
export function allConfiguredIn(script: Script): readonly Configured[] {
  const found: Configured[] = [];
  for (const statement of statementsOf(script, 'execute')) {
    const given = argumentsOf(statement, 'sp_configure', ['configname', 'configvalue']);
    const name = given?.get('configname');
    const value = given?.get('configvalue');
    if (!name || !value) continue;
    const option = textOf(script, name) ?? (name.kind === 'other' ? name.text.replace(/^\[|\]$/g, '') : '');
    const number = numberOf(script, value);
    found.push({ statement, option, value, ...(number !== undefined && { number }) });
  }
  return found;
}

function numberOf(script: Script, value: Expression): number | undefined {
  const text = value.kind === 'number' ? value.text : textOf(script, value)?.trim();
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

export interface TrustedHash {
  readonly statement: Execute;
  readonly action: 'add' | 'drop';
  readonly value: Expression;
  /** Upper-case digits, where they are known. */
  readonly digits?: string;
  /** What @description says, where it is known. */
  readonly description?: string;
}

/** Calls of sp_add_trusted_assembly and sp_drop_trusted_assembly. */
export function trustedHashesIn(script: Script): readonly TrustedHash[] {
  const found: TrustedHash[] = [];
  for (const statement of statementsOf(script, 'execute')) {
    const added = argumentsOf(statement, 'sp_add_trusted_assembly', ['hash', 'description']);
    const given = added ?? argumentsOf(statement, 'sp_drop_trusted_assembly', ['hash']);
    const value = given?.get('hash');
    if (!given || !value) continue;
    const digits = digitsOf(script, value)?.toUpperCase();
    const describing = given.get('description');
    const description = describing && textOf(script, describing);
    found.push({
      statement,
      action: added ? 'add' : 'drop',
      value,
      ...(digits !== undefined && { digits }),
      ...(description !== undefined && { description }),
    });
  }
  return found;
}

/** The simple name at the head of a description such as `name, version=1.0.0.0, culture=neutral`. */
export function describedName(description: string): string {
  return (description.split(',', 1)[0] ?? '').trim();
}
