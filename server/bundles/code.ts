// Entry of what looks into code, and of the rules that do, which the hosts load when there is code or something is bound to any.
export { callNodesAt, incomingCalls, itemOf, nodeOf, outgoingCalls } from '../analysis/features/call-hierarchy.js';
export { inlayHintsIn } from '../analysis/features/inlay-hints.js';
export { signatureAt } from '../analysis/features/signature-help.js';
export { readAssembly } from '../analysis/metadata/read-assembly.js';
export { apiUsesOf } from '../analysis/project/api-uses.js';
export { assumptionsOf } from '../analysis/project/assumptions.js';
export { usedOnlyByAdministrators } from '../analysis/project/bindings.js';
export { callsOf } from '../analysis/project/code-calls.js';
export { emptyHandlersOf } from '../analysis/project/empty-handlers.js';
export { identitiesOf } from '../analysis/project/identities.js';
export { connectionFaultsOf } from '../analysis/project/open-connections.js';
export { ordinaryNamesOf } from '../analysis/project/ordinary-names.js';
export { requirementsOf } from '../analysis/project/requirements.js';
export { untrustedInputOf } from '../analysis/project/untrusted-input.js';
export { codeRules } from '../analysis/rules/code-rules.js';
export { readColumnUses } from '../analysis/tsql/column-uses.js';
export { readOrdinary } from '../analysis/tsql/ordinary.js';
