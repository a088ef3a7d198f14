// Under whose identity a call reaches outside, and why, in words.
import type { Identities, Impersonation } from './identities.js';
import type { ApiUse } from './api-uses.js';
import { reachedOutside } from './outside-access.js';
import { nameOf } from './proof.js';
import type { Requirements } from './requirements.js';

export interface IdentityText {
  /** `the caller's Windows account`. */
  readonly account: string;
  /** The member that makes it so; undefined where nothing does. */
  readonly by: string | undefined;
  /** On other ways it is SQL Server's own. */
  readonly isOwnElse: boolean;
}

/** Undefined for what reaches nothing that Windows guards, and where it is not known. */
export function identityTextOf(
  { identities }: Pick<Requirements, 'identities'>,
  use: ApiUse,
): IdentityText | undefined {
  if (!identities || reachedOutside(use) === undefined) return undefined;
  const { by, isOwn } = identities.at(use.node, use.operation);
  if (by) return { account: accountOf(identities, by), by: nameOf(by.origin.node), isOwnElse: isOwn };
  return isOwn ? { account: "SQL Server's own account", by: undefined, isOwnElse: false } : undefined;
}

function accountOf(identities: Identities, { origin }: Impersonation): string {
  const { node, operation } = origin;
  const on = operation.kind === 'call' ? operation.instance : undefined;
  return on && identities.classOf(node, on) === 'caller' ? "the caller's Windows account" : 'another Windows account';
}
