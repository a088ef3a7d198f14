import { findFrameworkAssembly } from '../knowledge/framework-assemblies.js';
import { externalNameOf, type CatalogObject } from '../project/catalog.js';
import { bindingsIn } from '../project/routine-bindings.js';
import type { Span } from '../text/span.js';
import type { ScriptRule } from './rule.js';

export const unbindableAssembly: ScriptRule = {
  name: 'unbindable-assembly',
  summary: 'EXTERNAL NAME names an assembly to which nothing can be bound: a hidden one, or one of the system.',
  topic: 'links',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6582, 6583],
  on: 'script',
  check(file, report) {
    if (bindingsIn(file).length === 0) return;
    const { uri, timeline, catalog } = file;
    const hidden = new Map<CatalogObject, Span>();
    for (const step of timeline.steps) {
      const { statement } = step;
      if (statement.kind === 'alterAssembly' && statement.visibility) {
        const object = catalog.objectOf(statement);
        const { value, span } = statement.visibility;
        if (object && value === 'OFF' && !step.conditional) hidden.set(object, span);
        else if (object) hidden.delete(object);
      }
      const assembly = externalNameOf(step)?.assembly;
      if (!assembly) continue;
      const { is, object } = catalog.before(step, 'assembly', assembly.value);
      const off = object && is === 'present' ? hidden.get(object) : undefined;
      if (off)
        report(assembly.span, `Assembly ${assembly.value} is hidden`, {
          sqlErrors: [6582],
          related: [{ uri, span: off, message: 'It is hidden here' }],
        });
      else if (!object && findFrameworkAssembly(assembly.value)?.supported)
        report(assembly.span, `${assembly.value} is a system assembly, to which nothing is bound`, {
          sqlErrors: [6583],
        });
    }
  },
};
