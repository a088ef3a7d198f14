import type { MethodNode } from '../code/graph.js';
import type { AssemblyCode } from '../code/model.js';
import { sourceMemberOf } from '../code/source-names.js';
import { returnsOf, targetsOf, valuesOf } from '../code/values.js';
import { findSecretArgument, trustsAnyCertificate } from '../knowledge/secrets.js';
import { whereOf } from '../project/proof.js';
import type { ApiUse } from '../project/api-uses.js';
import { textsGiven } from '../project/string-arguments.js';
import type { CodeRule } from './rule.js';

/** Where what decides about a certificate is handed over, and as which argument. */
const callbacks: Readonly<Record<string, number>> = {
  'System.Net.ServicePointManager::set_ServerCertificateValidationCallback': 0,
  'System.Net.HttpWebRequest::set_ServerCertificateValidationCallback': 0,
  'System.Net.Http.HttpClientHandler::set_ServerCertificateCustomValidationCallback': 0,
  'System.Net.Security.SslStream::.ctor': 2,
};
const policy = 'System.Net.ServicePointManager::set_CertificatePolicy';

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
      const { type, name } = use.member;
      if (type.kind !== 'named') continue;
      const accepts = accepting(code, use, `${type.name}::${name}`);
      if (accepts) {
        const by = sourceMemberOf(accepts.type, accepts.method).name;
        report(use.place, `${whereOf(use)} takes any certificate: ${by} always says it is right`);
      }
      const secret = findSecretArgument(type.name, name);
      if (secret?.holds === 'connection string' && textsGiven(code, use, secret.argument).some(trustsAnyCertificate))
        report(use.place, `${whereOf(use)} connects with TrustServerCertificate`);
    }
  },
};

/** The method that always says yes. */
function accepting(code: AssemblyCode, { node, operation }: ApiUse, member: string): MethodNode | undefined {
  const argument = member === policy ? 0 : callbacks[member];
  const given = argument !== undefined && operation.kind === 'call' ? operation.arguments[argument] : undefined;
  if (!given) return undefined;
  const { graph } = code;
  const deciders = member === policy ? policiesOf(code, node, given) : targetsOf(graph, node, given);
  return deciders.find((decider) => {
    const answers = returnsOf(graph, decider);
    return answers.length > 0 && answers.every((answer) => answer.kind === 'constant' && answer.value === 1);
  });
}

function policiesOf(
  code: AssemblyCode,
  node: MethodNode,
  given: Parameters<typeof valuesOf>[2],
): readonly MethodNode[] {
  return valuesOf(code.graph, node, given).flatMap((value) => {
    const type = value.kind === 'object' ? value.operation.method.definition?.type : undefined;
    const check = type?.methods.find(({ name }) => name.endsWith('CheckValidationResult'));
    return (check && code.graph.nodes.get(check)) ?? [];
  });
}
