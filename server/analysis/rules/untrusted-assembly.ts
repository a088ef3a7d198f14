import type { Target } from '../knowledge/targets.js';
import { errorsOf, isBare, type Trust } from '../project/trust.js';
import type { ProjectRule } from './rule.js';

export const untrustedAssembly: ProjectRule = {
  name: 'untrusted-assembly',
  summary: 'Nothing in the project trusts the assembly, so SQL Server refuses to create or load it.',
  topic: 'assemblies',
  severity: 'warning',
  phase: 'create',
  sqlErrors: [10314, 10327, 10343],
  on: 'project',
  check(project, report) {
    for (const trust of project.trusts) {
      const { cause, deposit, evidence, verdict } = trust;
      const message = messageOf(trust, project.target);
      if (message === undefined || isTemplate(deposit.name)) continue;
      report(deposit.file.uri, deposit.at, message, {
        // Refused, or by TRUSTWORTHY: what nobody signed has no third.
        ...(verdict === 'unknown' &&
          !(cause === 'trustworthy' && isBare(deposit)) && { severity: 'information' as const }),
        sqlErrors: cause === 'trustworthy' ? [10314] : errorsOf(trust),
        ...((cause === 'trustworthy' || cause === 'no longer') && { phase: 'load' as const }),
        related: evidence,
      });
    }
  },
};

function messageOf(
  { cause, because, verdict, evidence, deposit: { name } }: Trust,
  target: Target,
): string | undefined {
  switch (cause) {
    case 'nothing':
    case 'hash too late':
    case 'no longer':
      return verdict === 'unknown'
        ? `No script of the project trusts assembly ${name}, by ${target.strictSecurity ? 'its hash or by ' : ''}who signed it`
        : `Nothing trusts assembly ${name}: ${because}`;
    case 'trustworthy':
      if (verdict === 'unknown') return `Nothing trusts assembly ${name}, unless its database is TRUSTWORTHY`;
      return evidence.length === 0
        ? `Nothing but TRUSTWORTHY, which msdb is from the start, trusts assembly ${name}`
        : `Nothing but TRUSTWORTHY trusts assembly ${name}, and restoring or attaching the database turns that off`;
    default:
      return undefined;
  }
}

/** `<name, sysname, default>`, a parameter that SSMS asks for. */
function isTemplate(name: string): boolean {
  return name.startsWith('<') && name.endsWith('>');
}
