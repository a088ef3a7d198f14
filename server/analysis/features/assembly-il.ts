// The IL of one method as lines: locals, instructions, and protected regions as blocks where they lie within one another.
import { typeText } from '../code/code-text.js';
import type { TypeRef } from '../code/model.js';
import type { Disassembly, HandlerRegion } from '../metadata/disassemble.js';
import { labelText } from '../metadata/il-label.js';
import type { DocumentOutput } from './document-output.js';

export interface IlOptions {
  /** Writes a type. */
  typeRef(type: TypeRef): void;
  isFull(): boolean;
}

/** Blocks within blocks are indented so far. */
const deepest = 20;
const mostRegions = 1_000;

/** False where the document is full before the method ends. */
export function writeIl(out: DocumentOutput, il: Disassembly, options: IlOptions): boolean {
  if (il.maxStack !== 8) out.line(`    .maxstack ${il.maxStack}`);
  for (const [index, { type, pinned }] of il.locals.entries()) {
    if (options.isFull()) return false;
    out.write(`    .local ${pinned ? 'pinned ' : ''}`);
    options.typeRef(type);
    out.line(` V_${index}`);
  }
  const blocks = blocksOf(il);
  const isComplete = writeInstructions(out, il, blocks ?? [], options);
  if (isComplete && il.error !== undefined) out.line(`    // It cannot be read on: ${il.error}`);
  if (!blocks) for (const region of il.regions.slice(0, mostRegions)) out.line(`    ${regionText(region)}`);
  if (!blocks && il.regions.length > mostRegions) out.line(`    // ${il.regions.length - mostRegions} regions more`);
  return isComplete;
}

function writeInstructions(
  out: DocumentOutput,
  il: Disassembly,
  blocks: readonly Block[],
  options: IlOptions,
): boolean {
  const open: { readonly block: Block; readonly start: number }[] = [];
  let next = 0;
  const indent = (): string => '  '.repeat(2 + Math.min(open.length, deepest));
  const closeAt = (offset: number): void => {
    for (let top = open.at(-1); top && top.block.end <= offset; top = open.at(-1)) {
      open.pop();
      out.line(`${indent()}}`);
      out.foldings.push({ span: { start: top.start, end: out.length - 1 }, kind: 'statement' });
    }
  };
  let margin = indent();
  for (const { offset, mnemonic, operand, target } of il.instructions) {
    if (options.isFull()) return false;
    const depth = open.length;
    if (depth > 0) closeAt(offset);
    const before = next;
    for (let block = blocks[next]; block && block.start <= offset; block = blocks[++next]) {
      const start = out.length + indent().length;
      out.write(`${indent()}${block.words}`);
      if (block.type) options.typeRef(block.type);
      out.line(block.words === '' ? '{' : ' {');
      open.push({ block, start });
    }
    if (depth !== open.length || before !== next) margin = indent();
    out.write(`${margin}${labelText(offset)}: ${mnemonic}`);
    if (operand !== '') {
      out.write(' ');
      if (target) out.link(operand, target);
      else out.write(operand);
    }
    out.line();
  }
  closeAt(Infinity);
  return true;
}

/** What stands in braces: offsets of IL, the end is not in it. */
interface Block {
  readonly start: number;
  readonly end: number;
  /** In front of the brace. */
  readonly words: string;
  readonly type?: TypeRef;
}

/** Outer before inner; undefined where they do not lie within one another, or begin or end within an instruction. */
function blocksOf({ regions, instructions, codeLength, error }: Disassembly): readonly Block[] | undefined {
  if (regions.length === 0) return [];
  const bounds = new Set(instructions.map(({ offset }) => offset));
  const blocks = [...tried(regions), ...regions.flatMap(handlerBlocks)].sort(
    (a, b) => a.start - b.start || b.end - a.end,
  );
  const around: Block[] = [];
  for (const block of blocks) {
    const endsWell = bounds.has(block.end) || (block.end === codeLength && error === undefined);
    if (!bounds.has(block.start) || !endsWell || block.end <= block.start) return undefined;
    while ((around.at(-1)?.end ?? Infinity) <= block.start) around.pop();
    const outer = around.at(-1);
    if (outer && (outer.end < block.end || (outer.start === block.start && outer.end === block.end))) return undefined;
    around.push(block);
  }
  return blocks;
}

/** Handlers of one protected block follow it one after the other. */
function tried(regions: readonly HandlerRegion[]): readonly Block[] {
  const found = new Map<string, Block>();
  for (const { tried: range } of regions) found.set(`${range.start} ${range.end}`, { ...range, words: '.try' });
  return [...found.values()];
}

function handlerBlocks({ kind, handler, filter, type }: HandlerRegion): readonly Block[] {
  if (filter !== undefined)
    return [
      { start: filter, end: handler.start, words: 'filter' },
      { ...handler, words: 'handler' },
    ];
  return [{ ...handler, words: type ? 'catch ' : kind, ...(type && { type }) }];
}

/** `.try IL_0000 to IL_0010 catch [mscorlib]System.Exception handler IL_0010 to IL_0020`. */
function regionText({ kind, tried, handler, filter, type }: HandlerRegion): string {
  const how =
    filter === undefined ? `${kind}${type ? ` ${typeText(type)}` : ''} handler` : `filter ${labelText(filter)}`;
  return `.try ${labelText(tried.start)} to ${labelText(tried.end)} ${how} ${labelText(handler.start)} to ${labelText(handler.end)}`;
}
