// The types that sources declare: partial declarations put together, nested ones under their outer.
import type { CompilationUnit, Member, NamespaceMember, TypeParameter, UsingDirective } from './nodes.js';
import type { Context, DeclaredPart, DeclaredType, TypeKind } from './symbols.js';

export interface SourceUnit {
  readonly uri: string;
  readonly text: string;
  readonly unit: CompilationUnit;
}

/** By metadata name, in the order they are declared. */
export function declaredTypes(units: readonly SourceUnit[]): ReadonlyMap<string, DeclaredType> {
  const types = new Map<string, Draft>();
  const global = units.flatMap(({ unit }) => unit.usings.filter(({ isGlobal }) => isGlobal));
  for (const { uri, unit } of units) {
    const usings = [...unit.usings, ...global.filter((one) => !unit.usings.includes(one))];
    declareAll(
      types,
      unit.members,
      { uri, namespace: '', usings, ...(unit.symbols && { symbols: unit.symbols }) },
      undefined,
    );
  }
  return types;
}

interface Draft extends DeclaredType {
  readonly parts: DeclaredPart[];
  readonly nested: Map<string, Draft>;
}

function declareAll(
  types: Map<string, Draft>,
  members: readonly (NamespaceMember | Member)[],
  context: Context,
  outer: Draft | undefined,
): void {
  for (const member of members) {
    switch (member.kind) {
      case 'namespace': {
        const own = member.name.map(({ name }) => name).join('.');
        const namespace = context.namespace === '' ? own : `${context.namespace}.${own}`;
        const usings: readonly UsingDirective[] = [...member.usings, ...context.usings];
        declareAll(types, member.members, { ...context, namespace, usings }, undefined);
        break;
      }
      case 'class':
      case 'record':
      case 'struct':
      case 'recordStruct':
      case 'interface':
      case 'enum':
      case 'delegate':
        declareType(types, member, context, outer);
        break;
      default:
    }
  }
}

type TypeNode = Extract<
  NamespaceMember | Member,
  { kind: 'class' | 'record' | 'struct' | 'recordStruct' | 'interface' | 'enum' | 'delegate' }
>;

const kinds: Readonly<Record<TypeNode['kind'], TypeKind>> = {
  class: 'class',
  record: 'class',
  struct: 'struct',
  recordStruct: 'struct',
  interface: 'interface',
  enum: 'enum',
  delegate: 'delegate',
};

function declareType(types: Map<string, Draft>, node: TypeNode, context: Context, outer: Draft | undefined): void {
  const own: readonly TypeParameter[] = 'typeParameters' in node ? node.typeParameters : [];
  const simple = own.length === 0 ? node.name.name : `${node.name.name}\`${own.length}`;
  const name = outer ? `${outer.name}+${simple}` : context.namespace === '' ? simple : `${context.namespace}.${simple}`;
  let type = types.get(name);
  if (!type) {
    type = {
      name,
      kind: kinds[node.kind],
      outer,
      typeParameters: [...(outer?.typeParameters ?? []), ...own],
      parts: [],
      nested: new Map(),
    };
    types.set(name, type);
    outer?.nested.set(simple, type);
  }
  const inside: Context = { ...context, type };
  const { span, modifiers, attributes } = node;
  type.parts.push({
    context: inside,
    span,
    nameSpan: node.name.span,
    modifiers,
    attributes,
    bases: 'bases' in node ? node.bases : [],
    members: 'members' in node && node.kind !== 'enum' ? node.members : [],
    enumMembers:
      node.kind === 'enum'
        ? node.members.map((member) => ({
            name: member.name.name,
            span: member.span,
            ...(member.value && { value: member.value }),
          }))
        : [],
    ...(node.kind === 'delegate' && { delegate: { returns: node.returns, parameters: node.parameters } }),
    ...('parameters' in node && node.kind !== 'delegate' && node.parameters && { parameters: node.parameters }),
  });
  if ('members' in node && node.kind !== 'enum') declareAll(types, node.members, inside, type);
}
