import type { AssemblyImage } from '../metadata/assembly.js';
import { nameOf } from '../project/signers.js';
import { errorsOf } from '../project/trust.js';
import type { ProjectRule } from './rule.js';

export const unsignedAssembly: ProjectRule = {
  name: 'unsigned-assembly',
  summary: 'A key or certificate is to trust the assembly, which is not signed.',
  topic: 'assemblies',
  severity: 'warning',
  phase: 'create',
  sqlErrors: [10327, 10343],
  on: 'project',
  check({ trusts }, report) {
    for (const trust of trusts) {
      const { cause, deposit, signer, evidence } = trust;
      if (cause !== 'unsigned' || !signer || !deposit.image) continue;
      const how = howSigned(deposit.image, signer.kind);
      report(deposit.file.uri, deposit.at, `Assembly ${deposit.name} ${how}, and ${nameOf(signer)} is to trust it`, {
        sqlErrors: errorsOf(trust),
        related: evidence,
      });
    }
  },
};

function howSigned({ code }: AssemblyImage, kind: 'asymmetric key' | 'certificate'): string {
  if (kind === 'certificate') return 'has no Authenticode signature';
  if (code.strongName === 'delay-signed') return 'is only delay-signed';
  return code.strongName === 'public-signed' ? 'is only public-signed' : 'has no strong name';
}
