// Nodes of C# as text, for tests to compare: a line for each declaration and statement, expressions in full parentheses.
import {
  isInitializer,
  type Argument,
  type AttributeSection,
  type BodyNode,
  type CompilationUnit,
  type Expression,
  type Initializer,
  type InitializerElement,
  type Member,
  type NamespaceMember,
  type Parameter,
  type Pattern,
  type QueryClause,
  type Statement,
  type TypeName,
  type TypeParameter,
  type UsingDirective,
  type Variable,
} from '../../server/analysis/csharp/nodes.js';
import type { Span } from '../../server/analysis/text/span.js';

export function csharpText(unit: CompilationUnit, text: string): string {
  const spans = (name: string, found: readonly Span[]): string[] =>
    found.map(({ start, end }) => `${name} ${JSON.stringify(text.slice(start, end))}`);
  const lines = [
    ...unit.externAliases.map(({ name }) => `extern alias ${name}`),
    ...unit.usings.map(using),
    ...unit.attributes.map(section),
    ...unit.members.flatMap(member),
    ...spans('comment', unit.comments),
    ...spans('error', unit.errors),
    ...spans('skipped', unit.skipped),
    ...(unit.unread ? [`unread: ${unit.unread}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function using({ alias, isGlobal, isStatic, name }: UsingDirective): string {
  return `${isGlobal ? 'global ' : ''}using ${isStatic ? 'static ' : ''}${alias ? `${alias.name} = ` : ''}${type(name)}`;
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

function section({ target, attributes }: AttributeSection): string {
  const shown = attributes.map(({ name, arguments: values }) => {
    const list = values.map(({ property, parameter, value }) => {
      const before = property ? `${property.name} = ` : parameter ? `${parameter.name}: ` : '';
      return before + expression(value);
    });
    return `${type(name)}(${list.join(', ')})`;
  });
  return `[${target === undefined ? '' : `${target}: `}${shown.join(', ')}]`;
}

function member(node: NamespaceMember | Member): string[] {
  if (node.kind === 'namespace')
    return [
      `namespace ${node.name.map(({ name }) => name).join('.')}`,
      ...indent([...node.usings.map(using), ...node.members.flatMap(member)]),
    ];
  const before = [...node.attributes.map(section), ...node.modifiers].map((part) => `${part} `).join('');
  const [head, ...rest] = declared(node);
  return [before + head, ...indent(rest)];
}

/** The first line, and what is inside. */
function declared(node: Exclude<NamespaceMember | Member, { kind: 'namespace' }>): string[] {
  const name = node.name.name;
  switch (node.kind) {
    case 'enum':
      return [
        `enum ${name}${node.base ? ` : ${type(node.base)}` : ''}`,
        ...node.members.map((one) => [...one.attributes.map(section), one.name.name + initial(one.value)].join(' ')),
      ];
    case 'delegate':
      return [`delegate ${type(node.returns)} ${name}${generic(node.typeParameters)}${parameters(node.parameters)}`];
    case 'field':
    case 'eventField':
      return [`${node.kind} ${type(node.type)} ${variables(node.variables)}`];
    case 'method':
      return [
        `method ${type(node.returns)} ${explicit(node)}${name}${generic(node.typeParameters)}${parameters(node.parameters)}`,
        ...body(node.body),
      ];
    case 'constructor': {
      const first = node.initializer;
      return [
        `constructor ${name}${parameters(node.parameters)}${first ? ` : ${first.kind}${values(first.arguments)}` : ''}`,
        ...body(node.body),
      ];
    }
    case 'destructor':
      return [`destructor ${name}`, ...body(node.body)];
    case 'operator':
      return [`operator ${type(node.returns)} ${name}${parameters(node.parameters)}`, ...body(node.body)];
    case 'property':
    case 'indexer':
    case 'event': {
      const of = node.kind === 'indexer' ? parameters(node.parameters) : '';
      const value = node.kind !== 'event' && node.value ? ` => ${expression(node.value)}` : '';
      const initializer = node.kind === 'property' ? initial(node.initializer) : '';
      return [
        `${node.kind} ${type(node.type)} ${explicit(node)}${name}${of}${value}${initializer}`,
        ...node.accessors.flatMap((accessor) => [
          [...accessor.attributes.map(section), ...accessor.modifiers, accessor.kind].join(' '),
          ...indent(body(accessor.body)),
        ]),
      ];
    }
    default: {
      const bases = node.bases.length > 0 ? ` : ${node.bases.map(type).join(', ')}` : '';
      const primary = node.parameters ? parameters(node.parameters) : '';
      return [`${node.kind} ${name}${generic(node.typeParameters)}${primary}${bases}`, ...node.members.flatMap(member)];
    }
  }
}

function explicit({ explicitInterface }: { readonly explicitInterface?: TypeName }): string {
  return explicitInterface ? `${type(explicitInterface)}::` : '';
}

function generic(list: readonly TypeParameter[]): string {
  if (list.length === 0) return '';
  return `<${list.map(({ name, constraints }) => name + (constraints.length > 0 ? `: ${constraints.map(type).join(' & ')}` : '')).join(', ')}>`;
}

function parameters(list: readonly Parameter[]): string {
  const shown = list.map((one) =>
    [
      ...one.attributes.map(section),
      ...(one.modifier ? [one.modifier] : []),
      ...(one.type ? [type(one.type)] : []),
      one.name.name + initial(one.defaultValue),
    ].join(' '),
  );
  return `(${shown.join(', ')})`;
}

function initial(value: Expression | undefined): string {
  return value ? ` = ${expression(value)}` : '';
}

function variables(list: readonly Variable[]): string {
  return list.map(({ name, value }) => name.name + initial(value)).join(', ');
}

function body(node: BodyNode | undefined): string[] {
  if (!node) return [';'];
  return node.kind === 'block' ? node.statements.flatMap(statement) : [`=> ${expression(node.value)}`];
}

function statement(node: Statement): string[] {
  const inner = (one: Statement): string[] => indent(statement(one));
  switch (node.kind) {
    case 'block':
      return ['block', ...indent(node.statements.flatMap(statement))];
    case 'expression':
      return [expression(node.value)];
    case 'locals':
      return [
        `${node.isUsing ? 'using ' : ''}${node.isConst ? 'const ' : ''}${type(node.type)} ${variables(node.variables)}`,
      ];
    case 'localFunction':
      return member(node.function).map((line, index) => (index === 0 ? `local ${line}` : line));
    case 'if':
      return [
        `if ${expression(node.condition)}`,
        ...inner(node.then),
        ...(node.otherwise ? ['else', ...inner(node.otherwise)] : []),
      ];
    case 'while':
    case 'do':
      return [`${node.kind} ${expression(node.condition)}`, ...inner(node.body)];
    case 'for': {
      const first = node.first.flatMap(statement).join(', ');
      const next = node.next.map(expression).join(', ');
      return [`for ${first}; ${node.condition ? expression(node.condition) : ''}; ${next}`, ...inner(node.body)];
    }
    case 'foreach':
      return [
        `${node.isAwait ? 'await ' : ''}foreach ${type(node.type)} ${node.name?.name ?? (node.target ? expression(node.target) : '?')} in ${expression(node.values)}`,
        ...inner(node.body),
      ];
    case 'switch':
      return [
        `switch ${expression(node.value)}`,
        ...indent(
          node.sections.flatMap(({ labels, statements }) => [
            ...labels.map((label) => (label.pattern ? `case ${pattern(label.pattern)}${when(label.when)}` : 'default')),
            ...indent(statements.flatMap(statement)),
          ]),
        ),
      ];
    case 'return':
    case 'yieldReturn':
    case 'throw':
      return [node.kind + (node.value ? ` ${expression(node.value)}` : '')];
    case 'goto':
      return [
        `goto ${node.label ?? (node.case === 'default' ? 'default' : `case ${node.case ? expression(node.case) : '?'}`)}`,
      ];
    case 'labeled':
      return [`${node.label}:`, ...inner(node.statement)];
    case 'try':
      return [
        'try',
        ...indent(node.block.statements.flatMap(statement)),
        ...node.catches.flatMap((clause) => [
          `catch${clause.type ? ` ${type(clause.type)}` : ''}${clause.name ? ` ${clause.name.name}` : ''}${when(clause.when)}`,
          ...indent(clause.block.statements.flatMap(statement)),
        ]),
        ...(node.finally ? ['finally', ...indent(node.finally.statements.flatMap(statement))] : []),
      ];
    case 'lock':
      return [`lock ${expression(node.value)}`, ...inner(node.body)];
    case 'using':
      return [`${node.isAwait ? 'await ' : ''}using ${statement(node.resource).join(' ')}`, ...inner(node.body)];
    case 'fixed':
      return [`fixed ${type(node.type)} ${variables(node.variables)}`, ...inner(node.body)];
    case 'checked':
    case 'unchecked':
    case 'unsafe':
      return [node.kind, ...indent(node.body.statements.flatMap(statement))];
    default:
      return [node.kind];
  }
}

function when(value: Expression | undefined): string {
  return value ? ` when ${expression(value)}` : '';
}

function type(node: TypeName): string {
  switch (node.kind) {
    case 'named': {
      const parts = node.parts.map((part) => part.name + typeArguments(part.arguments));
      return (node.alias === undefined ? '' : `${node.alias}::`) + parts.join('.');
    }
    case 'array':
      return `array${node.rank}(${type(node.element)})`;
    case 'nullable':
      return `${type(node.element)}?`;
    case 'pointer':
      return `${type(node.element)}*`;
    case 'ref':
      return `ref ${type(node.element)}`;
    case 'tuple':
      return `(${node.elements.map((one) => [type(one.type), one.name].filter(Boolean).join(' ')).join(', ')})`;
    default:
      return node.kind === 'var' ? 'var' : `?${node.kind}`;
  }
}

function typeArguments(list: readonly TypeName[]): string {
  return list.length === 0 ? '' : `<${list.map(type).join(', ')}>`;
}

function values(list: readonly Argument[]): string {
  return `(${list.map(argument).join(', ')})`;
}

function argument({ name, modifier, value }: Argument): string {
  return `${name === undefined ? '' : `${name}: `}${modifier ? `${modifier} ` : ''}${expression(value)}`;
}

function expression(node: Expression): string {
  switch (node.kind) {
    case 'literal': {
      const shown = typeof node.value === 'bigint' ? String(node.value) : JSON.stringify(node.value);
      return ['int', 'string', 'bool', 'null'].includes(node.type) ? shown : `${shown}:${node.type}`;
    }
    case 'interpolated':
      return `$(${node.parts
        .map((part) =>
          typeof part === 'string'
            ? JSON.stringify(part)
            : `{${expression(part.value)}${part.alignment ? `, ${expression(part.alignment)}` : ''}${part.format === undefined ? '' : `:${part.format}`}}`,
        )
        .join(' ')})`;
    case 'name':
      return (node.alias === undefined ? '' : `${node.alias}::`) + node.name + typeArguments(node.arguments);
    case 'member':
      return `${expression(node.target)}${node.isPointer ? '->' : node.isConditional ? '?.' : '.'}${node.name.name}${typeArguments(node.arguments)}`;
    case 'type':
      return `type(${type(node.type)})`;
    case 'invocation':
      return expression(node.target) + values(node.arguments);
    case 'element':
      return `${expression(node.target)}${node.isConditional ? '?' : ''}[${node.arguments.map(argument).join(', ')}]`;
    case 'new':
      return `new ${node.type ? type(node.type) : ''}${values(node.arguments)}${node.initializer ? ` ${initializer(node.initializer)}` : ''}`;
    case 'anonymousObject':
      return `new {${node.members.map(({ name, value }) => (name ? `${name.name} = ` : '') + expression(value)).join(', ')}}`;
    case 'newArray': {
      const size = [...node.sizes.map(expression), ...(node.rank > 1 ? [`rank ${node.rank}`] : [])].join(', ');
      const of = node.element ? type(node.element) : '?';
      return `array ${of}[${size}]${node.values ? ` {${node.values.map(expression).join(', ')}}` : ''}`;
    }
    case 'stackalloc':
      return `stackalloc ${node.element ? type(node.element) : '?'}[${node.size ? expression(node.size) : ''}]`;
    case 'unary':
      return node.isPostfix
        ? `(${expression(node.value)}${node.operator})`
        : `(${node.operator}${expression(node.value)})`;
    case 'binary':
      return `(${expression(node.left)} ${node.operator} ${expression(node.right)})`;
    case 'assignment':
      return `${expression(node.target)} ${node.operator} ${expression(node.value)}`;
    case 'conditional':
      return `(${expression(node.condition)} ? ${expression(node.then)} : ${expression(node.otherwise)})`;
    case 'cast':
      return `cast<${type(node.type)}>(${expression(node.value)})`;
    case 'as':
      return `(${expression(node.value)} as ${type(node.type)})`;
    case 'is':
      return `(${expression(node.value)} is ${pattern(node.pattern)})`;
    case 'typeof':
    case 'sizeof':
    case 'default':
      return `${node.kind}(${node.type ? type(node.type) : ''})`;
    case 'parenthesized':
      return `paren ${expression(node.value)}`;
    case 'checked':
    case 'unchecked':
    case 'await':
    case 'ref':
    case 'throw':
      return `(${node.kind} ${expression(node.value)})`;
    case 'lambda': {
      const head = `${node.isAsync ? 'async ' : ''}${parameters(node.parameters)} =>`;
      return `(${head} ${node.body.kind === 'block' ? `{ ${node.body.statements.flatMap(statement).join('; ')} }` : expression(node.body.value)})`;
    }
    case 'tuple':
      return `tuple(${node.elements.map(({ name, value }) => (name === undefined ? '' : `${name}: `) + expression(value)).join(', ')})`;
    case 'declaration':
      return `declare ${type(node.type)} ${node.name?.name ?? ''}`;
    case 'switchExpression':
      return `(${expression(node.value)} switch {${node.arms.map((arm) => `${pattern(arm.pattern)}${when(arm.when)} => ${expression(arm.value)}`).join(', ')}})`;
    case 'with':
      return `(${expression(node.value)} with {${node.members.map(({ name, value }) => `${name.name} = ${expression(value)}`).join(', ')}})`;
    case 'range':
      return `(${node.from ? expression(node.from) : ''}..${node.to ? expression(node.to) : ''})`;
    case 'query':
      return `query(${node.clauses.map(clause).join('; ')})`;
    default:
      return node.kind === 'missing' ? '?' : node.kind;
  }
}

function clause(node: QueryClause): string {
  switch (node.kind) {
    case 'from':
      return `from ${node.type ? `${type(node.type)} ` : ''}${node.name.name} in ${expression(node.source)}`;
    case 'let':
      return `let ${node.name.name} = ${expression(node.value)}`;
    case 'where':
    case 'select':
      return `${node.kind} ${expression(node.value)}`;
    case 'orderby':
      return `orderby ${node.keys.map(({ value, isDescending }) => expression(value) + (isDescending ? ' descending' : '')).join(', ')}`;
    case 'group':
      return `group ${expression(node.value)} by ${expression(node.by)}`;
    case 'join':
      return `join ${node.name.name} in ${expression(node.source)} on ${expression(node.left)} equals ${expression(node.right)}${node.into ? ` into ${node.into.name}` : ''}`;
    case 'into':
      return `into ${node.name.name}`;
  }
}

function initializer({ elements }: Initializer): string {
  const value = (one: Expression | Initializer): string => (isInitializer(one) ? initializer(one) : expression(one));
  const shown = elements.map((element: InitializerElement) => {
    if (element.kind === 'property') return `${element.name.name} = ${value(element.value)}`;
    if (element.kind === 'index') return `[${element.arguments.map(argument).join(', ')}] = ${value(element.value)}`;
    return element.values.length === 1 && element.values[0]
      ? expression(element.values[0])
      : `{${element.values.map(expression).join(', ')}}`;
  });
  return `{${shown.join(', ')}}`;
}

function pattern(node: Pattern): string {
  const name = 'name' in node && node.name ? ` ${node.name.name}` : '';
  switch (node.kind) {
    case 'constant':
      return expression(node.value);
    case 'type':
    case 'declaration':
      return `type ${type(node.type)}${name}`;
    case 'var':
      return `var${name}`;
    case 'relational':
      return `${node.operator} ${expression(node.value)}`;
    case 'and':
    case 'or':
      return `(${pattern(node.left)} ${node.kind} ${pattern(node.right)})`;
    case 'not':
      return `not ${pattern(node.pattern)}`;
    case 'recursive': {
      const positions = node.positions.length > 0 ? `(${node.positions.map(pattern).join(', ')})` : '';
      const properties = node.properties.map((property) => `${property.name}: ${pattern(property.pattern)}`).join(', ');
      return `${node.type ? type(node.type) : ''}${positions}{${properties}}${name}`;
    }
    default:
      return node.kind === 'discard' ? '_' : '?';
  }
}
