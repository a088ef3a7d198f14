import { objectText, permissionsToUse } from '../project/bindings.js';
import { sameName } from '../project/names.js';
import type { Span } from '../text/span.js';
import { statementsOf, type ObjectName, type Script } from '../tsql/nodes.js';
import type { ProjectRule } from './rule.js';

export const routineGrantedToPublic: ProjectRule = {
  name: 'routine-granted-to-public',
  summary: 'Everyone may use a routine of an assembly that reaches outside of SQL Server.',
  topic: 'links',
  severity: 'warning',
  phase: 'review',
  cwe: [732],
  on: 'project',
  check(project, report) {
    const granted = new Map(project.scriptsWith('grant').map((file) => [file, grantedToPublic(file.script)]));
    for (const routine of project.routines) {
      const { assembly, kind, name, file } = routine;
      const set = assembly?.permissionSet;
      if (!assembly || (set !== 'EXTERNAL_ACCESS' && set !== 'UNSAFE')) continue;
      const wanted = [...permissionsToUse(routine), 'CONTROL', 'ALL', 'ALL PRIVILEGES'];
      const span = wanted.map((permission) => granted.get(file)?.get(keyOf(name, permission))).find((at) => at);
      if (!span) continue;
      report(
        file.uri,
        span,
        `Everyone may use ${kind} ${objectText(name)} of assembly ${assembly.name}, which is ${set}`,
        {
          related: [{ uri: file.uri, span: name.span, message: `The ${kind}` }],
        },
      );
    }
  },
};

/** Where, by object and permission; what is taken back further down is not granted. */
function grantedToPublic(script: Script): ReadonlyMap<string, Span> {
  const granted = new Map<string, Span>();
  for (const { kind, securable, permissions, principals } of statementsOf(script, 'grant', 'deny', 'revoke')) {
    const to = principals.find(({ value }) => sameName(value, 'public'));
    if (!securable || !to || (securable.class ?? 'OBJECT') === 'SCHEMA') continue;
    for (const { name } of permissions) {
      const key = keyOf(securable.name, name);
      if (kind === 'grant') granted.set(key, to.span);
      else granted.delete(key);
    }
  }
  return granted;
}

function keyOf({ parts, last }: ObjectName, permission: string): string {
  return [parts.at(-2)?.value ?? 'dbo', last.value, permission === 'EXEC' ? 'EXECUTE' : permission]
    .join('\n')
    .toLowerCase();
}
