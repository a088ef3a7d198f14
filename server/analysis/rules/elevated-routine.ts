import type { PlacedRule } from './rule.js';
import { executedText, findInjection } from '../project/dynamic-sql.js';
import type { ScriptFile } from '../project/project.js';
import { textOf } from '../tsql/constants.js';
import { routineKinds, statementsOf, type Execute, type RoutineStatement, type Statement } from '../tsql/nodes.js';

export const elevatedRoutine: PlacedRule = {
  name: 'elevated-routine',
  summary: 'EXECUTE AS lends every caller the rights of another principal, and what the routine runs is not fixed.',
  topic: 'links',
  severity: 'warning',
  phase: 'review',
  cwe: [89, 250],
  on: 'script-in-project',
  check(file, project, report) {
    for (const { statement, assembly } of project.routinesIn(file)) {
      if (!('executeAs' in statement) || !statement.executeAs || statement.executeAs.context === 'CALLER') continue;
      if (assembly?.permissionSet !== 'EXTERNAL_ACCESS' && assembly?.permissionSet !== 'UNSAFE') continue;
      report(
        statement.executeAs.span,
        `${statement.name.last.value} runs code of ${assembly.permissionSet} assembly ${assembly.name} as ${whomOf(statement)}`,
      );
    }
    const textsOf = (call: Execute) => [executedText(call) ?? project.calls.textsIn(call) ?? []].flat();
    for (const statement of statementsOf(file.script, ...routineKinds)) {
      const clause = statement.executeAs;
      if (!clause || clause.context === 'CALLER') continue;
      const injection = 'parameters' in statement ? findInjection(file.text, statement, textsOf) : undefined;
      if (injection) {
        const { call, parameter } = injection;
        const runs = `${statement.name.last.value} runs SQL made of its parameter ${parameter.name} as ${whomOf(statement)}`;
        report(clause.span, runs, {
          related: [
            { uri: file.uri, span: parameter.span, message: 'Whoever calls gives this' },
            { uri: file.uri, span: call.span, message: 'It is part of what runs here' },
          ],
        });
        continue;
      }
      const dynamic = executesIn(statement.body).find((call) => isDynamic(file, call));
      if (!dynamic) continue;
      report(clause.span, `${statement.name.last.value} runs dynamic SQL as ${whomOf(statement)}`, {
        severity: 'information',
        related: [{ uri: file.uri, span: dynamic.span, message: 'What runs here is put together at run time' }],
      });
    }
  },
};

function whomOf({ executeAs }: RoutineStatement): string {
  return executeAs?.context === 'USER' ? `'${executeAs.user?.value ?? ''}'` : (executeAs?.context ?? '');
}

function executesIn(body: readonly Statement[]): readonly Execute[] {
  return body.filter((statement): statement is Execute => statement.kind === 'execute');
}

/** Text that is not a constant, and that sp_executesql's parameters alone do not make. */
function isDynamic({ script }: ScriptFile, call: Execute): boolean {
  const text = executedText(call);
  return text !== undefined && textOf(script, text) === undefined;
}
