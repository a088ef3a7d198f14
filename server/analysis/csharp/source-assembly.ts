// Sources as an assembly of the code model: types with their members, bodies lowered when they are asked for.
import type { OwnMethod } from '../code/body.js';
import { withGraph } from '../code/graph.js';
import type { AssemblyCode, CustomAttribute, FieldDef, MethodDef, PropertyDef, TypeDef } from '../code/model.js';
import { declaredTypes, type SourceUnit } from './declare.js';
import type { Framework } from './framework.js';
import type { Definitions } from './lowering.js';
import type { Region } from './mend-regions.js';
import { menderOf } from './mend.js';
import { sourceIdentity, sourceStrongName, type BuiltAs } from './source-identity.js';
import { sourceReferences } from './source-references.js';
import { attributesOf, extensionMark, find, isPseudo, isSecurity, numberIn, securityOf } from './source-attributes.js';
import { SourceBodies } from './source-bodies.js';
import { backingField, fieldOf, initializerOf, isAutomatic } from './source-fields.js';
import { methodOf, sourceMethodsOf, typeInitializer, type AccessorKind, type SourceMethod } from './source-methods.js';
import { sourcePlace, type Context, type DeclaredType, type MemberSymbol, type SourceMember } from './symbols.js';
import { TypeSystem } from './type-system.js';

export interface SourceAssemblyInput {
  /** What the project references besides the framework. */
  readonly libraries: readonly AssemblyCode[];
  readonly built: BuiltAs;
  readonly units: readonly SourceUnit[];
  /** Types of the framework and of the libraries. */
  readonly framework: Framework;
  /** Conditional compilation symbols. */
  readonly symbols: ReadonlySet<string>;
  readonly asked?: (region: Region) => void;
}

export function sourceAssembly(input: SourceAssemblyInput): AssemblyCode {
  return new SourceAssemblyBuilder(input).build();
}

/** A type while its members come to it. */
interface OpenType {
  readonly definition: TypeDef;
  readonly fields: FieldDef[];
  readonly methods: MethodDef[];
  readonly properties: PropertyDef[];
}

class SourceAssemblyBuilder implements Pick<Definitions, 'method' | 'field'> {
  readonly #input: SourceAssemblyInput;
  readonly #system: TypeSystem;
  readonly #declared: ReadonlyMap<string, DeclaredType>;
  readonly #bodies: SourceBodies;
  readonly #methods = new Map<SourceMember, Map<AccessorKind | undefined, OwnMethod>>();
  readonly #fields = new Map<SourceMember, { readonly type: TypeDef; readonly field: FieldDef }>();

  constructor(input: SourceAssemblyInput) {
    this.#input = input;
    this.#declared = declaredTypes(input.units);
    this.#system = new TypeSystem(this.#declared, input.framework);
    this.#bodies = new SourceBodies(this.#system, this, input.symbols);
  }

  build(): AssemblyCode {
    const { built, units, framework, libraries, asked } = this.#input;
    const types = [...this.#declared.values()].map((type) => this.#type(type));
    const assemblyAttributes = units.flatMap(({ uri, unit }) =>
      attributesOf(unit.attributes, { uri, namespace: '', usings: unit.usings }, this.#system, ['only', 'assembly']),
    );
    const parts = {
      attributes: assemblyAttributes.filter((attribute) => !isSecurity(attribute, this.#system)),
      moduleAttributes: this.#unsafeMark(),
      types,
      security: securityOf(assemblyAttributes, this.#system),
    };
    const assemblyOf = (type: string): string | undefined =>
      this.#declared.has(type) ? undefined : framework.findType(type)?.assembly;
    const code: AssemblyCode = withGraph({
      origin: 'source',
      identity: sourceIdentity(built, assemblyAttributes),
      strongName: sourceStrongName(built, assemblyAttributes),
      references: () =>
        sourceReferences({
          code: parts,
          assemblyOf,
          frameworkVersion: built.frameworkVersion,
          identityOf: (name) => libraries.find(({ identity }) => identity.name === name)?.identity,
        }),
      ...parts,
      mend: menderOf({
        units,
        declared: this.#declared,
        system: this.#system,
        targetFramework: built.targetFramework,
        code: () => code,
        ...(asked && { asked }),
      }),
    });
    return code;
  }

  method(source: SourceMember, accessor?: AccessorKind): OwnMethod | undefined {
    return this.#methods.get(source)?.get(accessor);
  }

  field(source: SourceMember): { readonly type: TypeDef; readonly field: FieldDef } | undefined {
    return this.#fields.get(source);
  }

  /** What the compiler writes for code with `unsafe` in it, at the first place that has it. */
  #unsafeMark(): readonly CustomAttribute[] {
    for (const type of this.#declared.values()) {
      for (const part of type.parts) {
        const marked = part.modifiers.includes('unsafe')
          ? part.nameSpan
          : part.members.find((member) => member.modifiers.includes('unsafe'))?.name.span;
        if (marked)
          return [
            {
              type: 'System.Security.UnverifiableCodeAttribute',
              arguments: [],
              named: [],
              place: sourcePlace(part.context, marked),
            },
          ];
      }
    }
    return [];
  }

  #type(type: DeclaredType): TypeDef {
    const [first] = type.parts;
    const context: Context = first?.context ?? { uri: '', namespace: '', usings: [] };
    const all = type.parts.flatMap((part) => attributesOf(part.attributes, part.context, this.#system));
    const layout = numberIn(find(all, 'System.Runtime.InteropServices.StructLayoutAttribute'));
    const bases = this.#system.basesOf(this.#system.instanceOf(type));
    const base = bases.find((one) => this.#system.kindOf(one) !== 'interface');
    const modifiers = new Set(type.parts.flatMap((part) => part.modifiers));
    const members = this.#system.ownMembers(type);
    const place = sourcePlace(context, first?.nameSpan ?? { start: 0, end: 0 });
    const fields: FieldDef[] = [];
    const methods: MethodDef[] = [];
    const properties: PropertyDef[] = [];
    const definition: TypeDef = {
      name: type.name,
      kind: type.kind,
      isPublic: isPublic(type),
      isAbstract: modifiers.has('abstract') || modifiers.has('static') || type.kind === 'interface',
      isSealed: modifiers.has('sealed') || modifiers.has('static') || type.kind === 'struct' || type.kind === 'enum',
      isGeneric: type.typeParameters.length > 0,
      interfaces: bases.filter((one) => one !== base),
      attributes: [
        ...all.filter((attribute) => !isPseudo(attribute) && !isSecurity(attribute, this.#system)),
        ...(members.some(({ isExtension }) => isExtension) ? [extensionMark(place)] : []),
      ],
      fields,
      methods,
      properties,
      compilerGenerated: false,
      layout:
        layout === 2
          ? 'explicit'
          : layout === 0 || (layout === undefined && type.kind === 'struct')
            ? 'sequential'
            : 'auto',
      security: securityOf(all, this.#system),
      place,
      ...(base && { base }),
    };
    const open = { definition, fields, methods, properties };
    for (const member of members) if (member.source) this.#member(type, open, member, member.source);
    const initial = members.filter((member) => member.isStatic && initializerOf(member));
    if (initial.length > 0 && !methods.some(({ name }) => name === '.cctor') && type.kind !== 'enum')
      methods.push(this.#method(type, typeInitializer(type, context, this.#system)));
    for (const member of members) {
      const name = member.isStatic ? '.cctor' : '.ctor';
      const constructor = initializerOf(member) && methods.find((method) => method.name === name);
      if (constructor) methods.push(...this.#bodies.anonymousOfInitial(member, definition, constructor));
    }
    return definition;
  }

  #member(type: DeclaredType, open: OpenType, member: MemberSymbol, source: SourceMember): void {
    const attributes = attributesOf(source.attributes, source.context, this.#system);
    if (member.kind === 'field' || source.isEventField)
      this.#field(open, source, fieldOf(member, source, attributes, this.#system));
    if (member.kind === 'property' && isAutomatic(type, source))
      this.#field(open, source, backingField(member, source));
    const known = this.#methods.get(source) ?? new Map<AccessorKind | undefined, OwnMethod>();
    this.#methods.set(source, known);
    for (const one of sourceMethodsOf(member, source, attributes)) {
      const method = this.#method(type, one);
      open.methods.push(method);
      known.set(one.kind, { type: open.definition, method });
      for (const anonymous of this.#bodies.anonymousOf(one, open.definition, method)) open.methods.push(anonymous);
    }
    if (member.kind !== 'property') return;
    open.properties.push({
      name: member.name,
      type: member.type,
      attributes: attributes.filter((attribute) => !isPseudo(attribute)),
      ...(member.hasGetter && { getter: `get_${member.name}` }),
      ...(member.hasSetter && { setter: `set_${member.name}` }),
      place: sourcePlace(source.context, source.nameSpan),
    });
  }

  #field({ definition, fields }: OpenType, source: SourceMember, field: FieldDef): void {
    fields.push(field);
    this.#fields.set(source, { type: definition, field });
  }

  #method(type: DeclaredType, method: SourceMethod): MethodDef {
    return methodOf(type, method, this.#system, () => this.#bodies.lower(type, method));
  }
}

function isPublic(type: DeclaredType): boolean {
  for (let one: DeclaredType | undefined = type; one; one = one.outer)
    if (!one.parts.some(({ modifiers }) => modifiers.includes('public'))) return false;
  return true;
}
