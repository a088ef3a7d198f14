import { reachFrom } from '../code/reachability.js';
import { placeIn } from '../code/model.js';
import { dataAccessesOf, type DataAccess } from '../project/data-accesses.js';
import { impersonationText, stepsOfImpersonation } from '../project/impersonation-text.js';
import { whereOf } from '../project/proof.js';
import { threadStartsOf } from '../project/thread-starts.js';
import type { CodeRule } from './rule.js';

export const impersonationAcrossThreads: CodeRule = {
  name: 'impersonation-across-threads',
  summary:
    'Work goes to another thread: Undo does not end there what is in force here, and SQL Server gives it no data.',
  topic: 'impersonation',
  severity: 'warning',
  phase: 'call',
  sqlErrors: [6522],
  on: 'code',
  check(code, report, { requirements }) {
    const { identities } = requirements;
    const starts = threadStartsOf(code, requirements);
    if (starts.length === 0) return;
    let accesses: readonly DataAccess[] | undefined;
    for (const { use, runs } of starts) {
      const by = identities?.at(use.node, use.operation).by;
      if (by)
        report(use.place, `${whereOf(use)} gives work to another thread ${impersonationText(by, use.node)}`, {
          proof: stepsOfImpersonation(by),
          sqlErrors: [],
        });
      if (runs.length === 0) continue;
      accesses ??= dataAccessesOf(code, requirements);
      const reached = reachFrom(
        code.graph,
        runs.map(({ type, method }) => ({ type, method, kind: 'routine', isBound: false })),
        ({ why }) => why === 'call',
      );
      const access = accesses.find((one) => reached.has(one.use.node.method));
      if (access)
        report(access.use.place, `${whereOf(access.use)} ${access.does} on a thread that is not SQL Server's`, {
          proof: [{ place: placeIn(use.node.method, use.operation), message: `${whereOf(use)} starts it` }],
        });
    }
  },
};
