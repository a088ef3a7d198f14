// Methods, constructors and accessors of sources as methods of the code model.
import type { Body } from '../code/body.js';
import type { CustomAttribute, MethodDef, TypeRef } from '../code/model.js';
import type { Accessor, BodyNode, Modifier, Parameter } from './nodes.js';
import { attributesOf, extensionMark, find, isPseudo, isSecurity, numberIn, securityOf } from './source-attributes.js';
import { parameterDef, valueParameter } from './source-parameters.js';
import {
  isProtected,
  sourcePlace,
  systemType,
  type DeclaredType,
  type MemberSymbol,
  type SourceMember,
} from './symbols.js';
import type { TypeSystem } from './type-system.js';

export type AccessorKind = 'get' | 'set' | 'add' | 'remove';

/** A member is one method, or has one for each accessor. */
export interface SourceMethod {
  readonly member: MemberSymbol;
  readonly source: SourceMember;
  readonly name: string;
  readonly attributes: readonly CustomAttribute[];
  readonly parameters: readonly Parameter[];
  readonly returns: TypeRef;
  readonly body: BodyNode | undefined;
  readonly kind?: AccessorKind;
  readonly accessor?: Accessor | undefined;
}

export function sourceMethodsOf(
  member: MemberSymbol,
  source: SourceMember,
  attributes: readonly CustomAttribute[],
): readonly SourceMethod[] {
  switch (member.kind) {
    case 'field':
      return [];
    case 'method':
    case 'constructor': {
      const { name, type: returns } = member;
      return [{ member, source, name, attributes, parameters: source.parameters, returns, body: source.body }];
    }
    case 'event':
      return (['add', 'remove'] as const).map((kind) => accessorOf(member, source, kind));
    case 'property':
      return (['get', 'set'] as const)
        .filter((kind) => (kind === 'get' ? member.hasGetter : member.hasSetter))
        .map((kind) => accessorOf(member, source, kind));
  }
}

function accessorOf(member: MemberSymbol, source: SourceMember, kind: AccessorKind): SourceMethod {
  const accessor = source.accessors.find((one) => one.kind === kind || (kind === 'set' && one.kind === 'init'));
  const { value } = source;
  const isGetter = kind === 'get';
  return {
    member,
    source,
    name: `${kind}_${member.name}`,
    attributes: [],
    parameters: isGetter ? source.parameters : [...source.parameters, valueParameter(source)],
    returns: isGetter ? member.type : systemType('Void'),
    body:
      isGetter && value && source.accessors.length === 0
        ? { kind: 'expressionBody', span: value.span, value }
        : accessor?.body,
    kind,
    accessor,
  };
}

/** `lower` is asked once, when the body is. */
export function methodOf(
  type: DeclaredType,
  method: SourceMethod,
  system: TypeSystem,
  lower: () => Body | undefined,
): MethodDef {
  const { member, source, name, accessor } = method;
  const { modifiers, context } = source;
  const attributes = accessor ? attributesOf(accessor.attributes, context, system, ['method']) : method.attributes;
  const imported = find(attributes, 'System.Runtime.InteropServices.DllImportAttribute');
  const options = numberIn(find(attributes, 'System.Runtime.CompilerServices.MethodImplAttribute')) ?? 0;
  const isAbstract = modifiers.includes('abstract') || (type.kind === 'interface' && !method.body && !member.isStatic);
  const isOverride = modifiers.includes('override') || member.name === 'Finalize';
  const implemented = implementedBy(type, method, system);
  const isRuntime = type.kind === 'delegate';
  const hasBody =
    !isAbstract && !imported && !isRuntime && !modifiers.includes('extern') && !isPartialDeclaration(method);
  const access = accessor?.modifiers.some((one) => accessModifiers.has(one)) ? accessor.modifiers : modifiers;
  const place = sourcePlace(context, accessor?.span ?? source.nameSpan);
  let lowered: { readonly body: Body | undefined } | undefined;
  return {
    name: source.explicitInterface ? `${explicitName(source, system)}.${name}` : name,
    isStatic: member.isStatic,
    isPublic: access.includes('public') || type.kind === 'interface',
    isProtected: isProtected(access),
    isAbstract,
    isVirtual: member.isVirtual || implemented.isVirtual,
    isNewSlot: !isOverride,
    overrides: implemented.overrides,
    arity: source.typeParameters.length,
    isVarArg: false,
    returns: method.returns,
    returnAttributes: attributesOf((accessor ?? source).attributes, context, system, ['only', 'return']),
    // `value` of an accessor is of the property's type.
    parameters: method.parameters.map((parameter) => ({
      ...parameterDef(parameter, context, system),
      ...(!parameter.type && { type: member.type }),
    })),
    attributes: [
      ...attributes.filter((attribute) => !isPseudo(attribute) && !isSecurity(attribute, system)),
      ...(member.isExtension ? [extensionMark(place)] : []),
    ],
    compilerGenerated: accessor !== undefined && accessor.body === undefined,
    implementation: isRuntime ? 'runtime' : (options & 0x1000) !== 0 ? 'internalCall' : 'il',
    isSynchronized: (options & 0x20) !== 0,
    security: securityOf(attributes, system),
    place,
    ...(imported && { import: importOf(imported, name) }),
    get body() {
      lowered ??= { body: hasBody ? lower() : undefined };
      return lowered.body;
    },
  };
}

const accessModifiers: ReadonlySet<Modifier> = new Set(['public', 'protected', 'internal', 'private']);

/** Members of interfaces that a method stands for: it is virtual then, whatever its modifiers say. */
function implementedBy(
  type: DeclaredType,
  { member, name, source }: SourceMethod,
  system: TypeSystem,
): { readonly isVirtual: boolean; readonly overrides: MethodDef['overrides'] } {
  if (source.explicitInterface) {
    const of = system.typeOf(source.explicitInterface, source.context);
    return { isVirtual: true, overrides: [{ type: of, name }] };
  }
  if (member.isStatic || !source.modifiers.includes('public')) return { isVirtual: false, overrides: [] };
  const interfaces = system.basesOf(system.instanceOf(type)).filter((one) => system.kindOf(one) === 'interface');
  const isVirtual = interfaces.some((one) =>
    system.membersNamed(one, member.name).some(({ parameters }) => parameters.length === member.parameters.length),
  );
  return { isVirtual, overrides: [] };
}

/** Half of a partial method has no body, and so has nothing else than accessors of automatic properties and fields. */
function isPartialDeclaration({ source, body, kind }: SourceMethod): boolean {
  return source.modifiers.includes('partial') && body === undefined && kind === undefined;
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

/** The type initialiser that a compiler writes where there is none. */
export function typeInitializer(
  type: DeclaredType,
  context: SourceMember['context'],
  system: TypeSystem,
): SourceMethod {
  const span = type.parts[0]?.nameSpan ?? { start: 0, end: 0 };
  const source: SourceMember = {
    context,
    modifiers: ['static'],
    attributes: [],
    span,
    nameSpan: span,
    parameters: [],
    typeParameters: [],
    accessors: [],
    isEventField: false,
  };
  const returns = systemType('Void');
  const member: MemberSymbol = {
    kind: 'constructor',
    name: '.cctor',
    declaring: system.instanceOf(type),
    isStatic: true,
    isVirtual: false,
    isOverride: false,
    isExtension: false,
    hasParams: false,
    arity: 0,
    parameters: [],
    type: returns,
    hasGetter: false,
    hasSetter: false,
    source,
  };
  const body: BodyNode = { kind: 'block', span, statements: [] };
  return { member, source, name: '.cctor', attributes: [], parameters: [], returns, body };
}
