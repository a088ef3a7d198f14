// What looks into code: how it is read from bytes, what it needs, and what follows control and values along the ways through it.
// A bundle by itself, which a host loads where there is code.
import type { readAssembly } from '../metadata/read-assembly.js';
import type { readColumnUses } from '../tsql/column-uses.js';
import type { readOrdinary } from '../tsql/ordinary.js';
import type { apiUsesOf } from './api-uses.js';
import type { assumptionsOf } from './assumptions.js';
import type { usedOnlyByAdministrators } from './bindings.js';
import type { callsOf } from './code-calls.js';
import type { emptyHandlersOf } from './empty-handlers.js';
import type { identitiesOf } from './identities.js';
import type { connectionFaultsOf } from './open-connections.js';
import type { ordinaryNamesOf } from './ordinary-names.js';
import type { requirementsOf } from './requirements.js';
import type { untrustedInputOf } from './untrusted-input.js';

export interface CodeAnalysis extends FlowAnalysis {
  readonly readAssembly: typeof readAssembly;
  readonly apiUsesOf: typeof apiUsesOf;
  readonly requirementsOf: typeof requirementsOf;
  readonly assumptionsOf: typeof assumptionsOf;
}

/** What is asked about an assembly's requirements besides. */
export interface FlowAnalysis {
  readonly callsOf: typeof callsOf;
  readonly untrustedInputOf: typeof untrustedInputOf;
  readonly identitiesOf: typeof identitiesOf;
  readonly connectionFaultsOf: typeof connectionFaultsOf;
  readonly emptyHandlersOf: typeof emptyHandlersOf;
  readonly readColumnUses: typeof readColumnUses;
  readonly readOrdinary: typeof readOrdinary;
  readonly ordinaryNamesOf: typeof ordinaryNamesOf;
  readonly usedOnlyByAdministrators: typeof usedOnlyByAdministrators;
}
