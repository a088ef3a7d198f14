import { configuredIn, type Configured } from '../project/configuration.js';
import type { ScriptRule } from './rule.js';

export const clrWithLightweightPooling: ScriptRule = {
  name: 'clr-with-lightweight-pooling',
  summary: 'The script turns on both CLR integration and lightweight pooling, under which no managed code runs.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  sqlErrors: [5846],
  on: 'script',
  check(file, report) {
    const { uri, script } = file;
    const on = new Map<string, Configured>();
    for (const configured of configuredIn(script)) {
      const { statement, option, number } = configured;
      const step = file.timeline.stepOf(statement);
      if (!step) continue;
      if (number !== 1 || step.conditional) on.delete(option);
      else if (!on.has(option)) on.set(option, configured);
      const [clr, pooling] = [on.get('clr enabled'), on.get('lightweight pooling')];
      if (!clr || !pooling || (configured !== clr && configured !== pooling)) continue;
      const other = configured === clr ? pooling : clr;
      report(statement.span, `'${option}' is turned on while '${other.option}' is`, {
        related: [{ uri, span: other.statement.span, message: `'${other.option}' is turned on here` }],
      });
    }
  },
};
