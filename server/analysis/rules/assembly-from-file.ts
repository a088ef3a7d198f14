import { fileSourcesIn } from '../project/file-sources.js';
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
    for (const { statement, span, onNetwork } of fileSourcesIn(file.script)) {
      if (!onNetwork) report(span, `Assembly ${statement.name.value} is read from a file when the script runs`);
    }
  },
};
