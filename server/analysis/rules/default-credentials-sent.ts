import type { CodeGraph } from '../code/graph.js';
import type { MethodDef } from '../code/model.js';
import { methodsReaching, reachFrom } from '../code/reachability.js';
import { constantsOf, valuesOf } from '../code/values.js';
import { findCredentialSetter, isDefaultCredentials, isImpersonator } from '../knowledge/default-credentials.js';
import type { ApiUse } from '../project/api-uses.js';
import { toldOnce } from '../project/proof.js';
import type { Requirements } from '../project/requirements.js';
import { entriesOf } from '../project/routine-reach.js';
import type { CodeRule } from './rule.js';

export const defaultCredentialsSent: CodeRule = {
  name: 'default-credentials-sent',
  summary: "The code offers the credentials of SQL Server's own account to the server it asks.",
  topic: 'hygiene',
  severity: 'warning',
  phase: 'review',
  cwe: [522],
  on: 'code',
  check(code, report, { requirements }) {
    const sent = requirements.uses.filter(isSent);
    if (sent.length === 0) return;
    const isAsItself = withoutImpersonation(code.graph, requirements);
    for (const { first, place, where, also } of toldOnce(sent.filter(({ node }) => isAsItself(node.method))))
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

/** Whether a way into the assembly that never impersonates leads to a method: who does may well send the caller's. */
function withoutImpersonation(graph: CodeGraph, requirements: Requirements): (method: MethodDef) => boolean {
  const impersonators = requirements.uses.filter(
    ({ member: { type, name } }) => type.kind === 'named' && isImpersonator(type.name, name),
  );
  if (impersonators.length === 0) return () => true;
  const reaching = methodsReaching(
    graph,
    impersonators.map(({ node }) => node.method),
  );
  const reached = reachFrom(
    graph,
    entriesOf(requirements).filter(({ method }) => !reaching.has(method)),
  );
  return (method) => reached.has(method);
}
