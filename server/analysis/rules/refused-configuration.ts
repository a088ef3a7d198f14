import { allConfiguredIn, configuredIn } from '../project/configuration.js';
import { findServerOption, isKeptByManagedInstance } from '../knowledge/server-options.js';
import type { ScriptRule } from './rule.js';

const advancedShown = 'show advanced options';

export const refusedConfiguration: ScriptRule = {
  name: 'refused-configuration',
  summary:
    'sp_configure refuses the value, an advanced option that the script has hidden, or one that the target keeps.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  sqlErrors: [5869, 5870, 15123, 15129],
  on: 'script',
  check(file, report, { target }) {
    const { script } = file;
    let hidden = false;
    for (const { statement, option, number, value } of configuredIn(script)) {
      const step = file.timeline.stepOf(statement);
      if (!step) continue;
      if (option === advancedShown) hidden = number === 0 && !step.conditional;
      else if (hidden && findServerOption(option)?.advanced)
        report(statement.span, `'${option}' is an advanced option, and 'show advanced options' is turned off above`, {
          sqlErrors: [15123],
        });
      if (number !== undefined && number > 1) report(value.span, `'${option}' takes 0 or 1`, { sqlErrors: [15129] });
    }
    if (!target.keepsOptions) return;
    for (const { statement, option } of allConfiguredIn(script))
      if (isKeptByManagedInstance(option))
        report(statement.span, `${target.title} keeps '${option}' to itself`, { sqlErrors: [5869, 5870] });
  },
};
