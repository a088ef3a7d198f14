import { entryName } from '../code/entry-points.js';
import { placeIn } from '../code/model.js';
import { reachFrom } from '../code/reachability.js';
import { impersonationText, stepsOfImpersonation } from '../project/impersonation-text.js';
import { whereOf } from '../project/proof.js';
import { entriesOf } from '../project/routine-reach.js';
import { suspensionAt } from '../project/suspensions.js';
import type { CodeRule } from './rule.js';

export const impersonationAcrossYield: CodeRule = {
  name: 'impersonation-across-yield',
  summary:
    'A row is handed on, or a task waited for, while another identity is in force: what goes on later has one of its own.',
  topic: 'impersonation',
  severity: 'warning',
  phase: 'call',
  on: 'code',
  check(code, report, { requirements }) {
    const { identities } = requirements;
    if (!identities?.hasImpersonation) return;
    for (const node of identities.nodes)
      for (const operation of (node.method.body?.blocks ?? []).flatMap(({ operations }) => operations)) {
        const suspension = suspensionAt(node, operation);
        const { by } = suspension ? identities.at(node, operation) : { by: undefined };
        // Who goes through the rows under another identity takes it along each time.
        if (!by || by.step) continue;
        const does = suspension === 'yield' ? 'hands on a row' : 'awaits';
        report(
          placeIn(node.method, operation),
          `${whereOf({ node, operation })} ${does} ${impersonationText(by, node)}`,
          {
            proof: stepsOfImpersonation(by),
          },
        );
        break;
      }
    for (const entry of entriesOf(requirements)) {
      if (entry.kind !== 'fill row') continue;
      const reached = reachFrom(code.graph, [entry]);
      const origin = identities.origins.find(({ node }) => reached.has(node.method));
      if (!origin) continue;
      report(
        placeIn(origin.node.method, origin.operation),
        `${whereOf(origin)} impersonates while SQL Server asks ${entryName(entry)} for a row`,
        { sqlErrors: [6522] },
      );
    }
  },
};
