import { findSecretArgument, isPlaceholder, passwordIn } from '../knowledge/secrets.js';
import { whereOf } from '../project/proof.js';
import { stringsGiven } from '../project/string-arguments.js';
import type { CodeRule } from './rule.js';

export const credentialInCode: CodeRule = {
  name: 'credential-in-code',
  summary: 'A password stands in the code, where whoever reads the assembly can read it.',
  topic: 'hygiene',
  severity: 'warning',
  phase: 'review',
  cwe: [259, 798],
  on: 'code',
  check(code, report, { requirements }) {
    for (const use of requirements.uses) {
      const { member } = use;
      const secret = member.type.kind === 'named' ? findSecretArgument(member.type.name, member.name) : undefined;
      if (!secret) continue;
      const isSecret = stringsGiven(code, use, secret.argument).some((text) => {
        const password = secret.holds === 'password' ? text : passwordIn(text);
        return password !== undefined && !isPlaceholder(password);
      });
      if (isSecret) report(use.place, `${whereOf(use)} gives ${use.text} a password that stands in the code`);
    }
  },
};
