// Indexes over what managed code computes or holds, where SQL Server makes none: what a function must say of itself first.
// Source: learn.microsoft.com "Indexes on computed columns", "Create indexed views", "CLR user-defined types"; read 2026-11.
import type { CallUse } from '../tsql/ordinary-nodes.js';
import { itemsWithin, type Span } from '../text/span.js';
import { isLarge, marked, OrdinaryNames } from './ordinary-names.js';
import type { CodeFault, Project, ScriptFile } from './project.js';
import { saysItReads, saysOf } from './routine-reach.js';
import type { BoundMethod } from './bound-methods.js';

/** In one script. */
export function indexFaults(project: Project, file: ScriptFile): readonly CodeFault[] {
  const names = project.ordinaryNames;
  const faults: CodeFault[] = [];
  if (!project.bindsCode) return faults;
  const reading = project.ordinaryOf(file);
  const add = (at: Span, message: string, number: number): void =>
    void faults.push({ uri: file.uri, at, message, sqlErrors: [number] });
  for (const { name, columns } of reading.tables)
    for (const { name: column, key } of columns) if (key) checkKey(name.last.value, column.value, key, name);
  for (const { on, columns, included, isOnline } of reading.indexes) {
    for (const column of columns) checkKey(on.last.value, column.value, column.span, on);
    for (const column of [...columns, ...included]) {
      const of = isOnline ? names.columnType(on, column.value, file) : undefined;
      if (of && isLarge(of))
        add(column.span, `Column ${column.value} is of ${of.name}, which is too large for an index made ONLINE`, 2725);
    }
    const view = names.view(on, file);
    if (view) checkView(on.last.value, view.file, view.is.span, on.span);
  }
  for (const type of reading.alteredOnline) {
    const of = names.types.find(type);
    if (of) add(type.span, `A column of ${of.name} is not altered ONLINE`, 11427);
  }
  return faults;

  function checkKey(table: string, column: string, at: Span, on: Parameters<OrdinaryNames['table']>[0]): void {
    const found = names.column(on, column, file);
    const made = names.table(on, file);
    if (!found || !made) return;
    const of = found.type && names.types.find(found.type);
    if (of && marked(of, 'IsByteOrdered') === false)
      add(at, `Column ${column} of ${table} is of ${of.name}, which is not byte-ordered`, 6210);
    if (found.type) return;
    for (const call of callsIn(project, made.file, found.span)) {
      const bound = names.method(call.name);
      const fault = bound && columnFault(bound, found.isPersisted);
      if (fault)
        return add(at, `Column ${column} of ${table} is computed by ${shown(call)}, ${fault.what}`, fault.number);
    }
  }

  function checkView(view: string, of: ScriptFile, within: Span, at: Span): void {
    for (const call of callsIn(project, of, within)) {
      const bound = names.method(call.name);
      const fault = bound && viewFault(bound, call);
      if (fault) return add(at, `View ${view} uses ${shown(call)}, ${fault.what}`, fault.number);
    }
  }
}

interface Fault {
  readonly what: string;
  readonly number: number;
}

function columnFault({ method }: BoundMethod, isPersisted: boolean): Fault | undefined {
  if (saysItReads(method)) return { what: 'which reads data', number: 2709 };
  if (saysOf(method, 'IsDeterministic') === false) return { what: 'which is not marked IsDeterministic', number: 2729 };
  if (isPersisted) return undefined;
  return saysOf(method, 'IsPrecise') === false
    ? { what: 'which is not marked IsPrecise, and is not PERSISTED', number: 2799 }
    : { what: 'and is not PERSISTED', number: 2798 };
}

function viewFault({ method, statement }: BoundMethod, { place }: CallUse): Fault | undefined {
  if ('returns' in statement && statement.returns?.kind === 'table') {
    if (saysOf(method, 'IsDeterministic') === false)
      return { what: 'a table that is not marked IsDeterministic', number: 10130 };
    return saysOf(method, 'IsPrecise') === false
      ? { what: 'a table that is not marked IsPrecise', number: 10131 }
      : { what: 'a table that managed code returns', number: 10132 };
  }
  if (saysItReads(method)) return { what: 'which reads data', number: 10133 };
  return place === 'filter' ? { what: 'outside of what it selects', number: 10141 } : undefined;
}

function callsIn(project: Project, file: ScriptFile, within: Span): readonly CallUse[] {
  return itemsWithin(project.ordinaryOf(file).calls, ({ name }) => name.span, within);
}

function shown({ name }: CallUse): string {
  return name.parts.map((part) => part?.value ?? '').join('.');
}
