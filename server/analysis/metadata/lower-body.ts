// IL as a body of the code model: instructions become basic blocks, the evaluation stack becomes temporaries.
import { isVoid, type TypeRef } from '../code/model.js';
import type { Block, BlockRange, Body, End, Local, MethodRef, Operand, Operation, Region } from '../code/body.js';
import type { Budget } from './budget.js';
import { BadImage, type Bytes } from './bytes.js';
import { InstructionReader, readMethodBytes, type ExceptionClause, type MethodBytes } from './il.js';
import type { Members } from './members.js';

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

/** The instruction a reader stands at. */
type Step = Pick<InstructionReader, 'offset' | 'opcode' | 'operand' | 'big' | 'targets' | 'end'>;

/** Where a block begins and ends, as IL offsets, and what lies on the stack when it begins. */
interface Draft {
  readonly first: number;
  end: number;
  predecessors: number;
  stack: readonly Operand[] | undefined;
  /** The stack is made of temporaries that every way into the block assigns. */
  isMerge: boolean;
  operations: readonly Operation[];
  finish: End;
}

const nothing: readonly Operand[] = [];
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
  /** Behind the last instruction that can be read. */
  #codeEnd = 0;
  #drafts: readonly Draft[] = [];
  /** Block by the IL offset it begins at. */
  readonly #blockAt = new Map<number, number>();
  #temporaries = 0;
  #stack: Operand[] = [];
  #operations: Operation[] = [];
  #constrained: TypeRef | undefined;
  /** An operand with no value: nothing is known of it. */
  #missing: Operand | undefined;

  constructor(method: MethodBytes, members: Members, isStatic: boolean, returnsVoid: boolean) {
    this.#method = method;
    this.#reader = new InstructionReader(method.code);
    this.#members = members;
    this.#isStatic = isStatic;
    this.#returnsVoid = returnsVoid;
    this.#locals = method.locals === 0 ? [] : members.localsOf(method.locals);
  }

  lower(): Body {
    this.#drafts = this.#cut();
    const regions = this.#regions();
    const work = [
      0,
      ...regions.flatMap(({ handler, filter }) => [handler.first, ...(filter === undefined ? [] : [filter])]),
    ];
    if (this.#drafts[0]) this.#drafts[0].stack = nothing;
    for (let at = work.pop(); at !== undefined; at = work.pop()) this.#block(at, work);
    // What no branch reaches begins with an empty stack (ECMA-335 III.1.7.5).
    this.#drafts.forEach((draft, index) => {
      if (draft.stack) return;
      draft.stack = nothing;
      for (let pending = [index], at = pending.pop(); at !== undefined; at = pending.pop()) this.#block(at, pending);
    });
    return {
      blocks: this.#drafts.map(({ operations, finish }, index): Block => ({ index, operations, end: finish })),
      regions,
      locals: this.#locals,
      temporaries: this.#temporaries,
      unknown: this.#unknown,
    };
  }

  /** Blocks begin at the entry, at what is branched to, behind what ends a block, and at the bounds of regions. */
  #cut(): readonly Draft[] {
    const size = this.#method.code.length;
    const starts = new Uint8Array(size + 1);
    const leaders = new Uint8Array(size + 1);
    leaders[0] = 1;
    this.#scan((step) => {
      starts[step.offset] = 1;
      const targets = targetsOf(step);
      if (targets.length === 0 && !endings.has(step.opcode.stem)) return;
      for (const target of targets) if (target >= 0) leaders[target] = 1;
      leaders[step.end] = 1;
    });
    for (const clause of this.#method.clauses) for (const bound of boundsOf(clause)) leaders[bound] = 1;
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
    this.#countPredecessors(drafts);
    return drafts;
  }

  #countPredecessors(drafts: readonly Draft[]): void {
    const count = (offset: number): void => {
      const into = drafts[this.#blockAt.get(offset) ?? -1];
      if (into) into.predecessors++;
    };
    this.#scan((step) => {
      for (const target of targetsOf(step)) count(target);
      if (!endings.has(step.opcode.stem)) count(step.end);
    });
  }

  /** Every instruction up to the first that cannot be read. */
  #scan(look: (step: Step) => void): void {
    const reader = this.#reader;
    reader.seek(0);
    try {
      while ((this.#codeEnd === 0 || reader.end < this.#codeEnd) && reader.next()) look(reader);
      this.#codeEnd = reader.end;
    } catch (error) {
      if (!(error instanceof BadImage)) throw error;
      this.#codeEnd = reader.offset;
      this.#unknown.push({ at: reader.offset, message: error.message });
    }
  }

  #regions(): readonly Region[] {
    const regions: Region[] = [];
    for (const clause of this.#method.clauses) {
      const tried = this.#range(clause.tryOffset, clause.tryLength);
      const handler = this.#range(clause.handlerOffset, clause.handlerLength);
      const filter = clause.kind === 'filter' ? this.#blockAt.get(clause.filterOffset) : undefined;
      if (!tried || !handler || (clause.kind === 'filter' && filter === undefined)) {
        this.#unknown.push({
          at: clause.tryOffset,
          message: 'A protected region does not begin and end with an instruction',
        });
        continue;
      }
      const catches = clause.kind === 'catch' || clause.kind === 'filter';
      const exception = catches ? this.#temporaries++ : undefined;
      for (const block of [handler.first, ...(filter === undefined ? [] : [filter])]) {
        const draft = this.#drafts[block];
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

  #range(offset: number, length: number): BlockRange | undefined {
    const first = this.#blockAt.get(offset);
    const behind = offset + length;
    const end = this.#blockAt.get(behind) ?? (behind === this.#codeEnd ? this.#drafts.length : undefined);
    return first === undefined || end === undefined || end <= first ? undefined : { first, end };
  }

  readonly #done = new Set<number>();

  #block(index: number, work: number[]): void {
    const draft = this.#drafts[index];
    if (!draft || this.#done.has(index)) return;
    this.#done.add(index);
    this.#stack = [...(draft.stack ?? nothing)];
    const operations: Operation[] = [];
    this.#operations = operations;
    let finish: End | undefined;
    const reader = this.#reader;
    reader.seek(draft.first);
    while (!finish && reader.end < draft.end && reader.next()) finish = this.#step(reader);
    const at = reader.offset;
    const next = this.#blockAt.get(reader.end);
    draft.finish = finish ?? (next === undefined ? { kind: 'stop', at } : { kind: 'jump', at, to: next });
    draft.operations = operations;
    for (const target of this.#targets(draft.finish)) this.#enter(target, at, work);
  }

  #targets(end: End): readonly number[] {
    switch (end.kind) {
      case 'leave':
        this.#stack = [];
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
    const draft = this.#drafts[index];
    if (!draft) return;
    if (!draft.stack) {
      draft.isMerge = this.#stack.length > 0 && draft.predecessors > 1;
      draft.stack = draft.isMerge
        ? this.#stack.map((): Operand => ({ kind: 'temporary', index: this.#temporaries++ }))
        : this.#stack;
    }
    if (draft.isMerge) {
      draft.stack.forEach((target, depth) => {
        const value = this.#stack[depth];
        if (value) this.#operations.push({ kind: 'assign', at, target, value });
      });
      if (draft.stack.length !== this.#stack.length)
        this.#unknown.push({ at, message: 'The evaluation stack differs where control flow meets' });
    }
    if (!this.#done.has(index)) work.push(index);
  }

  #push(operand: Operand): void {
    this.#stack.push(operand);
  }

  #pop(): Operand {
    const operand = this.#stack.pop();
    if (operand) return operand;
    this.#missing ??= { kind: 'temporary', index: this.#temporaries++ };
    return this.#missing;
  }

  /** A new temporary, pushed. */
  #result(): number {
    const index = this.#temporaries++;
    this.#stack.push({ kind: 'temporary', index });
    return index;
  }

  #popMany(count: number): readonly Operand[] {
    if (count === 0) return nothing;
    const operands = new Array<Operand>(count);
    for (let index = count - 1; index >= 0; index--) operands[index] = this.#pop();
    return operands;
  }

  /** The argument of an `ldarg` and its like: the first is `this` in an instance method. */
  #argument(index: number): Operand {
    if (!this.#isStatic && index === 0) return itself;
    const place = this.#isStatic ? index : index - 1;
    return parameterOperands[place] ?? { kind: 'parameter', index: place };
  }

  #assign(at: number, target: Operand): void {
    const value = this.#pop();
    // What was loaded before keeps the value it had.
    this.#stack.forEach((operand, depth) => {
      if (!isSame(operand, target)) return;
      const saved: Operand = { kind: 'temporary', index: this.#temporaries++ };
      this.#operations.push({ kind: 'assign', at, target: saved, value: operand });
      this.#stack[depth] = saved;
    });
    this.#operations.push({ kind: 'assign', at, target, value });
  }

  #number(value: number | bigint | string | null): void {
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
        this.#push(this.#argument(variableOf(step)));
        return undefined;
      case 'ldloc':
        this.#push(localOperand(variableOf(step)));
        return undefined;
      case 'ldarga':
      case 'ldloca': {
        const variable: Operand = stem === 'ldarga' ? this.#argument(operand) : { kind: 'local', index: operand };
        this.#operations.push({ kind: 'addressOf', at, variable, result: this.#result() });
        return undefined;
      }
      case 'starg':
        this.#assign(at, this.#argument(operand));
        return undefined;
      case 'stloc':
        this.#assign(at, localOperand(variableOf(step)));
        return undefined;
      case 'ldnull':
        this.#number(null);
        return undefined;
      case 'ldc':
        this.#number(constantOf(step));
        return undefined;
      case 'ldstr': {
        const text = this.#members.userString(operand);
        if (text === undefined) this.#result();
        else this.#number(text);
        return undefined;
      }
      case 'dup': {
        const value = this.#pop();
        this.#push(value);
        this.#push(value);
        return undefined;
      }
      case 'pop':
        this.#pop();
        return undefined;
      case 'jmp':
        this.#operations.push({ kind: 'rawMemory', at, operator: stem, operands: nothing });
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
        return { kind: 'return', at, value: this.#returnsVoid ? undefined : this.#pop() };
      case 'br':
        return this.#jump(step, 'jump');
      case 'leave':
        return this.#jump(step, 'leave');
      case 'switch':
        return this.#switch(step);
      case 'brtrue':
        return this.#branch(step, undefined, this.#pop());
      case 'brfalse':
        return this.#branchNot(step, this.#pop());
      case 'beq':
      case 'bne':
      case 'bge':
      case 'bgt':
      case 'ble':
      case 'blt': {
        const right = this.#pop();
        return this.#branch(step, branches[stem], this.#pop(), right);
      }
      case 'throw':
        return { kind: 'throw', at, value: this.#pop() };
      case 'rethrow':
        return { kind: 'rethrow', at };
      case 'endfinally':
        return { kind: 'endFinally', at };
      case 'endfilter':
        return { kind: 'endFilter', at, value: this.#pop() };
      default:
        this.#value(step, stem);
        return undefined;
    }
  }

  /** Instructions that take values and give values. */
  #value({ offset: at, operand, opcode }: Step, stem: string): void {
    const operations = this.#operations;
    switch (stem) {
      case 'ldfld':
      case 'ldflda':
      case 'ldsfld':
      case 'ldsflda': {
        const instance = stem.startsWith('lds') ? undefined : this.#pop();
        const field = this.#members.fieldOf(operand);
        const result = this.#result();
        const kind = stem.endsWith('a') ? 'fieldAddress' : 'loadField';
        if (field) operations.push({ kind, at, field, instance, result });
        else this.#unresolved(at, 'field');
        return;
      }
      case 'stfld':
      case 'stsfld': {
        const value = this.#pop();
        const instance = stem === 'stfld' ? this.#pop() : undefined;
        const field = this.#members.fieldOf(operand);
        if (field) operations.push({ kind: 'storeField', at, field, instance, value });
        else this.#unresolved(at, 'field');
        return;
      }
      case 'ldelem':
      case 'ldelema': {
        const index = this.#pop();
        const array = this.#pop();
        const kind = stem === 'ldelema' ? 'elementAddress' : 'loadElement';
        operations.push({ kind, at, array, index, result: this.#result() });
        return;
      }
      case 'stelem': {
        const value = this.#pop();
        const index = this.#pop();
        operations.push({ kind: 'storeElement', at, array: this.#pop(), index, value });
        return;
      }
      case 'ldind':
      case 'ldobj':
        operations.push({ kind: 'loadIndirect', at, address: this.#pop(), result: this.#result() });
        return;
      case 'stind':
      case 'stobj': {
        const value = this.#pop();
        operations.push({ kind: 'storeIndirect', at, address: this.#pop(), value });
        return;
      }
      case 'cpobj': {
        const source = this.#pop();
        const address = this.#pop();
        const result = this.#temporaries++;
        operations.push({ kind: 'loadIndirect', at, address: source, result });
        operations.push({ kind: 'storeIndirect', at, address, value: { kind: 'temporary', index: result } });
        return;
      }
      case 'initobj':
        operations.push({ kind: 'storeIndirect', at, address: this.#pop(), type: this.#members.typeOf(operand) });
        return;
      case 'castclass':
      case 'isinst':
      case 'box':
      case 'unbox': {
        const type = this.#members.typeOf(operand);
        operations.push({
          kind: 'convert',
          at,
          how: conversions[stem],
          type,
          value: this.#pop(),
          result: this.#result(),
        });
        return;
      }
      case 'conv':
        operations.push({ kind: 'convert', at, how: 'number', value: this.#pop(), result: this.#result() });
        return;
      case 'newarr': {
        const length = this.#pop();
        operations.push({
          kind: 'newArray',
          at,
          element: this.#members.typeOf(operand),
          length,
          result: this.#result(),
        });
        return;
      }
      case 'ldtoken':
        this.#token(at, operand);
        return;
      case 'ldftn':
      case 'ldvirtftn': {
        const isVirtual = stem === 'ldvirtftn';
        const instance = isVirtual ? this.#pop() : undefined;
        const method = this.#members.methodOf(operand);
        const result = this.#result();
        if (method) operations.push({ kind: 'methodPointer', at, method, isVirtual, instance, result });
        else this.#unresolved(at, 'method');
        return;
      }
      case 'localloc':
      case 'refanyval':
      case 'refanytype':
      case 'mkrefany':
        operations.push({ kind: 'rawMemory', at, operator: stem, operands: [this.#pop()], result: this.#result() });
        return;
      case 'arglist':
        operations.push({ kind: 'rawMemory', at, operator: stem, operands: nothing, result: this.#result() });
        return;
      case 'cpblk':
      case 'initblk':
        operations.push({ kind: 'rawMemory', at, operator: stem, operands: this.#popMany(3) });
        return;
      case 'sizeof':
        operations.push({ kind: 'compute', at, operator: stem, operands: nothing, result: this.#result() });
        return;
      case 'neg':
      case 'not':
      case 'ldlen':
      case 'ckfinite':
        operations.push({ kind: 'compute', at, operator: stem, operands: [this.#pop()], result: this.#result() });
        return;
      case 'add':
      case 'sub':
      case 'mul':
      case 'div':
      case 'rem':
      case 'and':
      case 'or':
      case 'xor':
      case 'shl':
      case 'shr':
      case 'ceq':
      case 'cgt':
      case 'clt':
        operations.push({ kind: 'compute', at, operator: stem, operands: this.#popMany(2), result: this.#result() });
        return;
      default:
        throw new Error(`The instruction ${opcode.mnemonic} has no meaning yet`);
    }
  }

  #token(at: number, token: number): void {
    const result = this.#result();
    const table = token >>> 24;
    const field = table === 0x04 || table === 0x0a ? this.#members.fieldOf(token) : undefined;
    const method =
      !field && (table === 0x06 || table === 0x0a || table === 0x2b) ? this.#members.methodOf(token) : undefined;
    if (field) this.#operations.push({ kind: 'token', at, field, result });
    else if (method) this.#operations.push({ kind: 'token', at, method, result });
    else this.#operations.push({ kind: 'token', at, type: this.#members.typeOf(token), result });
  }

  #callOf({ offset: at, opcode, operand }: Step): void {
    const method = this.#members.methodOf(operand);
    const constrained = this.#constrained;
    this.#constrained = undefined;
    if (!method) {
      this.#unresolved(at, 'method');
      return;
    }
    const given = this.#popMany(method.parameters.length);
    const isNew = opcode.stem === 'newobj';
    const instance = isNew || method.isStatic ? undefined : this.#pop();
    const result = !isNew && isVoid(method.returns) ? undefined : this.#result();
    this.#operations.push({
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
    this.#operations.push({ kind: 'call', at, ...call, result: undefined });
  }

  #callIndirect({ offset: at, operand }: Step): void {
    const signature = this.#members.callSiteOf(operand);
    const pointer = this.#pop();
    const given = this.#popMany((signature?.parameters.length ?? 0) + (signature && !signature.isStatic ? 1 : 0));
    const result = signature && isVoid(signature.returns) ? undefined : this.#result();
    this.#operations.push({
      kind: 'indirectCall',
      at,
      pointer,
      arguments: given,
      ...(result !== undefined && { result }),
    });
  }

  #jump({ offset: at, operand }: Step, kind: 'jump' | 'leave'): End {
    const to = this.#blockAt.get(operand);
    return to === undefined ? this.#astray(at) : { kind, at, to };
  }

  #branch({ offset: at, operand, end: next }: Step, operator: string | undefined, left: Operand, right?: Operand): End {
    const then = this.#blockAt.get(operand);
    const otherwise = this.#blockAt.get(next);
    if (then === undefined || otherwise === undefined) return this.#astray(at);
    return { kind: 'branch', at, operator, left, right, then, otherwise };
  }

  #branchNot({ offset: at, operand, end: next }: Step, left: Operand): End {
    const otherwise = this.#blockAt.get(operand);
    const then = this.#blockAt.get(next);
    return then === undefined || otherwise === undefined
      ? this.#astray(at)
      : { kind: 'branch', at, operator: undefined, left, right: undefined, then, otherwise };
  }

  #switch({ offset: at, targets, end: next }: Step): End {
    const value = this.#pop();
    const cases = targets.map((target) => this.#blockAt.get(target));
    const otherwise = this.#blockAt.get(next);
    if (otherwise === undefined || cases.includes(undefined)) return this.#astray(at);
    return { kind: 'switch', at, value, cases: cases.filter((one) => one !== undefined), otherwise };
  }

  #astray(at: number): End {
    this.#unknown.push({ at, message: 'A branch leads to no instruction of its method' });
    return { kind: 'stop', at };
  }

  #unresolved(at: number, what: string): void {
    this.#unknown.push({ at, message: `The token of a ${what} resolves to nothing` });
  }
}

function localOperand(index: number): Operand {
  return localOperands[index] ?? { kind: 'local', index };
}

const conversions = { castclass: 'cast', isinst: 'isInstance', box: 'box', unbox: 'unbox' } as const;

function isSame(a: Operand, b: Operand): boolean {
  if (a.kind === 'local') return b.kind === 'local' && a.index === b.index;
  return a.kind === 'parameter' && b.kind === 'parameter' && a.index === b.index;
}

/** Behind the opcode, or in its name (`ldloc.2`). */
function variableOf({ opcode, operand }: Step): number {
  return opcode.number ?? operand;
}

function constantOf({ opcode, operand, big }: Step): number | bigint {
  return opcode.operand === 'int64' ? big : (opcode.number ?? operand);
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
