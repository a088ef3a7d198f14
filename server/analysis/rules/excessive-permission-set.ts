import { isStronger } from '../project/api-uses.js';
import type { CodeRule } from './rule.js';

export const excessivePermissionSet: CodeRule = {
  name: 'excessive-permission-set',
  summary: 'The assembly is declared with a permission set above what its code needs.',
  topic: 'permission-sets',
  severity: 'warning',
  phase: 'review',
  cwe: [250],
  on: 'code',
  check(code, report, { name, permissionSet, isCreated, requirements }) {
    if (!permissionSet || !isCreated || !isStronger(permissionSet, requirements.permissionSet)) return;
    // What nothing reaches today may be reached tomorrow: it is not said to be too much.
    const dormant = requirements.unreached.some((reason) => !isStronger(permissionSet, reason.permissionSet));
    if (dormant || code.types.length === 0) return;
    const open = requirements.assumptions.length;
    const proviso = open === 0 ? '' : `, as far as ${open} thing${open === 1 ? '' : 's'} that cannot be told allow`;
    report(
      'declaration',
      `${name} is declared ${permissionSet}; its code needs ${requirements.permissionSet}${proviso}`,
      {
        severity: open === 0 ? 'warning' : 'information',
      },
    );
  },
};
