// Calls that reach what Windows guards by the account that asks.
import { reachOf } from '../knowledge/reach.js';
import type { ApiUse } from './api-uses.js';

const guarded: ReadonlySet<string> = new Set(['files', 'the network', 'the registry', 'event logs', 'other databases']);

/** `files`, `the network`; undefined where it is none of what an account decides. */
export function reachedOutside({ api, operation, permissionSet }: ApiUse): string | undefined {
  if (!api || operation.kind !== 'call' || permissionSet === 'SAFE' || permissionSet === 'unknown') return undefined;
  return reachOf(api.reason).find((what) => guarded.has(what));
}
