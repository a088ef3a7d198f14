import { fileSourcesIn } from '../project/file-sources.js';
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
    for (const { statement, span, onNetwork } of fileSourcesIn(file.script)) {
      if (onNetwork) report(span, `Assembly ${statement.name.value} is read from a network path`);
    }
  },
};
