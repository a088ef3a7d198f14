// Entry of what follows values through code, which the servers load when there is code to follow.
export { callsOf } from './analysis/project/code-calls.js';
export { aggregateFaults } from './analysis/project/aggregate-faults.js';
export { callFaults } from './analysis/project/call-faults.js';
export { emptyHandlersOf } from './analysis/project/empty-handlers.js';
export { identitiesOf } from './analysis/project/identities.js';
export { indexFaults } from './analysis/project/index-faults.js';
export { memberMisuses } from './analysis/project/member-misuses.js';
export { connectionFaultsOf } from './analysis/project/open-connections.js';
export { typeFaults } from './analysis/project/type-faults.js';
export { comparisonFaults, typePlaceFaults } from './analysis/project/type-place-faults.js';
export { untrustedInputOf } from './analysis/project/untrusted-input.js';
export { readOrdinary } from './analysis/tsql/ordinary.js';
