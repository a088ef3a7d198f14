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
import type { CodeFault, Project } from './project.js';
import type { Requirements } from './requirements.js';
import type { UntrustedInput } from './untrusted-input.js';

export interface FlowAnalysis {
  untrustedInputOf(code: AssemblyCode, requirements: Pick<Requirements, 'reachability' | 'uses'>): UntrustedInput;
  identitiesOf(code: AssemblyCode, entries: readonly EntryPoint[]): Identities;
  connectionFaultsOf: typeof connectionFaultsOf;
  readonly readOrdinary: typeof readOrdinary;
  emptyHandlersOf(code: AssemblyCode, reachability: Reachability): readonly EmptyHandler[];
  callsOf(project: Project): ProjectCalls;
  readonly aggregateFaults: Check;
  readonly callFaults: Check;
  readonly comparisonFaults: Check;
  readonly indexFaults: Check;
  readonly memberMisuses: Check;
  readonly typeFaults: Check;
  readonly typePlaceFaults: Check;
}

type Check = (project: Project) => readonly CodeFault[];
