// Places where a value of a user-defined type cannot stand: compared without an order, and where no such type is taken.
import { textOf } from '../tsql/constants.js';
import { deployedStatements, statementsOf, type DataType, type Identifier, type ObjectName } from '../tsql/nodes.js';
import type { Span } from '../text/span.js';
import { sameName } from './names.js';
import { marked } from './ordinary-names.js';
import type { CodeFault, Project, ScriptFile } from './project.js';
import { schemaOf } from './schema-owners.js';

/** A type whose attribute does not say IsByteOrdered, compared or sorted. */
export function comparisonFaults(project: Project, file: ScriptFile): readonly CodeFault[] {
  const names = project.ordinaryNames;
  return faultsOf(project, file, (add) => {
    const reading = project.ordinaryOf(file);
    for (const { left, right, operator, span } of reading.comparisons) {
      const of = names.types.find(left);
      if (!of || names.types.find(right)?.type !== of.type) continue;
      if (/^[+\-*/%]/.test(operator)) add(span, `${of.name} has no operator ${operator}`, 403);
      else if (marked(of, 'IsByteOrdered') === false)
        add(span, `Values of ${of.name} are compared, and it is not byte-ordered`, 403);
    }
    for (const { from, distinct, sorted } of reading.queries) {
      const check = (columns: readonly Identifier[], what: string, number: number): void => {
        for (const { value, span } of columns) {
          const of = names.columnType(from, value, file);
          if (of && marked(of, 'IsByteOrdered') === false)
            add(span, `Column ${value} ${what}, and is of ${of.name}, which is not byte-ordered`, number);
        }
      };
      check(distinct, 'is selected as DISTINCT', 421);
      check(sorted, 'is sorted or grouped by', 6210);
    }
  });
}

/** A type before it is made, while it is still used, and where none of its kind is taken. */
export function typePlaceFaults(project: Project, file: ScriptFile): readonly CodeFault[] {
  const names = project.ordinaryNames;
  return faultsOf(project, file, (add) => {
    const reading = project.ordinaryOf(file);
    const columnsOf = (type: ObjectName): readonly [string, ObjectName, Span][] =>
      reading.tables.flatMap(({ name, columns }) =>
        columns.flatMap((column): [string, ObjectName, Span][] =>
          column.type && isSame(column.type.name, type) ? [[column.name.value, name, column.span]] : [],
        ),
      );
    for (const statement of statementsOf(file.script, 'createTypeUdt')) {
      const object = file.catalog.objectOf(statement);
      const isFirst =
        object?.created?.statement === statement &&
        !object.created.conditional &&
        file.catalog.objects.filter((one) => one.class === 'type' && sameName(one.name, object.name)).length === 1;
      if (!isFirst || object.created?.database !== undefined) continue;
      for (const type of reading.declared)
        if (type.span.end <= statement.span.start && isSame(type.name, statement.name))
          add(type.span, `Type ${type.name.last.value} is used before the script creates it`, 2715);
    }
    for (const statement of statementsOf(file.script, 'dropType')) {
      const step = file.timeline.stepOf(statement);
      for (const name of step && !step.conditional ? statement.names : []) {
        const [column, table] = columnsOf(name).find(([, , { end }]) => end < statement.span.start) ?? [];
        const isThere = step && file.catalog.before(step, 'type', name.last.value, schemaOf(name)).is === 'present';
        if (isThere && column !== undefined && table && !reading.droppedTables.some((one) => isSame(one, table)))
          add(name.span, `Type ${name.last.value} is still that of column ${column} of ${table.last.value}`, 3732);
      }
    }
    for (const type of reading.ofXml) {
      const of = names.types.find(type);
      if (of) add(type.span, `OPENXML makes no column of ${of.name}`, 6632);
    }
    for (const { table, path } of reading.nestedUpdates) {
      const [column] = path.parts;
      const of = column && names.columnType(table, column.value, file);
      if (of) add(path.span, `UPDATE sets a member of a member of ${of.name}`, 4175);
    }
    for (const { from, into, selected } of reading.queries) {
      if (!into?.last.value.startsWith('#')) continue;
      for (const { value, span } of selected) {
        const of = names.columnType(from, value, file);
        const isInTemporary = project.boundTypes.some((one) =>
          sameName(one.file.timeline.stepOf(one.statement)?.database ?? '', 'tempdb'),
        );
        if (of && !isInTemporary)
          add(span, `Column ${value} goes into tempdb, which has no type ${of.name}`, 6220, 'warning');
      }
    }
    for (const statement of deployedStatements(file.script)) {
      if (statement.kind !== 'execute' || !statement.procedure) continue;
      if (!sameName(statement.procedure.last.value, 'sp_bindefault')) continue;
      const target = statement.arguments.find(({ name }, at) =>
        name === undefined ? at === 1 : sameName(name, '@objname'),
      );
      const text = target && textOf(file.script, target.value);
      const [column = '', table = '', schema = 'dbo'] = text?.split('.').reverse() ?? [];
      const of = names.columnType(nameOf(schema, table, statement.span), column, file);
      if (of && target) add(target.span, `Column ${column} is of ${of.name}, which takes no bound default`, 15101);
    }
  });
}

type Add = (at: Span, message: string, number: number, severity?: 'warning') => void;

function faultsOf(project: Project, { uri }: ScriptFile, check: (add: Add) => void): readonly CodeFault[] {
  const faults: CodeFault[] = [];
  if (project.boundTypes.length > 0)
    check((at, message, number, severity) =>
      faults.push({ uri, at, message, sqlErrors: [number], ...(severity && { severity }) }),
    );
  return faults;
}

function isSame(a: ObjectName | DataType['name'], b: ObjectName): boolean {
  return sameName(a.last.value, b.last.value) && sameName(schemaOf(a), schemaOf(b));
}

function nameOf(schema: string, table: string, span: Span): ObjectName {
  const part = (value: string): Identifier => ({ span, value, quote: 'none' });
  const last = part(table);
  return { span, parts: [part(schema), last], last };
}
