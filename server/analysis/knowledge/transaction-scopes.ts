// TransactionScope, and what it does with the transaction that is there when it is made.
// Source: learn.microsoft.com "TransactionScopeOption enum"; read 2026-11.

export const scopeType = 'System.Transactions.TransactionScope';
export const scopeOptionType = 'System.Transactions.TransactionScopeOption';

export const scopeOptions = { required: 0, requiresNew: 1, suppress: 2 } as const;
