import { whereOf } from '../project/proof.js';
import { splitLinks } from '../project/domain-splits.js';
import type { ProjectRule } from './rule.js';

export const applicationDomainSplit: ProjectRule = {
  name: 'application-domain-split',
  summary: 'Code looks for an assembly of another owner, which SQL Server loads into another application domain.',
  topic: 'application-domains',
  severity: 'warning',
  phase: 'call',
  on: 'project',
  check(project, report) {
    for (const { at, use, from, to } of splitLinks(project)) {
      report(
        at.uri,
        at.span,
        `${whereOf(use)} looks for ${to.name}, which ${to.owner ?? ''} owns: ${from.name} of ${from.owner ?? ''} is in another application domain`,
        {
          related: to.created
            ? [
                {
                  uri: to.created.file.uri,
                  span: to.created.statement.name.span,
                  message: `${to.name} is created here`,
                },
              ]
            : [],
        },
      );
    }
  },
};
