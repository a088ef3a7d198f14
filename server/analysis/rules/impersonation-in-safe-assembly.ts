import { findIdentityAct } from '../knowledge/impersonation.js';
import { alsoElsewhere, whereOf } from '../project/proof.js';
import type { CodeRule } from './rule.js';

export const impersonationInSafeAssembly: CodeRule = {
  name: 'impersonation-in-safe-assembly',
  summary:
    'An assembly declared SAFE asks for the Windows identity of the caller, which only EXTERNAL_ACCESS and UNSAFE give.',
  topic: 'impersonation',
  severity: 'error',
  phase: 'call',
  sqlErrors: [6522],
  on: 'code',
  check(_, report, { name, permissionSet, requirements }) {
    if (permissionSet !== 'SAFE') return;
    const found = requirements.uses.filter(
      ({ member: { type, name: member }, operation, node }) =>
        type.kind === 'named' &&
        findIdentityAct(type.name, member) === 'caller' &&
        operation.kind === 'call' &&
        requirements.reachability.has(node.method),
    );
    const [first, ...others] = found;
    if (!first) return;
    report(
      first.place,
      `${whereOf(first)} asks for SqlContext.WindowsIdentity${alsoElsewhere(found)}, and assembly ${name} is declared SAFE`,
      { proof: others.slice(0, mostTold).map((use) => ({ place: use.place, message: `${whereOf(use)} asks too` })) },
    );
  },
};

const mostTold = 20;
