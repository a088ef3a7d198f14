// An impersonation in the words of a finding, and the way from it.
import type { MethodNode } from '../code/graph.js';
import { placeIn } from '../code/model.js';
import type { Impersonation } from './identities.js';
import { nameOf, whereOf, type ProofStep } from './proof.js';

/** `while it impersonates`, `while Payroll.Files::Read impersonates`. */
export function impersonationText({ origin }: Impersonation, node: MethodNode): string {
  return origin.node === node || nameOf(origin.node) === nameOf(node)
    ? 'while it impersonates'
    : `while ${nameOf(origin.node)} impersonates`;
}

export function stepsOfImpersonation(impersonation: Impersonation): readonly ProofStep[] {
  const steps: ProofStep[] = [];
  for (let { step } = impersonation; step && steps.length < mostSteps; { step } = step.before)
    steps.push({ place: placeIn(step.at.node.method, step.at.operation), message: `${whereOf(step.at)} calls on` });
  const { origin } = impersonation;
  const place = placeIn(origin.node.method, origin.operation);
  return [{ place, message: `${whereOf(origin)} impersonates` }, ...steps.reverse()];
}

const mostSteps = 20;
