// `if (a && b)`: a block that only asks for what every way into it has just decided is left out, as compilers do.
import type { Operand } from '../code/body.js';
import type { OpenBlock, OpenEnd } from './body-builder.js';

type Branch = Extract<OpenEnd, { kind: 'branch' }> & { readonly at: number };

/** Inner conditions come before outer ones, so that once through is enough. */
export function threadJumps(blocks: readonly OpenBlock[]): void {
  const entering = new Map<number, OpenBlock[]>();
  for (const block of blocks) {
    if (block.end?.kind !== 'jump' || block.end.to.block === undefined) continue;
    const list = entering.get(block.end.to.block);
    if (list) list.push(block);
    else entering.set(block.end.to.block, [block]);
  }
  blocks.forEach((block, index) => {
    const question = questionOf(block);
    if (!question) return;
    for (const from of entering.get(index) ?? []) {
      const last = from.operations.at(-1);
      if (last?.kind !== 'assign' || !isSame(last.target, question.left) || from.end?.kind !== 'jump') continue;
      from.end = decided(question, last.value);
      if (from.end.kind !== 'jump' || from.end.to.block === undefined) continue;
      const list = entering.get(from.end.to.block);
      if (list) list.push(from);
      else entering.set(from.end.to.block, [from]);
    }
  });
}

/** A branch on a temporary, turned round where the block has a `!` for it and nothing else. */
function questionOf({ operations, end }: OpenBlock): Branch | undefined {
  if (end?.kind !== 'branch' || end.operator !== undefined || end.left.kind !== 'temporary') return undefined;
  const [first, ...others] = operations;
  if (!first) return end;
  const [negated, ...more] = first.kind === 'compute' && first.operator === 'ceq' ? first.operands : [];
  const isNegation = others.length === 0 && more.length === 0 && 'result' in first && first.result === end.left.index;
  return negated && isNegation ? { ...end, left: negated, then: end.otherwise, otherwise: end.then } : undefined;
}

function decided(question: Branch, value: Operand): OpenEnd & { readonly at: number } {
  if (value.kind !== 'constant') return { ...question, left: value };
  const isTrue = value.value !== null && Number(value.value) !== 0;
  return { kind: 'jump', to: isTrue ? question.then : question.otherwise, at: question.at };
}

function isSame(one: Operand, other: Operand): boolean {
  return one.kind === 'temporary' && other.kind === 'temporary' && one.index === other.index;
}
