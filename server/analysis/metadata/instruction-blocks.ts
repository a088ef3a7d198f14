// The instructions of a method cut into basic blocks.
import type { BlockRange, End, Operand, Operation } from '../code/body.js';
import { BadImage } from './bytes.js';
import type { ExceptionClause, InstructionReader, MethodBytes } from './il.js';

/** The instruction a reader stands at. */
export type Step = Pick<InstructionReader, 'offset' | 'opcode' | 'operand' | 'big' | 'targets' | 'end'>;

/** Where a block begins and ends, as IL offsets, and what lies on the stack when it begins. */
export interface Draft {
  readonly first: number;
  end: number;
  predecessors: number;
  stack: readonly Operand[] | undefined;
  /** The stack is made of temporaries that every way into the block assigns. */
  isMerge: boolean;
  operations: readonly Operation[];
  finish: End;
}

/** Blocks begin at the entry, at what is branched to, behind what ends a block, and at the bounds of regions. */
export class InstructionBlocks {
  readonly drafts: readonly Draft[];
  /** Where reading fails, there is an instruction that cannot be read. */
  readonly unread: { readonly at: number; readonly message: string } | undefined;
  readonly #reader: InstructionReader;
  /** Behind the last instruction that can be read. */
  readonly #codeEnd: number;
  /** Block by the IL offset it begins at. */
  readonly #blockAt = new Map<number, number>();

  constructor({ code, clauses }: MethodBytes, reader: InstructionReader) {
    this.#reader = reader;
    const size = code.length;
    const starts = new Uint8Array(size + 1);
    const leaders = new Uint8Array(size + 1);
    leaders[0] = 1;
    this.unread = this.#scan(size, (step) => {
      starts[step.offset] = 1;
      const targets = targetsOf(step);
      if (targets.length === 0 && !endings.has(step.opcode.stem)) return;
      for (const target of targets) if (target >= 0) leaders[target] = 1;
      leaders[step.end] = 1;
    });
    this.#codeEnd = this.unread?.at ?? reader.end;
    for (const clause of clauses) for (const bound of boundsOf(clause)) leaders[bound] = 1;
    const drafts: Draft[] = [];
    for (let at = 0; at < this.#codeEnd; at++) {
      if (starts[at] === 0 || leaders[at] === 0) continue;
      const before = drafts.at(-1);
      if (before) before.end = at;
      this.#blockAt.set(at, drafts.length);
      drafts.push({
        first: at,
        end: this.#codeEnd,
        predecessors: 0,
        stack: undefined,
        isMerge: false,
        operations: [],
        finish: { kind: 'stop', at },
      });
    }
    this.drafts = drafts;
    this.#countPredecessors();
  }

  /** The block that begins at an IL offset. */
  at(offset: number): number | undefined {
    return this.#blockAt.get(offset);
  }

  /** The blocks of a region; undefined where it does not begin and end with an instruction. */
  range(offset: number, length: number): BlockRange | undefined {
    const first = this.at(offset);
    const behind = offset + length;
    const end = this.at(behind) ?? (behind === this.#codeEnd ? this.drafts.length : undefined);
    return first === undefined || end === undefined || end <= first ? undefined : { first, end };
  }

  #countPredecessors(): void {
    const count = (offset: number): void => {
      const into = this.drafts[this.at(offset) ?? -1];
      if (into) into.predecessors++;
    };
    this.#scan(this.#codeEnd, (step) => {
      for (const target of targetsOf(step)) count(target);
      if (!endings.has(step.opcode.stem)) count(step.end);
    });
  }

  /** Every instruction up to an IL offset, or to the first that cannot be read. */
  #scan(end: number, look: (step: Step) => void): InstructionBlocks['unread'] {
    const reader = this.#reader;
    reader.seek(0);
    try {
      while (reader.end < end && reader.next()) look(reader);
      return undefined;
    } catch (error) {
      if (!(error instanceof BadImage)) throw error;
      return { at: reader.offset, message: error.message };
    }
  }
}

/** Behind these, control never goes on to the following instruction. */
const endings: ReadonlySet<string> = new Set([
  'ret',
  'throw',
  'rethrow',
  'endfinally',
  'endfilter',
  'jmp',
  'br',
  'leave',
]);

function targetsOf({ opcode, operand, targets }: Step): readonly number[] {
  if (opcode.operand === 'switch') return targets;
  return opcode.operand === 'target8' || opcode.operand === 'target32' ? [operand] : [];
}

function boundsOf(clause: ExceptionClause): readonly number[] {
  const { tryOffset, tryLength, handlerOffset, handlerLength, filterOffset, kind } = clause;
  return [
    tryOffset,
    tryOffset + tryLength,
    handlerOffset,
    handlerOffset + handlerLength,
    ...(kind === 'filter' ? [filterOffset] : []),
  ];
}
