import { configuredIn } from '../project/configuration.js';
import { externalNameOf } from '../project/catalog.js';
import type { Span } from '../text/span.js';
import type { ScriptRule } from './rule.js';

export const clrDisabled: ScriptRule = {
  name: 'clr-disabled',
  summary: 'The script turns CLR integration off, and calls a procedure of an assembly behind it.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'call',
  sqlErrors: [6263],
  on: 'script',
  check(file, report) {
    const { uri, script } = file;
    const configured = new Map(
      configuredIn(script)
        .filter(({ option }) => option === 'clr enabled')
        .map((one) => [one.statement, one] as const),
    );
    if (configured.size === 0) return;
    const { timeline, catalog } = file;
    let set: Span | undefined;
    let off: Span | undefined;
    for (const step of timeline.steps) {
      const { statement, conditional } = step;
      if (statement.kind === 'reconfigure') off = conditional ? undefined : set;
      if (statement.kind !== 'execute') continue;
      const change = configured.get(statement);
      if (change) set = change.number === 0 && !conditional ? statement.span : undefined;
      const { procedure } = statement;
      if (!off || !procedure || procedure.parts.length > 2) continue;
      const { is, object } = catalog.before(step, 'procedure', procedure.last.value, procedure.parts.at(-2)?.value);
      const last = object?.changed.at(-1) ?? object?.created;
      if (is !== 'present' || !last || !externalNameOf(last)) continue;
      report(procedure.span, `${procedure.last.value} is of an assembly, and CLR integration is turned off above`, {
        related: [{ uri, span: off, message: 'It is turned off here' }],
      });
    }
  },
};
