import { statementsOf } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

export const refusedModuleOption: ScriptRule = {
  name: 'refused-module-option',
  summary:
    'WITH ENCRYPTION or RECOMPILE of a procedure or trigger of an assembly, which has no T-SQL to hide or compile.',
  topic: 'links',
  severity: 'error',
  phase: 'create',
  sqlErrors: [155, 10324],
  on: 'script',
  check(file, report) {
    for (const { kind, name, options, externalName } of statementsOf(
      file.script,
      'createProcedure',
      'createOrAlterProcedure',
      'alterProcedure',
      'createTrigger',
      'createOrAlterTrigger',
      'alterTrigger',
    )) {
      if (!externalName) continue;
      const isTrigger = kind.endsWith('Trigger');
      for (const option of options) {
        if (option.name !== 'ENCRYPTION' && (option.name !== 'RECOMPILE' || isTrigger)) continue;
        report(option.span, `${name.last.value} is of an assembly, and takes no ${option.name}`, {
          sqlErrors: [isTrigger ? 10324 : 155],
        });
      }
    }
  },
};
