import type { Trust } from '../project/trust.js';
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
      const { cause, deposit, evidence, error } = trust;
      const message = messageOf(trust);
      if (message === undefined || isTemplate(deposit.name)) continue;
      report(deposit.file.uri, deposit.at, message, {
        ...(trust.verdict === 'unknown' && { severity: 'information' as const }),
        sqlErrors: cause === 'trustworthy' ? [10314] : error === undefined ? [] : [error],
        ...((cause === 'trustworthy' || cause === 'hash dropped') && { phase: 'load' as const }),
        related: evidence,
      });
    }
  },
};

function messageOf({ cause, because, verdict, deposit: { name } }: Trust): string | undefined {
  switch (cause) {
    case 'nothing':
    case 'hash too late':
    case 'hash dropped':
      return verdict === 'unknown'
        ? `No script of the project trusts assembly ${name}, by its hash or by who signed it`
        : `Nothing trusts assembly ${name}: ${because}`;
    case 'trustworthy':
      return `Nothing but TRUSTWORTHY trusts assembly ${name}, and restoring or attaching the database turns that off`;
    default:
      return undefined;
  }
}

/** `<name, sysname, default>`, a parameter that SSMS asks for. */
function isTemplate(name: string): boolean {
  return name.startsWith('<') && name.endsWith('>');
}
