import { externalNameOf, placeOf, type CatalogObject } from '../project/catalog.js';
import { stepsOf, type Step } from '../project/timeline.js';
import type { ObjectName, Statement } from '../tsql/nodes.js';
import type { ReportSpan, ScriptRule } from './rule.js';

export const objectKindMismatch: ScriptRule = {
  name: 'object-kind-mismatch',
  summary: 'ALTER or DROP names an object that the script makes as something else.',
  topic: 'links',
  severity: 'error',
  phase: 'create',
  sqlErrors: [2010, 3705, 6530],
  on: 'script',
  check(file, report) {
    const kinds = [...file.script.byKind.keys()].filter((kind) => kind in altered || kind in dropped);
    for (const step of stepsOf(file, ...kinds)) {
      const wanted = altered[step.statement.kind] ?? dropped[step.statement.kind];
      if (!wanted) continue;
      for (const name of namesOf(step.statement)) {
        // Elsewhere: a database that is named in the statement.
        if (name.parts.length > 2) continue;
        const { is, object } = file.catalog.before(step, wanted, name.last.value, name.parts.at(-2)?.value);
        if (is !== 'present' || !object?.created) continue;
        if (step.statement.kind in dropped) checkDrop(step.statement, name, wanted, object, report);
        else checkAlter(step, name, wanted, object, object.created, report);
      }
    }
  },
};

type Wanted = 'procedure' | 'function' | 'trigger' | 'aggregate';

const altered: Partial<Record<Statement['kind'], Wanted>> = {
  alterProcedure: 'procedure',
  createOrAlterProcedure: 'procedure',
  alterFunction: 'function',
  createOrAlterFunction: 'function',
  alterTrigger: 'trigger',
  createOrAlterTrigger: 'trigger',
};

const dropped: Partial<Record<Statement['kind'], Wanted>> = {
  dropProcedure: 'procedure',
  dropFunction: 'function',
  dropAggregate: 'aggregate',
};

function namesOf(statement: Statement): readonly ObjectName[] {
  if ('names' in statement) return statement.kind === 'dropAssembly' ? [] : statement.names;
  return 'body' in statement ? [statement.name] : [];
}

function checkDrop(
  statement: Statement,
  name: ObjectName,
  wanted: Wanted,
  object: CatalogObject,
  report: ReportSpan,
): void {
  if (object.class === wanted || !('ifExists' in statement) || statement.ifExists) return;
  const isAlone = 'names' in statement && statement.names.length === 1;
  report(
    name.span,
    `${name.last.value} is ${article(object.class)}, which DROP ${wanted.toUpperCase()} does not drop`,
    {
      sqlErrors: [3705],
      related: [placeOf(object)],
      ...(isAlone && {
        fix: {
          title: `Drop the ${object.class}`,
          edits: [
            { at: { start: statement.span.start, end: name.span.start }, text: `DROP ${object.class.toUpperCase()} ` },
          ],
        },
      }),
    },
  );
}

function checkAlter(
  step: Step,
  name: ObjectName,
  wanted: Wanted,
  object: CatalogObject,
  created: Step,
  report: ReportSpan,
): void {
  const [is, was] = [step, created].map((one) => externalNameOf(one) !== undefined);
  if (object.class === wanted && is === was) return;
  const verb = `ALTER ${wanted.toUpperCase()}`;
  const message =
    object.class !== wanted
      ? `${name.last.value} is ${article(object.class)}, which ${verb} does not alter`
      : is
        ? `${name.last.value} has a T-SQL body, and ${verb} does not bind it to an assembly`
        : `${name.last.value} is bound to an assembly, and ${verb} gives it no T-SQL body`;
  report(name.span, message, { sqlErrors: [is ? 6530 : 2010], related: [placeOf(object)] });
}

function article(of: string): string {
  return `${of === 'aggregate' ? 'an' : 'a'} ${of}`;
}
