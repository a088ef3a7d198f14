import { changingPermissions, everybody, wideningPermissions } from '../knowledge/permissions.js';
import type { Project } from '../project/project.js';
import { statementsOf, type SecurityStatement } from '../tsql/nodes.js';
import type { PlacedRule } from './rule.js';

export const assemblyPermissionGrantedBroadly: PlacedRule = {
  name: 'assembly-permission-granted-broadly',
  summary:
    'UNSAFE ASSEMBLY and EXTERNAL ACCESS ASSEMBLY belong to the login of a key or certificate, and what changes assemblies to nobody but who does.',
  topic: 'assemblies',
  severity: 'warning',
  phase: 'review',
  cwe: [269],
  on: 'script-in-project',
  check(file, project, report) {
    let known: ReadonlyMap<string, string> | undefined;
    for (const { permissions, principals, securable } of statementsOf(file.script, 'grant')) {
      const changing = changingOf(permissions, securable);
      if (changing !== undefined) {
        for (const { value, span } of principals) {
          const whom = everybody.get(value.toLowerCase());
          if (whom !== undefined) report(span, `${changing} is granted to ${value}, which is ${whom}`);
        }
      }
      const permission = permissions.find(({ name }) => wideningPermissions.includes(name));
      if (!permission) continue;
      known ??= principalsOf(project);
      for (const principal of principals) {
        const what = whatIs(known, principal.value);
        if (what) report(principal.span, `${permission.name} is granted to ${principal.value}, ${what}`);
      }
    }
  },
};

/** `CONTROL on assembly Payroll`, `ALTER ANY ASSEMBLY`. */
function changingOf(
  permissions: SecurityStatement['permissions'],
  securable: SecurityStatement['securable'],
): string | undefined {
  if (securable && securable.class !== 'ASSEMBLY') return undefined;
  // Of a database, CONTROL and its like are about more than assemblies.
  const found = permissions.find(({ name }) => changingPermissions.has(name) && (securable || / ASSEMBLY$/.test(name)));
  return found && (securable ? `${found.name} on assembly ${securable.name.last.value}` : found.name);
}

/** What principals are, by name in lower case, where they are no login made of a key or certificate. */
function principalsOf(project: Project): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  for (const { script } of project.scriptsWith('createLogin', 'createServerRole')) {
    for (const { name, source } of statementsOf(script, 'createLogin')) {
      if (source?.kind !== 'certificate' && source?.kind !== 'asymmetricKey')
        known.set(name.value.toLowerCase(), 'a login that people connect with');
    }
    for (const { name } of statementsOf(script, 'createServerRole'))
      known.set(name.value.toLowerCase(), 'a server role');
  }
  return known;
}

function whatIs(principals: ReadonlyMap<string, string>, principal: string): string | undefined {
  if (principal.toLowerCase() === 'public') return `which is ${everybody.get('public')}`;
  return principals.get(principal.toLowerCase()) ?? (principal.includes('\\') ? 'a Windows account' : undefined);
}
