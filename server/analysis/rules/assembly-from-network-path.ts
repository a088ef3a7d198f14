import { constantOf } from '../tsql/constants.js';
import { statementsOf } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

export const assemblyFromNetworkPath: ScriptRule = {
  name: 'assembly-from-network-path',
  summary: 'An assembly loaded from a share is whatever its keepers put there, and the server authenticates to them.',
  topic: 'assemblies',
  severity: 'warning',
  phase: 'review',
  cwe: [494],
  on: 'script',
  check(file, report) {
    for (const statement of statementsOf(file.script, 'createAssembly', 'alterAssembly')) {
      for (const source of statement.kind === 'createAssembly'
        ? statement.from
        : statement.from
          ? [statement.from]
          : []) {
        const constant = constantOf(file.script, source);
        const [first] = constant?.kind === 'text' ? constant.pieces : [];
        if (first?.value.startsWith('\\\\'))
          report(source.span, `Assembly ${statement.name.value} is read from a network path`);
      }
    }
  },
};
