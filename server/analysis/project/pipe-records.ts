// Rows that code sends through SqlContext.Pipe, and the columns of the result set that they are sent into.
// Sources: learn.microsoft.com "SqlPipe object", "SqlDataRecord object"; Msg 6204, 6241, 6256; "Maximum capacity specifications for
// SQL Server" (4,096 columns of a SELECT statement); read 2026-11.
import type { Call, NewArray, Operand, StoreElement } from '../code/body.js';
import type { MethodNode } from '../code/graph.js';
import type { AssemblyCode } from '../code/model.js';
import { constantsOf, valuesOf } from '../code/values.js';
import { pipeType } from '../knowledge/context-connection.js';
import type { ApiUse } from './api-uses.js';
import { grouped } from './grouped.js';
import type { Requirements } from './requirements.js';

export interface RecordFault {
  readonly use: ApiUse;
  /** Continues a sentence that begins with the method. */
  readonly what: string;
  readonly sqlErrors: readonly number[];
}

const mostColumns = 4096;

export function recordFaults(code: AssemblyCode, { uses }: Pick<Requirements, 'uses'>): readonly RecordFault[] {
  const sends = uses.filter(({ member: { type } }) => type.kind === 'named' && type.name === pipeType);
  const shapes = new Shapes(code);
  const faults: RecordFault[] = [];
  const named = (name: string): readonly ApiUse[] => sends.filter(({ member }) => member.name === name);
  for (const use of [...named('SendResultsStart'), ...named('Send')]) {
    const length = shapes.of(use)?.length;
    if (length !== undefined && length > mostColumns)
      faults.push({
        use,
        what: `sends rows of ${length} columns, and a result set has at most ${mostColumns}`,
        sqlErrors: [6256],
      });
  }
  const starts = grouped(named('SendResultsStart'), ({ node }) => node);
  for (const use of named('SendResultsRow')) {
    // Of several result sets it is not followed into which one a row goes.
    const [start, other] = starts.get(use.node) ?? [];
    const [begun, row] = start && !other ? [shapes.of(start), shapes.of(use)] : [];
    if (!begun || !row) continue;
    if (begun.length !== row.length)
      faults.push({
        use,
        what: `sends a row of ${columns(row.length)} into a result set of ${columns(begun.length)}`,
        sqlErrors: [6204],
      });
    else {
      const at = begun.findIndex((column, index) => differs(column, row[index]));
      if (at >= 0)
        faults.push({
          use,
          what: `sends a row whose column ${at + 1} has another name or type than that of the result set`,
          sqlErrors: [6241],
        });
    }
  }
  return faults;
}

function columns(count: number): string {
  return `${count} ${count === 1 ? 'column' : 'columns'}`;
}

/** As far as the code tells: undefined for what it does not. */
interface Column {
  readonly name: string | undefined;
  readonly type: number | undefined;
}

function differs(one: Column, other: Column | undefined): boolean {
  const isOther = (a: unknown, b: unknown): boolean => a !== undefined && b !== undefined && a !== b;
  return other !== undefined && (isOther(one.name, other.name) || isOther(one.type, other.type));
}

class Shapes {
  readonly #code: AssemblyCode;
  readonly #stores = new Map<MethodNode, ReadonlyMap<NewArray, readonly StoreElement[]>>();
  readonly #known = new Map<Call, readonly Column[] | undefined>();

  constructor(code: AssemblyCode) {
    this.#code = code;
  }

  /** Of the record that a call is given, where it can be one alone. */
  of({ node, operation }: ApiUse): readonly Column[] | undefined {
    const given = operation.kind === 'call' ? operation.arguments[0] : undefined;
    const [record, ...others] = given ? valuesOf(this.#code.graph, node, given) : [];
    if (record?.kind !== 'object' || others.length > 0) return undefined;
    const { type } = record.operation.method;
    if (type.kind !== 'named' || type.name !== 'Microsoft.SqlServer.Server.SqlDataRecord') return undefined;
    if (!this.#known.has(record.operation))
      this.#known.set(record.operation, this.#columns(record.node, record.operation));
    return this.#known.get(record.operation);
  }

  /** `new SqlDataRecord(params SqlMetaData[])`. */
  #columns(node: MethodNode, { arguments: given }: Call): readonly Column[] | undefined {
    const [array, ...others] = given[0] ? valuesOf(this.#code.graph, node, given[0]) : [];
    if (array?.kind !== 'array' || others.length > 0) return undefined;
    const lengths = constantsOf(this.#code.graph, array.node, array.operation.length);
    const length = Number(lengths?.[0]);
    if (lengths?.length !== 1 || !Number.isInteger(length) || length < 0 || length > 100_000) return undefined;
    const columns = new Array<Column>(length).fill({ name: undefined, type: undefined });
    const stored = new Set<number>();
    for (const { index: place, value } of this.#storesOf(array.node).get(array.operation) ?? []) {
      const at = constantsOf(this.#code.graph, array.node, place);
      const index = Number(at?.[0]);
      // Stored at an index that is not known, or twice, it may be any.
      if (at?.length !== 1 || stored.has(index)) return columns.map(() => ({ name: undefined, type: undefined }));
      stored.add(index);
      if (index < length) columns[index] = this.#column(array.node, value);
    }
    return columns;
  }

  /** What a method stores into the arrays that it may mean. */
  #storesOf(node: MethodNode): ReadonlyMap<NewArray, readonly StoreElement[]> {
    const known = this.#stores.get(node);
    if (known) return known;
    const stores = new Map<NewArray, StoreElement[]>();
    this.#stores.set(node, stores);
    for (const { operations } of node.method.body?.blocks ?? [])
      for (const operation of operations) {
        if (operation.kind !== 'storeElement') continue;
        for (const value of valuesOf(this.#code.graph, node, operation.array)) {
          if (value.kind !== 'array') continue;
          const all = stores.get(value.operation);
          if (all) all.push(operation);
          else stores.set(value.operation, [operation]);
        }
      }
    return stores;
  }

  /** `new SqlMetaData(name, SqlDbType.…, …)`. */
  #column(node: MethodNode, operand: Operand): Column {
    const [made, ...others] = valuesOf(this.#code.graph, node, operand);
    if (made?.kind !== 'object' || others.length > 0) return { name: undefined, type: undefined };
    const [name, type] = made.operation.arguments.map((one) => {
      const constants = constantsOf(this.#code.graph, made.node, one);
      return constants?.length === 1 ? constants[0] : undefined;
    });
    return {
      name: typeof name === 'string' ? name : undefined,
      type: type === undefined || type === null || typeof type === 'string' ? undefined : Number(type),
    };
  }
}
