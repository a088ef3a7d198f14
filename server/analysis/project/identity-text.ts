// Under whose identity a call reaches outside, and why, in words.
import type { Call, Operand } from '../code/body.js';
import type { MethodNode } from '../code/graph.js';
import {
  commandTypes,
  connectionTypes,
  executingMembers,
  pipeType,
  sendingMembers,
} from '../knowledge/context-connection.js';
import { givesToken } from '../knowledge/impersonation.js';
import { startsThread } from '../knowledge/thread-starters.js';
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

/**
 * Of what reaches something that Windows guards; where another identity is in force also of what asks SQL Server, which refuses it
 * then, and of what starts a thread, which takes it along. Undefined for all else, and where it is not known.
 */
export function identityTextOf(
  { identities }: Pick<Requirements, 'identities'>,
  use: ApiUse,
): IdentityText | undefined {
  const isOutside = reachedOutside(use) !== undefined;
  if (!identities || (!isOutside && !isForItself(use))) return undefined;
  const { by, isOwn } = identities.at(use.node, use.operation);
  if (by) return { account: accountOf(identities, by), by: nameOf(by.origin.node), isOwnElse: isOwn };
  return isOwn && isOutside ? { account: "SQL Server's own account", by: undefined, isOwnElse: false } : undefined;
}

function isForItself({ member: { type, name } }: ApiUse): boolean {
  if (type.kind !== 'named') return false;
  return (
    (type.name === pipeType && sendingMembers.has(name)) ||
    (connectionTypes.has(type.name) && name === 'Open') ||
    (commandTypes.has(type.name) && executingMembers.has(name)) ||
    startsThread(type.name, name)
  );
}

function accountOf(identities: Identities, { origin: { node, operation } }: Impersonation): string {
  const on = operation.kind === 'call' ? (operation.instance ?? ownerOfToken(node, operation)) : undefined;
  return on && identities.classOf(node, on) === 'caller' ? "the caller's Windows account" : 'another Windows account';
}

/** `identity.AccessToken`, `identity.Token`: the identity. */
function ownerOfToken({ definitions }: MethodNode, { arguments: [token] }: Call): Operand | undefined {
  const [made] = token?.kind === 'temporary' ? (definitions.temporaries.get(token.index) ?? []) : [];
  return made?.kind === 'call' && givesToken(made.method.name) ? made.instance : undefined;
}
