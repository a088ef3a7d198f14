// Fields, methods, parameters and properties of an image: each is read when it is first asked for.
import type { Body, ConstantValue, FieldRef, OwnMethod } from '../code/body.js';
import type {
  CustomAttribute,
  FieldDef,
  MethodDef,
  ParameterDef,
  Place,
  PropertyDef,
  SecurityDeclaration,
  TypeDef,
  TypeRef,
} from '../code/model.js';
import { placeOf } from './attribute-rows.js';
import type { Model } from './lower.js';
import { Table } from './schema.js';
import type { MethodSignature } from './signatures.js';
import { tokenOf } from './tables.js';

type OwnField = NonNullable<FieldRef['definition']>;

const unknown: TypeRef = { kind: 'unknown' };
const none: readonly never[] = [];

export class ImageField implements FieldDef {
  readonly #model: Model;
  readonly #row: number;
  readonly #owner: TypeDef;
  readonly #flags: number;
  readonly name: string;

  constructor(model: Model, row: number, owner: TypeDef) {
    this.#model = model;
    this.#row = row;
    this.#owner = owner;
    this.#flags = model.rows.field.flags.at(row);
    this.name = model.text(model.rows.field.name, row);
  }

  get own(): OwnField {
    return { type: this.#owner, field: this };
  }

  get type(): TypeRef {
    return this.#model.signatures.field(this.#model.rows.field.signature.at(this.#row)) ?? unknown;
  }

  get isStatic(): boolean {
    return (this.#flags & 0x10) !== 0;
  }

  get isInitOnly(): boolean {
    return (this.#flags & 0x20) !== 0;
  }

  get isLiteral(): boolean {
    return (this.#flags & 0x40) !== 0;
  }

  get isPublic(): boolean {
    return (this.#flags & 7) === 6;
  }

  get isProtected(): boolean {
    return (this.#flags & 7) === 4 || (this.#flags & 7) === 5;
  }

  get attributes(): readonly CustomAttribute[] {
    return this.#model.attributes.attributesOf(this.#token);
  }

  get compilerGenerated(): boolean {
    return this.#model.isGenerated(this.#token, this.name);
  }

  get constant(): ConstantValue | undefined {
    return this.#model.constantOf(this.#token);
  }

  get hasData(): boolean {
    return this.#model.rows.field.data.firstOf(this.#token) !== undefined;
  }

  get isNotSerialized(): boolean {
    return (this.#flags & 0x80) !== 0;
  }

  get isMarshalled(): boolean {
    return (this.#flags & 0x1000) !== 0;
  }

  get offset(): number | undefined {
    const { layout, offset } = this.#model.rows.field;
    const row = layout.firstOf(this.#token);
    return row === undefined ? undefined : offset.at(row);
  }

  get place(): Place {
    return placeOf(this.#token);
  }

  get #token(): number {
    return tokenOf(Table.Field, this.#row);
  }
}

export class ImageMethod implements MethodDef {
  readonly #model: Model;
  readonly #row: number;
  readonly #owner: TypeDef;
  readonly #flags: number;
  readonly name: string;
  #parameters: readonly ParameterDef[] | undefined;
  #body: { readonly value: Body | undefined } | undefined;

  constructor(model: Model, row: number, owner: TypeDef) {
    this.#model = model;
    this.#row = row;
    this.#owner = owner;
    this.#flags = model.rows.method.flags.at(row);
    this.name = model.text(model.rows.method.name, row);
  }

  get own(): OwnMethod {
    return { type: this.#owner, method: this };
  }

  get isStatic(): boolean {
    return (this.#flags & 0x10) !== 0;
  }

  get isPublic(): boolean {
    return (this.#flags & 7) === 6;
  }

  get isProtected(): boolean {
    return (this.#flags & 7) === 4 || (this.#flags & 7) === 5;
  }

  get isAbstract(): boolean {
    return (this.#flags & 0x400) !== 0;
  }

  get isVirtual(): boolean {
    return (this.#flags & 0x40) !== 0;
  }

  get isNewSlot(): boolean {
    return (this.#flags & 0x100) !== 0;
  }

  get overrides(): MethodDef['overrides'] {
    return this.#model.overridesOf(this.#token);
  }

  get arity(): number {
    return this.#signature?.arity ?? 0;
  }

  get isVarArg(): boolean {
    return this.#signature?.isVarArg ?? false;
  }

  get returns(): TypeRef {
    return this.#signature?.returns ?? unknown;
  }

  get returnAttributes(): readonly CustomAttribute[] {
    const { parameters } = this.#model.rows.method;
    const { sequence } = this.#model.rows.parameter;
    for (let at = parameters.first(this.#row); at < parameters.end(this.#row); at++) {
      const row = parameters.memberAt(at);
      if (row !== 0 && sequence.at(row) === 0) return this.#model.attributes.attributesOf(tokenOf(Table.Param, row));
    }
    return none;
  }

  get parameters(): readonly ParameterDef[] {
    return (this.#parameters ??= this.#readParameters());
  }

  get attributes(): readonly CustomAttribute[] {
    return this.#model.attributes.attributesOf(this.#token);
  }

  get compilerGenerated(): boolean {
    return this.#model.isGenerated(this.#token, this.name);
  }

  get import(): MethodDef['import'] {
    const { import: imports, importName, importScope, library } = this.#model.rows.method;
    const row = imports.firstOf(this.#token);
    if (row === undefined) return undefined;
    return {
      library: this.#model.text(library, importScope.at(row)),
      name: this.#model.text(importName, row),
    };
  }

  get implementation(): MethodDef['implementation'] {
    return implementationOf(this.#model.rows.method.implFlags.at(this.#row));
  }

  get isSynchronized(): boolean {
    return (this.#model.rows.method.implFlags.at(this.#row) & 0x20) !== 0;
  }

  get security(): readonly SecurityDeclaration[] {
    return this.#model.attributes.securityOf(this.#token);
  }

  get body(): Body | undefined {
    if (!this.#body) {
      const { bodies, rows } = this.#model;
      const rva = rows.method.rva.at(this.#row);
      this.#body = { value: bodies?.({ token: this.#token, rva, owner: this.own }) };
    }
    return this.#body.value;
  }

  get place(): Place {
    return placeOf(this.#token);
  }

  get #token(): number {
    return tokenOf(Table.MethodDef, this.#row);
  }

  get #signature(): MethodSignature | undefined {
    return this.#model.signatures.method(this.#model.rows.method.signature.at(this.#row));
  }

  #readParameters(): readonly ParameterDef[] {
    const { metadata, rows } = this.#model;
    const types = this.#signature?.parameters ?? none;
    if (types.length === 0 || !metadata.budget.take(types.length * unitsPerParameter)) return none;
    const lists = rows.method.parameters;
    const parameters = new Array<ParameterDef>(types.length);
    for (let at = lists.first(this.#row); at < lists.end(this.#row); at++) {
      const row = lists.memberAt(at);
      const index = row === 0 ? -1 : rows.parameter.sequence.at(row) - 1;
      const type = types[index];
      if (type) parameters[index] = new ImageParameter(this.#model, row, type);
    }
    for (let index = 0; index < types.length; index++)
      parameters[index] ??= {
        name: `arg${index}`,
        type: types[index] ?? unknown,
        isOut: false,
        isOptional: false,
        attributes: none,
      };
    return parameters;
  }
}

/** One takes some hundred bytes. */
const unitsPerParameter = 16;

class ImageParameter implements ParameterDef {
  readonly #model: Model;
  readonly #row: number;
  readonly type: TypeRef;

  constructor(model: Model, row: number, type: TypeRef) {
    this.#model = model;
    this.#row = row;
    this.type = type;
  }

  get name(): string {
    return this.#model.text(this.#model.rows.parameter.name, this.#row);
  }

  get isOut(): boolean {
    return (this.#model.rows.parameter.flags.at(this.#row) & 2) !== 0;
  }

  get isOptional(): boolean {
    return (this.#model.rows.parameter.flags.at(this.#row) & 0x10) !== 0;
  }

  get attributes(): readonly CustomAttribute[] {
    return this.#model.attributes.attributesOf(tokenOf(Table.Param, this.#row));
  }
}

export class ImageProperty implements PropertyDef {
  readonly #model: Model;
  readonly #row: number;

  constructor(model: Model, row: number) {
    this.#model = model;
    this.#row = row;
  }

  get name(): string {
    return this.#model.text(this.#model.rows.property.name, this.#row);
  }

  get type(): TypeRef {
    return this.#model.signatures.property(this.#model.rows.property.signature.at(this.#row)) ?? unknown;
  }

  get getter(): string | undefined {
    return this.#accessor(2);
  }

  get setter(): string | undefined {
    return this.#accessor(1);
  }

  get attributes(): readonly CustomAttribute[] {
    return this.#model.attributes.attributesOf(this.#token);
  }

  get #token(): number {
    return tokenOf(Table.Property, this.#row);
  }

  #accessor(kind: number): string | undefined {
    const { property, method } = this.#model.rows;
    const found = property.semantics.rowsOf(this.#token).find((row) => property.semanticsKind.at(row) === kind);
    return found === undefined ? undefined : this.#model.text(method.name, property.semanticsMethod.at(found));
  }
}

function implementationOf(flags: number): MethodDef['implementation'] {
  if ((flags & 0x1000) !== 0) return 'internalCall';
  if ((flags & 3) === 1) return 'native';
  if ((flags & 3) === 3) return 'runtime';
  return (flags & 4) !== 0 ? 'unmanaged' : 'il';
}
