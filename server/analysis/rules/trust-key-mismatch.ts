import { nameOf } from '../project/signers.js';
import type { ProjectRule } from './rule.js';

export const trustKeyMismatch: ProjectRule = {
  name: 'trust-key-mismatch',
  summary: 'The key or certificate that is to trust the assembly is not the one that signed it.',
  topic: 'assemblies',
  severity: 'warning',
  phase: 'create',
  sqlErrors: [10327, 10343],
  on: 'project',
  check({ trusts }, report) {
    for (const { cause, deposit, signer, error, evidence } of trusts) {
      if (cause !== 'other signer' || !signer || error === undefined) continue;
      report(
        deposit.file.uri,
        deposit.at,
        `Assembly ${deposit.name} is not signed with ${nameOf(signer)}, which is to trust it`,
        { sqlErrors: [error], related: evidence },
      );
    }
  },
};
