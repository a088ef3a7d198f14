// Members of types, and the types themselves.
import { errorType, type Node } from './flat-tree.js';
import type {
  Accessor,
  Argument,
  AttributeSection,
  BodyNode,
  ConstructorDeclaration,
  DelegateDeclaration,
  DestructorDeclaration,
  EnumDeclaration,
  EventDeclaration,
  EventFieldDeclaration,
  Expression,
  FieldDeclaration,
  Identifier,
  IndexerDeclaration,
  Member,
  MethodDeclaration,
  Modifier,
  OperatorDeclaration,
  PropertyDeclaration,
  TypeDeclaration,
  TypeName,
  TypeParameter,
} from './nodes.js';
import { findOperatorName } from './operator-names.js';
import { attributeSections } from './read-attributes.js';
import { argumentsIn, expression } from './read-expressions.js';
import { parameters } from './read-parameters.js';
import { block, variables } from './read-statements.js';
import { typeName } from './read-types.js';
import { deeper, endOf, identifier, type Reader } from './reader.js';

/** A type, a delegate or an enumeration; undefined for any other node, and where it lies too deep. */
export function typeDeclaration(
  reader: Reader,
  node: Node,
): TypeDeclaration | DelegateDeclaration | EnumDeclaration | undefined {
  const read = typeReaders[reader.tree.type(node)];
  return read && deeper(reader, node, read);
}

const typeReaders: Readonly<
  Record<string, (reader: Reader, node: Node) => TypeDeclaration | DelegateDeclaration | EnumDeclaration>
> = {
  class_declaration: (reader, node) => type(reader, node, 'class'),
  struct_declaration: (reader, node) => type(reader, node, 'struct'),
  interface_declaration: (reader, node) => type(reader, node, 'interface'),
  record_declaration: (reader, node) =>
    type(reader, node, reader.tree.first(node, 'struct') === undefined ? 'record' : 'recordStruct'),
  enum_declaration: enumeration,
  delegate_declaration: delegate,
};

function type(reader: Reader, node: Node, kind: TypeDeclaration['kind']): TypeDeclaration {
  const { tree } = reader;
  const primary = tree.first(node, 'parameter_list');
  const inside = tree.field(node, 'body');
  return {
    kind,
    ...declaration(reader, node),
    ...(tree.first(node, 'ref') !== undefined && { modifiers: [...modifiers(reader, node), 'ref'] }),
    typeParameters: typeParameters(reader, node),
    bases: bases(reader, node),
    ...(primary !== undefined && { parameters: parameters(reader, primary) }),
    members: inside === undefined ? [] : membersIn(reader, inside),
  };
}

function bases(reader: Reader, node: Node): readonly TypeName[] {
  const { tree } = reader;
  const list = tree.first(node, 'base_list');
  if (list === undefined) return [];
  return tree
    .parts(list)
    .filter((part) => tree.type(part) !== 'argument_list')
    .map((part) => typeName(reader, part, list));
}

function enumeration(reader: Reader, node: Node): EnumDeclaration {
  const { tree } = reader;
  const [base] = bases(reader, node);
  const inside = tree.field(node, 'body');
  return {
    kind: 'enum',
    ...declaration(reader, node),
    ...(base && { base }),
    members: (inside === undefined ? [] : tree.all(inside, 'enum_member_declaration')).map((member) => {
      const value = tree.field(member, 'value');
      return {
        span: tree.span(member),
        attributes: attributeSections(reader, member),
        name: identifier(reader, tree.field(member, 'name'), member),
        ...(value !== undefined && { value: expression(reader, value, member) }),
      };
    }),
  };
}

function delegate(reader: Reader, node: Node): DelegateDeclaration {
  return {
    kind: 'delegate',
    ...declaration(reader, node),
    typeParameters: typeParameters(reader, node),
    returns: typeName(reader, reader.tree.field(node, 'type'), node),
    parameters: parameters(reader, reader.tree.field(node, 'parameters')),
  };
}

/** Members inside of what is no C# are members all the same. */
export function membersIn(reader: Reader, node: Node): readonly Member[] {
  const { tree } = reader;
  return tree.children(node).flatMap((child): readonly Member[] => {
    if (tree.type(child) === errorType) return deeper(reader, child, membersIn) ?? [];
    const read = memberReaders[tree.type(child)];
    const member = read ? read(reader, child) : typeDeclaration(reader, child);
    return member ? [member] : [];
  });
}

const memberReaders: Readonly<Record<string, (reader: Reader, node: Node) => Member>> = {
  field_declaration: (reader, node) => field(reader, node, 'field'),
  event_field_declaration: (reader, node) => field(reader, node, 'eventField'),
  method_declaration: (reader, node) => method(reader, node, 'returns'),
  constructor_declaration: constructor,
  destructor_declaration: destructor,
  property_declaration: property,
  indexer_declaration: indexer,
  event_declaration: event,
  operator_declaration: operator,
  conversion_operator_declaration: operator,
};

interface Common {
  readonly span: { readonly start: number; readonly end: number };
  readonly attributes: readonly AttributeSection[];
  readonly modifiers: readonly Modifier[];
  readonly name: Identifier;
}

function declaration(reader: Reader, node: Node, name = reader.tree.field(node, 'name')): Common {
  return {
    span: reader.tree.span(node),
    attributes: attributeSections(reader, node),
    modifiers: modifiers(reader, node),
    name: identifier(reader, name, node),
  };
}

function modifiers({ tree }: Reader, node: Node): readonly Modifier[] {
  // The grammar has no others.
  return tree.all(node, 'modifier').map((modifier) => tree.textOf(modifier) as Modifier);
}

function field(reader: Reader, node: Node, kind: 'field' | 'eventField'): FieldDeclaration | EventFieldDeclaration {
  const { tree } = reader;
  const declared = tree.first(node, 'variable_declaration');
  const declarator = declared === undefined ? undefined : tree.first(declared, 'variable_declarator');
  const name = declarator === undefined ? undefined : tree.field(declarator, 'name');
  return {
    kind,
    ...declaration(reader, node, name),
    type: typeName(reader, declared === undefined ? undefined : tree.field(declared, 'type'), node),
    variables: declared === undefined ? [] : variables(reader, declared),
  };
}

/** A method or a local function, whose fields have other names. */
export function method(reader: Reader, node: Node, returns: 'returns' | 'type'): MethodDeclaration {
  return {
    kind: 'method',
    ...declaration(reader, node),
    typeParameters: typeParameters(reader, node),
    returns: typeName(reader, reader.tree.field(node, returns), node),
    parameters: parameters(reader, reader.tree.field(node, 'parameters')),
    ...explicitInterface(reader, node),
    ...withBody(reader, node),
  };
}

function explicitInterface(reader: Reader, node: Node): { readonly explicitInterface?: TypeName } {
  const specifier = reader.tree.first(node, 'explicit_interface_specifier');
  if (specifier === undefined) return {};
  return { explicitInterface: typeName(reader, reader.tree.parts(specifier)[0], specifier) };
}

function withBody(reader: Reader, node: Node): { readonly body?: BodyNode } {
  const found = body(reader, reader.tree.field(node, 'body'));
  return found ? { body: found } : {};
}

/** Of a block or what stands behind an arrow. */
export function body(reader: Reader, node: Node | undefined): BodyNode | undefined {
  if (node === undefined) return undefined;
  if (reader.tree.type(node) === 'block') return block(reader, node, node);
  return { kind: 'expressionBody', span: reader.tree.span(node), value: arrowValue(reader, node) };
}

function arrowValue(reader: Reader, node: Node): Expression {
  return expression(reader, reader.tree.parts(node)[0], node);
}

function constructor(reader: Reader, node: Node): ConstructorDeclaration {
  const { tree } = reader;
  const first = tree.first(node, 'constructor_initializer');
  return {
    kind: 'constructor',
    ...declaration(reader, node),
    parameters: parameters(reader, tree.field(node, 'parameters')),
    ...(first !== undefined && { initializer: constructorInitializer(reader, first) }),
    ...withBody(reader, node),
  };
}

function constructorInitializer(
  reader: Reader,
  node: Node,
): { readonly kind: 'this' | 'base'; readonly span: Common['span']; readonly arguments: readonly Argument[] } {
  const { tree } = reader;
  return {
    kind: tree.first(node, 'base') === undefined ? 'this' : 'base',
    span: tree.span(node),
    arguments: argumentsIn(reader, tree.first(node, 'argument_list')),
  };
}

function destructor(reader: Reader, node: Node): DestructorDeclaration {
  return { kind: 'destructor', ...declaration(reader, node), ...withBody(reader, node) };
}

function property(reader: Reader, node: Node): PropertyDeclaration {
  const { tree } = reader;
  const value = tree.field(node, 'value');
  const isArrow = value !== undefined && tree.type(value) === 'arrow_expression_clause';
  return {
    kind: 'property',
    ...declaration(reader, node),
    type: typeName(reader, tree.field(node, 'type'), node),
    ...explicitInterface(reader, node),
    accessors: accessors(reader, node),
    ...(isArrow && { value: arrowValue(reader, value) }),
    ...(value !== undefined && !isArrow && { initializer: expression(reader, value, node) }),
  };
}

/** Its name is the metadata's where no attribute says another: `Item`. */
function indexer(reader: Reader, node: Node): IndexerDeclaration {
  const { tree } = reader;
  const value = tree.field(node, 'value');
  const self = tree.first(node, 'this');
  return {
    kind: 'indexer',
    ...declaration(reader, node),
    name: { span: self === undefined ? endOf(tree.span(node)) : tree.span(self), name: 'Item' },
    type: typeName(reader, tree.field(node, 'type'), node),
    ...explicitInterface(reader, node),
    parameters: parameters(reader, tree.field(node, 'parameters')),
    accessors: accessors(reader, node),
    ...(value !== undefined && { value: arrowValue(reader, value) }),
  };
}

function event(reader: Reader, node: Node): EventDeclaration {
  return {
    kind: 'event',
    ...declaration(reader, node),
    type: typeName(reader, reader.tree.field(node, 'type'), node),
    ...explicitInterface(reader, node),
    accessors: accessors(reader, node),
  };
}

function accessors(reader: Reader, node: Node): readonly Accessor[] {
  const { tree } = reader;
  const list = tree.field(node, 'accessors');
  if (list === undefined) return [];
  return tree.all(list, 'accessor_declaration').flatMap((accessor) => {
    const kind = tree
      .children(accessor)
      .map((child) => tree.type(child))
      .find(isAccessor);
    if (!kind) return [];
    return [
      {
        kind,
        span: tree.span(accessor),
        attributes: attributeSections(reader, accessor),
        modifiers: modifiers(reader, accessor),
        ...withBody(reader, accessor),
      },
    ];
  });
}

function isAccessor(token: string): token is Accessor['kind'] {
  return ['get', 'set', 'init', 'add', 'remove'].includes(token);
}

function operator(reader: Reader, node: Node): OperatorDeclaration {
  const { tree } = reader;
  const list = tree.field(node, 'parameters');
  const declared = parameters(reader, list);
  const tokens = tree.children(node).map((child) => tree.type(child));
  const at = tokens.indexOf('operator');
  const isChecked = tokens.includes('checked');
  const sign = tokens.find((token) => token === 'implicit' || token === 'explicit') ?? tokens[at + (isChecked ? 2 : 1)];
  const returns = tree.field(node, 'type');
  return {
    kind: 'operator',
    ...declaration(reader, node),
    name: {
      span: operatorSpan(reader, node, returns, list),
      name: findOperatorName(sign ?? '', declared.length, isChecked) ?? '',
    },
    returns: typeName(reader, returns, node),
    parameters: declared,
    ...withBody(reader, node),
  };
}

/** `operator +`; of a conversion the type. */
function operatorSpan({ tree }: Reader, node: Node, returns: Node | undefined, list: Node | undefined): Common['span'] {
  if (returns === undefined || list === undefined) return endOf(tree.span(node));
  if (tree.type(node) === 'conversion_operator_declaration') return tree.span(returns);
  const specifier = tree.first(node, 'explicit_interface_specifier') ?? returns;
  const from = tree.span(specifier).end;
  const text = tree.text.slice(from, tree.span(list).start);
  return { start: from + text.length - text.trimStart().length, end: from + text.trimEnd().length };
}

function typeParameters(reader: Reader, node: Node): readonly TypeParameter[] {
  const { tree } = reader;
  const list = tree.first(node, 'type_parameter_list');
  if (list === undefined) return [];
  const clauses = tree.all(node, 'type_parameter_constraints_clause');
  return tree.all(list, 'type_parameter').map((parameter) => {
    const name = identifier(reader, tree.field(parameter, 'name'), parameter).name;
    const constraints = clauses
      .filter((clause) => identifier(reader, tree.first(clause, 'identifier'), clause).name === name)
      .flatMap((clause) => tree.all(clause, 'type_parameter_constraint'))
      .flatMap((constraint) => tree.field(constraint, 'type') ?? [])
      .map((constraint) => typeName(reader, constraint, parameter));
    return { span: tree.span(parameter), name, constraints };
  });
}
