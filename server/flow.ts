// Entry of what follows values through code, which the servers load when there is code to follow.
export { callsOf } from './analysis/project/code-calls.js';
export { emptyHandlersOf } from './analysis/project/empty-handlers.js';
export { identitiesOf } from './analysis/project/identities.js';
export { connectionFaultsOf } from './analysis/project/open-connections.js';
export { untrustedInputOf } from './analysis/project/untrusted-input.js';
