import { wideningPermissions } from '../knowledge/permissions.js';
import { sameName } from '../project/build-project.js';
import type { Project } from '../project/project.js';
import { allStatements, statementsOf } from '../tsql/nodes.js';
import type { ProjectRule } from './rule.js';

export const assemblyPermissionGrantedBroadly: ProjectRule = {
  name: 'assembly-permission-granted-broadly',
  summary: 'UNSAFE ASSEMBLY and EXTERNAL ACCESS ASSEMBLY belong to the login of a key or certificate, not to people.',
  topic: 'assemblies',
  severity: 'warning',
  phase: 'review',
  cwe: [269],
  on: 'project',
  check(project, report) {
    for (const file of project.scripts) {
      for (const { permissions, principals } of statementsOf(file.script, 'grant')) {
        const permission = permissions.find(({ name }) => wideningPermissions.includes(name));
        if (!permission) continue;
        for (const principal of principals) {
          const what = whatIs(project, principal.value);
          if (what) report(file.uri, principal.span, `${permission.name} is granted to ${principal.value}, ${what}`);
        }
      }
    }
  },
};

/** What a principal is, where that is known and it is no login made of a key or certificate. */
function whatIs(project: Project, principal: string): string | undefined {
  if (principal.toLowerCase() === 'public') return 'which is everybody';
  if (principal.includes('\\')) return 'a Windows account';
  for (const { script, text } of project.scripts) {
    for (const statement of allStatements(script)) {
      if (statement.kind === 'createLogin' && sameName(statement.name.value, principal)) {
        return statement.source?.kind === 'certificate' || statement.source?.kind === 'asymmetricKey'
          ? undefined
          : 'a login that people connect with';
      }
      if (statement.kind === 'unknown' && statement.words === 'CREATE SERVER') {
        const [, role] =
          /^CREATE\s+SERVER\s+ROLE\s+\[?([^\]\s;]+)/i.exec(text.slice(statement.span.start, statement.span.end)) ?? [];
        if (role !== undefined && sameName(role, principal)) return 'a server role';
      }
    }
  }
  return undefined;
}
