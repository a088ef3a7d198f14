import { impersonationText, stepsOfImpersonation } from '../project/impersonation-text.js';
import { dataAccessesOf } from '../project/data-accesses.js';
import { whereOf } from '../project/proof.js';
import type { CodeRule } from './rule.js';

export const dataAccessWhileImpersonating: CodeRule = {
  name: 'data-access-while-impersonating',
  summary: 'The routine asks for data of SQL Server, or sends to the client, before it has given back the identity.',
  topic: 'impersonation',
  severity: 'warning',
  phase: 'call',
  sqlErrors: [6233],
  on: 'code',
  check(code, report, { requirements }) {
    const { identities } = requirements;
    if (!identities?.hasImpersonation) return;
    const told = new Set<string>();
    for (const { use, does } of dataAccessesOf(code, requirements)) {
      const { node, operation } = use;
      const { by, isOwn } = identities.at(node, operation);
      // What comes behind the first does not run any more.
      const key = by && `${identities.numbers.of(node)} ${identities.numbers.of(by.origin.operation)}`;
      if (!by || !key || told.has(key)) continue;
      told.add(key);
      report(use.place, `${whereOf(use)} ${does} ${impersonationText(by, node)}`, {
        severity: isOwn ? 'warning' : 'error',
        proof: stepsOfImpersonation(by),
      });
    }
  },
};
