// Metadata tables as the one model of managed code: types with their members, attributes and declarative security.
import type {
  CustomAttribute,
  FieldDef,
  MethodDef,
  ParameterDef,
  Place,
  PropertyDef,
  SecurityAction,
  SecurityDeclaration,
  TypeDef,
  TypeRef,
} from '../code/model.js';
import type { Body, FieldRef, OwnMethod } from '../code/body.js';
import { decodeAttribute, decodePermission, readSerString } from './attributes.js';
import { Reader } from './bytes.js';
import { imageMembers, type BodyReader, type Members, type MethodToRead } from './members.js';
import type { PeImage } from './pe.js';
import { Table } from './schema.js';
import { readField, readMethod, readProperty } from './signatures.js';
import type { Metadata, TableRows, Token } from './tables.js';
import { TypeNames } from './type-names.js';

export interface Lowered {
  readonly types: readonly TypeDef[];
  readonly assemblyAttributes: readonly CustomAttribute[];
  readonly moduleAttributes: readonly CustomAttribute[];
  readonly assemblySecurity: readonly SecurityDeclaration[];
}

type OwnField = NonNullable<FieldRef['definition']>;

/** `bodiesOf` makes the reader of bodies; without one no method has a body. */
export function lowerTypes(metadata: Metadata, pe: PeImage, bodiesOf?: (members: Members) => BodyReader): Lowered {
  return new Lowering(metadata, pe, bodiesOf).lower();
}

/** Rows of `list` columns: from this row's to the next row's, in the member table (ECMA-335 II.22.37). */
function membersOf(owner: TableRows, row: number, column: string, memberCount: number): readonly number[] {
  const first = owner.cell(row, column);
  const end = row < owner.count ? owner.cell(row + 1, column) : memberCount + 1;
  if (first === 0 || first > end || end > memberCount + 1) return [];
  return Array.from({ length: end - first }, (_, index) => first + index);
}

/** Rows by the row that owns them. */
function grouped(table: TableRows, ownerOf: (row: number) => number): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<number, number[]>();
  for (let row = 1; row <= table.count; row++) {
    const owner = ownerOf(row);
    const group = groups.get(owner);
    if (group) group.push(row);
    else groups.set(owner, [row]);
  }
  return groups;
}

/** As a metadata token. */
const key = (table: number, row: number): number => table * 0x1000000 + row;
const keyOf = (token: Token): number => key(token.table, token.row);

class Lowering {
  readonly #metadata: Metadata;
  readonly #types: TableRows;
  readonly #names: TypeNames;
  readonly #own: { readonly methods: OwnMethod[]; readonly fields: OwnField[] } = { methods: [], fields: [] };
  readonly #reader: BodyReader | undefined;
  readonly #attributes: ReadonlyMap<number, readonly number[]>;
  readonly #security: ReadonlyMap<number, readonly number[]>;
  readonly #interfaces: ReadonlyMap<number, readonly number[]>;
  readonly #generic: ReadonlyMap<number, readonly number[]>;
  readonly #layouts: ReadonlyMap<number, readonly number[]>;
  readonly #imports: ReadonlyMap<number, readonly number[]>;
  readonly #semantics: ReadonlyMap<number, readonly number[]>;
  readonly #implements: ReadonlyMap<number, readonly number[]>;
  readonly #properties = new Map<number, readonly number[]>();

  constructor(metadata: Metadata, pe: PeImage, bodiesOf?: (members: Members) => BodyReader) {
    const table = (id: number): TableRows => metadata.table(id);
    this.#metadata = metadata;
    this.#types = table(Table.TypeDef);
    this.#names = new TypeNames(metadata);
    this.#attributes = grouped(table(Table.CustomAttribute), (row) =>
      keyOf(table(Table.CustomAttribute).token(row, 'parent')),
    );
    this.#security = grouped(table(Table.DeclSecurity), (row) => keyOf(table(Table.DeclSecurity).token(row, 'parent')));
    this.#interfaces = grouped(table(Table.InterfaceImpl), (row) =>
      key(Table.TypeDef, table(Table.InterfaceImpl).cell(row, 'class')),
    );
    this.#generic = grouped(table(Table.GenericParam), (row) => keyOf(table(Table.GenericParam).token(row, 'owner')));
    this.#layouts = grouped(table(Table.FieldLayout), (row) =>
      key(Table.Field, table(Table.FieldLayout).cell(row, 'field')),
    );
    this.#imports = grouped(table(Table.ImplMap), (row) => keyOf(table(Table.ImplMap).token(row, 'member')));
    this.#semantics = grouped(table(Table.MethodSemantics), (row) =>
      keyOf(table(Table.MethodSemantics).token(row, 'association')),
    );
    this.#implements = grouped(table(Table.MethodImpl), (row) => keyOf(table(Table.MethodImpl).token(row, 'body')));
    const maps = table(Table.PropertyMap);
    for (let row = 1; row <= maps.count; row++) {
      this.#properties.set(maps.cell(row, 'parent'), membersOf(maps, row, 'propertyList', table(Table.Property).count));
    }
    this.#reader = bodiesOf?.(
      imageMembers(metadata, pe, this.#names, {
        method: (row) => this.#own.methods[row],
        field: (row) => this.#own.fields[row],
        methodRows: (type) => this.#methodRows(type),
        fieldRows: (type) => this.#fieldRows(type),
      }),
    );
  }

  lower(): Lowered {
    return {
      // The first row holds the module's global members; it is a type like others, named <Module>.
      types: Array.from({ length: this.#types.count }, (_, index) => this.#type(index + 1)),
      assemblyAttributes: this.#attributesOf(Table.Assembly, 1),
      moduleAttributes: this.#attributesOf(Table.Module, 1),
      assemblySecurity: this.#securityOf(Table.Assembly, 1),
    };
  }

  #text(table: TableRows, row: number, column: string): string {
    return this.#metadata.string(table.cell(row, column));
  }

  #type(row: number): TypeDef {
    const flags = this.#types.cell(row, 'flags');
    const attributes = this.#attributesOf(Table.TypeDef, row);
    const extended = this.#types.token(row, 'extends');
    const base = extended.row === 0 ? undefined : this.#names.nameOf(extended, 0);
    const name = this.#names.definitionName(row);
    const layout = (flags & 0x18) === 0x10 ? 'explicit' : (flags & 0x18) === 0x08 ? 'sequential' : 'auto';
    const fieldRows = this.#fieldRows(row);
    const methodRows = this.#methodRows(row);
    const fields = fieldRows.map((member) => this.#field(member));
    const methods = methodRows.map((member) => this.#method(member));
    const type: TypeDef = {
      name,
      kind: kindOf(flags, base, name),
      isPublic: this.#names.isPublic(row),
      isAbstract: (flags & 0x80) !== 0,
      isSealed: (flags & 0x100) !== 0,
      isGeneric: this.#generic.has(key(Table.TypeDef, row)),
      interfaces: (this.#interfaces.get(key(Table.TypeDef, row)) ?? []).map((one) =>
        this.#names.nameOf(this.#metadata.table(Table.InterfaceImpl).token(one, 'interface'), 0),
      ),
      attributes,
      fields,
      methods,
      properties: (this.#properties.get(row) ?? []).map((member) => this.#property(member)),
      compilerGenerated: isGenerated(name, attributes),
      layout,
      security: this.#securityOf(Table.TypeDef, row),
      place: placeOf(Table.TypeDef, row),
      ...(base && { base }),
    };
    methods.forEach((method, index) => (this.#own.methods[methodRows[index] ?? 0] = { type, method }));
    fields.forEach((field, index) => (this.#own.fields[fieldRows[index] ?? 0] = { type, field }));
    return type;
  }

  #methodRows(type: number): readonly number[] {
    return membersOf(this.#types, type, 'methodList', this.#metadata.table(Table.MethodDef).count);
  }

  #fieldRows(type: number): readonly number[] {
    return membersOf(this.#types, type, 'fieldList', this.#metadata.table(Table.Field).count);
  }

  #field(row: number): FieldDef {
    const table = this.#metadata.table(Table.Field);
    const flags = table.cell(row, 'flags');
    const name = this.#text(table, row, 'name');
    const attributes = this.#attributesOf(Table.Field, row);
    const [layout] = this.#layouts.get(key(Table.Field, row)) ?? [];
    return {
      name,
      type: readField(this.#metadata.blob(table.cell(row, 'signature')), this.#names.nameOf),
      isStatic: (flags & 0x10) !== 0,
      isInitOnly: (flags & 0x20) !== 0,
      isLiteral: (flags & 0x40) !== 0,
      isPublic: (flags & 7) === 6,
      attributes,
      compilerGenerated: isGenerated(name, attributes),
      place: placeOf(Table.Field, row),
      ...(layout !== undefined && { offset: this.#metadata.table(Table.FieldLayout).cell(layout, 'offset') }),
    };
  }

  #method(row: number): MethodDef {
    const table = this.#metadata.table(Table.MethodDef);
    const flags = table.cell(row, 'flags');
    const implFlags = table.cell(row, 'implFlags');
    const name = this.#text(table, row, 'name');
    const attributes = this.#attributesOf(Table.MethodDef, row);
    const signature = readMethod(new Reader(this.#metadata.blob(table.cell(row, 'signature'))), this.#names.nameOf);
    const parameters = this.#parameters(row, signature.parameters);
    const [imported] = this.#imports.get(key(Table.MethodDef, row)) ?? [];
    const declared: DeclaredMethod = {
      name,
      isStatic: (flags & 0x10) !== 0,
      isPublic: (flags & 7) === 6,
      isAbstract: (flags & 0x400) !== 0,
      isVirtual: (flags & 0x40) !== 0,
      isNewSlot: (flags & 0x100) !== 0,
      overrides: this.#overridesOf(row),
      arity: signature.arity,
      isVarArg: signature.isVarArg,
      returns: signature.returns,
      returnAttributes: parameters.returns,
      parameters: parameters.defs,
      attributes,
      compilerGenerated: isGenerated(name, attributes),
      implementation: implementationOf(implFlags),
      isSynchronized: (implFlags & 0x20) !== 0,
      security: this.#securityOf(Table.MethodDef, row),
      place: placeOf(Table.MethodDef, row),
      ...(imported !== undefined && { import: this.#import(imported) }),
    };
    return new ImageMethod(declared, this.#reader, () => {
      const owner = this.#own.methods[row];
      return owner && { token: key(Table.MethodDef, row), rva: table.cell(row, 'rva'), owner };
    });
  }

  #overridesOf(method: number): MethodDef['overrides'] {
    const table = this.#metadata.table(Table.MethodImpl);
    return (this.#implements.get(key(Table.MethodDef, method)) ?? []).flatMap((row) => {
      const { table: id, row: declaration } = table.token(row, 'declaration');
      if (id !== Table.MemberRef && id !== Table.MethodDef) return [];
      const members = this.#metadata.table(id);
      const name = this.#text(members, declaration, 'name');
      const type =
        id === Table.MemberRef
          ? this.#names.nameOf(members.token(declaration, 'parent'), 0)
          : this.#names.nameOf({ table: Table.TypeDef, row: this.#names.ownerOfMethod(declaration) }, 0);
      return [{ type, name }];
    });
  }

  #parameters(
    method: number,
    types: readonly TypeRef[],
  ): { readonly defs: readonly ParameterDef[]; readonly returns: readonly CustomAttribute[] } {
    const table = this.#metadata.table(Table.Param);
    const bySequence = new Map<number, number>();
    for (const row of membersOf(this.#metadata.table(Table.MethodDef), method, 'paramList', table.count))
      bySequence.set(table.cell(row, 'sequence'), row);
    const returned = bySequence.get(0);
    const defs = types.map((type, index): ParameterDef => {
      const row = bySequence.get(index + 1);
      if (row === undefined) return { name: `arg${index}`, type, isOut: false, attributes: [] };
      return {
        name: this.#text(table, row, 'name'),
        type,
        isOut: (table.cell(row, 'flags') & 2) !== 0,
        attributes: this.#attributesOf(Table.Param, row),
      };
    });
    return { defs, returns: returned === undefined ? [] : this.#attributesOf(Table.Param, returned) };
  }

  #import(row: number): { readonly library: string; readonly name: string } {
    const table = this.#metadata.table(Table.ImplMap);
    return {
      library: this.#text(this.#metadata.table(Table.ModuleRef), table.cell(row, 'scope'), 'name'),
      name: this.#text(table, row, 'name'),
    };
  }

  #property(row: number): PropertyDef {
    const table = this.#metadata.table(Table.Property);
    const semantics = this.#metadata.table(Table.MethodSemantics);
    const methods = this.#metadata.table(Table.MethodDef);
    const accessors = this.#semantics.get(key(Table.Property, row)) ?? [];
    const accessor = (kind: number): string | undefined => {
      const found = accessors.find((one) => semantics.cell(one, 'semantics') === kind);
      return found === undefined ? undefined : this.#text(methods, semantics.cell(found, 'method'), 'name');
    };
    const getter = accessor(2);
    const setter = accessor(1);
    return {
      name: this.#text(table, row, 'name'),
      type: readProperty(this.#metadata.blob(table.cell(row, 'signature')), this.#names.nameOf),
      attributes: this.#attributesOf(Table.Property, row),
      ...(getter !== undefined && { getter }),
      ...(setter !== undefined && { setter }),
    };
  }

  #attributesOf(table: number, row: number): readonly CustomAttribute[] {
    return (this.#attributes.get(key(table, row)) ?? []).map((one) => this.#attribute(one));
  }

  #attribute(row: number): CustomAttribute {
    const table = this.#metadata.table(Table.CustomAttribute);
    const constructor = table.token(row, 'type');
    const { type, parameters } = this.#attributeConstructor(constructor);
    const decoded = decodeAttribute(this.#metadata.blob(table.cell(row, 'value')), parameters, this.#underlying);
    return { type, ...decoded, place: placeOf(Table.CustomAttribute, row) };
  }

  #attributeConstructor(token: Token): { readonly type: string; readonly parameters: readonly TypeRef[] } {
    const isReference = token.table === Table.MemberRef;
    if (!isReference && token.table !== Table.MethodDef) return { type: '', parameters: [] };
    const table = this.#metadata.table(token.table);
    const { parameters } = readMethod(
      new Reader(this.#metadata.blob(table.cell(token.row, 'signature'))),
      this.#names.nameOf,
    );
    const owner = isReference
      ? this.#names.nameOf(table.token(token.row, 'parent'), 0)
      : this.#names.nameOf({ table: Table.TypeDef, row: this.#names.ownerOfMethod(token.row) }, 0);
    return { type: owner.kind === 'named' ? owner.name : '', parameters };
  }

  /** Of the assembly's own enumerations; those of others do not say. */
  readonly #underlying = (name: string): string | undefined => {
    const row = this.#names.rowNamed(name);
    const [first] = row === undefined ? [] : this.#fieldRows(row);
    if (first === undefined) return undefined;
    const type = readField(
      this.#metadata.blob(this.#metadata.table(Table.Field).cell(first, 'signature')),
      this.#names.nameOf,
    );
    return type.kind === 'named' ? type.name : undefined;
  };

  #securityOf(table: number, row: number): readonly SecurityDeclaration[] {
    const rows = this.#metadata.table(Table.DeclSecurity);
    return (this.#security.get(key(table, row)) ?? []).map((one) => {
      const place = placeOf(Table.DeclSecurity, one);
      const reader = new Reader(this.#metadata.blob(rows.cell(one, 'permissionSet')));
      return {
        action: actions[rows.cell(one, 'action')] ?? 'unknown',
        permissions: this.#permissions(reader, place),
        place,
      };
    });
  }

  /** `.`, a count, and attributes by name (ECMA-335 II.22.11); the XML of .NET 1 is left undecoded. */
  #permissions(reader: Reader, place: Place): readonly CustomAttribute[] {
    if (reader.left < 2 || reader.u8() !== 0x2e) return [];
    const permissions: CustomAttribute[] = [];
    for (let count = reader.compressed(); count > 0 && reader.left > 0; count--) {
      const type = (readSerString(reader) ?? '').split(',', 1)[0] ?? '';
      const named = decodePermission(reader.take(reader.compressed()), this.#underlying);
      permissions.push({ type, arguments: [], named, place });
    }
    return permissions;
  }
}

type DeclaredMethod = Omit<MethodDef, 'body'>;

interface ImageMethod extends DeclaredMethod {}

/** A method whose body is read when it is first asked for. */
class ImageMethod {
  readonly #reader: BodyReader | undefined;
  readonly #row: () => MethodToRead | undefined;
  #body: { readonly value: Body | undefined } | undefined;

  constructor(declared: DeclaredMethod, reader: BodyReader | undefined, row: () => MethodToRead | undefined) {
    Object.assign(this, declared);
    this.#reader = reader;
    this.#row = row;
  }

  get body(): Body | undefined {
    if (!this.#body) {
      const row = this.#row();
      this.#body = { value: row && this.#reader?.(row) };
    }
    return this.#body.value;
  }
}

/** ECMA-335 II.22.11. */
const actions: Readonly<Record<number, SecurityAction>> = {
  2: 'Demand',
  3: 'Assert',
  4: 'Deny',
  5: 'PermitOnly',
  6: 'LinkDemand',
  7: 'InheritanceDemand',
  8: 'RequestMinimum',
  9: 'RequestOptional',
  10: 'RequestRefuse',
};

function placeOf(table: number, row: number): Place {
  return { kind: 'image', token: table * 0x1000000 + row };
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

function implementationOf(flags: number): MethodDef['implementation'] {
  if ((flags & 0x1000) !== 0) return 'internalCall';
  if ((flags & 3) === 1) return 'native';
  if ((flags & 3) === 3) return 'runtime';
  return (flags & 4) !== 0 ? 'unmanaged' : 'il';
}

/** CompilerGeneratedAttribute, or a name no source can spell. */
function isGenerated(name: string, attributes: readonly CustomAttribute[]): boolean {
  return (
    name.includes('<') ||
    attributes.some((attribute) => attribute.type === 'System.Runtime.CompilerServices.CompilerGeneratedAttribute')
  );
}
