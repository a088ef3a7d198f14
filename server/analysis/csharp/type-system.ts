// Names to types, and types to their members: those the sources declare and those of the framework, as one.
import type { TypeRef } from '../code/model.js';
import { Effort } from './effort.js';
import type { Framework, FrameworkTypeMembers } from './framework.js';
import { byName, frameworkSymbols } from './framework-symbols.js';
import { anonymousMembers, dynamicType, elementName, isAnonymousType, tupleType } from './shaped-types.js';
import { membersOfSource } from './source-members.js';
import type { TypeName, TypeParameter } from './nodes.js';
import {
  systemType,
  unknownType,
  type Context,
  type DeclaredType,
  type MemberSymbol,
  type NamedType,
  type ParameterType,
  type TypeKind,
} from './symbols.js';

const keywords: Readonly<Record<string, string>> = {
  bool: 'Boolean',
  byte: 'Byte',
  sbyte: 'SByte',
  char: 'Char',
  decimal: 'Decimal',
  double: 'Double',
  float: 'Single',
  int: 'Int32',
  uint: 'UInt32',
  long: 'Int64',
  ulong: 'UInt64',
  short: 'Int16',
  ushort: 'UInt16',
  nint: 'IntPtr',
  nuint: 'UIntPtr',
  object: 'Object',
  string: 'String',
  void: 'Void',
};

/** What a name at the start of an expression or a type stands for. */
export type Resolved =
  { readonly kind: 'type'; readonly type: TypeRef } | { readonly kind: 'namespace'; readonly name: string };

const maximumBases = 64;

export class TypeSystem {
  readonly effort = new Effort();
  readonly #declared: ReadonlyMap<string, DeclaredType>;
  readonly #framework: Framework;
  readonly #namespaces = new Set<string>();
  readonly #members = new Map<string, readonly MemberSymbol[]>();
  readonly #extensions = new Map<string, readonly FrameworkTypeMembers[]>();
  readonly #enums = new Map<DeclaredType, ReadonlyMap<string, number>>();
  readonly #bases = new Map<string, readonly NamedType[]>();

  constructor(declared: ReadonlyMap<string, DeclaredType>, framework: Framework) {
    this.#declared = declared;
    this.#framework = framework;
    for (const type of declared.values()) {
      for (const { context } of type.parts) {
        const parts = context.namespace.split('.');
        for (let count = 1; count <= parts.length; count++) this.#namespaces.add(parts.slice(0, count).join('.'));
      }
    }
  }

  declared(name: string): DeclaredType | undefined {
    return this.#declared.get(name);
  }

  kindOf(type: TypeRef): TypeKind | undefined {
    if (type.kind !== 'named') return undefined;
    return (this.#own(type) ?? this.#framework.findType(type.name))?.kind;
  }

  #own(type: NamedType): DeclaredType | undefined {
    return type.assembly === undefined ? this.#declared.get(type.name) : undefined;
  }

  /** A type as a source writes it. */
  typeOf(name: TypeName, context: Context): TypeRef {
    switch (name.kind) {
      case 'named': {
        const resolved = this.#resolveParts(name, context);
        return resolved?.kind === 'type' ? resolved.type : unknownType;
      }
      case 'array':
        return { kind: 'array', element: this.typeOf(name.element, context), rank: name.rank };
      case 'pointer':
        return { kind: 'pointer', element: this.typeOf(name.element, context) };
      case 'ref':
        return { kind: 'byReference', element: this.typeOf(name.element, context) };
      case 'nullable': {
        const element = this.typeOf(name.element, context);
        const isValue = element.kind === 'named' && this.isValueType(element);
        return isValue ? systemType('Nullable`1', element) : element;
      }
      case 'tuple':
        return tupleType(
          name.elements.map(({ type }) => this.typeOf(type, context)),
          name.elements.map((element) => element.name),
        );
      default:
        return unknownType;
    }
  }

  isValueType(type: NamedType): boolean {
    const kind = this.kindOf(type);
    return kind === 'struct' || kind === 'enum';
  }

  #resolveParts({ parts, alias }: Extract<TypeName, { kind: 'named' }>, context: Context): Resolved | undefined {
    let found: Resolved | undefined;
    for (const [index, { name, arguments: given }] of parts.entries()) {
      const types = given.map((argument) => this.typeOf(argument, context));
      found =
        index === 0
          ? alias === undefined
            ? this.resolve(name, types, context)
            : this.#inNamespace('', name, types)
          : found && this.member(found, name, types);
      if (!found) return undefined;
    }
    return found;
  }

  /** A simple name as a type or a namespace (C# specification, 7.8 Namespace and type names). */
  resolve(name: string, given: readonly TypeRef[], context: Context): Resolved | undefined {
    if (given.length > 0) return this.#resolve(name, given, context);
    let known = this.#resolved.get(context);
    if (!known) this.#resolved.set(context, (known = new Map()));
    if (known.has(name)) return known.get(name);
    const resolved = this.#resolve(name, given, context);
    known.set(name, resolved);
    return resolved;
  }

  /** Of names without type arguments, by where they stand. */
  readonly #resolved = new WeakMap<Context, Map<string, Resolved | undefined>>();

  #resolve(name: string, given: readonly TypeRef[], context: Context): Resolved | undefined {
    const keyword = given.length === 0 ? keywords[name] : undefined;
    if (keyword !== undefined) return { kind: 'type', type: systemType(keyword) };
    if (name === 'dynamic' && given.length === 0) return { kind: 'type', type: dynamicType };
    if (given.length === 0) {
      const parameter = typeParameter(name, context);
      if (parameter) return { kind: 'type', type: parameter };
    }
    for (let type = context.type; type; type = type.outer) {
      const nested = this.#nested(type, name, given);
      if (nested) return { kind: 'type', type: nested };
    }
    for (let namespace = context.namespace; ; namespace = namespace.slice(0, Math.max(0, namespace.lastIndexOf('.')))) {
      const found = this.#inNamespace(namespace, name, given);
      if (found) return found;
      if (namespace === '') break;
    }
    return this.#byUsings(name, given, context);
  }

  #byUsings(name: string, given: readonly TypeRef[], context: Context): Resolved | undefined {
    const outside: Context = { uri: context.uri, namespace: '', usings: [] };
    for (const using of context.usings) {
      if (using.alias?.name === name && using.name.kind === 'named') return this.#resolveParts(using.name, outside);
    }
    for (const using of context.usings) {
      if (using.alias || using.isStatic || using.name.kind !== 'named') continue;
      const namespace = using.name.parts.map((part) => part.name).join('.');
      for (const full of this.#fullNamespaces(namespace, context)) {
        const found = this.#inNamespace(full, name, given);
        if (found?.kind === 'type') return found;
      }
    }
    // `using static` brings nested types as well.
    for (const type of this.staticUsings(context)) {
      const found = this.member({ kind: 'type', type }, name, given);
      if (found) return found;
    }
    return undefined;
  }

  /** Namespaces whose types and extension methods are seen without their names. */
  seenNamespaces(context: Context): readonly string[] {
    const seen = new Set<string>();
    for (let namespace = context.namespace; ; namespace = namespace.slice(0, Math.max(0, namespace.lastIndexOf('.')))) {
      seen.add(namespace);
      if (namespace === '') break;
    }
    for (const using of context.usings) {
      if (using.alias || using.isStatic || using.name.kind !== 'named') continue;
      for (const full of this.#fullNamespaces(using.name.parts.map((part) => part.name).join('.'), context))
        seen.add(full);
    }
    return [...seen];
  }

  /** A using inside a namespace can leave out what is around it. */
  #fullNamespaces(namespace: string, context: Context): readonly string[] {
    return context.namespace === '' ? [namespace] : [namespace, `${context.namespace}.${namespace}`];
  }

  staticUsings(context: Context): readonly NamedType[] {
    return context.usings.flatMap((using) => {
      if (!using.isStatic) return [];
      const type = this.typeOf(using.name, { uri: context.uri, namespace: '', usings: [] });
      return type.kind === 'named' ? [type] : [];
    });
  }

  /** A name behind a dot. */
  member(of: Resolved, name: string, given: readonly TypeRef[]): Resolved | undefined {
    if (of.kind === 'namespace') return this.#inNamespace(of.name, name, given);
    if (of.type.kind !== 'named') return undefined;
    const own = this.#own(of.type);
    const nested = own ? this.#nested(own, name, given) : this.#frameworkType(`${of.type.name}+${name}`, given);
    return nested && { kind: 'type', type: nested };
  }

  #inNamespace(namespace: string, name: string, given: readonly TypeRef[]): Resolved | undefined {
    const full = namespace === '' ? name : `${namespace}.${name}`;
    const generic = given.length === 0 ? full : `${full}\`${given.length}`;
    if (this.#declared.has(generic)) return { kind: 'type', type: { kind: 'named', name: generic, arguments: given } };
    const framework = this.#frameworkType(full, given);
    if (framework) return { kind: 'type', type: framework };
    if (given.length === 0 && (this.#namespaces.has(full) || this.#framework.hasNamespace(full)))
      return { kind: 'namespace', name: full };
    return undefined;
  }

  #frameworkType(name: string, given: readonly TypeRef[]): NamedType | undefined {
    const full = given.length === 0 ? name : `${name}\`${given.length}`;
    const type = this.#framework.findType(full);
    return type && { kind: 'named', name: full, assembly: type.assembly, arguments: given };
  }

  /** A type nested in a declared one, or in one of its bases. */
  #nested(type: DeclaredType, name: string, given: readonly TypeRef[]): NamedType | undefined {
    const simple = given.length === 0 ? name : `${name}\`${given.length}`;
    const own = type.nested.get(simple);
    if (own) {
      return { kind: 'named', name: own.name, arguments: [...typeArgumentsOf(type), ...given] };
    }
    const itself = type.name.slice(Math.max(type.name.lastIndexOf('.'), type.name.lastIndexOf('+')) + 1);
    if (itself === simple || (given.length === 0 && itself.replace(/`\d+$/, '') === name)) return this.instanceOf(type);
    return undefined;
  }

  /** A declared type with its own parameters as arguments. */
  instanceOf(type: DeclaredType): NamedType {
    return {
      kind: 'named',
      name: type.name,
      arguments: typeArgumentsOf(type),
    };
  }

  /** What any type derives from or implements: of an array System.Array, of a type parameter what it must be. */
  basesOfAny(type: TypeRef): readonly NamedType[] {
    switch (type.kind) {
      case 'named':
        return this.basesOf(type);
      case 'array':
        return [systemType('Array')];
      case 'typeParameter':
      case 'methodParameter':
        return [...this.#constraintsOf(type), systemType('Object')];
      default:
        return [];
    }
  }

  #constraintsOf({ declared }: ParameterType): readonly NamedType[] {
    return (declared?.constraints ?? []).flatMap((constraint) => {
      const type = this.typeOf(constraint, declared?.context ?? { uri: '', namespace: '', usings: [] });
      return type.kind === 'named' ? [type] : [];
    });
  }

  /** Base class first, then interfaces; type parameters are its own. */
  basesOf(type: NamedType): readonly NamedType[] {
    const key = keyOf(type);
    let bases = this.#bases.get(key);
    if (!bases) {
      this.#bases.set(key, []);
      bases = this.#findBases(type);
      this.#bases.set(key, bases);
    }
    return bases.map((base) => substituteNamed(base, type.arguments));
  }

  #findBases(type: NamedType): readonly NamedType[] {
    const own = this.#own(type);
    if (isAnonymousType(type)) return [systemType('Object')];
    if (!own) {
      const known = this.#framework.findType(type.name);
      return [...(known?.base ? [known.base] : []), ...(known?.interfaces ?? [])].filter((one) => one.kind === 'named');
    }
    const written = own.parts.flatMap(({ bases, context }) =>
      bases.map((base) =>
        this.typeOf(base, { ...context, ...(own.outer && { type: own.outer }), methodParameters: [] }),
      ),
    );
    const named = written.filter((one) => one.kind === 'named');
    const first = named.find((one) => this.kindOf(one) === 'class');
    const others = named.filter((one) => one !== first);
    const implied = {
      class: 'Object',
      struct: 'ValueType',
      enum: 'Enum',
      delegate: 'MulticastDelegate',
      interface: '',
    };
    const base = first ?? (implied[own.kind] === '' ? undefined : systemType(implied[own.kind]));
    return [...(base ? [base] : []), ...others];
  }

  /** Whether a type is another, derives from it or implements it. */
  isDerivedFrom(type: TypeRef, base: string): boolean {
    const seen = new Set<string>();
    const work = [type];
    for (let one = work.pop(); one && seen.size < maximumBases; one = work.pop()) {
      if (one.kind !== 'named' || seen.has(one.name)) continue;
      if (one.name === base) return true;
      seen.add(one.name);
      work.push(...this.basesOf(one));
    }
    return false;
  }

  /** Its own members by name, and those it inherits; nearest first. Type parameters of the type are substituted. */
  membersNamed(type: TypeRef, name: string): readonly MemberSymbol[] {
    const found: MemberSymbol[] = [];
    const seen = new Set<string>();
    const work: NamedType[] = type.kind === 'named' ? [type] : [...this.basesOfAny(type)];
    const declaredName = type.kind === 'named' ? elementName(type, name) : name;
    for (let next = 0; next < work.length && next < maximumBases; next++) {
      const one = work[next];
      if (!one || seen.has(keyOf(one))) continue;
      seen.add(keyOf(one));
      for (const member of byName(this.#ownMembers(one)).get(declaredName) ?? [])
        found.push(substituteMember(member, one.arguments));
      const bases = this.basesOf(one);
      const isInterface = this.kindOf(one) === 'interface';
      // A class has what its interfaces say; an interface what object has.
      work.push(...bases.filter((base) => isInterface || this.kindOf(base) !== 'interface'));
      if (isInterface && next === work.length - 1) work.push(systemType('Object'));
    }
    return found;
  }

  constructorsOf(type: NamedType): readonly MemberSymbol[] {
    return this.#ownMembers(type)
      .filter(({ kind, isStatic }) => kind === 'constructor' && !isStatic)
      .map((member) => substituteMember(member, type.arguments));
  }

  /** Its own, without those it inherits. */
  fieldsOf(type: NamedType): readonly MemberSymbol[] {
    return this.#ownMembers(type).filter(({ kind }) => kind === 'field');
  }

  /** Of a delegate type: its Invoke. */
  invokeOf(type: TypeRef): MemberSymbol | undefined {
    if (type.kind !== 'named' || this.kindOf(type) !== 'delegate') return undefined;
    return this.membersNamed(type, 'Invoke')[0];
  }

  ownMembers(type: DeclaredType): readonly MemberSymbol[] {
    return this.#ownMembers(this.instanceOf(type));
  }

  #ownMembers(type: NamedType): readonly MemberSymbol[] {
    const own = this.#own(type);
    const framework = own || isAnonymousType(type) ? undefined : this.#framework.findType(type.name);
    if (framework) return frameworkSymbols(framework);
    const key = keyOf(type);
    const known = this.#members.get(key);
    if (known) return known;
    const members = isAnonymousType(type) ? anonymousMembers(type) : own ? membersOfSource(own, this) : [];
    this.#members.set(key, members);
    return members;
  }

  /** Extension methods of that name that a context sees. */
  extensionsNamed(name: string, context: Context): readonly MemberSymbol[] {
    const found: MemberSymbol[] = [];
    const seen = new Set(this.seenNamespaces(context));
    for (const type of this.#declared.values()) {
      const namespace = type.parts[0]?.context.namespace ?? '';
      const isStatic = type.parts.some(({ modifiers }) => modifiers.includes('static'));
      if (isStatic && seen.has(namespace))
        found.push(...this.ownMembers(type).filter((member) => member.isExtension && member.name === name));
    }
    for (const namespace of seen)
      for (const type of this.#extensionsIn(namespace))
        found.push(...(byName(frameworkSymbols(type)).get(name) ?? []).filter((member) => member.isExtension));
    return found;
  }

  #extensionsIn(namespace: string): readonly FrameworkTypeMembers[] {
    let types = this.#extensions.get(namespace);
    if (!types) this.#extensions.set(namespace, (types = this.#framework.extensionTypes(namespace)));
    return types;
  }

  /** Values of an enumeration's members. While they are found out, those that are known already. */
  enumValues(type: DeclaredType, find: (known: Map<string, number>) => void): ReadonlyMap<string, number> {
    const known = this.#enums.get(type);
    if (known) return known;
    const values = new Map<string, number>();
    this.#enums.set(type, values);
    find(values);
    return values;
  }
}

function keyOf({ name, assembly }: NamedType): string {
  return `${assembly === undefined ? '' : '+'}${name}`;
}

function typeParameter(name: string, context: Context): ParameterType | undefined {
  const { methodParameters = [], type } = context;
  const ofMethod = methodParameters.findIndex((one) => one.name === name);
  if (ofMethod >= 0) return parameterType('methodParameter', methodParameters[ofMethod], ofMethod, context);
  const parameters = type?.typeParameters ?? [];
  const ofType = parameters.findLastIndex((one) => one.name === name);
  return ofType >= 0 ? parameterType('typeParameter', parameters[ofType], ofType, context) : undefined;
}

function parameterType(
  kind: ParameterType['kind'],
  { constraints }: Pick<TypeParameter, 'constraints'> = { constraints: [] },
  index: number,
  context: Context,
): ParameterType {
  return { kind, index, ...(constraints.length > 0 && { declared: { constraints, context } }) };
}

/** The parameters of a declared type, as arguments of itself. */
function typeArgumentsOf(type: DeclaredType): readonly ParameterType[] {
  const context = type.parts[0]?.context;
  return type.typeParameters.map((one, index) =>
    context ? parameterType('typeParameter', one, index, { ...context, type }) : { kind: 'typeParameter', index },
  );
}

/** Type parameters of a type replaced by what it is given. */
export function substitute(type: TypeRef, given: readonly TypeRef[], ofMethod: readonly TypeRef[] = []): TypeRef {
  switch (type.kind) {
    case 'typeParameter':
      return given[type.index] ?? type;
    case 'methodParameter':
      return ofMethod[type.index] ?? type;
    case 'array':
      return { ...type, element: substitute(type.element, given, ofMethod) };
    case 'pointer':
    case 'byReference':
      return { ...type, element: substitute(type.element, given, ofMethod) };
    case 'named':
      return type.arguments.length === 0 ? type : substituteNamed(type, given, ofMethod);
    default:
      return type;
  }
}

function substituteNamed(type: NamedType, given: readonly TypeRef[], ofMethod: readonly TypeRef[] = []): NamedType {
  if (type.arguments.length === 0 || (given.length === 0 && ofMethod.length === 0)) return type;
  return { ...type, arguments: type.arguments.map((argument) => substitute(argument, given, ofMethod)) };
}

/** `declaring` is given its arguments; the signature stays as declared, since that is how a reference is written. */
function substituteMember(member: MemberSymbol, given: readonly TypeRef[]): MemberSymbol {
  return given.length === 0 ? member : { ...member, declaring: { ...member.declaring, arguments: given } };
}
