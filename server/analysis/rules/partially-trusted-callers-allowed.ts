import type { CodeRule } from './rule.js';

const attribute = 'System.Security.AllowPartiallyTrustedCallersAttribute';

export const partiallyTrustedCallersAllowed: CodeRule = {
  name: 'partially-trusted-callers-allowed',
  summary: 'An UNSAFE assembly lets partially trusted code call it: what it may do, SAFE assemblies can ask it to do.',
  topic: 'partially-trusted-callers',
  severity: 'warning',
  phase: 'review',
  cwe: [250, 269],
  on: 'code',
  check(code, report, { name, permissionSet }) {
    const found = code.attributes.find(({ type }) => type === attribute);
    if (found && permissionSet === 'UNSAFE')
      report(found.place, `${name} is UNSAFE and allows partially trusted callers`);
  },
};
