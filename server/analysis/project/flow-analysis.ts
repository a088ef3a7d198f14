// What follows control and values along the ways through code, and what is asked of ordinary T-SQL where it uses code: a bundle
// by itself, which a host loads where there is code.
import type { EntryPoint } from '../code/entry-points.js';
import type { AssemblyCode } from '../code/model.js';
import type { Reachability } from '../code/reachability.js';
import type { ProjectCalls } from './code-calls.js';
import type { EmptyHandler } from './empty-handlers.js';
import type { readOrdinary } from '../tsql/ordinary.js';
import type { Identities } from './identities.js';
import type { connectionFaultsOf } from './open-connections.js';
import type { Project } from './project.js';
import type { callFaults } from './call-faults.js';
import type { indexFaults } from './index-faults.js';
import type { memberMisuses } from './member-misuses.js';
import type { Requirements } from './requirements.js';
import type { comparisonFaults, typePlaceFaults } from './type-place-faults.js';
import type { UntrustedInput } from './untrusted-input.js';

export interface FlowAnalysis {
  untrustedInputOf(code: AssemblyCode, requirements: Pick<Requirements, 'reachability' | 'uses'>): UntrustedInput;
  identitiesOf(code: AssemblyCode, entries: readonly EntryPoint[]): Identities;
  connectionFaultsOf: typeof connectionFaultsOf;
  readonly readOrdinary: typeof readOrdinary;
  readonly memberMisuses: typeof memberMisuses;
  readonly callFaults: typeof callFaults;
  readonly comparisonFaults: typeof comparisonFaults;
  readonly indexFaults: typeof indexFaults;
  readonly typePlaceFaults: typeof typePlaceFaults;
  emptyHandlersOf(code: AssemblyCode, reachability: Reachability): readonly EmptyHandler[];
  callsOf(project: Project): ProjectCalls;
}
