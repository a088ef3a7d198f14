import { placeIn } from '../code/model.js';
import { memberText } from '../code/names.js';
import { missingEndErrors } from '../knowledge/thread-members.js';
import { whereOf, nameOf } from '../project/proof.js';
import { unendedStates } from '../project/thread-state.js';
import type { CodeRule } from './rule.js';

export const unbalancedThreadState: CodeRule = {
  name: 'unbalanced-thread-state',
  summary: 'A way out of the method leaves thread affinity, a critical region or a lock that it has begun.',
  topic: 'host-protection',
  severity: 'warning',
  phase: 'call',
  sqlErrors: [6534, 6543],
  cwe: [667],
  on: 'code',
  check(code, report, { permissionSet }) {
    // In the other sets the members themselves are refused.
    if (permissionSet !== undefined && permissionSet !== 'UNSAFE') return;
    for (const { node, operation, kind, way } of unendedStates(code.graph)) {
      const left = way === 'return' ? 'returns without its end' : `an exception leaves ${nameOf(node)} without its end`;
      report(
        placeIn(node.method, operation),
        `${whereOf({ node, operation })} calls ${memberText(operation.method)}, and ${left}`,
        { sqlErrors: missingEndErrors[kind] },
      );
    }
  },
};
