// Sources as an assembly of the code model: types with their members, bodies lowered when they are asked for.
import type { Body, OwnMethod } from '../code/body.js';
import { withGraph } from '../code/graph.js';
import type {
  AssemblyCode,
  AssemblyIdentity,
  CustomAttribute,
  FieldDef,
  MethodDef,
  ParameterDef,
  Place,
  PropertyDef,
  TypeDef,
  TypeRef,
} from '../code/model.js';
import { BodyBuilder } from './body-builder.js';
import { memberConstant } from './constants.js';
import { declaredTypes, type SourceUnit } from './declare.js';
import type { Framework } from './framework.js';
import { anonymousIn, type AnonymousNode } from './anonymous.js';
import type { Definitions, LoweringInput } from './lowering.js';
import { StatementLowering } from './lower-statement.js';
import type { Accessor, BodyNode, Parameter } from './nodes.js';
import { Scope } from './scope.js';
import { attributesOf, find, isPseudo, isSecurity, numberIn, securityOf } from './source-attributes.js';
import {
  systemType,
  unknownType,
  type Context,
  type DeclaredType,
  type MemberSymbol,
  type NamedType,
  type SourceMember,
} from './symbols.js';
import { TypeSystem } from './type-system.js';

export interface SourceAssemblyInput {
  readonly identity: AssemblyIdentity;
  readonly references: readonly AssemblyIdentity[];
  readonly strongName: AssemblyCode['strongName'];
  readonly units: readonly SourceUnit[];
  readonly framework: Framework;
  /** Conditional compilation symbols. */
  readonly symbols: ReadonlySet<string>;
}

export function sourceAssembly(input: SourceAssemblyInput): AssemblyCode {
  return new SourceAssemblyBuilder(input).build();
}

class SourceAssemblyBuilder implements Definitions {
  readonly #input: SourceAssemblyInput;
  readonly #system: TypeSystem;
  readonly #declared: ReadonlyMap<string, DeclaredType>;
  readonly #methods = new Map<SourceMember, Map<string, OwnMethod>>();
  readonly #fields = new Map<SourceMember, { readonly type: TypeDef; readonly field: FieldDef }>();
  /** By place: file and offset of the lambda or local function. */
  readonly #anonymous = new Map<object, AnonymousMethod>();
  readonly #anonymousAt = new Map<string, AnonymousMethod>();
  #uri = '';

  constructor(input: SourceAssemblyInput) {
    this.#input = input;
    this.#declared = declaredTypes(input.units);
    this.#system = new TypeSystem(this.#declared, input.framework);
  }

  build(): AssemblyCode {
    const { identity, references, strongName, units } = this.#input;
    const types = [...this.#declared.values()].map((type) => this.#type(type));
    const assemblyAttributes = units.flatMap(({ uri, unit }) =>
      attributesOf(unit.attributes, { uri, namespace: '', usings: unit.usings }, this.#system, ['only', 'assembly']),
    );
    return withGraph({
      origin: 'source',
      identity,
      references,
      strongName,
      attributes: assemblyAttributes.filter((attribute) => !isSecurity(attribute, this.#system)),
      moduleAttributes: this.#unsafeMark(),
      types,
      security: securityOf(assemblyAttributes, this.#system),
    });
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
              place: { kind: 'source', uri: part.context.uri, span: marked },
            },
          ];
      }
    }
    return [];
  }

  method(source: SourceMember, accessor?: 'get' | 'set' | 'add' | 'remove'): OwnMethod | undefined {
    return this.#methods.get(source)?.get(accessor ?? '');
  }

  field(source: SourceMember): { readonly type: TypeDef; readonly field: FieldDef } | undefined {
    return this.#fields.get(source);
  }

  anonymous(span: { readonly start: number }): OwnMethod | undefined {
    const found = this.#anonymousAt.get(`${this.#uri} ${span.start}`);
    return found && { type: found.type, method: found };
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
      attributes: all.filter((attribute) => !isPseudo(attribute) && !isSecurity(attribute, this.#system)),
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
      place: placeOf(context, first?.nameSpan ?? { start: 0, end: 0 }),
      ...(base && { base }),
    };
    for (const member of members) this.#member(type, definition, member, fields, methods, properties);
    const initial = members.filter((member) => member.isStatic && initializerOf(member));
    if (initial.length > 0 && !methods.some(({ name }) => name === '.cctor') && type.kind !== 'enum')
      methods.push(this.#typeInitializer(type, context));
    return definition;
  }

  #member(
    type: DeclaredType,
    definition: TypeDef,
    member: MemberSymbol,
    fields: FieldDef[],
    methods: MethodDef[],
    properties: PropertyDef[],
  ): void {
    const { source } = member;
    if (!source) return;
    const attributes = attributesOf(source.attributes, source.context, this.#system);
    const own = (method: MethodDef, accessor = ''): void => {
      methods.push(method);
      const known = this.#methods.get(source) ?? new Map<string, OwnMethod>();
      this.#methods.set(source, known);
      known.set(accessor, { type: definition, method });
      for (const anonymous of this.#anonymousOf(type, definition, member, method, source)) methods.push(anonymous);
    };
    switch (member.kind) {
      case 'field':
        this.#field(definition, fields, member, source, attributes);
        return;
      case 'method':
      case 'constructor':
        own(this.#method(type, member, source, attributes, member.name, source.parameters, member.type, source.body));
        return;
      case 'event': {
        if (source.isEventField) this.#field(definition, fields, member, source, attributes);
        for (const kind of ['add', 'remove'] as const) {
          const accessor = source.accessors.find((one) => one.kind === kind);
          const value = valueParameter(source);
          own(
            this.#method(
              type,
              member,
              source,
              [],
              `${kind}_${member.name}`,
              [value],
              systemType('Void'),
              accessor?.body,
              accessor,
              kind,
            ),
            kind,
          );
        }
        return;
      }
      case 'property': {
        const isAuto = isAutomatic(type, source);
        if (isAuto)
          this.#field(definition, fields, { ...member, name: `<${member.name}>k__BackingField` }, source, [], true);
        for (const kind of ['get', 'set'] as const) {
          const accessor = source.accessors.find((one) => one.kind === kind || (kind === 'set' && one.kind === 'init'));
          const has = kind === 'get' ? member.hasGetter : member.hasSetter;
          if (!has) continue;
          const body: BodyNode | undefined =
            kind === 'get' && source.value && source.accessors.length === 0
              ? { kind: 'expressionBody', span: source.value.span, value: source.value }
              : accessor?.body;
          const parameters = kind === 'get' ? source.parameters : [...source.parameters, valueParameter(source)];
          const returns = kind === 'get' ? member.type : systemType('Void');
          own(
            this.#method(type, member, source, [], `${kind}_${member.name}`, parameters, returns, body, accessor, kind),
            kind,
          );
        }
        properties.push({
          name: member.name,
          type: member.type,
          attributes: attributes.filter((attribute) => !isPseudo(attribute)),
          ...(member.hasGetter && { getter: `get_${member.name}` }),
          ...(member.hasSetter && { setter: `set_${member.name}` }),
        });
      }
    }
  }

  #field(
    definition: TypeDef,
    fields: FieldDef[],
    member: MemberSymbol,
    source: SourceMember,
    attributes: readonly CustomAttribute[],
    isBacking = false,
  ): void {
    const constant = isBacking ? undefined : memberConstant(member, this.#system)?.value;
    const offset = numberIn(find(attributes, 'System.Runtime.InteropServices.FieldOffsetAttribute'));
    const isConst = source.modifiers.includes('const');
    const hasSetter = isBacking && source.accessors.some(({ kind }) => kind === 'set');
    const field: FieldDef = {
      name: member.name,
      type: member.type,
      isStatic: member.isStatic,
      isInitOnly: source.modifiers.includes('readonly') || (isBacking && !hasSetter),
      isLiteral: isConst,
      isPublic: !isBacking && !source.isEventField && source.modifiers.includes('public'),
      hasData: false,
      attributes: attributes.filter((attribute) => !isPseudo(attribute)),
      compilerGenerated: isBacking,
      place: placeOf(source.context, source.nameSpan),
      ...(constant !== undefined && { constant }),
      ...(offset !== undefined && { offset }),
    };
    fields.push(field);
    this.#fields.set(source, { type: definition, field });
  }

  #method(
    type: DeclaredType,
    member: MemberSymbol,
    source: SourceMember,
    all: readonly CustomAttribute[],
    name: string,
    parameters: readonly Parameter[],
    returns: TypeRef,
    body: BodyNode | undefined,
    accessor?: Accessor,
    accessorKind?: 'get' | 'set' | 'add' | 'remove',
  ): MethodDef {
    const { modifiers, context } = source;
    const imported = find(all, 'System.Runtime.InteropServices.DllImportAttribute');
    const options = numberIn(find(all, 'System.Runtime.CompilerServices.MethodImplAttribute')) ?? 0;
    const isAbstract = modifiers.includes('abstract') || (type.kind === 'interface' && !body && !member.isStatic);
    const isOverride = modifiers.includes('override') || member.name === 'Finalize';
    const implemented = this.#implemented(type, member, name, source);
    const isRuntime = type.kind === 'delegate';
    const hasBody =
      !isAbstract &&
      !imported &&
      !isRuntime &&
      !modifiers.includes('extern') &&
      !isPartialDeclaration(source, body, accessorKind);
    const system = this.#system;
    const lower = (): Body | undefined =>
      hasBody ? this.#body(type, member, source, parameters, returns, body, accessorKind) : undefined;
    let lowered: { readonly body: Body | undefined } | undefined;
    return {
      name: source.explicitInterface ? `${explicitName(source, system)}.${name}` : name,
      isStatic: member.isStatic,
      isPublic: modifiers.includes('public') || type.kind === 'interface',
      isAbstract,
      isVirtual: member.isVirtual || implemented.isVirtual,
      isNewSlot: !isOverride,
      overrides: implemented.overrides,
      arity: source.typeParameters.length,
      isVarArg: false,
      returns,
      returnAttributes: attributesOf(source.attributes, context, system, ['only', 'return']),
      // `value` of an accessor is of the property's type.
      parameters: parameters.map((parameter) => ({
        ...parameterDef(parameter, context, system),
        ...(!parameter.type && { type: member.type }),
      })),
      attributes: all.filter((attribute) => !isPseudo(attribute) && !isSecurity(attribute, system)),
      compilerGenerated: accessor !== undefined && accessor.body === undefined,
      implementation: isRuntime ? 'runtime' : (options & 0x1000) !== 0 ? 'internalCall' : 'il',
      isSynchronized: (options & 0x20) !== 0,
      security: securityOf(all, system),
      place: placeOf(context, accessor?.span ?? source.nameSpan),
      ...(imported && { import: importOf(imported, name) }),
      get body() {
        lowered ??= { body: lower() };
        return lowered.body;
      },
    };
  }

  /** Members of interfaces that a method stands for: it is virtual then, whatever its modifiers say. */
  #implemented(
    type: DeclaredType,
    member: MemberSymbol,
    name: string,
    source: SourceMember,
  ): { readonly isVirtual: boolean; readonly overrides: MethodDef['overrides'] } {
    if (source.explicitInterface) {
      const of = this.#system.typeOf(source.explicitInterface, source.context);
      return { isVirtual: true, overrides: [{ type: of, name }] };
    }
    if (member.isStatic || !source.modifiers.includes('public')) return { isVirtual: false, overrides: [] };
    const interfaces = this.#system
      .basesOf(this.#system.instanceOf(type))
      .filter((one) => this.#system.kindOf(one) === 'interface');
    const isVirtual = interfaces.some((one) =>
      this.#system
        .membersNamed(one, member.name)
        .some(({ parameters }) => parameters.length === member.parameters.length),
    );
    return { isVirtual, overrides: [] };
  }

  #typeInitializer(type: DeclaredType, context: Context): MethodDef {
    const source: SourceMember = {
      context,
      modifiers: ['static'],
      attributes: [],
      span: type.parts[0]?.nameSpan ?? { start: 0, end: 0 },
      nameSpan: type.parts[0]?.nameSpan ?? { start: 0, end: 0 },
      parameters: [],
      typeParameters: [],
      accessors: [],
      isEventField: false,
    };
    const member: MemberSymbol = {
      kind: 'constructor',
      name: '.cctor',
      declaring: this.#system.instanceOf(type),
      isStatic: true,
      isVirtual: false,
      isOverride: false,
      isExtension: false,
      hasParams: false,
      arity: 0,
      parameters: [],
      type: systemType('Void'),
      hasGetter: false,
      hasSetter: false,
      source,
    };
    return this.#method(type, member, source, [], '.cctor', [], systemType('Void'), {
      kind: 'block',
      span: source.span,
      statements: [],
    });
  }

  /** Lambdas and local functions of a member: methods of their own, named as compilers name them. */
  #anonymousOf(
    type: DeclaredType,
    definition: TypeDef,
    member: MemberSymbol,
    outer: MethodDef,
    source: SourceMember,
  ): readonly AnonymousMethod[] {
    const roots =
      outer.name === '.ctor' || outer.name === '.cctor'
        ? [source.body, source.constructorInitializer]
        : [source.body, ...source.accessors, source.value];
    const found: AnonymousMethod[] = [];
    for (const node of roots.flatMap((root) => anonymousIn(root))) {
      const key = `${source.context.uri} ${node.span.start}`;
      if (this.#anonymousAt.has(key)) continue;
      const method = new AnonymousMethod(
        node,
        definition,
        outer,
        source.context,
        member.isStatic,
        this.#anonymousAt.size,
      );
      this.#anonymousAt.set(key, method);
      this.#anonymous.set(node, method);
      found.push(method);
    }
    void type;
    return found;
  }

  #body(
    type: DeclaredType,
    member: MemberSymbol,
    source: SourceMember,
    parameters: readonly Parameter[],
    returns: TypeRef,
    body: BodyNode | undefined,
    accessor: 'get' | 'set' | 'add' | 'remove' | undefined,
  ): Body {
    const builder = new BodyBuilder();
    const scope = new Scope();
    const context = source.context;
    parameters.forEach((parameter, index) =>
      declareParameter(scope, parameter, index, context, this.#system, parameter.type ? undefined : member.type),
    );
    const thisType = member.isStatic ? undefined : this.#system.instanceOf(type);
    const isAsync = source.modifiers.includes('async');
    const statements = new StatementLowering(
      this.#lowering(context, builder, thisType),
      scope,
      isAsync ? awaitedType(returns) : returns,
    );
    this.#inFile(context.uri, () => {
      if (member.kind === 'constructor') this.#construct(type, member, source, statements);
      if (body) statements.body(body);
      else if (accessor) automaticAccessor(statements, builder, member, accessor, this.#fields.get(source));
      if (member.name === 'Finalize')
        statements.expressions.callMember({ operand: { kind: 'this' }, type: systemType('Object') }, 'Finalize', {
          span: source.nameSpan,
        });
      if (isAsync) statements.expressions.asyncBuilder(returns, source.nameSpan);
    });
    return builder.build(isAsync || statements.yields);
  }

  /** Initial values of fields, and the constructor of the base. */
  #construct(type: DeclaredType, member: MemberSymbol, source: SourceMember, { expressions }: StatementLowering): void {
    const initializer = source.constructorInitializer;
    if (initializer?.kind !== 'this') {
      for (const one of this.#system.ownMembers(type)) {
        const value = initializerOf(one);
        if (value && one.isStatic === member.isStatic) expressions.storeInitial(one, value);
      }
    }
    if (member.isStatic || type.kind === 'struct') return;
    const itself = this.#system.instanceOf(type);
    const [base] = initializer?.kind === 'this' ? [itself] : this.#system.basesOf(itself);
    if (base)
      expressions.constructBase(base, initializer?.arguments ?? [], { span: initializer?.span ?? source.nameSpan });
  }

  #lowering(context: Context, builder: BodyBuilder, thisType: NamedType | undefined): LoweringInput {
    return {
      system: this.#system,
      definitions: this,
      symbols: this.#input.symbols,
      context,
      builder,
      thisType,
      anonymousBody: (node, parameters, scope) => this.#lowerAnonymous(node, parameters, scope, context, thisType),
    };
  }

  #lowerAnonymous(
    node: AnonymousNode,
    types: readonly TypeRef[],
    outer: Scope,
    context: Context,
    thisType: NamedType | undefined,
  ): TypeRef {
    const method = this.#anonymousAt.get(`${context.uri} ${node.span.start}`);
    const known = types.filter(({ kind }) => kind !== 'unknown').length;
    if (method?.lowered && method.known >= known) return method.returned;
    const builder = new BodyBuilder();
    const scope = new Scope(outer, true);
    const { parameters, body } =
      node.kind === 'lambda' ? node : { parameters: node.function.parameters, body: node.function.body };
    parameters.forEach((parameter, index) =>
      declareParameter(scope, parameter, index, context, this.#system, types[index]),
    );
    const returns = node.kind === 'lambda' ? unknownType : this.#system.typeOf(node.function.returns, context);
    const statements = new StatementLowering(this.#lowering(context, builder, thisType), scope, returns);
    if (body) statements.body(body);
    const returned = statements.returned ?? (returns.kind === 'unknown' ? systemType('Void') : returns);
    method?.take(builder.build(statements.yields || (node.kind === 'lambda' && node.isAsync)), known, returned);
    return returned;
  }

  #inFile(uri: string, work: () => void): void {
    const outer = this.#uri;
    this.#uri = uri;
    work();
    this.#uri = outer;
  }
}

/** A lambda or a local function: its body is lowered with the member it stands in. */
class AnonymousMethod implements MethodDef {
  readonly name: string;
  readonly isPublic = false;
  readonly isAbstract = false;
  readonly isVirtual = false;
  readonly isNewSlot = true;
  readonly overrides = [];
  readonly arity = 0;
  readonly isVarArg = false;
  readonly returnAttributes = [];
  readonly attributes = [];
  readonly compilerGenerated = true;
  readonly implementation = 'il';
  readonly isSynchronized = false;
  readonly security = [];
  readonly isStatic: boolean;
  readonly place: Place;
  readonly parameters: readonly ParameterDef[];
  readonly type: TypeDef;
  readonly #outer: MethodDef;
  lowered: Body | undefined;
  known = -1;
  returned: TypeRef = unknownType;

  constructor(
    node: AnonymousNode,
    type: TypeDef,
    outer: MethodDef,
    context: Context,
    isStatic: boolean,
    index: number,
  ) {
    const own = node.kind === 'localFunction' ? `g__${node.function.name.name}|${index}` : `b__${index}`;
    this.name = `<${outer.name}>${own}`;
    this.type = type;
    this.isStatic = isStatic;
    this.#outer = outer;
    this.place = placeOf(context, node.span);
    const parameters = node.kind === 'lambda' ? node.parameters : node.function.parameters;
    this.parameters = parameters.map(({ name }) => ({
      name: name.name,
      type: unknownType,
      isOut: false,
      attributes: [],
    }));
  }

  get returns(): TypeRef {
    return this.returned;
  }

  get body(): Body | undefined {
    void this.#outer.body;
    return this.lowered;
  }

  take(body: Body, known: number, returned: TypeRef): void {
    this.lowered = body;
    this.known = known;
    this.returned = returned;
  }
}

function declareParameter(
  scope: Scope,
  parameter: Parameter,
  index: number,
  context: Context,
  system: TypeSystem,
  given?: TypeRef,
): void {
  const type = parameter.type ? system.typeOf(parameter.type, context) : (given ?? unknownType);
  const isReference = parameter.modifier === 'ref' || parameter.modifier === 'out' || parameter.modifier === 'in';
  scope.declare(parameter.name.name, { type, operand: { kind: 'parameter', index }, isReference });
}

function initializerOf({ kind, source }: MemberSymbol): SourceMember['value'] {
  if (!source || source.modifiers.includes('const')) return undefined;
  if (kind === 'field' || kind === 'event') return source.value;
  return kind === 'property' ? source.initializer : undefined;
}

/** `get;` and `set;` without bodies, in a class or a struct. */
function isAutomatic(type: DeclaredType, { accessors, modifiers, value }: SourceMember): boolean {
  return (
    type.kind !== 'interface' &&
    value === undefined &&
    accessors.length > 0 &&
    accessors.every(({ body }) => body === undefined) &&
    !modifiers.includes('abstract') &&
    !modifiers.includes('extern')
  );
}

/** Half of a partial method has no body, and so has nothing else than accessors of automatic properties and fields. */
function isPartialDeclaration(
  { modifiers }: SourceMember,
  body: BodyNode | undefined,
  accessor: string | undefined,
): boolean {
  return modifiers.includes('partial') && body === undefined && accessor === undefined;
}

function automaticAccessor(
  { expressions }: StatementLowering,
  builder: BodyBuilder,
  member: MemberSymbol,
  accessor: 'get' | 'set' | 'add' | 'remove',
  backing: { readonly type: TypeDef; readonly field: FieldDef } | undefined,
): void {
  const at = member.source?.nameSpan.start ?? 0;
  const instance = member.isStatic ? undefined : ({ kind: 'this' } as const);
  const name = member.kind === 'property' ? `<${member.name}>k__BackingField` : member.name;
  const field = { type: member.declaring, name, fieldType: member.type, ...(backing && { definition: backing }) };
  if (accessor === 'get') {
    const result = builder.temporary();
    builder.emit({ kind: 'loadField', at, field, instance, result });
    builder.end({ kind: 'return', value: { kind: 'temporary', index: result } }, at);
    return;
  }
  if (accessor === 'set') {
    builder.emit({ kind: 'storeField', at, field, instance, value: { kind: 'parameter', index: 0 } });
    return;
  }
  expressions.eventField(member.type, accessor, field, instance, at);
}

/** `T` of `Task<T>`: what an async method returns in its body. */
function awaitedType(returns: TypeRef): TypeRef {
  if (returns.kind !== 'named') return returns;
  if (returns.name === 'System.Threading.Tasks.Task`1') return returns.arguments[0] ?? unknownType;
  return systemType('Void');
}

function parameterDef(parameter: Parameter, context: Context, system: TypeSystem): ParameterDef {
  const type: TypeRef = parameter.type ? system.typeOf(parameter.type, context) : unknownType;
  const isReference = parameter.modifier === 'ref' || parameter.modifier === 'out' || parameter.modifier === 'in';
  return {
    name: parameter.name.name,
    type: isReference ? { kind: 'byReference', element: type } : type,
    isOut: parameter.modifier === 'out',
    attributes: [...attributesOf(parameter.attributes, context, system), ...paramArray(parameter, context)],
  };
}

/** What the compiler makes of `params`. */
function paramArray({ modifier, span }: Parameter, { uri }: Context): readonly CustomAttribute[] {
  if (modifier !== 'params') return [];
  return [{ type: 'System.ParamArrayAttribute', arguments: [], named: [], place: { kind: 'source', uri, span } }];
}

function valueParameter({ nameSpan }: SourceMember): Parameter {
  return { attributes: [], name: { name: 'value', span: nameSpan }, span: nameSpan };
}

function importOf(attribute: CustomAttribute, name: string): NonNullable<MethodDef['import']> {
  const [library] = attribute.arguments;
  const entry = attribute.named.find((one) => one.name === 'EntryPoint')?.value;
  return {
    library: library?.kind === 'string' ? (library.value ?? '') : '',
    name: entry?.kind === 'string' ? (entry.value ?? name) : name,
  };
}

function explicitName({ explicitInterface, context }: SourceMember, system: TypeSystem): string {
  const type = explicitInterface && system.typeOf(explicitInterface, context);
  return type?.kind === 'named' ? type.name : '';
}

function isPublic(type: DeclaredType): boolean {
  for (let one: DeclaredType | undefined = type; one; one = one.outer)
    if (!one.parts.some(({ modifiers }) => modifiers.includes('public'))) return false;
  return true;
}

function placeOf({ uri }: Context, span: { readonly start: number; readonly end: number }): Place {
  return { kind: 'source', uri, span };
}
