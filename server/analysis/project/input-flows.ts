// What a rule about untrusted input reports: each flow to one kind of harm, with its way.
import type { SinkHarm } from '../knowledge/input-sinks.js';
import type { ProofStep } from './proof.js';
import type { Requirements } from './requirements.js';
import type { InputFlow } from './untrusted-input.js';
import type { Place } from '../code/model.js';
import type { fixesBy } from '../code/remedy.js';

type Fixes = Partial<ReturnType<typeof fixesBy>>;

type Report = (
  place: Place,
  message: string,
  details: { readonly severity?: 'information'; readonly proof: readonly ProofStep[] } & Fixes,
) => void;

/** `isLess`: what is worth a look and no more, besides what comes from few. */
export function reportInput(
  { untrustedInput }: Requirements,
  harm: SinkHarm,
  report: Report,
  isLess: (flow: InputFlow) => boolean = () => false,
  fixesOf: (flow: InputFlow) => Fixes = () => ({}),
): void {
  for (const flow of untrustedInput.flows) {
    if (flow.harm !== harm) continue;
    const severity = flow.isMild || isLess(flow) ? { severity: 'information' as const } : {};
    report(flow.place, flow.message, { ...severity, ...fixesOf(flow), proof: flow.proof });
  }
}
