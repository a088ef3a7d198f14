// What members of the framework need, from the weakest set to what no set allows.
import type { ApiRequirement } from '../knowledge/api-permissions.js';

export type ApiPermissionSet = ApiRequirement['permissionSet'];

const order: readonly ApiPermissionSet[] = ['SAFE', 'EXTERNAL_ACCESS', 'UNSAFE', 'NONE'];

/** Above zero where the first is the stronger. */
export function compareSets(one: ApiPermissionSet, other: ApiPermissionSet): number {
  return order.indexOf(one) - order.indexOf(other);
}

export function isStronger(one: ApiPermissionSet, other: ApiPermissionSet): boolean {
  return compareSets(one, other) > 0;
}
