import { builtInName, isNeverTaken } from '../project/type-pairs.js';
import type { DataType, FunctionStatement } from '../tsql/nodes.js';
import type { PlacedRule, ReportSpan } from './rule.js';

export const tableShapeMismatch: PlacedRule = {
  name: 'table-shape-mismatch',
  summary:
    'A managed function returns a table with columns, constraints or an order that SQL Server does not take from it.',
  topic: 'links',
  severity: 'error',
  phase: 'create',
  sqlErrors: [5327, 6514, 6524, 6525, 6526],
  on: 'script-in-project',
  check(file, project, report) {
    for (const { statement } of project.routinesIn(file))
      if ('returns' in statement && 'order' in statement) check(statement, report);
  },
};

function check({ returns, order }: FunctionStatement, report: ReportSpan): void {
  if (returns?.kind !== 'table') return;
  for (const { name, span } of returns.constraints)
    report(span, `The table of a managed function has no ${name} constraint`, { sqlErrors: [6525] });
  for (const { name, span, type, constraints } of returns.columns) {
    if (!type) report(span, `Column ${name.value} is computed`, { sqlErrors: [6524] });
    else if (isNeverTaken(type, 'column'))
      report(type.span, `Column ${name.value} is ${builtInName(type) ?? ''}, which no managed function returns`, {
        sqlErrors: [6514],
      });
    for (const constraint of constraints) {
      const of = constraint.name;
      report(
        constraint.span,
        of === 'IDENTITY' ? `Column ${name.value} is IDENTITY` : `Column ${name.value} has a ${of} constraint`,
        { sqlErrors: [numbers[of] ?? 6526] },
      );
    }
  }
  for (const { column } of order) {
    const type = returns.columns.find(({ name }) => name.value.toLowerCase() === column.value.toLowerCase())?.type;
    if (!type || !hasNoOrder(type)) continue;
    report(column.span, `ORDER names column ${column.value}, which is of a type without an order`, {
      sqlErrors: [5327],
    });
  }
}

function hasNoOrder(type: DataType): boolean {
  const isLong = builtInName(type) !== undefined && type.facets[0]?.toLowerCase() === 'max';
  return isLong || isNeverTaken(type, 'order');
}

/** A key is told as the table's, an identity as a type that cannot be; any other constraint as the column's. */
const numbers: Partial<Record<string, number>> = { 'PRIMARY KEY': 6525, UNIQUE: 6525, IDENTITY: 6514 };
