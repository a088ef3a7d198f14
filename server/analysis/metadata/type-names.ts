// Types as the model names them: from rows of TypeDef, TypeRef and TypeSpec.
import type { TypeRef } from '../code/model.js';
import { BadImage, Reader } from './bytes.js';
import { Table } from './schema.js';
import { readType } from './signatures.js';
import type { Metadata, TableRows, Token } from './tables.js';

const maximumNesting = 64;

export class TypeNames {
  readonly #metadata: Metadata;
  readonly #types: TableRows;
  readonly #enclosing = new Map<number, number>();
  readonly #names = new Map<number, string>();
  /** Rows of TypeDef by name. */
  #rows: ReadonlyMap<string, number> | undefined;

  constructor(metadata: Metadata) {
    this.#metadata = metadata;
    this.#types = metadata.table(Table.TypeDef);
    const nested = metadata.table(Table.NestedClass);
    for (let row = 1; row <= nested.count; row++)
      this.#enclosing.set(nested.cell(row, 'nested'), nested.cell(row, 'enclosing'));
  }

  /** A TypeDef, TypeRef or TypeSpec; a bad one throws BadImage. */
  readonly nameOf = (token: Token, depth: number): TypeRef => {
    if (depth > maximumNesting) throw new BadImage('malformed', 'A type is made of itself');
    switch (token.table) {
      case Table.TypeDef:
        return { kind: 'named', name: this.definitionName(token.row), arguments: [] };
      case Table.TypeRef:
        return this.#typeRef(token.row, depth);
      case Table.TypeSpec:
        return readType(
          new Reader(this.#metadata.blob(this.#metadata.table(Table.TypeSpec).cell(token.row, 'signature'))),
          this.nameOf,
          depth + 1,
        );
      default:
        return { kind: 'unknown' };
    }
  };

  /** Of a row of TypeDef. */
  definitionName(row: number, depth = 0): string {
    const known = this.#names.get(row);
    if (known !== undefined) return known;
    if (depth > maximumNesting)
      throw new BadImage('malformed', 'Types lie in one another deeper than any compiler has them');
    const own = this.#metadata.string(this.#types.cell(row, 'name'));
    const enclosing = this.#enclosing.get(row);
    const namespace = enclosing === undefined ? this.#metadata.string(this.#types.cell(row, 'namespace')) : '';
    const name =
      enclosing !== undefined
        ? `${this.definitionName(enclosing, depth + 1)}+${own}`
        : namespace === ''
          ? own
          : `${namespace}.${own}`;
    this.#names.set(row, name);
    return name;
  }

  /** Public itself, and every type it lies in. */
  isPublic(row: number): boolean {
    for (let at = row, depth = 0; depth < maximumNesting; depth++) {
      const visibility = this.#types.cell(at, 'flags') & 7;
      const enclosing = this.#enclosing.get(at);
      if (enclosing === undefined) return visibility === 1;
      if (visibility !== 2) return false;
      at = enclosing;
    }
    return false;
  }

  /** The row of TypeDef that has a name. */
  rowNamed(name: string): number | undefined {
    this.#rows ??= new Map(
      Array.from({ length: this.#types.count }, (_, index) => [this.definitionName(index + 1), index + 1]),
    );
    return this.#rows.get(name);
  }

  /** The row of TypeDef whose method list holds a method: the last that begins at or before it. */
  ownerOfMethod(method: number): number {
    return this.#ownerOf('methodList', method);
  }

  ownerOfField(field: number): number {
    return this.#ownerOf('fieldList', field);
  }

  #ownerOf(column: string, member: number): number {
    let low = 1;
    let high = this.#types.count;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#types.cell(middle, column) <= member) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #typeRef(row: number, depth: number): TypeRef {
    const table = this.#metadata.table(Table.TypeRef);
    const scope = table.token(row, 'scope');
    const own = this.#metadata.string(table.cell(row, 'name'));
    if (scope.table === Table.TypeRef && scope.row !== 0) {
      const outer = this.nameOf(scope, depth + 1);
      return outer.kind === 'named' ? { ...outer, name: `${outer.name}+${own}` } : outer;
    }
    const namespace = this.#metadata.string(table.cell(row, 'namespace'));
    const name = namespace === '' ? own : `${namespace}.${own}`;
    const assembly =
      scope.table === Table.AssemblyRef && scope.row !== 0
        ? this.#metadata.string(this.#metadata.table(Table.AssemblyRef).cell(scope.row, 'name'))
        : undefined;
    return { kind: 'named', name, arguments: [], ...(assembly !== undefined && { assembly }) };
  }
}
