import { memberName } from '../code/model.js';
import { parametersOf } from '../project/bound-methods.js';
import type { PlacedRule } from './rule.js';

export const outputMismatch: PlacedRule = {
  name: 'output-mismatch',
  summary: 'A parameter is OUTPUT in T-SQL or by reference in the method, and not both.',
  topic: 'links',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6552, 6580],
  on: 'script-in-project',
  check(file, project, report) {
    for (const { routine, statement, type, method } of project.boundMethodsIn(file)) {
      const parameters = parametersOf(statement);
      if (parameters.length !== method.parameters.length) continue;
      for (const [index, parameter] of parameters.entries()) {
        const managed = method.parameters[index];
        const { name, span, output } = parameter;
        if (!managed || managed.type.kind === 'unknown' || output === (managed.type.kind === 'byReference')) continue;
        const own = `${memberName(type, method)} takes ${managed.name}`;
        if (output) report(span, `${name} is OUTPUT, and ${own} by value`);
        // A function has no OUTPUT to declare.
        else if (routine.kind === 'function')
          report(span, `${own} by reference, which a function cannot have`, { sqlErrors: [] });
        else
          report(span, `${name} is not OUTPUT, and ${own} by reference`, {
            fix: {
              title: `Declare ${name} OUTPUT`,
              edits: [{ at: { start: span.end, end: span.end }, text: ' OUTPUT' }],
            },
          });
      }
    }
  },
};
