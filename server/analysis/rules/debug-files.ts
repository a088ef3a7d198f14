import { isProgramDatabase } from '../knowledge/file-signatures.js';
import { constantOf } from '../tsql/constants.js';
import { statementsOf } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

export const debugFiles: ScriptRule = {
  name: 'debug-files',
  summary: 'A deployed program database tells everyone with VIEW DEFINITION where and how the code was built.',
  topic: 'assemblies',
  severity: 'information',
  phase: 'review',
  cwe: [489],
  on: 'script',
  check(file, report) {
    for (const { name, addFiles } of statementsOf(file.script, 'alterAssembly')) {
      for (const { as, source, span } of addFiles) {
        const constant = constantOf(file.script, source);
        const isDebug =
          constant?.kind === 'binary'
            ? isProgramDatabase(constant.pieces[0]?.raw ?? '')
            : constant?.pieces[0]?.value.toLowerCase().endsWith('.pdb');
        const at = as?.span ?? { start: span.start, end: Math.min(span.end, span.start + 34) };
        if (isDebug || as?.value.toLowerCase().endsWith('.pdb'))
          report(at, `A program database is deployed with assembly ${name.value}`);
      }
    }
  },
};
