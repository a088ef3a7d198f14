import { constantsOf, valuesOf } from '../code/values.js';
import { findCredentialSetter, isDefaultCredentials, isImpersonator } from '../knowledge/default-credentials.js';
import type { ApiUse } from '../project/api-uses.js';
import { toldOnce } from '../project/proof.js';
import type { CodeRule } from './rule.js';

export const defaultCredentialsSent: CodeRule = {
  name: 'default-credentials-sent',
  summary: "The code offers the credentials of SQL Server's own account to the server it asks.",
  topic: 'hygiene',
  severity: 'warning',
  phase: 'review',
  cwe: [522],
  on: 'code',
  check(code, report, { requirements: { uses } }) {
    // Whoever impersonates may well send the caller's.
    if (uses.some(({ member: { type, name } }) => type.kind === 'named' && isImpersonator(type.name, name))) return;
    for (const { first, place, where, also } of toldOnce(uses.filter(isSent)))
      report(place, `${where} offers the credentials of SQL Server's own account by ${first.text}${also}`);

    function isSent({ member: { type, name }, node, operation }: ApiUse): boolean {
      const is = type.kind === 'named' ? findCredentialSetter(type.name, name) : undefined;
      const given = operation.kind === 'call' ? operation.arguments[0] : undefined;
      if (!is || !given) return false;
      if (is === 'flag') return constantsOf(code.graph, node, given)?.includes(1) ?? false;
      return valuesOf(code.graph, node, given).some((value) => {
        const owner = value.kind === 'result' ? value.operation.method.type : undefined;
        return (
          value.kind === 'result' &&
          owner?.kind === 'named' &&
          isDefaultCredentials(owner.name, value.operation.method.name)
        );
      });
    }
  },
};
