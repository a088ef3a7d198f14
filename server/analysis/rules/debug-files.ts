import { constantOf } from '../tsql/constants.js';
import { statementsOf } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

/** `Microsoft C/C++ MSF` and `BSJB`: how program databases begin. */
const signatures = /^(4D6963726F736F667420432F432B2B|42534A42)/i;

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
            ? signatures.test(constant.pieces[0]?.raw.slice(0, 40) ?? '')
            : constant?.pieces[0]?.value.toLowerCase().endsWith('.pdb');
        const at = as?.span ?? { start: span.start, end: Math.min(span.end, span.start + 34) };
        if (isDebug || as?.value.toLowerCase().endsWith('.pdb'))
          report(at, `A program database is deployed with assembly ${name.value}`);
      }
    }
  },
};
