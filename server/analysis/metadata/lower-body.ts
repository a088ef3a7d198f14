// IL as a body of the code model: instructions become basic blocks, the evaluation stack becomes temporaries.
import { isVoid, type TypeRef } from '../code/model.js';
import type { Block, Body, End, Local, MethodRef, Operand, Region } from '../code/body.js';
import type { Budget } from './budget.js';
import type { Bytes } from './bytes.js';
import { EvaluationStack, nothing } from './evaluation-stack.js';
import { InstructionReader, readMethodBytes, type MethodBytes } from './il.js';
import { InstructionBlocks, type Step } from './instruction-blocks.js';
import type { Members } from './members.js';
import { lowerValue } from './value-instructions.js';

/** `bytes` begin with the method's header; what may still be read is in the budget. */
export function lowerBody(bytes: Bytes, members: Members, isStatic: boolean, returns: TypeRef, budget: Budget): Body {
  let message = 'The image has the same code for more methods than can be read';
  const body = budget.attempt(
    () => {
      const method = readMethodBytes(bytes);
      budget.spend(method.code.length + method.clauses.length * unitsPerClause);
      return new BodyLowering(method, members, isStatic, isVoid(returns)).lower();
    },
    (why) => (message = why.message),
  );
  return body ?? { blocks: [], regions: [], locals: [], temporaries: 0, unknown: [{ at: 0, message }] };
}

/** Each is a region of the body, and begins blocks. */
const unitsPerClause = 24;

const pooled = 64;
const localOperands = Array.from({ length: pooled }, (_, index): Operand => ({ kind: 'local', index }));
const parameterOperands = Array.from({ length: pooled }, (_, index): Operand => ({ kind: 'parameter', index }));
const itself: Operand = { kind: 'this' };
const branches: Readonly<Record<string, string>> = {
  beq: 'eq',
  bne: 'ne',
  bge: 'ge',
  bgt: 'gt',
  ble: 'le',
  blt: 'lt',
};

class BodyLowering {
  readonly #method: MethodBytes;
  readonly #members: Members;
  readonly #isStatic: boolean;
  readonly #returnsVoid: boolean;
  readonly #unknown: { at: number; message: string }[] = [];
  readonly #locals: readonly Local[];
  readonly #reader: InstructionReader;
  readonly #blocks: InstructionBlocks;
  readonly #stack = new EvaluationStack();
  readonly #done = new Set<number>();
  #constrained: TypeRef | undefined;

  constructor(method: MethodBytes, members: Members, isStatic: boolean, returnsVoid: boolean) {
    this.#method = method;
    this.#reader = new InstructionReader(method.code);
    this.#blocks = new InstructionBlocks(method, this.#reader);
    if (this.#blocks.unread) this.#unknown.push(this.#blocks.unread);
    this.#members = members;
    this.#isStatic = isStatic;
    this.#returnsVoid = returnsVoid;
    this.#locals = method.locals === 0 ? [] : members.localsOf(method.locals);
  }

  lower(): Body {
    const { drafts } = this.#blocks;
    const regions = this.#regions();
    const work = [
      0,
      ...regions.flatMap(({ handler, filter }) => [handler.first, ...(filter === undefined ? [] : [filter])]),
    ];
    if (drafts[0]) drafts[0].stack = nothing;
    for (let at = work.pop(); at !== undefined; at = work.pop()) this.#block(at, work);
    // What no branch reaches begins with an empty stack (ECMA-335 III.1.7.5).
    drafts.forEach((draft, index) => {
      if (draft.stack) return;
      draft.stack = nothing;
      for (let pending = [index], at = pending.pop(); at !== undefined; at = pending.pop()) this.#block(at, pending);
    });
    return {
      blocks: drafts.map(({ operations, finish }, index): Block => ({ index, operations, end: finish })),
      regions,
      locals: this.#locals,
      temporaries: this.#stack.temporaries,
      unknown: this.#unknown,
    };
  }

  #regions(): readonly Region[] {
    const regions: Region[] = [];
    for (const clause of this.#method.clauses) {
      const tried = this.#blocks.range(clause.tryOffset, clause.tryLength);
      const handler = this.#blocks.range(clause.handlerOffset, clause.handlerLength);
      const filter = clause.kind === 'filter' ? this.#blocks.at(clause.filterOffset) : undefined;
      if (!tried || !handler || (clause.kind === 'filter' && filter === undefined)) {
        this.#unknown.push({
          at: clause.tryOffset,
          message: 'A protected region does not begin and end with an instruction',
        });
        continue;
      }
      const catches = clause.kind === 'catch' || clause.kind === 'filter';
      const exception = catches ? this.#stack.temporary() : undefined;
      for (const block of [handler.first, ...(filter === undefined ? [] : [filter])]) {
        const draft = this.#blocks.drafts[block];
        if (draft && !draft.stack)
          draft.stack = exception === undefined ? nothing : [{ kind: 'temporary', index: exception }];
      }
      regions.push({
        kind: clause.kind,
        tried,
        handler,
        ...(filter !== undefined && { filter }),
        ...(clause.kind === 'catch' && { type: this.#members.typeOf(clause.type) }),
        ...(exception !== undefined && { exception }),
      });
    }
    return regions;
  }

  #block(index: number, work: number[]): void {
    const draft = this.#blocks.drafts[index];
    if (!draft || this.#done.has(index)) return;
    this.#done.add(index);
    const operations = this.#stack.begin(draft.stack ?? nothing);
    let finish: End | undefined;
    const reader = this.#reader;
    reader.seek(draft.first);
    while (!finish && reader.end < draft.end && reader.next()) finish = this.#step(reader);
    const at = reader.offset;
    const next = this.#blocks.at(reader.end);
    draft.finish = finish ?? (next === undefined ? { kind: 'stop', at } : { kind: 'jump', at, to: next });
    draft.operations = operations;
    for (const target of this.#targets(draft.finish)) this.#enter(target, at, work);
  }

  #targets(end: End): readonly number[] {
    switch (end.kind) {
      case 'leave':
        this.#stack.clear();
        return [end.to];
      case 'jump':
        return [end.to];
      case 'branch':
        return [end.then, end.otherwise];
      case 'switch':
        return [...new Set([...end.cases, end.otherwise])];
      default:
        return [];
    }
  }

  /** Hands the stack to a block: as it is where this is the only way into it, else through temporaries. */
  #enter(index: number, at: number, work: number[]): void {
    const draft = this.#blocks.drafts[index];
    if (!draft) return;
    const { values } = this.#stack;
    if (!draft.stack) {
      draft.isMerge = values.length > 0 && draft.predecessors > 1;
      draft.stack = draft.isMerge
        ? values.map((): Operand => ({ kind: 'temporary', index: this.#stack.temporary() }))
        : values;
    }
    if (draft.isMerge) {
      draft.stack.forEach((target, depth) => {
        const value = values[depth];
        if (value) this.#stack.add({ kind: 'assign', at, target, value });
      });
      if (draft.stack.length !== values.length)
        this.#unknown.push({ at, message: 'The evaluation stack differs where control flow meets' });
    }
    if (!this.#done.has(index)) work.push(index);
  }

  /** The argument of an `ldarg` and its like: the first is `this` in an instance method. */
  #argument(index: number): Operand {
    if (!this.#isStatic && index === 0) return itself;
    const place = this.#isStatic ? index : index - 1;
    return parameterOperands[place] ?? { kind: 'parameter', index: place };
  }

  #constant(value: number | bigint | string | null): void {
    this.#stack.push({ kind: 'constant', value });
  }

  /** One instruction; what ends the block is given back. */
  #step(step: Step): End | undefined {
    const { offset: at, operand } = step;
    const { stem } = step.opcode;
    switch (stem) {
      case 'nop':
      case 'break':
      case 'volatile':
      case 'unaligned':
      case 'tail':
      case 'readonly':
      case 'no':
        return undefined;
      case 'constrained':
        this.#constrained = this.#members.typeOf(operand);
        return undefined;
      case 'ldarg':
        this.#stack.push(this.#argument(variableOf(step)));
        return undefined;
      case 'ldloc':
        this.#stack.push(localOperand(variableOf(step)));
        return undefined;
      case 'ldarga':
      case 'ldloca': {
        const variable: Operand = stem === 'ldarga' ? this.#argument(operand) : { kind: 'local', index: operand };
        this.#stack.add({ kind: 'addressOf', at, variable, result: this.#stack.result() });
        return undefined;
      }
      case 'starg':
        this.#stack.assign(at, this.#argument(operand));
        return undefined;
      case 'stloc':
        this.#stack.assign(at, localOperand(variableOf(step)));
        return undefined;
      case 'ldnull':
        this.#constant(null);
        return undefined;
      case 'ldc':
        this.#constant(constantOf(step));
        return undefined;
      case 'ldstr': {
        const text = this.#members.userString(operand);
        if (text === undefined) this.#stack.result();
        else this.#constant(text);
        return undefined;
      }
      case 'dup': {
        const value = this.#stack.pop();
        this.#stack.push(value);
        this.#stack.push(value);
        return undefined;
      }
      case 'pop':
        this.#stack.pop();
        return undefined;
      case 'jmp':
        this.#stack.add({ kind: 'rawMemory', at, operator: stem, operands: nothing });
        this.#callAndLeave(at, this.#members.methodOf(operand));
        return { kind: 'return', at, value: undefined };
      case 'call':
      case 'callvirt':
      case 'newobj':
        this.#callOf(step);
        return undefined;
      case 'calli':
        this.#callIndirect(step);
        return undefined;
      case 'ret':
        return { kind: 'return', at, value: this.#returnsVoid ? undefined : this.#stack.pop() };
      case 'br':
        return this.#jump(step, 'jump');
      case 'leave':
        return this.#jump(step, 'leave');
      case 'switch':
        return this.#switch(step);
      case 'brtrue':
        return this.#branch(step, undefined, this.#stack.pop());
      case 'brfalse':
        return this.#branchNot(step, this.#stack.pop());
      case 'beq':
      case 'bne':
      case 'bge':
      case 'bgt':
      case 'ble':
      case 'blt': {
        const right = this.#stack.pop();
        return this.#branch(step, branches[stem], this.#stack.pop(), right);
      }
      case 'throw':
        return { kind: 'throw', at, value: this.#stack.pop() };
      case 'rethrow':
        return { kind: 'rethrow', at };
      case 'endfinally':
        return { kind: 'endFinally', at };
      case 'endfilter':
        return { kind: 'endFilter', at, value: this.#stack.pop() };
      default:
        this.#unresolved(at, lowerValue(step, this.#stack, this.#members));
        return undefined;
    }
  }

  #callOf({ offset: at, opcode, operand }: Step): void {
    const method = this.#members.methodOf(operand);
    const constrained = this.#constrained;
    this.#constrained = undefined;
    if (!method) {
      this.#unresolved(at, 'method');
      return;
    }
    const given = this.#stack.popMany(method.parameters.length);
    const isNew = opcode.stem === 'newobj';
    const instance = isNew || method.isStatic ? undefined : this.#stack.pop();
    const result = !isNew && isVoid(method.returns) ? undefined : this.#stack.result();
    this.#stack.add({
      kind: 'call',
      at,
      dispatch: isNew ? 'new' : opcode.stem === 'callvirt' ? 'virtual' : 'direct',
      method,
      constrained,
      instance,
      arguments: given,
      result,
    });
  }

  /** A `jmp` calls the method with the arguments as they are. */
  #callAndLeave(at: number, method: MethodRef | undefined): void {
    if (!method) {
      this.#unresolved(at, 'method');
      return;
    }
    const given = method.parameters.map((_, index): Operand => ({ kind: 'parameter', index }));
    const instance = method.isStatic ? undefined : itself;
    const call = { dispatch: 'direct', method, constrained: undefined, instance, arguments: given } as const;
    this.#stack.add({ kind: 'call', at, ...call, result: undefined });
  }

  #callIndirect({ offset: at, operand }: Step): void {
    const signature = this.#members.callSiteOf(operand);
    const pointer = this.#stack.pop();
    const given = this.#stack.popMany((signature?.parameters.length ?? 0) + (signature && !signature.isStatic ? 1 : 0));
    const result = signature && isVoid(signature.returns) ? undefined : this.#stack.result();
    this.#stack.add({
      kind: 'indirectCall',
      at,
      pointer,
      arguments: given,
      ...(result !== undefined && { result }),
    });
  }

  #jump({ offset: at, operand }: Step, kind: 'jump' | 'leave'): End {
    const to = this.#blocks.at(operand);
    return to === undefined ? this.#astray(at) : { kind, at, to };
  }

  #branch({ offset: at, operand, end: next }: Step, operator: string | undefined, left: Operand, right?: Operand): End {
    const then = this.#blocks.at(operand);
    const otherwise = this.#blocks.at(next);
    if (then === undefined || otherwise === undefined) return this.#astray(at);
    return { kind: 'branch', at, operator, left, right, then, otherwise };
  }

  #branchNot({ offset: at, operand, end: next }: Step, left: Operand): End {
    const otherwise = this.#blocks.at(operand);
    const then = this.#blocks.at(next);
    return then === undefined || otherwise === undefined
      ? this.#astray(at)
      : { kind: 'branch', at, operator: undefined, left, right: undefined, then, otherwise };
  }

  #switch({ offset: at, targets, end: next }: Step): End {
    const value = this.#stack.pop();
    const cases = targets.map((target) => this.#blocks.at(target));
    const otherwise = this.#blocks.at(next);
    if (otherwise === undefined || cases.includes(undefined)) return this.#astray(at);
    return { kind: 'switch', at, value, cases: cases.filter((one) => one !== undefined), otherwise };
  }

  #astray(at: number): End {
    this.#unknown.push({ at, message: 'A branch leads to no instruction of its method' });
    return { kind: 'stop', at };
  }

  #unresolved(at: number, what: 'field' | 'method' | undefined): void {
    if (what) this.#unknown.push({ at, message: `The token of a ${what} resolves to nothing` });
  }
}

function localOperand(index: number): Operand {
  return localOperands[index] ?? { kind: 'local', index };
}

/** Behind the opcode, or in its name (`ldloc.2`). */
function variableOf({ opcode, operand }: Step): number {
  return opcode.number ?? operand;
}

function constantOf({ opcode, operand, big }: Step): number | bigint {
  return opcode.operand === 'int64' ? big : (opcode.number ?? operand);
}
