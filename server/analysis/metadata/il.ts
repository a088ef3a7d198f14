// A method's bytes: its header, its instructions one by one, and its exception clauses (ECMA-335 II.25.4).
import { BadImage, type Bytes } from './bytes.js';
import { opcodes, type OperandKind } from './opcodes.js';

export interface MethodBytes {
  readonly maxStack: number;
  /** Token of the StandAloneSig with the types of the locals; 0 for none. */
  readonly locals: number;
  readonly code: Bytes;
  readonly clauses: readonly ExceptionClause[];
}

/** Offsets and lengths in bytes of IL. */
export interface ExceptionClause {
  readonly kind: 'catch' | 'filter' | 'finally' | 'fault';
  readonly tryOffset: number;
  readonly tryLength: number;
  readonly handlerOffset: number;
  readonly handlerLength: number;
  /** Token of the type that a `catch` catches. */
  readonly type: number;
  readonly filterOffset: number;
}

export interface Opcode {
  readonly mnemonic: string;
  readonly operand: OperandKind;
  /** The mnemonic's first part: `ldloc` of `ldloc.2`. */
  readonly stem: string;
  /** The number in the mnemonic, of a variable or a constant: 2 of `ldloc.2`. */
  readonly number?: number;
}

/** `bytes` begin with the method's header. */
export function readMethodBytes(bytes: Bytes): MethodBytes {
  const first = bytes.u8(0);
  if ((first & 3) === 2) return { maxStack: 8, locals: 0, code: bytes.slice(1, first >> 2), clauses: [] };
  if ((first & 3) !== 3) throw new BadImage('malformed', 'A method has a header of no known form', bytes.base);
  const flags = bytes.u16(0);
  const headerLength = (flags >> 12) * 4;
  const size = bytes.u32(4);
  const code = bytes.slice(headerLength, size);
  return {
    maxStack: bytes.u16(2),
    locals: bytes.u32(8),
    code,
    clauses: (flags & 8) === 0 ? [] : readSections(bytes, (headerLength + size + 3) & ~3),
  };
}

function readSections(bytes: Bytes, start: number): readonly ExceptionClause[] {
  const clauses: ExceptionClause[] = [];
  for (let at = start, more = true; more;) {
    const kind = bytes.u8(at);
    const isFat = (kind & 0x40) !== 0;
    const size = isFat ? bytes.u32(at) >>> 8 : bytes.u8(at + 1);
    if ((kind & 0x3f) === 1) readClauses(bytes.slice(at + 4, Math.max(0, size - 4)), isFat, clauses);
    if (size < 4) break;
    more = (kind & 0x80) !== 0;
    at = (at + size + 3) & ~3;
  }
  return clauses;
}

const clauseKinds: Readonly<Record<number, ExceptionClause['kind']>> = {
  0: 'catch',
  1: 'filter',
  2: 'finally',
  4: 'fault',
};

function readClauses(bytes: Bytes, isFat: boolean, clauses: ExceptionClause[]): void {
  const width = isFat ? 24 : 12;
  for (let at = 0; at + width <= bytes.length; at += width) {
    const kind = clauseKinds[isFat ? bytes.u32(at) : bytes.u16(at)];
    if (!kind) throw new BadImage('malformed', 'An exception clause is of no known kind', bytes.base + at);
    const last = bytes.u32(at + width - 4);
    clauses.push({
      kind,
      ...(isFat
        ? {
            tryOffset: bytes.u32(at + 4),
            tryLength: bytes.u32(at + 8),
            handlerOffset: bytes.u32(at + 12),
            handlerLength: bytes.u32(at + 16),
          }
        : {
            tryOffset: bytes.u16(at + 2),
            tryLength: bytes.u8(at + 4),
            handlerOffset: bytes.u16(at + 5),
            handlerLength: bytes.u8(at + 7),
          }),
      type: kind === 'catch' ? last : 0,
      filterOffset: kind === 'filter' ? last : 0,
    });
  }
}

/** A cursor over instructions: `next()` goes to the following one and says whether there is one. */
export class InstructionReader {
  readonly #code: Bytes;
  #next = 0;
  offset = 0;
  opcode: Opcode = nop;
  /** A number, a token, or the index of a variable; of a branch the offset it goes to. */
  operand = 0;
  /** Of `ldc.i8`. */
  big = 0n;
  /** Of `switch`: the offsets it goes to. */
  targets: readonly number[] = none;

  constructor(code: Bytes) {
    this.#code = code;
  }

  /** Where the following instruction begins. */
  get end(): number {
    return this.#next;
  }

  /** The following `next` reads what stands at an offset. */
  seek(offset: number): void {
    this.#next = offset;
  }

  next(): boolean {
    const code = this.#code;
    if (this.#next >= code.length) return false;
    this.offset = this.#next;
    const first = code.u8(this.#next++);
    const opcode = first === 0xfe ? extended[code.u8(this.#next++)] : plain[first];
    if (!opcode)
      throw new BadImage('malformed', `There is no instruction 0x${first.toString(16)}`, code.base + this.offset);
    this.opcode = opcode;
    this.#readOperand(opcode.operand);
    return true;
  }

  #readOperand(kind: OperandKind): void {
    const code = this.#code;
    const at = this.#next;
    switch (kind) {
      case 'none':
        return;
      case 'variable8':
        this.operand = code.u8(at);
        this.#next = at + 1;
        return;
      case 'int8':
        this.operand = (code.u8(at) << 24) >> 24;
        this.#next = at + 1;
        return;
      case 'target8':
        this.#next = at + 1;
        this.operand = at + 1 + ((code.u8(at) << 24) >> 24);
        return;
      case 'variable16':
        this.operand = code.u16(at);
        this.#next = at + 2;
        return;
      case 'target32':
        this.#next = at + 4;
        this.operand = at + 4 + code.i32(at);
        return;
      case 'int64':
        this.big = code.i64(at);
        this.#next = at + 8;
        return;
      case 'float32':
        this.operand = code.f32(at);
        this.#next = at + 4;
        return;
      case 'float64':
        this.operand = code.f64(at);
        this.#next = at + 8;
        return;
      case 'switch':
        this.#readTargets(at);
        return;
      case 'int32':
        this.operand = code.i32(at);
        this.#next = at + 4;
        return;
      default:
        this.operand = code.u32(at);
        this.#next = at + 4;
    }
  }

  #readTargets(at: number): void {
    const count = this.#code.u32(at);
    if (count > (this.#code.length - at - 4) / 4)
      throw new BadImage('malformed', `A switch of ${count} targets is longer than its method`, this.#code.base + at);
    this.#next = at + 4 + count * 4;
    this.targets = Array.from({ length: count }, (_, index) => this.#next + this.#code.i32(at + 4 + index * 4));
  }
}

const numbers = ['m1', '0', '1', '2', '3', '4', '5', '6', '7', '8'];
const none: readonly number[] = [];
const nop: Opcode = { mnemonic: 'nop', operand: 'none', stem: 'nop' };
const plain = tableOf((code) => (code < 0x100 ? code : -1));
const extended = tableOf((code) => (code >= 0xfe00 ? code & 0xff : -1));

function tableOf(indexOf: (code: number) => number): readonly (Opcode | undefined)[] {
  const table = new Array<Opcode | undefined>(256).fill(undefined);
  for (const [code, mnemonic, operand] of opcodes) {
    const index = indexOf(code);
    if (index < 0) continue;
    const [stem = '', ...details] = mnemonic.split('.');
    const number = numbers.indexOf(details[details.length - 1] ?? '') - 1;
    table[index] = { mnemonic, operand, stem, ...(number >= -1 && { number }) };
  }
  return table;
}
