// Types as the model names them: from rows of TypeDef, TypeRef and TypeSpec. What leads nowhere is unknown.
import type { TypeRef } from '../code/model.js';
import { OwnedRows } from './relations.js';
import { Table } from './schema.js';
import { readType, signatureReader } from './signatures.js';
import { rowOf, tableOf, tokenOf, type Column, type Metadata } from './tables.js';

const maximumNesting = 64;
const unknown: TypeRef = { kind: 'unknown' };
const none: readonly never[] = [];

export class TypeNames {
  readonly #metadata: Metadata;
  readonly #definition: { readonly flags: Column; readonly name: Column; readonly namespace: Column };
  readonly #reference: { readonly scope: Column; readonly name: Column; readonly namespace: Column };
  readonly #specification: Column;
  readonly #assemblyName: Column;
  readonly #nested: OwnedRows;
  readonly #enclosing: Column;
  readonly #names = new Map<number, string>();
  readonly #types = new Map<number, TypeRef>();
  /** Rows of TypeDef by name. */
  #rows: ReadonlyMap<string, number> | undefined;

  constructor(metadata: Metadata) {
    const definition = metadata.table(Table.TypeDef);
    const reference = metadata.table(Table.TypeRef);
    const nested = metadata.table(Table.NestedClass);
    this.#metadata = metadata;
    this.#definition = {
      flags: definition.column('flags'),
      name: definition.column('name'),
      namespace: definition.column('namespace'),
    };
    this.#reference = {
      scope: reference.column('scope'),
      name: reference.column('name'),
      namespace: reference.column('namespace'),
    };
    this.#specification = metadata.table(Table.TypeSpec).column('signature');
    this.#assemblyName = metadata.table(Table.AssemblyRef).column('name');
    this.#nested = new OwnedRows(nested.column('nested'));
    this.#enclosing = nested.column('enclosing');
  }

  /** A TypeDef, TypeRef or TypeSpec. */
  typeOf(token: number): TypeRef {
    return this.#types.get(token) ?? this.#read(token, 0);
  }

  /** In a signature a TypeSpec may not stand (the CLR refuses one): types cannot be made of themselves. */
  readonly inSignature = (token: number): TypeRef => (tableOf(token) === Table.TypeSpec ? unknown : this.typeOf(token));

  /** Of a row of TypeDef; empty where it cannot be told. */
  definitionName(row: number): string {
    return this.#names.get(row) ?? this.#definitionName(row, 0);
  }

  /** Public itself, and every type it lies in. */
  isPublic(row: number): boolean {
    for (let at = row, depth = 0; depth < maximumNesting; depth++) {
      const visibility = this.#definition.flags.at(at) & 7;
      const enclosing = this.#enclosingOf(at);
      if (enclosing === 0) return visibility === 1;
      if (visibility !== 2) return false;
      at = enclosing;
    }
    return false;
  }

  /** The row of TypeDef that has a name. */
  rowNamed(name: string): number | undefined {
    if (!this.#rows) {
      const rows = new Map<string, number>();
      for (let row = 1; row <= this.#definition.name.count; row++) rows.set(this.definitionName(row), row);
      this.#rows = rows;
    }
    return this.#rows.get(name);
  }

  #read(token: number, depth: number): TypeRef {
    const type = this.#metadata.budget.attempt(() => this.#named(token, depth)) ?? unknown;
    this.#types.set(token, type);
    return type;
  }

  #named(token: number, depth: number): TypeRef {
    const row = rowOf(token);
    switch (tableOf(token)) {
      case Table.TypeDef:
        if (row === 0 || row > this.#definition.name.count) return unknown;
        return { kind: 'named', name: this.definitionName(row), arguments: none };
      case Table.TypeRef:
        return row === 0 || row > this.#reference.name.count ? unknown : this.#typeRef(row, depth);
      case Table.TypeSpec: {
        if (row === 0 || row > this.#specification.count) return unknown;
        const blob = this.#metadata.blob(this.#specification.at(row));
        return readType(signatureReader(blob, this.#metadata.budget), this.inSignature);
      }
      default:
        return unknown;
    }
  }

  /** 0 for a type that lies in none. */
  #enclosingOf(row: number): number {
    const nested = this.#nested.firstOf(tokenOf(Table.TypeDef, row));
    const enclosing = nested === undefined ? 0 : this.#enclosing.at(nested);
    return enclosing > this.#definition.name.count ? 0 : enclosing;
  }

  #definitionName(row: number, depth: number): string {
    const name = this.#metadata.budget.attempt(() => this.#composed(row, depth)) ?? '';
    this.#names.set(row, name);
    return name;
  }

  #composed(row: number, depth: number): string {
    const own = this.#metadata.string(this.#definition.name.at(row));
    const enclosing = this.#enclosingOf(row);
    if (enclosing !== 0 && depth < maximumNesting) {
      const outer = this.#names.get(enclosing) ?? this.#definitionName(enclosing, depth + 1);
      this.#metadata.budget.spend(outer.length >> 2);
      return `${outer}+${own}`;
    }
    const namespace = enclosing === 0 ? this.#metadata.string(this.#definition.namespace.at(row)) : '';
    return namespace === '' ? own : `${namespace}.${own}`;
  }

  #typeRef(row: number, depth: number): TypeRef {
    const scope = this.#reference.scope.tokenAt(row);
    const own = this.#metadata.string(this.#reference.name.at(row));
    if (tableOf(scope) === Table.TypeRef) {
      if (depth > maximumNesting) return unknown;
      const outer = this.#types.get(scope) ?? this.#read(scope, depth + 1);
      if (outer.kind !== 'named') return outer;
      this.#metadata.budget.spend(outer.name.length >> 2);
      return { ...outer, name: `${outer.name}+${own}` };
    }
    const namespace = this.#metadata.string(this.#reference.namespace.at(row));
    const name = namespace === '' ? own : `${namespace}.${own}`;
    if (tableOf(scope) !== Table.AssemblyRef) return { kind: 'named', name, arguments: none };
    const assembly = this.#metadata.string(this.#assemblyName.at(rowOf(scope)));
    return { kind: 'named', name, arguments: none, assembly };
  }
}
