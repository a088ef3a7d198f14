// The TransactionScopes that code makes, and what each is told to do with the transaction that is there.
import type { AssemblyCode } from '../code/model.js';
import { constantsOf } from '../code/values.js';
import { scopeOptions, scopeOptionType, scopeType } from '../knowledge/transaction-scopes.js';
import type { ApiUse } from './api-uses.js';

export function isScopeMade({ member: { type, name } }: ApiUse): boolean {
  return name === '.ctor' && type.kind === 'named' && type.name === scopeType;
}

/** `new TransactionScope()` is Required; undefined where it is not known, or another transaction is given. */
export function scopeOptionsOf(
  code: AssemblyCode,
  { node, operation, member: { parameters } }: ApiUse,
): readonly number[] | undefined {
  const [first] = parameters;
  if (!first) return [scopeOptions.required];
  const given = operation.kind === 'call' ? operation.arguments[0] : undefined;
  if (first.kind !== 'named' || first.name !== scopeOptionType || !given) return undefined;
  return constantsOf(code.graph, node, given)?.map(Number);
}
