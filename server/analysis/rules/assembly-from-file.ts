import { constantOf } from '../tsql/constants.js';
import { statementsOf } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

export const assemblyFromFile: ScriptRule = {
  name: 'assembly-from-file',
  summary: 'An assembly loaded from a path is whatever lies there when the script runs.',
  topic: 'assemblies',
  severity: 'information',
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
        if (first && !first.value.startsWith('\\\\'))
          report(source.span, `Assembly ${statement.name.value} is read from a file when the script runs`);
      }
    }
  },
};
