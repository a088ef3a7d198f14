import { statementsOf } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

export const implicitPermissionSet: ScriptRule = {
  name: 'implicit-permission-set',
  summary: 'Without PERMISSION_SET an assembly is SAFE, and the script does not say that it was meant to be.',
  topic: 'permission-sets',
  severity: 'hint',
  phase: 'review',
  on: 'script',
  check(file, report) {
    for (const { name, from, permissionSet, span } of statementsOf(file.script, 'createAssembly')) {
      if (
        permissionSet ||
        from.length === 0 ||
        file.script.errors.some((error) => span.start <= error.span.start && error.span.start <= span.end)
      )
        continue;
      report(name.span, `Assembly ${name.value} names no PERMISSION_SET and is SAFE`, {
        fix: {
          title: 'Write PERMISSION_SET = SAFE',
          edits: [{ at: { start: span.end, end: span.end }, text: ' WITH PERMISSION_SET = SAFE' }],
        },
      });
    }
  },
};
