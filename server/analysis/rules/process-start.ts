import { importText, nativeImports } from '../project/notable-uses.js';
import { startOf } from '../project/process-starts.js';
import { toldOnce } from '../project/proof.js';
import type { ApiUse } from '../project/api-uses.js';
import type { CodeRule } from './rule.js';

export const processStart: CodeRule = {
  name: 'process-start',
  summary:
    'The code starts processes, which run as the SQL Server service account outside of what SQL Server controls.',
  topic: 'permission-sets',
  severity: 'warning',
  phase: 'review',
  cwe: [78, 250],
  on: 'code',
  check(code, report, { requirements }) {
    const starts = new Map<ApiUse, string>();
    for (const use of requirements.uses) {
      const start = startOf(code, use);
      if (start !== undefined) starts.set(use, start);
    }
    const told = toldOnce([...starts.keys()], (use) => `${starts.get(use)} ${use.text}`);
    for (const { first, place, where, also } of told)
      report(place, `${where} ${starts.get(first)} by ${first.text}${also}`);
    for (const native of nativeImports(code, 'process')) report(native.method.place, importText(native));
  },
};
