import { memberName, type MethodDef, type TypeDef } from '../code/model.js';
import { standsAlone, type BoundMethod } from '../project/bound-methods.js';
import { functionAttribute } from '../project/routine-reach.js';
import { isNeverTaken, managedName, typeText, TypePairs } from '../project/type-pairs.js';
import type { Column } from '../tsql/nodes.js';
import type { PlacedRule, ReportSpan } from './rule.js';

export const fillRowMismatch: PlacedRule = {
  name: 'fill-row-mismatch',
  summary: 'The method that fills the rows of a table is missing, or fills other columns than RETURNS TABLE has.',
  topic: 'links',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6208, 6258, 6591, 10305, 10306, 10307],
  on: 'script-in-project',
  check(file, project, report) {
    const pairs = new TypePairs(project);
    for (const bound of project.boundMethodsIn(file)) {
      const { statement } = bound;
      const returns = 'returns' in statement ? statement.returns : undefined;
      if (returns?.kind !== 'table') continue;
      check(bound, returns.columns, pairs, report);
    }
  },
};

function check(
  { routine, type, method }: BoundMethod,
  columns: readonly Column[],
  pairs: TypePairs,
  report: ReportSpan,
): void {
  const own = memberName(type, method);
  const at = (routine.externalName.method ?? routine.name).span;
  const attribute = functionAttribute(method);
  if (!attribute) {
    // An attribute that does not resolve may be it.
    if (method.attributes.every((one) => one.type !== ''))
      report(at, `${own} fills a table, and is not marked with SqlFunction`, { sqlErrors: [10305] });
    return;
  }
  const named = attribute.named.find(({ name }) => name === 'FillRowMethodName');
  if (!named) return report(at, `SqlFunction of ${own} names no FillRowMethodName`, { sqlErrors: [10306] });
  if (named.value.kind !== 'string') return;
  const name = named.value.value ?? '';
  if (name === '') return report(at, `FillRowMethodName of ${own} is empty`, { sqlErrors: [10307] });
  const [filler, other] = type.methods.filter((one) => one.name === name);
  if (!filler && standsAlone(type))
    // It is refused; with which number, sources do not agree.
    report(at, `FillRowMethodName of ${own} names ${name}, and the class has no such method`, { sqlErrors: [] });
  if (filler && !other) checkFiller(type, filler, columns, pairs, report, at);
}

function checkFiller(
  type: TypeDef,
  filler: MethodDef,
  columns: readonly Column[],
  pairs: TypePairs,
  report: ReportSpan,
  at: { readonly start: number; readonly end: number },
): void {
  const own = memberName(type, filler);
  const [row, ...filled] = filler.parameters;
  if (filled.length !== columns.length)
    return report(
      at,
      `${own} fills ${filled.length} ${filled.length === 1 ? 'column' : 'columns'}, and the table has ${columns.length}`,
      {
        sqlErrors: [6208],
      },
    );
  if (row && managedName(row.type) !== undefined && managedName(row.type) !== 'Object')
    report(at, `${own} takes the row as ${managedName(row.type) ?? ''}, and not as object`, { sqlErrors: [6591] });
  for (const [index, column] of columns.entries()) {
    const to = filled[index]?.type;
    if (!to || to.kind === 'unknown' || !column.type) continue;
    if (to.kind !== 'byReference')
      report(column.span, `${own} takes ${filled[index]?.name ?? ''} by value, and fills no column with it`, {
        sqlErrors: [6258],
      });
    // Which types no managed code fills, `table-shape-mismatch` tells.
    else if (!isNeverTaken(column.type, 'column') && pairs.of(column.type, to.element) === 'other')
      report(
        column.type.span,
        `Column ${column.name.value} is ${typeText(column.type)}, and ${own} fills it with ${managedName(to.element) ?? ''}`,
        { sqlErrors: [6258] },
      );
  }
}
