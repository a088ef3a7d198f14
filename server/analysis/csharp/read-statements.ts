// Statements.
import { errorType, type Node } from './flat-tree.js';
import type {
  BlockStatement,
  CatchClause,
  Expression,
  Statement,
  SwitchLabel,
  SwitchSection,
  Variable,
} from './nodes.js';
import { deeper, endOf, identifier, nameOf, type Reader } from './reader.js';
import { method } from './read-declarations.js';
import { expression } from './read-expressions.js';
import { isPattern, pattern } from './read-patterns.js';
import { typeName } from './read-types.js';

/** Of a place where a statement stands, or should. */
export function statement(reader: Reader, node: Node | undefined, around: Node): Statement {
  if (node === undefined) return { kind: 'missing', span: endOf(reader.tree.span(around)) };
  return deeper(reader, node, readStatement) ?? { kind: 'missing', span: reader.tree.span(node) };
}

export function block(reader: Reader, node: Node | undefined, around: Node): BlockStatement {
  const read = node === undefined ? undefined : deeper(reader, node, readBlock);
  if (read) return read;
  const span = reader.tree.span(node ?? around);
  return { kind: 'block', span, statements: node === undefined ? [] : [{ kind: 'missing', span }] };
}

function readBlock(reader: Reader, node: Node): BlockStatement {
  return { kind: 'block', span: reader.tree.span(node), statements: statementsIn(reader, node) };
}

/** What is no C# is a statement that is missing, and statements inside of it stay. */
function statementsIn(reader: Reader, node: Node): readonly Statement[] {
  const { tree } = reader;
  return tree.children(node).flatMap((child): readonly Statement[] => {
    if (tree.type(child) === errorType)
      return [{ kind: 'missing', span: tree.span(child) }, ...(deeper(reader, child, statementsIn) ?? [])];
    return isStatement(tree.type(child)) ? [statement(reader, child, node)] : [];
  });
}

function isStatement(type: string): boolean {
  return type in readers;
}

function readStatement(reader: Reader, node: Node): Statement {
  const read = readers[reader.tree.type(node)];
  return read ? read(reader, node) : { kind: 'missing', span: reader.tree.span(node) };
}

type Read = (reader: Reader, node: Node) => Statement;

/** With at most one expression. */
function plain(kind: 'return' | 'throw'): Read {
  return (reader, node) => ({ kind, span: reader.tree.span(node), ...value(reader, node) });
}

function alone(kind: 'break' | 'continue' | 'empty'): Read {
  return ({ tree }, node) => ({ kind, span: tree.span(node) });
}

function loop(kind: 'while' | 'do'): Read {
  return (reader, node) => ({
    kind,
    span: reader.tree.span(node),
    condition: expression(reader, reader.tree.field(node, 'condition'), node),
    body: statement(reader, reader.tree.field(node, 'body'), node),
  });
}

const readers: Readonly<Record<string, Read>> = {
  block: (reader, node) => block(reader, node, node),
  expression_statement: (reader, node) => ({
    kind: 'expression',
    span: reader.tree.span(node),
    value: expression(reader, reader.tree.parts(node)[0], node),
  }),
  local_declaration_statement: locals,
  local_function_statement: (reader, node) => ({
    kind: 'localFunction',
    span: reader.tree.span(node),
    function: method(reader, node, 'type'),
  }),
  if_statement: ifStatement,
  while_statement: loop('while'),
  do_statement: loop('do'),
  for_statement: forStatement,
  foreach_statement: foreach,
  switch_statement: switchStatement,
  return_statement: plain('return'),
  throw_statement: plain('throw'),
  yield_statement: (reader, node) => {
    const span = reader.tree.span(node);
    return reader.tree.all(node, 'break').length > 0
      ? { kind: 'yieldBreak', span }
      : { kind: 'yieldReturn', span, ...value(reader, node) };
  },
  break_statement: alone('break'),
  continue_statement: alone('continue'),
  empty_statement: alone('empty'),
  goto_statement: goto,
  labeled_statement: (reader, node) => {
    const [label, inner] = reader.tree.parts(node);
    return {
      kind: 'labeled',
      span: reader.tree.span(node),
      label: identifier(reader, label, node).name,
      statement: statement(reader, inner, node),
    };
  },
  try_statement: tryStatement,
  lock_statement: (reader, node) => {
    const [held, inner] = reader.tree.parts(node);
    return {
      kind: 'lock',
      span: reader.tree.span(node),
      value: expression(reader, held, node),
      body: statement(reader, inner, node),
    };
  },
  using_statement: usingStatement,
  fixed_statement: (reader, node) => {
    const declared = reader.tree.first(node, 'variable_declaration');
    const parts = reader.tree.parts(node);
    return {
      kind: 'fixed',
      span: reader.tree.span(node),
      type: typeName(
        reader,
        declared === undefined ? undefined : reader.tree.field(declared, 'type'),
        declared ?? node,
      ),
      variables: declared === undefined ? [] : variables(reader, declared),
      body: statement(reader, parts.at(-1) === declared ? undefined : parts.at(-1), node),
    };
  },
  checked_statement: (reader, node) => ({
    kind: reader.tree.token(node) === 'unchecked' ? 'unchecked' : 'checked',
    span: reader.tree.span(node),
    body: block(reader, reader.tree.first(node, 'block'), node),
  }),
  unsafe_statement: (reader, node) => ({
    kind: 'unsafe',
    span: reader.tree.span(node),
    body: block(reader, reader.tree.first(node, 'block'), node),
  }),
};

function value(reader: Reader, node: Node): { readonly value?: Expression } {
  const part = reader.tree.parts(node)[0];
  return part === undefined ? {} : { value: expression(reader, part, node) };
}

function locals(reader: Reader, node: Node): Statement {
  const { tree } = reader;
  const declared = tree.first(node, 'variable_declaration');
  if (declared === undefined) return { kind: 'missing', span: tree.span(node) };
  return {
    ...localsOf(reader, declared),
    span: tree.span(node),
    ...(tree.first(node, 'using') !== undefined && { isUsing: true }),
    ...(tree.all(node, 'modifier').some((modifier) => tree.textOf(modifier) === 'const') && { isConst: true }),
  };
}

function localsOf(reader: Reader, declared: Node): Statement {
  const { tree } = reader;
  const span = tree.span(declared);
  const type = typeName(reader, tree.field(declared, 'type'), declared);
  const first = tree.first(declared, 'variable_declarator');
  const tuple = first === undefined ? undefined : tree.first(first, 'tuple_pattern');
  if (first === undefined || tuple === undefined)
    return { kind: 'locals', span, type, isConst: false, isUsing: false, variables: variables(reader, declared) };
  // `var (a, b) = c` takes apart and declares no one variable.
  return {
    kind: 'expression',
    span,
    value: {
      kind: 'assignment',
      span,
      operator: '=',
      target: tupleOf(reader, tuple),
      value: expression(reader, tree.parts(first).filter((part) => part !== tuple)[0], first),
    },
  };
}

function tupleOf(reader: Reader, node: Node): Expression {
  const { tree } = reader;
  const span = tree.span(node);
  if (tree.type(node) === 'tuple_pattern')
    return (
      deeper(reader, node, (): Expression => ({
        kind: 'tuple',
        span,
        elements: tree.parts(node).map((part) => ({ value: tupleOf(reader, part) })),
      })) ?? { kind: 'missing', span }
    );
  return { kind: 'declaration', span, type: { kind: 'var', span }, name: identifier(reader, node, node) };
}

/** Of a declaration of variables, of fields too. */
export function variables(reader: Reader, declaration: Node): readonly Variable[] {
  const { tree } = reader;
  return tree.all(declaration, 'variable_declarator').map((node) => {
    const name = tree.field(node, 'name');
    const initial = tree
      .parts(node)
      .find((part) => part !== name && !['bracketed_argument_list', 'tuple_pattern'].includes(tree.type(part)));
    return {
      span: tree.span(node),
      name: identifier(reader, name, node),
      ...(initial !== undefined && { value: expression(reader, initial, node) }),
    };
  });
}

function ifStatement(reader: Reader, node: Node): Statement {
  const { tree } = reader;
  const otherwise = tree.field(node, 'alternative');
  return {
    kind: 'if',
    span: tree.span(node),
    condition: expression(reader, tree.field(node, 'condition'), node),
    then: statement(reader, tree.field(node, 'consequence'), node),
    ...(otherwise !== undefined && { otherwise: statement(reader, otherwise, node) }),
  };
}

function forStatement(reader: Reader, node: Node): Statement {
  const { tree } = reader;
  const inField = (name: string): Node[] => tree.parts(node).filter((part) => tree.isField(part, name));
  const condition = tree.field(node, 'condition');
  return {
    kind: 'for',
    span: tree.span(node),
    first: inField('initializer').map((part) => variablesOrExpression(reader, part)),
    ...(condition !== undefined && { condition: expression(reader, condition, node) }),
    next: inField('update').map((part) => expression(reader, part, node)),
    body: statement(reader, tree.field(node, 'body'), node),
  };
}

function variablesOrExpression(reader: Reader, node: Node): Statement {
  if (reader.tree.type(node) === 'variable_declaration') return localsOf(reader, node);
  return { kind: 'expression', span: reader.tree.span(node), value: expression(reader, node, node) };
}

function foreach(reader: Reader, node: Node): Statement {
  const { tree } = reader;
  const type = tree.field(node, 'type');
  const left = tree.field(node, 'left');
  const isName = type !== undefined && left !== undefined && tree.type(left) === 'identifier';
  const isTuple = left !== undefined && tree.type(left) === 'tuple_pattern';
  const span = tree.span(left ?? node);
  return {
    kind: 'foreach',
    span: tree.span(node),
    isAwait: tree.first(node, 'await') !== undefined,
    type: type === undefined ? { kind: 'var', span } : typeName(reader, type, node),
    ...(isName
      ? { name: identifier(reader, left, node) }
      : { target: isTuple ? tupleOf(reader, left) : expression(reader, left, node) }),
    values: expression(reader, tree.field(node, 'right'), node),
    body: statement(reader, tree.field(node, 'body'), node),
  };
}

function switchStatement(reader: Reader, node: Node): Statement {
  const { tree } = reader;
  const inside = tree.field(node, 'body');
  return {
    kind: 'switch',
    span: tree.span(node),
    value: expression(reader, tree.field(node, 'value'), node),
    sections: inside === undefined ? [] : sections(reader, tree.all(inside, 'switch_section')),
  };
}

/** The grammar has a section for every label; those without statements belong to the next. */
function sections(reader: Reader, nodes: readonly Node[]): readonly SwitchSection[] {
  const { tree } = reader;
  const found: SwitchSection[] = [];
  let labels: SwitchLabel[] = [];
  nodes.forEach((node, index) => {
    labels.push(switchLabel(reader, node));
    const statements = statementsIn(reader, node);
    if (statements.length === 0 && index < nodes.length - 1) return;
    found.push({
      span: { start: labels[0]?.span.start ?? 0, end: tree.span(node).end },
      labels,
      statements,
    });
    labels = [];
  });
  return found;
}

function switchLabel(reader: Reader, node: Node): SwitchLabel {
  const { tree } = reader;
  const { start } = tree.span(node);
  if (tree.token(node) === 'default') return { span: { start, end: start + 'default'.length } };
  const what = tree.parts(node).find((part) => tree.type(part) !== 'when_clause' && !isStatement(tree.type(part)));
  const when = tree.first(node, 'when_clause');
  const { end } = tree.span(when ?? what ?? node);
  return {
    span: { start, end },
    pattern:
      what === undefined || isPattern(reader, what)
        ? pattern(reader, what, node)
        : { kind: 'constant', span: tree.span(what), value: expression(reader, what, node) },
    ...(when !== undefined && { when: expression(reader, tree.parts(when)[0], when) }),
  };
}

function goto(reader: Reader, node: Node): Statement {
  const { tree } = reader;
  const span = tree.span(node);
  const to = tree.parts(node)[0];
  if (tree.first(node, 'default') !== undefined) return { kind: 'goto', span, case: 'default' };
  if (tree.first(node, 'case') !== undefined) return { kind: 'goto', span, case: expression(reader, to, node) };
  return { kind: 'goto', span, ...(to !== undefined && { label: nameOf(tree, to) }) };
}

function tryStatement(reader: Reader, node: Node): Statement {
  const { tree } = reader;
  const last = tree.first(node, 'finally_clause');
  return {
    kind: 'try',
    span: tree.span(node),
    block: block(reader, tree.field(node, 'body'), node),
    catches: tree.all(node, 'catch_clause').map((clause) => catchClause(reader, clause)),
    ...(last !== undefined && { finally: block(reader, tree.first(last, 'block'), last) }),
  };
}

function catchClause(reader: Reader, node: Node): CatchClause {
  const { tree } = reader;
  const declared = tree.first(node, 'catch_declaration');
  const filter = tree.first(node, 'catch_filter_clause');
  const name = declared === undefined ? undefined : tree.field(declared, 'name');
  return {
    span: tree.span(node),
    ...(declared !== undefined && { type: typeName(reader, tree.field(declared, 'type'), declared) }),
    ...(name !== undefined && { name: identifier(reader, name, node) }),
    ...(filter !== undefined && { when: expression(reader, tree.parts(filter)[0], filter) }),
    block: block(reader, tree.field(node, 'body'), node),
  };
}

function usingStatement(reader: Reader, node: Node): Statement {
  const { tree } = reader;
  const inside = tree.field(node, 'body');
  const resource = tree.parts(node).find((part) => part !== inside);
  return {
    kind: 'using',
    span: tree.span(node),
    isAwait: tree.first(node, 'await') !== undefined,
    resource: resource === undefined ? statement(reader, undefined, node) : variablesOrExpression(reader, resource),
    body: statement(reader, inside, node),
  };
}
