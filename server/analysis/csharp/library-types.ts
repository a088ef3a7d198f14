// Types of other assemblies, of sources or of bytes, as the binder has those of the framework: what is public, and protected.
import type { AssemblyCode, FieldDef, MethodDef, ParameterDef, TypeDef, TypeRef } from '../code/model.js';
import type { Framework, FrameworkMember, FrameworkParameter, FrameworkTypeMembers } from './framework.js';
import { systemType } from './symbols.js';

/** The framework, and over it what a project references. A name that two of those have means neither. */
export function withLibraries(framework: Framework, libraries: readonly LibraryTypes[]): Framework {
  if (libraries.length === 0) return framework;
  return {
    findType(name) {
      const found = libraries.flatMap((library) => library.findType(name) ?? []);
      return found.length === 0 ? framework.findType(name) : found.length === 1 ? found[0] : undefined;
    },
    hasNamespace: (name) => framework.hasNamespace(name) || libraries.some(({ namespaces }) => namespaces.has(name)),
    extensionTypes: (namespace) => [
      ...framework.extensionTypes(namespace),
      ...libraries.flatMap((library) => library.extensionTypes(namespace)),
    ],
  };
}

const extension = 'System.Runtime.CompilerServices.ExtensionAttribute';

export class LibraryTypes {
  readonly namespaces: ReadonlySet<string>;
  readonly #code: AssemblyCode;
  readonly #framework: Framework;
  readonly #types = new Map<string, TypeDef>();
  readonly #extensions = new Map<string, TypeDef[]>();
  readonly #known = new Map<TypeDef, FrameworkTypeMembers>();

  constructor(code: AssemblyCode, framework: Framework) {
    this.#code = code;
    this.#framework = framework;
    const namespaces = new Set<string>();
    for (const type of code.types) {
      if (!type.isPublic) continue;
      this.#types.set(type.name, type);
      const namespace = namespaceOf(type.name);
      for (let at = namespace; at !== '' && !namespaces.has(at); at = namespaceOf(at)) namespaces.add(at);
      if (!type.attributes.some((attribute) => attribute.type === extension)) continue;
      const list = this.#extensions.get(namespace);
      if (list) list.push(type);
      else this.#extensions.set(namespace, [type]);
    }
    this.namespaces = namespaces;
  }

  findType(name: string): FrameworkTypeMembers | undefined {
    const type = this.#types.get(name);
    return type && this.#seen(type);
  }

  extensionTypes(namespace: string): readonly FrameworkTypeMembers[] {
    return (this.#extensions.get(namespace) ?? []).map((type) => this.#seen(type));
  }

  #seen(type: TypeDef): FrameworkTypeMembers {
    const known = this.#known.get(type);
    if (known) return known;
    const { kind, isAbstract, isSealed, base } = type;
    let members: readonly FrameworkMember[] | undefined;
    const membersOf = (): readonly FrameworkMember[] => this.#membersOf(type);
    const seen: FrameworkTypeMembers = {
      name: type.name,
      assembly: this.#code.identity.name,
      kind,
      isStatic: isAbstract && isSealed,
      isAbstract,
      isSealed,
      interfaces: type.interfaces.map((one) => this.#outside(one)),
      typeParameters: Array.from({ length: arityOf(type.name) }, () => 'invariant' as const),
      ...(base && { base: this.#outside(base) }),
      get members() {
        return (members ??= membersOf());
      },
    };
    this.#known.set(type, seen);
    return seen;
  }

  #membersOf(type: TypeDef): readonly FrameworkMember[] {
    const named = new Map<string, MethodDef[]>();
    for (const method of type.methods) {
      const list = named.get(method.name);
      if (list) list.push(method);
      else named.set(method.name, [method]);
    }
    // Accessors of one name, those of indexers, stand in the order of their properties.
    const take = (name: string | undefined): MethodDef | undefined => named.get(name ?? '')?.shift();
    const properties = type.properties.flatMap((property): readonly FrameworkMember[] => {
      const getter = take(property.getter);
      const setter = take(property.setter);
      const [first] = [getter, setter].filter((one) => one && isSeen(one));
      if (!first) return [];
      const parameters = first === getter ? first.parameters : first.parameters.slice(0, -1);
      return [
        {
          ...this.#member(first, parameters, property.type),
          name: property.name,
          kind: 'property',
          hasGetter: getter !== undefined && isSeen(getter),
          hasSetter: setter !== undefined && isSeen(setter),
        },
      ];
    });
    const others = [...named.values()].flat().flatMap((method): readonly FrameworkMember[] => {
      if (!isSeen(method) || method.name === '.cctor' || method.name.startsWith('remove_')) return [];
      const member = this.#member(method, method.parameters, method.returns);
      if (method.name === '.ctor')
        return [{ ...member, kind: 'constructor', ...(type.kind === 'delegate' && { parameters: ofDelegate }) }];
      const event = /^add_(.+)$/.exec(method.name)?.[1];
      const [handler] = method.parameters;
      return event !== undefined && handler && named.has(`remove_${event}`)
        ? [{ ...member, name: event, kind: 'event', parameters: [], returns: this.#outside(handler.type) }]
        : [member];
    });
    return [...type.fields.filter(isSeen).flatMap((field) => this.#field(type, field)), ...properties, ...others];
  }

  #member(method: MethodDef, parameters: readonly ParameterDef[], returns: TypeRef): FrameworkMember {
    return {
      name: method.name,
      kind: 'method',
      isStatic: method.isStatic,
      isProtected: method.isProtected,
      isVirtual: method.isVirtual,
      isOverride: method.isVirtual && !method.isNewSlot,
      isExtension: isMarked(method, extension),
      hasParams: parameters.some((parameter) => isMarked(parameter, 'System.ParamArrayAttribute')),
      arity: method.arity,
      parameters: parameters.map((parameter) => this.#parameter(parameter)),
      returns: this.#outside(returns),
      hasGetter: false,
      hasSetter: false,
    };
  }

  #parameter({ name, type, isOut, isOptional }: ParameterDef): FrameworkParameter {
    return { name, type: this.#outside(type), isOut, isOptional };
  }

  #field(type: TypeDef, { name, isStatic, isProtected, type: of, constant }: FieldDef): readonly FrameworkMember[] {
    if (type.kind === 'enum' && !isStatic) return [];
    return [
      {
        name,
        kind: 'field',
        isStatic,
        isProtected,
        isVirtual: false,
        isOverride: false,
        isExtension: false,
        hasParams: false,
        arity: 0,
        parameters: [],
        returns: this.#outside(of),
        hasGetter: false,
        hasSetter: false,
        ...(constant !== undefined && { constant }),
      },
    ];
  }

  /** As who references the assembly names a type; the framework's stand where it has them, whatever facade was named. */
  #outside(ref: TypeRef): TypeRef {
    if ('element' in ref) return { ...ref, element: this.#outside(ref.element) };
    if (ref.kind !== 'named') return ref;
    const assembly =
      ref.assembly === undefined
        ? this.#code.identity.name
        : (this.#framework.findType(ref.name)?.assembly ?? ref.assembly);
    return { ...ref, assembly, arguments: ref.arguments.map((one) => this.#outside(one)) };
  }
}

/** Of the constructor of a delegate (ECMA-335 II.14.6), which no source writes. */
const ofDelegate: readonly FrameworkParameter[] = [
  { name: 'object', type: systemType('Object'), isOut: false, isOptional: false },
  { name: 'method', type: systemType('IntPtr'), isOut: false, isOptional: false },
];

function isSeen({ isPublic, isProtected }: { readonly isPublic: boolean; readonly isProtected: boolean }): boolean {
  return isPublic || isProtected;
}

function isMarked({ attributes }: Pick<MethodDef, 'attributes'>, name: string): boolean {
  return attributes.some(({ type }) => type === name);
}

/** Of a type, or the namespace around one. */
function namespaceOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')));
}

/** Type parameters, those of the types it lies in among them. */
function arityOf(name: string): number {
  let arity = 0;
  for (const [, digits] of name.matchAll(/`(\d{1,4})/g)) arity += Number(digits);
  return arity;
}
