// Calls that reach what Windows guards by the account that asks.
import { onlyNames } from '../knowledge/path-names.js';
import { reachOf } from '../knowledge/reach.js';
import type { ApiUse } from './api-uses.js';

const guarded: ReadonlySet<string> = new Set(['files', 'the network', 'the registry', 'event logs', 'other databases']);

/** `files`, `the network`; undefined where it is none of what an account decides. */
export function reachedOutside({ api, member, operation, permissionSet }: ApiUse): string | undefined {
  if (!api || operation.kind !== 'call' || permissionSet === 'SAFE' || permissionSet === 'unknown') return undefined;
  if (member.type.kind === 'named' && onlyNames(member.type.name, member.name)) return undefined;
  return reachOf(api.reason).find((what) => guarded.has(what));
}
