// How many bytes IBinarySerialize.Write surely writes, at least and at most, as far as its own code tells.
// Source: learn.microsoft.com "BinaryWriter.Write", of what each overload writes; read 2026-11.
import { successorsOf, type Block, type Operation } from '../code/body.js';
import type { CodeGraph, MethodNode } from '../code/graph.js';
import type { TypeDef } from '../code/model.js';
import { valuesOf } from '../code/values.js';

export interface WrittenSize {
  readonly least: number;
  /** Infinite where it is not told. */
  readonly most: number;
}

/** No `Write` is that long. */
const mostBlocks = 2000;

/** Of a text, bytes or characters what is written depends on their length. */
const fixed: Readonly<Record<string, number>> = {
  'System.Boolean': 1,
  'System.Byte': 1,
  'System.Decimal': 16,
  'System.Double': 8,
  'System.Int16': 2,
  'System.Int32': 4,
  'System.Int64': 8,
  'System.SByte': 1,
  'System.Single': 4,
  'System.UInt16': 2,
  'System.UInt32': 4,
  'System.UInt64': 8,
};

/** Undefined where there is no such method, or its code is not known. */
export function writtenSizeOf(graph: CodeGraph, type: TypeDef): WrittenSize | undefined {
  const [method, other] = type.methods.filter(
    ({ name, parameters: [first, ...others] }) =>
      (name === 'Write' || name.endsWith('.IBinarySerialize.Write')) &&
      others.length === 0 &&
      first?.type.kind === 'named' &&
      first.type.name === 'System.IO.BinaryWriter',
  );
  const node = method && graph.nodes.get(method);
  const body = method?.body;
  if (!node || !body || other || body.isDeferred || body.unknown.length > 0 || body.blocks.length > mostBlocks)
    return undefined;
  const sizes = body.blocks.map((block) => sizeOf(graph, node, block));
  const isPlain =
    body.regions.length === 0 && body.blocks.every(({ index, end }) => successorsOf(end).every((to) => to > index));
  return { least: leastOf(body.blocks, sizes), most: isPlain ? mostOf(body.blocks, sizes) : Infinity };
}

function sizeOf(graph: CodeGraph, node: MethodNode, { operations }: Block): WrittenSize {
  let [least, most] = [0, 0];
  for (const operation of operations) {
    const size = writtenBy(graph, node, operation);
    least += size.least;
    most += size.most;
  }
  return { least, most };
}

function writtenBy(graph: CodeGraph, node: MethodNode, operation: Operation): WrittenSize {
  const none = { least: 0, most: 0 };
  const isWriter = (operand: Parameters<typeof valuesOf>[2]): boolean =>
    valuesOf(graph, node, operand).some((value) => value.kind === 'parameter' && value.index === 0);
  if (operation.kind === 'storeField' || operation.kind === 'storeElement')
    return isWriter(operation.value) ? { least: 0, most: Infinity } : none;
  if (operation.kind !== 'call') return operation.kind === 'indirectCall' ? { least: 0, most: Infinity } : none;
  const { method, instance, arguments: given } = operation;
  const isOwn = instance?.kind === 'parameter' && instance.index === 0;
  if (isOwn && method.name === 'Write') {
    const [of, ...others] = method.parameters;
    const size = of?.kind === 'named' && others.length === 0 ? fixed[of.name] : undefined;
    if (size !== undefined) return { least: size, most: size };
    // A text is written with its length, of one byte at least.
    const least = of?.kind === 'named' && (of.name === 'System.String' || of.name === 'System.Char') ? 1 : 0;
    return { least, most: Infinity };
  }
  if (isOwn && method.name === 'Flush') return none;
  // What has the writer may write, and what it is called on may keep it.
  return [...(instance ? [instance] : []), ...given].some((operand) => operand.kind === 'this' || isWriter(operand))
    ? { least: 0, most: Infinity }
    : none;
}

/** Over the ways from the entry to a return: the shortest. */
function leastOf(blocks: readonly Block[], sizes: readonly WrittenSize[]): number {
  const known = new Map<number, number>([[0, sizes[0]?.least ?? 0]]);
  const work = [0];
  let least = Infinity;
  for (let index = work.shift(); index !== undefined; index = work.shift()) {
    const block = blocks[index];
    const so = known.get(index) ?? 0;
    if (block?.end.kind === 'return') least = Math.min(least, so);
    for (const to of block ? successorsOf(block.end) : []) {
      const next = so + (sizes[to]?.least ?? 0);
      if (next >= (known.get(to) ?? Infinity)) continue;
      known.set(to, next);
      work.push(to);
    }
  }
  return least;
}

/** Where control goes forward alone: the longest. */
function mostOf(blocks: readonly Block[], sizes: readonly WrittenSize[]): number {
  const known = new Map<number, number>([[0, 0]]);
  let most = 0;
  for (const { index, end } of blocks) {
    const before = known.get(index);
    if (before === undefined) continue;
    const so = before + (sizes[index]?.most ?? 0);
    if (end.kind === 'return') most = Math.max(most, so);
    for (const to of successorsOf(end)) known.set(to, Math.max(known.get(to) ?? 0, so));
  }
  return most;
}
