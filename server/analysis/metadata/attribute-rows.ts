// Custom attributes and declarative security by the row they stand on.
import type { CustomAttribute, Place, SecurityDeclaration, TypeRef } from '../code/model.js';
import { securityActionOf } from '../knowledge/security-actions.js';
import { decodeAttribute, decodePermission, readSerString, type UnderlyingType } from './attributes.js';
import { madeOnce } from './budget.js';
import { Reader } from './bytes.js';
import { OwnedRows, type MemberLists } from './relations.js';
import { Table } from './schema.js';
import type { SignatureRows } from './signature-rows.js';
import { rowOf, tableOf, tokenOf, type Column, type Metadata } from './tables.js';
import type { TypeNames } from './type-names.js';

export interface AttributeSource {
  readonly metadata: Metadata;
  readonly names: TypeNames;
  readonly signatures: SignatureRows;
  readonly methods: MemberLists;
  readonly underlying: UnderlyingType;
}

interface Constructor {
  readonly type: string;
  readonly parameters: readonly TypeRef[];
}

const none: readonly never[] = [];
const nowhere: Constructor = { type: '', parameters: [] };

export class AttributeRows {
  readonly #source: AttributeSource;
  readonly #owned: OwnedRows;
  readonly #type: Column;
  readonly #value: Column;
  readonly #secured: OwnedRows;
  readonly #action: Column;
  readonly #permissionSet: Column;
  readonly #constructors = new Map<number, Constructor>();
  readonly #attributes = new Map<number, readonly CustomAttribute[]>();
  readonly #security = new Map<number, readonly SecurityDeclaration[]>();

  constructor(source: AttributeSource) {
    const attributes = source.metadata.table(Table.CustomAttribute);
    const security = source.metadata.table(Table.DeclSecurity);
    this.#source = source;
    this.#owned = new OwnedRows(attributes.column('parent'));
    this.#type = attributes.column('type');
    this.#value = attributes.column('value');
    this.#secured = new OwnedRows(security.column('parent'));
    this.#action = security.column('action');
    this.#permissionSet = security.column('permissionSet');
  }

  attributesOf(owner: number): readonly CustomAttribute[] {
    const rows = this.#owned.rowsOf(owner);
    return rows.length === 0 ? none : madeOnce(this.#attributes, owner, () => rows.map((row) => this.#attribute(row)));
  }

  /** Without a look at the values. */
  isMarked(owner: number, type: string): boolean {
    return this.#owned.rowsOf(owner).some((row) => this.#constructorOf(this.#type.tokenAt(row)).type === type);
  }

  securityOf(owner: number): readonly SecurityDeclaration[] {
    const rows = this.#secured.rowsOf(owner);
    return rows.length === 0 ? none : madeOnce(this.#security, owner, () => rows.map((row) => this.#declaration(row)));
  }

  #declaration(row: number): SecurityDeclaration {
    const place = placeOf(tokenOf(Table.DeclSecurity, row));
    return {
      action: securityActionOf(this.#action.at(row)),
      permissions: this.#source.metadata.budget.attempt(() => this.#permissions(row, place)) ?? [],
      place,
    };
  }

  #attribute(row: number): CustomAttribute {
    const { metadata, underlying } = this.#source;
    const { type, parameters } = this.#constructorOf(this.#type.tokenAt(row));
    const decoded = metadata.budget.attempt(() =>
      decodeAttribute(metadata.blob(this.#value.at(row)), parameters, underlying, metadata.budget),
    );
    const { arguments: given, named } = decoded ?? { arguments: [], named: [] };
    return { type, arguments: given, named, place: placeOf(tokenOf(Table.CustomAttribute, row)) };
  }

  #constructorOf(token: number): Constructor {
    return madeOnce(
      this.#constructors,
      token,
      () => this.#source.metadata.budget.attempt(() => this.#readConstructor(token)) ?? nowhere,
    );
  }

  #readConstructor(token: number): Constructor {
    const { metadata, names, signatures, methods } = this.#source;
    const isReference = tableOf(token) === Table.MemberRef;
    if (!isReference && tableOf(token) !== Table.MethodDef) return nowhere;
    const table = metadata.table(tableOf(token));
    const owner = isReference
      ? table.column('parent').tokenAt(rowOf(token))
      : tokenOf(Table.TypeDef, methods.ownerOf(rowOf(token)));
    const type = names.typeOf(owner);
    const signature = signatures.method(table.column('signature').at(rowOf(token)));
    return { type: type.kind === 'named' ? type.name : '', parameters: signature?.parameters ?? [] };
  }

  /** `.`, a count, and attributes by name (ECMA-335 II.22.11); the XML of .NET 1 is left undecoded. */
  #permissions(row: number, place: Place): readonly CustomAttribute[] {
    const { metadata, underlying } = this.#source;
    const blob = metadata.blob(this.#permissionSet.at(row));
    const reader = new Reader(blob);
    if (reader.left < 2 || reader.u8() !== 0x2e) return [];
    metadata.budget.spend(blob.length / 4);
    const permissions: CustomAttribute[] = [];
    for (let count = reader.compressed(); count > 0 && reader.left > 0; count--) {
      const type = (readSerString(reader) ?? '').split(',', 1)[0] ?? '';
      const named = decodePermission(reader.take(reader.compressed()), underlying, metadata.budget);
      permissions.push({ type, arguments: [], named, place });
    }
    return permissions;
  }
}

export function placeOf(token: number): Place {
  return { kind: 'image', token };
}
