import { nameOf } from '../project/signers.js';
import { errorsOf } from '../project/trust.js';
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
    for (const trust of trusts) {
      const { cause, deposit, signer, evidence } = trust;
      if (cause !== 'other signer' || !signer) continue;
      report(
        deposit.file.uri,
        deposit.at,
        `Assembly ${deposit.name} is not signed with ${nameOf(signer)}, which is to trust it`,
        { sqlErrors: errorsOf(trust), related: evidence },
      );
    }
  },
};
