// Tokens of IL as the model's types, methods and fields. A token that leads nowhere is unknown, never an error:
// one bad instruction is no reason to refuse an image.
import type { Body, FieldRef, MethodRef, OwnMethod } from '../code/body.js';
import type { TypeRef } from '../code/model.js';
import { madeOnce } from './budget.js';
import type { Bytes } from './bytes.js';
import type { PeImage } from './pe.js';
import type { MemberLists } from './relations.js';
import { Table } from './schema.js';
import type { LocalType, MethodSignature } from './signatures.js';
import type { SignatureRows } from './signature-rows.js';
import { rowOf, tableOf, type Column, type Metadata } from './tables.js';
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
  readonly metadata: Metadata;
  readonly pe: PeImage;
  readonly names: TypeNames;
  readonly signatures: SignatureRows;
  readonly fieldsOf: MemberLists;
  readonly methodsOf: MemberLists;
  method(row: number): OwnMethod | undefined;
  field(row: number): FieldRef['definition'];
}

export function imageMembers(own: OwnMembers): Members {
  return new ImageMembers(own);
}

class ImageMembers implements Members {
  readonly #own: OwnMembers;
  readonly #reference: { readonly parent: Column; readonly name: Column; readonly signature: Column };
  readonly #methods = new Map<number, MethodRef | undefined>();
  readonly #fields = new Map<number, FieldRef | undefined>();
  readonly #strings = new Map<number, string | undefined>();

  constructor(own: OwnMembers) {
    const reference = own.metadata.table(Table.MemberRef);
    this.#own = own;
    this.#reference = {
      parent: reference.column('parent'),
      name: reference.column('name'),
      signature: reference.column('signature'),
    };
  }

  typeOf(token: number): TypeRef {
    return this.#own.names.typeOf(token);
  }

  methodOf(token: number): MethodRef | undefined {
    return this.#cached(this.#methods, token, () => this.#method(token));
  }

  fieldOf(token: number): FieldRef | undefined {
    return this.#cached(this.#fields, token, () => this.#field(token));
  }

  localsOf(token: number): readonly LocalType[] {
    return this.#standAlone(token, this.#own.signatures.locals) ?? [];
  }

  callSiteOf(token: number): MethodSignature | undefined {
    return this.#standAlone(token, this.#own.signatures.method);
  }

  userString(token: number): string | undefined {
    if (tableOf(token) !== 0x70) return undefined;
    return this.#cached(this.#strings, token, () => this.#own.metadata.userString(rowOf(token)));
  }

  bodyAt(rva: number): Bytes | undefined {
    return rva === 0 ? undefined : this.#own.metadata.budget.attempt(() => this.#own.pe.at(rva));
  }

  #cached<T>(known: Map<number, T | undefined>, token: number, read: () => T | undefined): T | undefined {
    return madeOnce(known, token, () => this.#own.metadata.budget.attempt(read));
  }

  #standAlone<T>(token: number, decode: (offset: number) => T | undefined): T | undefined {
    const { metadata } = this.#own;
    if (tableOf(token) !== Table.StandAloneSig) return undefined;
    return metadata.budget.attempt(() =>
      decode(metadata.table(Table.StandAloneSig).column('signature').at(rowOf(token))),
    );
  }

  #method(token: number): MethodRef | undefined {
    switch (tableOf(token)) {
      case Table.MethodDef:
        return this.#ownMethod(rowOf(token));
      case Table.MemberRef:
        return this.#referencedMethod(rowOf(token));
      case Table.MethodSpec: {
        const { metadata, signatures } = this.#own;
        const table = metadata.table(Table.MethodSpec);
        const method = this.methodOf(table.column('method').tokenAt(rowOf(token)));
        const given = signatures.methodArguments(table.column('instantiation').at(rowOf(token)));
        return method && { ...method, arguments: given ?? [] };
      }
      default:
        return undefined;
    }
  }

  #ownMethod(row: number): MethodRef | undefined {
    const { metadata, signatures } = this.#own;
    const definition = this.#own.method(row);
    if (!definition) return undefined;
    const { type, method } = definition;
    const signature = signatures.method(metadata.table(Table.MethodDef).column('signature').at(row));
    return {
      type: { kind: 'named', name: type.name, arguments: [] },
      name: method.name,
      isStatic: method.isStatic,
      parameters: signature?.parameters ?? [],
      returns: method.returns,
      arguments: [],
      definition,
    };
  }

  #referencedMethod(row: number): MethodRef | undefined {
    const offset = this.#reference.signature.at(row);
    if (this.#isField(offset)) return undefined;
    const parent = this.#reference.parent.tokenAt(row);
    const signature = this.#own.signatures.method(offset);
    if (!signature) return undefined;
    const { isStatic, parameters, returns } = signature;
    if (tableOf(parent) === Table.MethodDef) {
      const declared = this.#ownMethod(rowOf(parent));
      return declared && { ...declared, parameters };
    }
    const definition = this.#find(Table.MethodDef, row, this.#own.methodsOf, (own) => this.#own.method(own));
    return {
      type: this.#parentOf(parent),
      name: this.#nameOf(row),
      isStatic,
      parameters,
      returns,
      arguments: [],
      ...(definition && { definition }),
    };
  }

  #field(token: number): FieldRef | undefined {
    const row = rowOf(token);
    if (tableOf(token) === Table.Field) {
      const definition = this.#own.field(row);
      if (!definition) return undefined;
      const { type, field } = definition;
      return {
        type: { kind: 'named', name: type.name, arguments: [] },
        name: field.name,
        fieldType: field.type,
        definition,
      };
    }
    if (tableOf(token) !== Table.MemberRef) return undefined;
    const offset = this.#reference.signature.at(row);
    if (!this.#isField(offset)) return undefined;
    const definition = this.#find(Table.Field, row, this.#own.fieldsOf, (own) => this.#own.field(own));
    return {
      type: this.#parentOf(this.#reference.parent.tokenAt(row)),
      name: this.#nameOf(row),
      fieldType: this.#own.signatures.field(offset) ?? { kind: 'unknown' },
      ...(definition && { definition }),
    };
  }

  #nameOf(row: number): string {
    return this.#own.metadata.string(this.#reference.name.at(row));
  }

  #isField(offset: number): boolean {
    const blob = this.#own.metadata.blob(offset);
    return blob.length > 0 && blob.u8(0) === 0x06;
  }

  #parentOf(parent: number): TypeRef {
    // The members outside of types of another module lie in its <Module>.
    if (tableOf(parent) === Table.ModuleRef) return { kind: 'named', name: '<Module>', arguments: [] };
    return this.typeOf(parent);
  }

  /**
   * The assembly's own member that a reference means: of a TypeDef, or of the generic type that a TypeSpec is made of. Both
   * signatures are written with the same tokens, so that their bytes are the same.
   */
  #find<T>(
    kind: number,
    reference: number,
    lists: MemberLists,
    memberAt: (row: number) => T | undefined,
  ): T | undefined {
    const { metadata } = this.#own;
    const type = this.#ownTypeOf(this.#reference.parent.tokenAt(reference));
    if (type === undefined) return undefined;
    const name = this.#nameOf(reference);
    const blob = metadata.blob(this.#reference.signature.at(reference));
    const table = metadata.table(kind);
    const names = table.column('name');
    const signatures = table.column('signature');
    const rows = lists.membersOf(type);
    metadata.budget.spend(rows.length);
    const found = rows.find(
      (row) => metadata.string(names.at(row)) === name && isSame(metadata.blob(signatures.at(row)), blob),
    );
    return found === undefined ? undefined : memberAt(found);
  }

  #ownTypeOf(parent: number): number | undefined {
    if (tableOf(parent) === Table.TypeDef) return rowOf(parent);
    if (tableOf(parent) !== Table.TypeSpec) return undefined;
    const type = this.typeOf(parent);
    return type.kind === 'named' && type.assembly === undefined ? this.#own.names.rowNamed(type.name) : undefined;
  }
}

function isSame(left: Bytes, right: Bytes): boolean {
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at++) if (left.u8(at) !== right.u8(at)) return false;
  return true;
}
