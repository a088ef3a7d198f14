// Handlers of exceptions: which do nothing, and how the code behind one still knows that something failed.
import {
  successorsOf,
  type Block,
  type BlockRange,
  type Body,
  type Operand,
  type Operation,
  type Region,
} from './body.js';
import { resultOf, variableKey } from './definitions.js';

/** What is asked about the handlers of one body, found out once. */
export interface HandledBody extends Body {
  /** Variables that some operation takes, by key, with the first and the last block where one does it. */
  readonly reads: ReadonlyMap<string, BlockRange>;
  /** Where handlers and filters begin. */
  readonly handlerStarts: ReadonlySet<number>;
}

export function withHandlers(body: Body): HandledBody {
  const starts = body.regions.flatMap(({ handler, filter }) => [
    handler.first,
    ...(filter === undefined ? [] : [filter]),
  ]);
  return { ...body, reads: readsOf(body), handlerStarts: new Set(starts) };
}

/** Nothing is called, stored or answered; the exception may be put into a variable that nobody reads. */
export function isEmptyHandler(body: HandledBody, { handler, exception }: Region): boolean {
  return body.blocks
    .slice(handler.first, handler.end)
    .every(
      ({ operations, end }) =>
        (end.kind === 'leave' || end.kind === 'jump') &&
        operations.every(
          (operation) =>
            operation.kind === 'assign' &&
            operation.value.kind === 'temporary' &&
            operation.value.index === exception &&
            !body.reads.has(variableKey(operation.target)),
        ),
    );
}

export function triedOperations(body: Body, { tried }: Region): readonly Operation[] {
  return body.blocks.slice(tried.first, tried.end).flatMap(({ operations }) => operations);
}

/** `done = true` behind what may fail, and asked for elsewhere: behind the handler, or where a loop comes round. */
export function setsFlag(body: HandledBody, region: Region): boolean {
  const tried = triedOperations(body, region);
  const isElsewhere = (variable: Operand): boolean => {
    const read = body.reads.get(variableKey(variable));
    return read !== undefined && (read.first < region.tried.first || read.end > region.handler.end);
  };
  const firstCall = tried.findIndex(({ kind }) => kind === 'call');
  return tried.some(
    (operation, index) =>
      index > firstCall &&
      firstCall >= 0 &&
      operation.kind === 'assign' &&
      operation.target.kind === 'local' &&
      operation.value.kind === 'constant' &&
      isElsewhere(operation.target),
  );
}

/**
 * Success has left for elsewhere: what stands behind an empty handler is what failure leads to. Where success can come by
 * as well, it is so if all that stands there is the answer, a value known beforehand: `return null`.
 */
export function isAnsweredBehind(body: HandledBody, region: Region): boolean {
  const { tried, handler } = region;
  const isTried = (index: number): boolean => index >= tried.first && index < tried.end;
  const behind = body.blocks.slice(handler.first, handler.end).flatMap(({ end }) => successorsOf(end));
  const target = behind.find((index) => index < handler.first || index >= handler.end);
  const block = target === undefined ? undefined : body.blocks[target];
  if (target === undefined || !block || isTried(target)) return false;
  const ways = livingBlocks(body, tried);
  const hasOtherWay = ways.some(
    ({ end }) =>
      (end.kind === 'return' && end.value !== undefined) ||
      successorsOf(end).some((index) => !isTried(index) && index !== target),
  );
  if (!hasOtherWay) return false;
  if (ways.some(({ end }) => successorsOf(end).includes(target))) return isAnswer(body, target);
  return block.operations.length > 0 || block.end.kind !== 'return';
}

/** Without what stands behind a `return` and is empty. */
function livingBlocks({ blocks, handlerStarts }: HandledBody, { first, end }: BlockRange): readonly Block[] {
  const range = blocks.slice(first, end);
  const entered = new Set([first, ...range.flatMap((block) => successorsOf(block.end))]);
  return range.filter(
    ({ index, operations }) => operations.length > 0 || entered.has(index) || handlerStarts.has(index),
  );
}

const longestAnswer = 6;

/** From a block on there is nothing but a value made of constants, and it is returned or thrown. */
function isAnswer(body: Body, from: number): boolean {
  const known = new Set<string>();
  const isKnown = (operand: Operand): boolean => operand.kind === 'constant' || known.has(variableKey(operand));
  let block = body.blocks[from];
  for (let step = 0; block && step < longestAnswer; step++) {
    for (const operation of block.operations) {
      if (!operandsOf(operation).every(isKnown)) return false;
      if (operation.kind === 'assign') known.add(variableKey(operation.target));
      else if (operation.kind === 'addressOf') known.add(variableKey(operation.variable));
      const result = resultOf(operation);
      if (result !== undefined) known.add(`temporary ${result}`);
    }
    if (block.end.kind === 'throw') return true;
    if (block.end.kind === 'return') return block.end.value !== undefined && isKnown(block.end.value);
    if (block.end.kind !== 'jump') return false;
    block = body.blocks[block.end.to];
  }
  return false;
}

/** What makes a value takes; of anything that does more, what cannot be known. */
function operandsOf(operation: Operation): readonly Operand[] {
  switch (operation.kind) {
    case 'assign':
    case 'convert':
      return [operation.value];
    case 'loadField':
      return operation.instance ? [operation.instance] : [];
    case 'addressOf':
      return [];
    case 'storeIndirect':
      return operation.value ? [operation.value] : [operation.address];
    case 'call':
      if (operation.dispatch === 'new' || operation.method.name === 'op_Implicit') return operation.arguments;
      return [{ kind: 'this' }];
    default:
      return [{ kind: 'this' }];
  }
}

function readsOf({ blocks }: Body): HandledBody['reads'] {
  const reads = new Map<string, BlockRange>();
  const take = (index: number, holder: object, target?: Operand): void => {
    for (const one of Object.values(holder).flat() as readonly unknown[]) {
      if (one === target || !isOperand(one)) continue;
      const key = variableKey(one);
      reads.set(key, { first: reads.get(key)?.first ?? index, end: index + 1 });
    }
  };
  for (const { index, operations, end } of blocks) {
    for (const operation of operations)
      take(index, operation, operation.kind === 'assign' ? operation.target : undefined);
    take(index, end);
  }
  return reads;
}

function isOperand(one: unknown): one is Operand {
  return typeof one === 'object' && one !== null && 'kind' in one && 'index' in one;
}
