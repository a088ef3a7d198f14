// Tokens of IL as the model's types, methods and fields. A token that leads nowhere is unknown, never an error:
// one bad instruction is no reason to refuse an image.
import type { Body, FieldRef, MethodRef, OwnMethod } from '../code/body.js';
import type { TypeDef, TypeRef } from '../code/model.js';
import { attempt, Reader, type Bytes } from './bytes.js';
import type { PeImage } from './pe.js';
import { Table } from './schema.js';
import {
  readField,
  readLocals,
  readMethod,
  readMethodArguments,
  type LocalType,
  type MethodSignature,
} from './signatures.js';
import type { Metadata, Token } from './tables.js';
import type { TypeNames } from './type-names.js';

export interface Members {
  /** TypeDef, TypeRef or TypeSpec. */
  typeOf(token: number): TypeRef;
  /**
   * MethodDef, MemberRef or MethodSpec, with parameters as the signature says: type parameters stay type parameters, and
   * a call with more arguments than the method declares (vararg) has them all.
   */
  methodOf(token: number): MethodRef | undefined;
  fieldOf(token: number): FieldRef | undefined;
  /** Of a StandAloneSig. */
  localsOf(token: number): readonly LocalType[];
  /** Of a StandAloneSig that a `calli` names. */
  callSiteOf(token: number): MethodSignature | undefined;
  /** Of a `ldstr`: 0x70……. */
  userString(token: number): string | undefined;
  /** From an address to the end of its section; undefined for 0 and where no section is. */
  bodyAt(rva: number): Bytes | undefined;
}

/** A method whose body is read. */
export interface MethodToRead {
  readonly token: number;
  readonly rva: number;
  readonly owner: OwnMethod;
}

export type BodyReader = (method: MethodToRead) => Body | undefined;

/** The assembly's own members, by rows. */
export interface OwnMembers {
  method(row: number): OwnMethod | undefined;
  field(row: number): FieldRef['definition'];
  /** Rows of the methods and fields of a row of TypeDef. */
  methodRows(type: number): readonly number[];
  fieldRows(type: number): readonly number[];
}

export function imageMembers(metadata: Metadata, pe: PeImage, names: TypeNames, own: OwnMembers): Members {
  return new ImageMembers(metadata, pe, names, own);
}

const tokenOf = (token: number): Token => ({ table: token >>> 24, row: token & 0xffffff });

class ImageMembers implements Members {
  readonly #metadata: Metadata;
  readonly #pe: PeImage;
  readonly #names: TypeNames;
  readonly #own: OwnMembers;
  readonly #types = new Map<number, TypeRef>();
  readonly #methods = new Map<number, MethodRef | undefined>();
  readonly #fields = new Map<number, FieldRef | undefined>();

  constructor(metadata: Metadata, pe: PeImage, names: TypeNames, own: OwnMembers) {
    this.#metadata = metadata;
    this.#pe = pe;
    this.#names = names;
    this.#own = own;
  }

  typeOf(token: number): TypeRef {
    return cached(
      this.#types,
      token,
      () => attempt(() => this.#names.nameOf(tokenOf(token), 0)) ?? { kind: 'unknown' },
    );
  }

  methodOf(token: number): MethodRef | undefined {
    return cached(this.#methods, token, () => attempt(() => this.#method(tokenOf(token))));
  }

  fieldOf(token: number): FieldRef | undefined {
    return cached(this.#fields, token, () => attempt(() => this.#field(tokenOf(token))));
  }

  localsOf(token: number): readonly LocalType[] {
    return attempt(() => readLocals(this.#standAlone(token), this.#names.nameOf)) ?? [];
  }

  callSiteOf(token: number): MethodSignature | undefined {
    return attempt(() => readMethod(new Reader(this.#standAlone(token)), this.#names.nameOf));
  }

  userString(token: number): string | undefined {
    if (token >>> 24 !== 0x70) return undefined;
    return attempt(() => this.#metadata.userString(token & 0xffffff));
  }

  bodyAt(rva: number): Bytes | undefined {
    return rva === 0 ? undefined : attempt(() => this.#pe.at(rva));
  }

  #standAlone(token: number): Bytes {
    const { table, row } = tokenOf(token);
    if (table !== Table.StandAloneSig) return this.#metadata.blob(0);
    return this.#metadata.blob(this.#metadata.table(Table.StandAloneSig).cell(row, 'signature'));
  }

  #method(token: Token): MethodRef | undefined {
    switch (token.table) {
      case Table.MethodDef:
        return this.#ownMethod(token.row);
      case Table.MemberRef:
        return this.#referencedMethod(token.row);
      case Table.MethodSpec: {
        const table = this.#metadata.table(Table.MethodSpec);
        const generic = table.token(token.row, 'method');
        if (generic.table === Table.MethodSpec) return undefined;
        const method = this.methodOf(generic.table * 0x1000000 + generic.row);
        const given = readMethodArguments(
          this.#metadata.blob(table.cell(token.row, 'instantiation')),
          this.#names.nameOf,
        );
        return method && { ...method, arguments: given };
      }
      default:
        return undefined;
    }
  }

  #ownMethod(row: number): MethodRef | undefined {
    const definition = this.#own.method(row);
    if (!definition) return undefined;
    const { type, method } = definition;
    return {
      type: { kind: 'named', name: type.name, arguments: [] },
      name: method.name,
      isStatic: method.isStatic,
      parameters: method.parameters.map((parameter) => parameter.type),
      returns: method.returns,
      arguments: [],
      definition,
    };
  }

  #referencedMethod(row: number): MethodRef | undefined {
    const table = this.#metadata.table(Table.MemberRef);
    const blob = this.#metadata.blob(table.cell(row, 'signature'));
    if (isField(blob)) return undefined;
    const parent = table.token(row, 'parent');
    const name = this.#metadata.string(table.cell(row, 'name'));
    const { isStatic, parameters, returns } = readMethod(new Reader(blob), this.#names.nameOf);
    if (parent.table === Table.MethodDef) {
      const declared = this.#ownMethod(parent.row);
      return declared && { ...declared, parameters };
    }
    const definition = this.#find(parent, Table.MethodDef, name, blob, (own) => this.#own.method(own));
    return {
      type: this.#parentOf(parent),
      name,
      isStatic,
      parameters,
      returns,
      arguments: [],
      ...(definition && { definition }),
    };
  }

  #field(token: Token): FieldRef | undefined {
    if (token.table === Table.Field) {
      const definition = this.#own.field(token.row);
      if (!definition) return undefined;
      const { type, field } = definition;
      return {
        type: { kind: 'named', name: type.name, arguments: [] },
        name: field.name,
        fieldType: field.type,
        definition,
      };
    }
    if (token.table !== Table.MemberRef) return undefined;
    const table = this.#metadata.table(Table.MemberRef);
    const blob = this.#metadata.blob(table.cell(token.row, 'signature'));
    if (!isField(blob)) return undefined;
    const parent = table.token(token.row, 'parent');
    const name = this.#metadata.string(table.cell(token.row, 'name'));
    const definition = this.#find(parent, Table.Field, name, blob, (own) => this.#own.field(own));
    return {
      type: this.#parentOf(parent),
      name,
      fieldType: readField(blob, this.#names.nameOf),
      ...(definition && { definition }),
    };
  }

  #parentOf(parent: Token): TypeRef {
    // The members outside of types of another module lie in its <Module>.
    if (parent.table === Table.ModuleRef) return { kind: 'named', name: '<Module>', arguments: [] };
    return this.typeOf(parent.table * 0x1000000 + parent.row);
  }

  /**
   * The assembly's own member that a reference means: of a TypeDef, or of the generic type that a TypeSpec is made of. Both
   * signatures are written with the same tokens, so that their bytes are the same.
   */
  #find<T extends { readonly type: TypeDef }>(
    parent: Token,
    kind: number,
    name: string,
    signature: Bytes,
    memberAt: (row: number) => T | undefined,
  ): T | undefined {
    const type = this.#ownTypeOf(parent);
    if (type === undefined) return undefined;
    const table = this.#metadata.table(kind);
    const rows = kind === Table.Field ? this.#own.fieldRows(type) : this.#own.methodRows(type);
    const found = rows.find(
      (row) =>
        this.#metadata.string(table.cell(row, 'name')) === name &&
        isSame(this.#metadata.blob(table.cell(row, 'signature')), signature),
    );
    return found === undefined ? undefined : memberAt(found);
  }

  #ownTypeOf(parent: Token): number | undefined {
    if (parent.table === Table.TypeDef) return parent.row;
    if (parent.table !== Table.TypeSpec) return undefined;
    const type = this.#parentOf(parent);
    return type.kind === 'named' && type.assembly === undefined ? this.#names.rowNamed(type.name) : undefined;
  }
}

function isField(blob: Bytes): boolean {
  return blob.length > 0 && blob.u8(0) === 0x06;
}

function isSame(left: Bytes, right: Bytes): boolean {
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at++) if (left.u8(at) !== right.u8(at)) return false;
  return true;
}

function cached<T>(cache: Map<number, T>, token: number, make: () => T): T {
  const known = cache.get(token);
  if (known !== undefined || cache.has(token)) return known as T;
  const made = make();
  cache.set(token, made);
  return made;
}
