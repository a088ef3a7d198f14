// Why an assembly needs the permission set it needs, as `sqlclr-lint inspect` prints it.
import { pathOf } from '../project/proof.js';
import type { Reason, Requirements } from '../project/requirements.js';

export interface InspectedRequirements {
  readonly permissionSet: string;
  readonly proof: readonly InspectedReason[];
  /** What the answer rests on. */
  readonly assumptions: readonly string[];
}

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

export function inspectRequirements({ permissionSet, reasons, assumptions }: Requirements): InspectedRequirements {
  return { permissionSet, proof: reasons.map(inspectReason), assumptions: assumptions.map(({ text }) => text) };
}

function inspectReason(reason: Reason): InspectedReason {
  const { permissionSet, member, why, checkedAt, place } = reason;
  return {
    permissionSet,
    member,
    reason: why,
    checkedAt,
    path: pathOf(reason),
    ...(place.kind === 'image' && place.ilOffset !== undefined && { ilOffset: place.ilOffset }),
  };
}
