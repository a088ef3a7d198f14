// Managed functions in clauses that do not take them, and behind the statement that drops them.
import type { CallUse } from '../tsql/ordinary-nodes.js';
import { isWithin, itemsWithin, type Span } from '../text/span.js';
import type { Statement } from '../tsql/nodes.js';
import { isTableResult, type Add } from './call-faults.js';
import { externalNameOf } from './catalog.js';
import type { Project, ScriptFile } from './project.js';
import { saysItReads } from './routine-reach.js';

export function checkClauses(project: Project, file: ScriptFile, add: Add): void {
  const names = project.ordinaryNames;
  const reading = project.ordinaryOf(file);
  const readingIn = (calls: readonly CallUse[], within: Span): readonly CallUse[] =>
    itemsWithin(calls, ({ name }) => name.span, within).filter(({ name }) => {
      const bound = names.routine(name)?.kind === 'function' ? names.method(name) : undefined;
      return bound !== undefined && saysItReads(bound.method);
    });

  for (const { of, columns } of reading.outputs) {
    const made = names.table(of, file);
    if (!made) continue;
    const calls = project.ordinaryOf(made.file).calls;
    for (const { value, span } of columns) {
      const column = names.column(of, value, file);
      const [call] = column && !column.type ? readingIn(calls, column.span) : [];
      if (call)
        add(span, `OUTPUT returns ${value}, which is computed by ${call.name.last.value}, which reads data`, 4186);
    }
  }

  for (const { of, span } of reading.columnAliases) {
    const routine = names.routine(of);
    if (routine && isTableResult(routine))
      add(span, `The columns of function ${of.last.value} are named by CREATE FUNCTION alone`, 317, 'warning');
  }
  for (const span of reading.unnamedNodes)
    add(span, 'What nodes returns has no names for the table and its column', 318, 'warning');

  for (const within of reading.overNested)
    for (const { name } of readingIn(reading.calls, within))
      add(name.span, `A query over the rows of a nested statement calls ${name.last.value}, which reads data`, 353);
  checkDropped(file, reading.calls, add);
}

/** A function or aggregate of managed code that the script has dropped, in a query of the script itself. */
function checkDropped(file: ScriptFile, calls: readonly CallUse[], add: Add): void {
  const dropped = new Set<string>();
  for (const { class: of, name, created, dropped: by } of file.catalog.objects)
    if (by && created && externalNameOf(created) && (of === 'function' || of === 'aggregate'))
      dropped.add(name.toLowerCase());
  if (dropped.size === 0) return;
  const statements = file.script.batches.flatMap((batch) => batch.statements);
  for (const { name, place } of calls) {
    if (name.parts.length !== 2 || place === 'from' || !dropped.has(name.last.value.toLowerCase())) continue;
    const statement = statementAt(statements, name.span);
    const step = statement && file.timeline.stepOf(statement);
    if (statement?.kind !== 'unknown' || !step || !querying.test(statement.words)) continue;
    const { is, object } = file.catalog.before(step, 'function', name.last.value, name.parts[0]?.value);
    if (is === 'absent' && object?.created && externalNameOf(object.created))
      add(
        name.span,
        `${object.class === 'aggregate' ? 'Aggregate' : 'Function'} ${name.last.value} is dropped above`,
        4121,
      );
  }
}

const querying = /^(?:DELETE|INSERT|SELECT|UPDATE|WITH)\b/;

/** The last that begins before a place, where it holds that. */
function statementAt(statements: readonly Statement[], place: Span): Statement | undefined {
  let [low, high] = [0, statements.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((statements[middle]?.span.start ?? 0) <= place.start) low = middle + 1;
    else high = middle;
  }
  const found = statements[low - 1];
  return found && isWithin(place, found.span) ? found : undefined;
}
