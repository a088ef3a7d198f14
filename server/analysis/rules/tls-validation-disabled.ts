import type { Operand } from '../code/body.js';
import type { MethodNode } from '../code/graph.js';
import type { AssemblyCode } from '../code/model.js';
import { fixesBy } from '../code/remedy.js';
import { sourceMemberOf } from '../code/source-names.js';
import { constantsOf, returnsOf, targetsOf, valuesOf } from '../code/values.js';
import { findSecretArgument, trustsAnyCertificate } from '../knowledge/secrets.js';
import { certificateCallbacks, certificatePolicySetter, certificateSetters } from '../knowledge/tls.js';
import type { ApiUse } from '../project/api-uses.js';
import { whereOf } from '../project/proof.js';
import { textsGiven } from '../project/string-arguments.js';
import type { CodeRule } from './rule.js';

export const tlsValidationDisabled: CodeRule = {
  name: 'tls-validation-disabled',
  summary:
    'The code takes any certificate a server shows, so that whoever is in between can read and change what is sent.',
  topic: 'hygiene',
  severity: 'warning',
  phase: 'review',
  cwe: [295],
  on: 'code',
  check(code, report, { requirements }) {
    for (const use of requirements.uses) {
      const accepts = accepting(code, use);
      if (accepts) {
        const { name, made } = sourceMemberOf(accepts.type, accepts.method);
        const who = made ? 'its callback' : name;
        report(
          use.place,
          `${whereOf(use)} takes any certificate: ${who} always returns true`,
          fixesBy(code, {
            title: 'Look at certificates: remove the statement',
            changes: use.member.name.startsWith('set_') ? [{ kind: 'removeStatement', at: use.place }] : [],
            needsReview: true,
          }),
        );
      }
      if (connectsUnchecked(code, use))
        report(use.place, `${whereOf(use)} takes any certificate: TrustServerCertificate is true`);
    }
  },
};

/** The method that always says yes, where one is handed over. */
function accepting(code: AssemblyCode, { node, member, operation }: ApiUse): MethodNode | undefined {
  if (member.type.kind !== 'named' || operation.kind !== 'call') return undefined;
  const name = `${member.type.name}::${member.name}`;
  const isPolicy = name === certificatePolicySetter;
  const at =
    isPolicy || certificateSetters.has(name)
      ? 0
      : member.parameters.findIndex((type) => type.kind === 'named' && certificateCallbacks.has(type.name));
  const given = operation.arguments[at];
  if (!given) return undefined;
  const deciders = isPolicy ? policiesOf(code, node, given) : targetsOf(code.graph, node, given);
  return deciders.find((decider) => saysYes(code, decider));
}

/** Returns true and nothing else, and never throws: it is certain for what it is asked about. */
function saysYes({ graph }: AssemblyCode, decider: MethodNode): boolean {
  const asked = [decider, ...decider.edges.flatMap(({ to }) => graph.nodes.get(to.method) ?? [])];
  if (asked.some(({ method }) => method.body?.blocks.some(({ end }) => end.kind === 'throw'))) return false;
  const answers = returnsOf(graph, decider);
  return answers.length > 0 && answers.every((answer) => answer.kind === 'constant' && answer.value === 1);
}

function policiesOf(code: AssemblyCode, node: MethodNode, given: Operand): readonly MethodNode[] {
  return valuesOf(code.graph, node, given).flatMap((value) => {
    const type = value.kind === 'object' ? value.operation.method.definition?.type : undefined;
    const check = type?.methods.find(({ name }) => name.endsWith('CheckValidationResult'));
    return (check && code.graph.nodes.get(check)) ?? [];
  });
}

function connectsUnchecked(code: AssemblyCode, use: ApiUse): boolean {
  const { member, operation, node } = use;
  if (member.type.kind !== 'named') return false;
  if (member.name === 'set_TrustServerCertificate') {
    const [given] = operation.kind === 'call' ? operation.arguments : [];
    return (given && constantsOf(code.graph, node, given)?.includes(1)) ?? false;
  }
  const secret = findSecretArgument(member.type.name, member.name);
  return secret?.holds === 'connection string' && textsGiven(code, use, secret.argument).some(trustsAnyCertificate);
}
