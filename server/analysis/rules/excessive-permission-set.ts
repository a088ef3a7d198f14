import { isStronger } from '../project/compare-sets.js';
import type { Requirements } from '../project/requirements.js';
import type { PermissionSetName } from '../tsql/nodes.js';
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
    if (!permissionSet || !isCreated || code.types.length === 0) return;
    const needed = neededByAll(requirements);
    if (!isStronger(permissionSet, needed)) return;
    // The value of an argument, or a doubt of the table, can be the very reason for the declaration.
    const decides = requirements.assumptions.some(
      ({ otherwise }) => otherwise && !isStronger(permissionSet, otherwise),
    );
    if (decides) return;
    const message = `${name} is declared ${permissionSet} and its code needs ${needed}`;
    const [open, ...others] = requirements.assumptions.filter(
      ({ kind, otherwise }) => kind !== 'unbound' || (otherwise && isStronger(otherwise, needed)),
    );
    if (open === undefined) {
      report('declaration', message, { declare: needed });
      return;
    }
    const things = others.length === 0 ? '1 thing open' : `${others.length + 1} things open, the first`;
    report('declaration', `${message}, with ${things}: ${open.text}`, {
      severity: 'information',
    });
  },
};

/** What nothing reaches today may be reached tomorrow: it is not said to be too much. */
function neededByAll({ permissionSet, unreached }: Requirements): PermissionSetName {
  let needed = permissionSet;
  for (const reason of unreached)
    if (reason.permissionSet !== 'NONE' && isStronger(reason.permissionSet, needed)) needed = reason.permissionSet;
  return needed;
}
