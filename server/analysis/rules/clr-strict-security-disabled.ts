import { configuredIn } from '../project/configuration.js';
import type { ScriptRule } from './rule.js';

export const clrStrictSecurityDisabled: ScriptRule = {
  name: 'clr-strict-security-disabled',
  summary:
    "With 'clr strict security' off SQL Server takes SAFE and EXTERNAL_ACCESS for the boundary that they are not.",
  topic: 'assemblies',
  severity: 'warning',
  phase: 'review',
  cwe: [1188],
  on: 'script',
  check(file, report) {
    for (const { statement, option, number, value } of configuredIn(file.script)) {
      if (option !== 'clr strict security' || number !== 0) continue;
      report(statement.span, "'clr strict security' is turned off for the whole instance", {
        ...(value.kind === 'number' && {
          fix: { title: "Keep 'clr strict security' on", edits: [{ at: value.span, text: '1' }] },
        }),
      });
    }
  },
};
