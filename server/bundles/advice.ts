// Entry of what is said and done about findings when somebody asks: fixes that are tried first, scripts that make assemblies trusted,
// what a rule or number means, what SQL Server does with a routine, and what another server makes of all.
import type * as Self from './advice.js';
export { engineText, routinesNamed } from '../analysis/features/engine-steps.js';
export { explanationOf, subjectsOf } from '../analysis/features/explain.js';
export { inlinedBytesOf } from '../analysis/features/inlined-bytes.js';
export { compareTargets, comparisonText } from '../analysis/features/target-comparison.js';
export { edited, safeFixOf, titleOf, Trials, withoutOverlaps } from '../analysis/features/trials.js';
export { trustScriptOf, trustText } from '../analysis/features/trust-script.js';

export type Advice = typeof Self;
