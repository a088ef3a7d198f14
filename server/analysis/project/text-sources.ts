// Where a text comes from, through what puts texts together or writes them in another form.
import type { Call, Operand } from '../code/body.js';
import type { CodeGraph, MethodNode } from '../code/graph.js';
import { definitionOf, valuesOf, type Value } from '../code/values.js';

/** An element in an element in what becomes the answer takes two for each, with the array that holds it. */
const maximumDepth = 10;

/** The first part of a text that a test knows: it is asked of operands on the way, and of the values they come from. */
export function sourceOf<T>(
  graph: CodeGraph,
  node: MethodNode,
  operand: Operand,
  test: {
    readonly operand?: (node: MethodNode, operand: Operand) => T | undefined;
    readonly value?: (value: Value) => T | undefined;
  },
): T | undefined {
  const seen = new Set<Call>();
  const visit = (at: MethodNode, one: Operand, depth: number): T | undefined => {
    const direct = test.operand?.(at, one);
    if (direct !== undefined) return direct;
    // A method of a struct is called on its address.
    const definition = definitionOf(at, one);
    if (definition?.kind === 'addressOf') return visit(at, definition.variable, depth);
    for (const value of valuesOf(graph, at, one)) {
      const found = test.value?.(value) ?? inside(value, depth);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const inside = (value: Value, depth: number): T | undefined => {
    if (depth >= maximumDepth) return undefined;
    if (value.kind === 'array') return first(value.node, elementsOf(value.node, value.operation.result), depth);
    if ((value.kind !== 'result' && value.kind !== 'object') || seen.has(value.operation)) return undefined;
    const { operation } = value;
    if (!isCarrier(operation)) return undefined;
    seen.add(operation);
    const parts = [...(operation.instance ? [operation.instance] : []), ...operation.arguments];
    return first(value.node, parts, depth);
  };
  const first = (at: MethodNode, parts: readonly Operand[], depth: number): T | undefined => {
    for (const part of parts) {
      const found = visit(at, part, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return visit(node, operand, 0);
}

/** Members that give back what they are given, whole or in part. */
const carriers: Readonly<Record<string, RegExp>> = {
  'System.Data.SqlTypes.SqlChars': /^(?:\.ctor|get_Value|ToSqlString|op_Explicit)$/,
  'System.Data.SqlTypes.SqlString': /^(?:\.ctor|get_Value|ToString|Concat|op_\w+)$/,
  'System.Data.SqlTypes.SqlXml': /^(?:\.ctor|CreateReader|get_Value)$/,
  'System.String':
    /^(?:\.ctor|Concat|Format|Insert|Join|Pad\w+|Remove|Replace|Substring|ToLower\w*|ToString|ToUpper\w*|Trim\w*)$/,
  'System.Xml.Linq.XAttribute': /^(?:\.ctor|get_Value)$/,
  'System.Xml.Linq.XElement': /^(?:\.ctor|get_Value)$/,
  'System.Xml.Linq.XNode': /^(?:CreateReader|ToString)$/,
};

function isCarrier({ method, constrained }: Call): boolean {
  const type = constrained ?? method.type;
  return type.kind === 'named' && (carriers[type.name]?.test(method.name) ?? false);
}

function elementsOf({ method }: MethodNode, array: number): readonly Operand[] {
  return (method.body?.blocks ?? []).flatMap(({ operations }) =>
    operations.flatMap((operation) =>
      operation.kind === 'storeElement' && operation.array.kind === 'temporary' && operation.array.index === array
        ? [operation.value]
        : [],
    ),
  );
}
