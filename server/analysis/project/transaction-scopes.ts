// What a TransactionScope does with the transaction that is there when it is made.
// Source: learn.microsoft.com "TransactionScopeOption enum"; read 2026-11.
import type { AssemblyCode } from '../code/model.js';
import { constantsOf } from '../code/values.js';
import type { ApiUse } from './api-uses.js';

export const scopeType = 'System.Transactions.TransactionScope';

export const scopeOptions = { required: 0, requiresNew: 1, suppress: 2 } as const;

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
  if (first.kind !== 'named' || first.name !== 'System.Transactions.TransactionScopeOption' || !given) return undefined;
  return constantsOf(code.graph, node, given)?.map(Number);
}
