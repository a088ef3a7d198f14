import { rightOf } from '../project/signers.js';
import { isStrict } from '../project/strict-security.js';
import type { ProjectRule } from './rule.js';

export const insufficientAssemblyGrant: ProjectRule = {
  name: 'insufficient-assembly-grant',
  summary:
    "Under 'clr strict security' EXTERNAL ACCESS ASSEMBLY trusts nothing: UNSAFE ASSEMBLY is what SQL Server asks for.",
  topic: 'assemblies',
  severity: 'warning',
  phase: 'create',
  sqlErrors: [10327, 10343],
  on: 'project',
  check(project, report) {
    if (!isStrict(project)) return;
    for (const signer of project.signers) {
      if (rightOf(signer, 'UNSAFE ASSEMBLY')) continue;
      const lesser = rightOf(signer, 'EXTERNAL ACCESS ASSEMBLY');
      if (!lesser) continue;
      const { file, span } = lesser.right;
      report(
        file.uri,
        span,
        `Login ${lesser.login.statement.name.value} of ${signer.kind} ${signer.statement.name.value} needs UNSAFE ASSEMBLY on ${project.target.title}`,
        {
          related: [{ uri: lesser.login.file.uri, span: lesser.login.statement.name.span, message: 'The login' }],
        },
      );
    }
  },
};
