// The members that a declared type has: what its source says, and what the compiler adds of itself.
import type { TypeRef } from '../code/model.js';
import type { Member, Modifier, Parameter } from './nodes.js';
import {
  systemType,
  type Context,
  type DeclaredPart,
  type DeclaredType,
  type MemberSymbol,
  type ParameterSymbol,
  type SourceMember,
} from './symbols.js';
import type { TypeSystem } from './type-system.js';

export function membersOfSource(type: DeclaredType, system: TypeSystem): readonly MemberSymbol[] {
  const members = type.parts.flatMap((part) => [
    ...part.members.flatMap((member) => membersOf(type, part, member, system)),
    ...part.enumMembers.map(({ name, value, span }) =>
      symbol(type, system, 'field', name, part.context, {
        type: system.instanceOf(type),
        isStatic: true,
        source: { span, nameSpan: span, modifiers: ['public', 'const'], ...(value && { value }) },
      }),
    ),
    ...(part.delegate ? delegateMembers(type, part, part.delegate, system) : []),
    ...(part.parameters ? [constructorOf(type, part, part.parameters, system)] : []),
  ]);
  const needsConstructor =
    type.kind === 'class' && !members.some(({ kind, isStatic }) => kind === 'constructor' && !isStatic);
  const [first] = type.parts;
  // A class without one has a constructor without parameters; it stands at the class's name.
  return needsConstructor && first && !first.modifiers.includes('static')
    ? [...members, constructorOf(type, first, [], system)]
    : members;
}

interface Told {
  readonly type?: TypeRef;
  readonly isStatic?: boolean;
  readonly isVirtual?: boolean;
  readonly parameters?: readonly Parameter[];
  readonly hasGetter?: boolean;
  readonly hasSetter?: boolean;
  readonly source: Partial<SourceMember> & Pick<SourceMember, 'span' | 'nameSpan' | 'modifiers'>;
}

function symbol(
  type: DeclaredType,
  system: TypeSystem,
  kind: MemberSymbol['kind'],
  name: string,
  context: Context,
  told: Told,
): MemberSymbol {
  const typeParameters = told.source.typeParameters ?? [];
  const inside: Context = typeParameters.length === 0 ? context : { ...context, methodParameters: typeParameters };
  const parameters = told.parameters ?? [];
  return {
    kind,
    name,
    declaring: system.instanceOf(type),
    isStatic: told.isStatic ?? told.source.modifiers.includes('static'),
    isVirtual: told.isVirtual ?? isVirtual(type, told.source.modifiers),
    isOverride: told.source.modifiers.includes('override') || name === 'Finalize',
    isExtension: parameters[0]?.modifier === 'this',
    hasParams: parameters.at(-1)?.modifier === 'params',
    arity: typeParameters.length,
    parameters: parameters.map((parameter) => parameterSymbol(parameter, inside, system)),
    type: told.type ?? systemType('Void'),
    hasGetter: told.hasGetter ?? false,
    hasSetter: told.hasSetter ?? false,
    source: {
      context: inside,
      attributes: [],
      parameters,
      typeParameters,
      accessors: [],
      isEventField: false,
      ...told.source,
    },
  };
}

function isVirtual(type: DeclaredType, modifiers: readonly Modifier[]): boolean {
  if (type.kind === 'interface') return !modifiers.includes('static');
  return modifiers.some((one) => one === 'virtual' || one === 'override' || one === 'abstract');
}

function parameterSymbol(parameter: Parameter, context: Context, system: TypeSystem): ParameterSymbol {
  const type: TypeRef = parameter.type ? system.typeOf(parameter.type, context) : { kind: 'unknown' };
  const isReference = parameter.modifier === 'ref' || parameter.modifier === 'out' || parameter.modifier === 'in';
  return {
    name: parameter.name.name,
    type: isReference ? { kind: 'byReference', element: type } : type,
    isOut: parameter.modifier === 'out',
    isOptional: parameter.defaultValue !== undefined,
  };
}

function constructorOf(
  type: DeclaredType,
  { context, nameSpan }: DeclaredPart,
  parameters: readonly Parameter[],
  system: TypeSystem,
): MemberSymbol {
  return symbol(type, system, 'constructor', '.ctor', context, {
    isStatic: false,
    parameters,
    source: { span: nameSpan, nameSpan, modifiers: ['public'] },
  });
}

function delegateMembers(
  type: DeclaredType,
  { context, nameSpan, span }: DeclaredPart,
  { returns, parameters }: NonNullable<DeclaredPart['delegate']>,
  system: TypeSystem,
): readonly MemberSymbol[] {
  const source = { span, nameSpan, modifiers: ['public'] as const };
  return [
    symbol(type, system, 'method', 'Invoke', context, {
      isVirtual: true,
      isStatic: false,
      type: system.typeOf(returns, context),
      parameters,
      source,
    }),
    {
      ...symbol(type, system, 'constructor', '.ctor', context, { isStatic: false, source }),
      parameters: [
        { name: 'object', type: systemType('Object'), isOut: false, isOptional: false },
        { name: 'method', type: systemType('IntPtr'), isOut: false, isOptional: false },
      ],
    },
  ];
}

function membersOf(
  type: DeclaredType,
  { context }: DeclaredPart,
  member: Member,
  system: TypeSystem,
): readonly MemberSymbol[] {
  const source = {
    span: member.span,
    nameSpan: member.name.span,
    modifiers: member.modifiers,
    attributes: member.attributes,
  };
  const name = member.name.name;
  switch (member.kind) {
    case 'method': {
      const { typeParameters, parameters, returns, body, explicitInterface } = member;
      const inside = { ...context, methodParameters: typeParameters };
      return [
        symbol(type, system, 'method', name, context, {
          type: system.typeOf(returns, inside),
          parameters,
          source: {
            ...source,
            parameters,
            typeParameters,
            ...(body && { body }),
            ...(explicitInterface && { explicitInterface }),
          },
        }),
      ];
    }
    case 'operator':
      return [
        symbol(type, system, 'method', name, context, {
          type: system.typeOf(member.returns, context),
          isStatic: true,
          parameters: member.parameters,
          source: { ...source, parameters: member.parameters, ...(member.body && { body: member.body }) },
        }),
      ];
    case 'constructor': {
      const isStatic = member.modifiers.includes('static');
      return [
        symbol(type, system, 'constructor', isStatic ? '.cctor' : '.ctor', context, {
          parameters: member.parameters,
          isVirtual: false,
          source: {
            ...source,
            parameters: member.parameters,
            ...(member.body && { body: member.body }),
            ...(member.initializer && { constructorInitializer: member.initializer }),
          },
        }),
      ];
    }
    case 'destructor':
      return [
        symbol(type, system, 'method', 'Finalize', context, {
          isVirtual: true,
          source: { ...source, ...(member.body && { body: member.body }) },
        }),
      ];
    case 'field':
    case 'eventField': {
      const fieldType = system.typeOf(member.type, context);
      const isConst = member.modifiers.includes('const');
      return member.variables.map((variable) =>
        symbol(type, system, member.kind === 'field' ? 'field' : 'event', variable.name.name, context, {
          type: fieldType,
          isStatic: isConst || member.modifiers.includes('static'),
          source: {
            ...source,
            span: variable.span,
            nameSpan: variable.name.span,
            isEventField: member.kind === 'eventField',
            ...(variable.value && { value: variable.value }),
          },
        }),
      );
    }
    case 'property':
    case 'indexer': {
      const isIndexer = member.kind === 'indexer';
      return [
        symbol(type, system, 'property', isIndexer ? 'Item' : name, context, {
          type: system.typeOf(member.type, context),
          parameters: isIndexer ? member.parameters : [],
          hasGetter: member.value !== undefined || member.accessors.some(({ kind }) => kind === 'get'),
          hasSetter: member.accessors.some(({ kind }) => kind === 'set' || kind === 'init'),
          source: {
            ...source,
            parameters: isIndexer ? member.parameters : [],
            accessors: member.accessors,
            ...(member.value && { value: member.value }),
            ...(member.kind === 'property' && member.initializer && { initializer: member.initializer }),
            ...(member.explicitInterface && { explicitInterface: member.explicitInterface }),
          },
        }),
      ];
    }
    case 'event':
      return [
        symbol(type, system, 'event', name, context, {
          type: system.typeOf(member.type, context),
          source: {
            ...source,
            accessors: member.accessors,
            ...(member.explicitInterface && { explicitInterface: member.explicitInterface }),
          },
        }),
      ];
    default:
      return [];
  }
}
