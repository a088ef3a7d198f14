import { constantsOf } from '../code/values.js';
import { whereOf } from '../project/proof.js';
import type { CodeRule } from './rule.js';

/** Bits of SecurityProtocolType and SslProtocols: SSL 2, SSL 3, TLS 1.0, TLS 1.1. */
const weak: readonly (readonly [bits: number, name: string])[] = [
  [0x0c, 'SSL 2'],
  [0x30, 'SSL 3'],
  [0xc0, 'TLS 1.0'],
  [0x300, 'TLS 1.1'],
];

/** Where a set of protocols is handed over, and as which argument. */
const members: Readonly<Record<string, number>> = {
  'System.Net.ServicePointManager::set_SecurityProtocol': 0,
  'System.Net.Security.SslStream::AuthenticateAsClient': 2,
  'System.Net.Security.SslStream::AuthenticateAsServer': 2,
};

export const weakTls: CodeRule = {
  name: 'weak-tls',
  summary: 'The code allows SSL, TLS 1.0 or TLS 1.1, which are broken.',
  topic: 'hygiene',
  severity: 'warning',
  phase: 'review',
  cwe: [327],
  on: 'code',
  check(code, report, { requirements }) {
    for (const use of requirements.uses) {
      const { member, operation, node } = use;
      const argument = member.type.kind === 'named' ? members[`${member.type.name}::${member.name}`] : undefined;
      const given = argument !== undefined && operation.kind === 'call' ? operation.arguments[argument] : undefined;
      const protocols = given && constantsOf(code.graph, node, given);
      const names = weak.filter(([bits]) =>
        protocols?.some((value) => typeof value === 'number' && (value & bits) !== 0),
      );
      if (names.length > 0) report(use.place, `${whereOf(use)} allows ${names.map(([, name]) => name).join(', ')}`);
    }
  },
};
