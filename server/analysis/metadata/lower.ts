// Metadata tables as the one model of managed code. Every part is read when it is first asked for, so that an assembly
// costs what is asked of it; a part that cannot be read is unknown or empty, and the rest is read.
import type { ConstantValue } from '../code/body.js';
import type {
  CustomAttribute,
  MethodDef,
  Place,
  PropertyDef,
  SecurityDeclaration,
  TypeDef,
  TypeRef,
} from '../code/model.js';
import { AttributeRows, placeOf } from './attribute-rows.js';
import { madeOnce } from './budget.js';
import { readConstant } from './constant-values.js';
import { isGeneratedName } from './generated-names.js';
import { ImageField, ImageMethod, ImageProperty } from './lower-members.js';
import { imageMembers, type BodyReader, type Members } from './members.js';
import type { PeImage } from './pe.js';
import { rowsOf, type Rows } from './rows.js';
import { Table } from './schema.js';
import { SignatureRows } from './signature-rows.js';
import { rowOf, tableOf, tokenOf, type Column, type Metadata } from './tables.js';
import { TypeNames } from './type-names.js';

export interface Lowered {
  readonly types: readonly TypeDef[];
  readonly assemblyAttributes: readonly CustomAttribute[];
  readonly moduleAttributes: readonly CustomAttribute[];
  readonly assemblySecurity: readonly SecurityDeclaration[];
}

/** `bodiesOf` makes the reader of bodies; without one no method has a body. */
export function lowerTypes(metadata: Metadata, pe: PeImage, bodiesOf?: (members: Members) => BodyReader): Lowered {
  const model = new Model(metadata, pe, bodiesOf);
  return {
    // The first row holds the module's global members; it is a type like others, named <Module>.
    types: model.types,
    assemblyAttributes: model.attributes.attributesOf(tokenOf(Table.Assembly, 1)),
    moduleAttributes: model.attributes.attributesOf(tokenOf(Table.Module, 1)),
    assemblySecurity: model.attributes.securityOf(tokenOf(Table.Assembly, 1)),
  };
}

const none: readonly never[] = [];

/** What the parts of one image have in common. */
export class Model {
  readonly metadata: Metadata;
  readonly rows: Rows;
  readonly names: TypeNames;
  readonly signatures: SignatureRows;
  readonly attributes: AttributeRows;
  readonly types: readonly ImageType[];
  readonly bodies: BodyReader | undefined;
  readonly #constants = new Map<number, ConstantValue | undefined>();
  readonly #overrides = new Map<number, MethodDef['overrides']>();

  constructor(metadata: Metadata, pe: PeImage, bodiesOf?: (members: Members) => BodyReader) {
    this.metadata = metadata;
    this.rows = rowsOf(metadata);
    this.names = new TypeNames(metadata);
    this.signatures = new SignatureRows(metadata, this.names);
    this.attributes = new AttributeRows({
      metadata,
      names: this.names,
      signatures: this.signatures,
      methods: this.rows.type.methods,
      underlying: (name) => this.#underlying(name),
    });
    this.types = Array.from({ length: this.rows.type.count }, (_, index) => new ImageType(this, index + 1));
    const { fields, methods } = this.rows.type;
    this.bodies = bodiesOf?.(
      imageMembers({
        metadata,
        pe,
        names: this.names,
        signatures: this.signatures,
        fieldsOf: fields,
        methodsOf: methods,
        method: (row) => this.types[methods.ownerOf(row) - 1]?.methods[methods.indexOf(row)]?.own,
        field: (row) => this.types[fields.ownerOf(row) - 1]?.fields[fields.indexOf(row)]?.own,
      }),
    );
  }

  /** Empty where it cannot be read. */
  text(column: Column, row: number): string {
    return row < 1 || row > column.count ? '' : this.metadata.name(column.at(row));
  }

  constantOf(field: number): ConstantValue | undefined {
    const { constant, constantType, constantValue } = this.rows.field;
    const row = constant.firstOf(field);
    if (row === undefined) return undefined;
    return madeOnce(this.#constants, field, () =>
      this.metadata.budget.attempt(() => {
        const blob = this.metadata.blob(constantValue.at(row));
        this.metadata.budget.spend(blob.length);
        return readConstant(constantType.at(row) & 0xff, blob);
      }),
    );
  }

  overridesOf(method: number): MethodDef['overrides'] {
    const { overrides, declaration } = this.rows.method;
    const rows = overrides.rowsOf(method);
    if (rows.length === 0) return none;
    return madeOnce(this.#overrides, method, () =>
      rows.flatMap((row) => this.#memberNamed(declaration.tokenAt(row)) ?? []),
    );
  }

  /** CompilerGeneratedAttribute, or a name no source can spell. */
  isGenerated(token: number, name: string): boolean {
    return isGeneratedName(name) || this.attributes.isMarked(token, compilerGenerated);
  }

  /** The type and name of a MethodDef or MemberRef. */
  #memberNamed(token: number): { readonly type: TypeRef; readonly name: string } | undefined {
    const { method, reference, type } = this.rows;
    const row = rowOf(token);
    switch (tableOf(token)) {
      case Table.MethodDef:
        return {
          type: this.names.typeOf(tokenOf(Table.TypeDef, type.methods.ownerOf(row))),
          name: this.text(method.name, row),
        };
      case Table.MemberRef:
        return row > reference.parent.count
          ? undefined
          : { type: this.names.typeOf(reference.parent.tokenAt(row)), name: this.text(reference.name, row) };
      default:
        return undefined;
    }
  }

  /** Of the assembly's own enumerations; those of others do not say. */
  #underlying(name: string): string | undefined {
    const row = this.names.rowNamed(name);
    const [first] = row === undefined ? [] : this.rows.type.fields.membersOf(row);
    const type = first === undefined ? undefined : this.signatures.field(this.rows.field.signature.at(first));
    return type?.kind === 'named' ? type.name : undefined;
  }
}

const compilerGenerated = 'System.Runtime.CompilerServices.CompilerGeneratedAttribute';

class ImageType implements TypeDef {
  readonly #model: Model;
  readonly #row: number;
  readonly #flags: number;
  #base: { readonly value: TypeRef | undefined } | undefined;
  #interfaces: readonly TypeRef[] | undefined;
  #fields: readonly ImageField[] | undefined;
  #methods: readonly ImageMethod[] | undefined;
  #properties: readonly PropertyDef[] | undefined;

  constructor(model: Model, row: number) {
    this.#model = model;
    this.#row = row;
    this.#flags = model.rows.type.flags.at(row);
  }

  get name(): string {
    return this.#model.names.definitionName(this.#row);
  }

  get kind(): TypeDef['kind'] {
    return kindOf(this.#flags, this.base, this.name);
  }

  get isPublic(): boolean {
    return this.#model.names.isPublic(this.#row);
  }

  get isAbstract(): boolean {
    return (this.#flags & 0x80) !== 0;
  }

  get isSealed(): boolean {
    return (this.#flags & 0x100) !== 0;
  }

  get isGeneric(): boolean {
    return this.#model.rows.type.generic.rowsOf(this.#token).length > 0;
  }

  get base(): TypeRef | undefined {
    if (!this.#base) {
      const token = this.#model.rows.type.extends.tokenAt(this.#row);
      this.#base = { value: token === 0 ? undefined : this.#model.names.typeOf(token) };
    }
    return this.#base.value;
  }

  get interfaces(): readonly TypeRef[] {
    const { interfaces, interface: implemented } = this.#model.rows.type;
    return (this.#interfaces ??= interfaces
      .rowsOf(this.#token)
      .map((row) => this.#model.names.typeOf(implemented.tokenAt(row))));
  }

  get attributes(): readonly CustomAttribute[] {
    return this.#model.attributes.attributesOf(this.#token);
  }

  get fields(): readonly ImageField[] {
    if (this.#fields) return this.#fields;
    this.#fields = this.#model.rows.type.fields
      .membersOf(this.#row)
      .map((row) => new ImageField(this.#model, row, this));
    return this.#fields;
  }

  get methods(): readonly ImageMethod[] {
    if (this.#methods) return this.#methods;
    this.#methods = this.#model.rows.type.methods
      .membersOf(this.#row)
      .map((row) => new ImageMethod(this.#model, row, this));
    return this.#methods;
  }

  get properties(): readonly PropertyDef[] {
    const { propertyMap, properties } = this.#model.rows.type;
    return (this.#properties ??= propertyMap
      .rowsOf(this.#token)
      .flatMap((map) => properties.membersOf(map))
      .map((row) => new ImageProperty(this.#model, row)));
  }

  get compilerGenerated(): boolean {
    return this.#model.isGenerated(this.#token, this.name);
  }

  get layout(): TypeDef['layout'] {
    const layout = this.#flags & 0x18;
    return layout === 0x10 ? 'explicit' : layout === 0x08 ? 'sequential' : 'auto';
  }

  get security(): readonly SecurityDeclaration[] {
    return this.#model.attributes.securityOf(this.#token);
  }

  get place(): Place {
    return placeOf(this.#token);
  }

  get #token(): number {
    return tokenOf(Table.TypeDef, this.#row);
  }
}

function kindOf(flags: number, base: TypeRef | undefined, name: string): TypeDef['kind'] {
  if ((flags & 0x20) !== 0) return 'interface';
  switch (base?.kind === 'named' ? base.name : '') {
    case 'System.Enum':
      return 'enum';
    case 'System.ValueType':
      return name === 'System.Enum' ? 'class' : 'struct';
    case 'System.MulticastDelegate':
    case 'System.Delegate':
      return name === 'System.MulticastDelegate' ? 'class' : 'delegate';
    default:
      return 'class';
  }
}
