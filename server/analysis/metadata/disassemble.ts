// IL as a person reads it: the instructions of a method with what their operands mean, its locals and protected regions.
// What can be told stands here although the rest is broken; nothing is concluded from it.
import { fieldText, methodText, typesText, typeText } from '../code/code-text.js';
import type { FieldDef, MethodDef, TypeDef, TypeRef } from '../code/model.js';
import { shownName, shownString } from '../text/shown.js';
import { BadImage, type Bytes } from './bytes.js';
import { labelText } from './il-label.js';
import { InstructionReader, readMethodBytes, type ExceptionClause, type MethodBytes } from './il.js';
import type { Members } from './members.js';
import type { LocalType } from './signatures.js';

export interface Disassembly {
  readonly maxStack: number;
  readonly locals: readonly LocalType[];
  /** As far as they can be read. */
  readonly instructions: readonly Instruction[];
  /** Inner before outer, as the method has them. */
  readonly regions: readonly HandlerRegion[];
  /** Bytes of IL. */
  readonly codeLength: number;
  /** Why there are no more instructions. */
  readonly error?: string;
}

export interface Instruction {
  readonly offset: number;
  readonly mnemonic: string;
  /** One line of text, names and strings escaped; empty where there is none. */
  readonly operand: string;
  /** What the operand means, where it is the assembly's own. */
  readonly target?: OwnMember;
}

export type OwnMember = TypeDef | MethodDef | FieldDef;

/** Offsets of IL; `end` is behind the last instruction. */
export interface HandlerRegion {
  readonly kind: 'catch' | 'filter' | 'finally' | 'fault';
  readonly tried: OffsetRange;
  readonly handler: OffsetRange;
  /** Where a filter begins; it ends where its handler begins. */
  readonly filter?: number;
  /** What a `catch` catches. */
  readonly type?: TypeRef;
}

export interface OffsetRange {
  readonly start: number;
  readonly end: number;
}

/** What operands may lead to. */
export interface OperandNames {
  readonly members: Members;
  /** Of the assembly's own types. */
  readonly typeNamed: (name: string) => TypeDef | undefined;
  /** By token: what was already named. Most members are called many times. */
  readonly known: Map<number, NamedOperand>;
}

export interface NamedOperand {
  readonly text: string;
  readonly target?: OwnMember | undefined;
}

/** A switch has as many targets as its method has room for. */
const mostTargets = 400;
/** Of one method; nobody wrote it, and nobody reads on. */
const mostInstructions = 200_000;

/** `bytes` begin with the method's header. */
export function disassemble(bytes: Bytes, method: MethodDef, names: OperandNames): Disassembly {
  try {
    return disassembled(readMethodBytes(bytes), method, names);
  } catch (error) {
    if (!(error instanceof BadImage)) throw error;
    return { maxStack: 0, locals: [], instructions: [], regions: [], codeLength: 0, error: error.message };
  }
}

function disassembled(read: MethodBytes, method: MethodDef, names: OperandNames): Disassembly {
  const instructions: Instruction[] = [];
  const reader = new InstructionReader(read.code);
  let error: string | undefined;
  try {
    while (reader.next()) {
      if (instructions.length === mostInstructions)
        throw new BadImage('malformed', `It has more than ${mostInstructions} instructions`);
      instructions.push(instructionOf(reader, method, names));
    }
  } catch (thrown) {
    if (!(thrown instanceof BadImage)) throw thrown;
    error = thrown.message;
  }
  return {
    maxStack: read.maxStack,
    locals: read.locals === 0 ? [] : names.members.localsOf(read.locals),
    instructions,
    regions: read.clauses.map((clause) => regionOf(clause, names.members)),
    codeLength: read.code.length,
    ...(error !== undefined && { error }),
  };
}

function regionOf(clause: ExceptionClause, members: Members): HandlerRegion {
  const { kind, tryOffset, tryLength, handlerOffset, handlerLength, type, filterOffset } = clause;
  return {
    kind,
    tried: { start: tryOffset, end: tryOffset + tryLength },
    handler: { start: handlerOffset, end: handlerOffset + handlerLength },
    ...(kind === 'filter' && { filter: filterOffset }),
    ...(kind === 'catch' && { type: members.typeOf(type) }),
  };
}

function instructionOf(reader: InstructionReader, method: MethodDef, names: OperandNames): Instruction {
  const { offset, opcode } = reader;
  const { mnemonic } = opcode;
  const named = namedOperand(reader, names);
  if (!named) return { offset, mnemonic, operand: plainOperand(reader, method) };
  const { text, target } = named;
  return target ? { offset, mnemonic, operand: text, target } : { offset, mnemonic, operand: text };
}

function namedOperand({ opcode, operand }: InstructionReader, names: OperandNames): NamedOperand | undefined {
  switch (opcode.operand) {
    case 'method':
      return known(operand, names, methodOperand);
    case 'field':
      return known(operand, names, fieldOperand);
    case 'type':
      return known(operand, names, typeOperand);
    case 'token':
      return anyOperand(operand, names);
    case 'string':
      return known(operand, names, stringOperand);
    case 'signature': {
      const site = names.members.callSiteOf(operand);
      return { text: site ? `${typeText(site.returns)}(${typesText(site.parameters)})` : tokenText(operand) };
    }
    default:
      return undefined;
  }
}

type Naming = (token: number, names: OperandNames) => NamedOperand | undefined;

/** A token of the wrong kind leads nowhere, and stands there as a number. */
function known(token: number, names: OperandNames, naming: Naming): NamedOperand {
  let named = names.known.get(token);
  if (!named) {
    named = naming(token, names);
    if (!named) return { text: tokenText(token) };
    names.known.set(token, named);
  }
  return named;
}

function methodOperand(token: number, { members }: OperandNames): NamedOperand | undefined {
  const method = members.methodOf(token);
  return method && { text: methodText(method), target: method.definition?.method };
}

function fieldOperand(token: number, { members }: OperandNames): NamedOperand | undefined {
  const field = members.fieldOf(token);
  return field && { text: fieldText(field), target: field.definition?.field };
}

function typeOperand(token: number, { members, typeNamed }: OperandNames): NamedOperand | undefined {
  const type = members.typeOf(token);
  if (type.kind === 'unknown') return undefined;
  let own: TypeRef = type;
  while (own.kind === 'array' || own.kind === 'pointer' || own.kind === 'byReference') own = own.element;
  const target = own.kind === 'named' && own.assembly === undefined ? typeNamed(own.name) : undefined;
  return { text: typeText(type), target };
}

function stringOperand(token: number, { members }: OperandNames): NamedOperand | undefined {
  const text = members.userString(token);
  return text === undefined ? undefined : { text: shownString(text) };
}

/** A `ldtoken` names any of the three. */
function anyOperand(token: number, names: OperandNames): NamedOperand {
  const method = methodOperand(token, names);
  if (method) return { ...method, text: `method ${method.text}` };
  const field = fieldOperand(token, names);
  if (field) return { ...field, text: `field ${field.text}` };
  return typeOperand(token, names) ?? { text: tokenText(token) };
}

function plainOperand(reader: InstructionReader, method: MethodDef): string {
  const { opcode, operand } = reader;
  switch (opcode.operand) {
    case 'none':
      return '';
    case 'variable8':
    case 'variable16':
      return opcode.stem.includes('arg') ? argumentText(method, operand) : `V_${operand}`;
    case 'target8':
    case 'target32':
      return labelText(operand);
    case 'switch':
      return switchText(reader.targets);
    case 'int64':
      return String(reader.big);
    case 'float32':
    case 'float64':
      return Object.is(operand, -0) ? '-0' : String(operand);
    default:
      return String(operand);
  }
}

function argumentText({ isStatic, parameters }: MethodDef, index: number): string {
  if (!isStatic && index === 0) return 'this';
  const parameter = parameters[isStatic ? index : index - 1];
  return parameter && parameter.name !== '' ? shownName(parameter.name) : `A_${index}`;
}

function switchText(targets: readonly number[]): string {
  const shown = targets.slice(0, mostTargets).map(labelText);
  if (targets.length > mostTargets) shown.push(`… ${targets.length - mostTargets} more`);
  return `(${shown.join(', ')})`;
}

function tokenText(token: number): string {
  return `0x${token.toString(16).toUpperCase().padStart(8, '0')}`;
}
