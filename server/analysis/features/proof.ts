// Why an assembly needs the permission set it needs, as `sqlclr-lint inspect` prints it.
import { pathOf } from '../project/proof.js';
import type { Reason, Requirements } from '../project/requirements.js';

export interface InspectedRequirements {
  readonly permissionSet: string;
  /** Strongest first. */
  readonly proof: readonly InspectedReason[];
  /** What the answer rests on. */
  readonly assumptions: readonly string[];
  /** How many there are, where not all are told. */
  readonly proofTotal?: number;
  readonly assumptionsTotal?: number;
}

/** Nobody reads more, and a library of megabytes has thousands. */
const most = 200;

export interface InspectedReason {
  readonly permissionSet: string;
  readonly member: string;
  readonly reason: string;
  /** `create`: at CREATE ASSEMBLY; `jit`: when the method that calls it is compiled; `call`: when it runs. */
  readonly checkedAt: string;
  /** From the entry point to the method that calls the member. */
  readonly path: readonly string[];
  readonly ilOffset?: number;
}

export function inspectRequirements({
  permissionSet,
  reasons,
  assumptions,
}: Pick<Requirements, 'permissionSet' | 'reasons' | 'assumptions'>): InspectedRequirements {
  return {
    permissionSet,
    proof: reasons.slice(0, most).map(inspectReason),
    ...(reasons.length > most && { proofTotal: reasons.length }),
    assumptions: assumptions.slice(0, most).map(({ text }) => text),
    ...(assumptions.length > most && { assumptionsTotal: assumptions.length }),
  };
}

function inspectReason(reason: Reason): InspectedReason {
  const { permissionSet, member, why, checkedAt, place } = reason;
  return {
    permissionSet,
    member,
    reason: why,
    checkedAt,
    path: pathOf(reason).map(({ name }) => name),
    ...(place.kind === 'image' && place.ilOffset !== undefined && { ilOffset: place.ilOffset }),
  };
}
