// What is known of the framework, as the search for untrusted input asks it: what a call hands on, tests, and does harm with.
import type { Call, ConstantValue } from '../code/body.js';
import type { Check } from '../code/checks.js';
import type { AssemblyCode, MethodDef, TypeRef } from '../code/model.js';
import { shortTypeName } from '../code/names.js';
import type { CallIn, Harm, Passage, Policy } from '../code/taint-policy.js';
import { operandsOf, typeOfValue, type Step, type ValueFlow } from '../code/value-flow.js';
import { findCarriers, type Carrier, type CarriedFrom } from '../knowledge/input-carriers.js';
import {
  canSayHost,
  clearedByReplacing,
  findInputChecks,
  harmNeeding,
  isCharacterTest,
  isRestrictive,
  standsInQuotes,
  type InputCheck,
} from '../knowledge/input-checks.js';
import { findInputSinks, type HarmName, type SinkHarm } from '../knowledge/input-sinks.js';
import { isHarmlessType } from '../knowledge/input-sources.js';
import { findNativeFunction } from '../knowledge/native-functions.js';
import { callBehind, constantIn, constantOf, makerOf } from './object-settings.js';
import { createsProcess, isProcedureName, makesNamedTypes } from './sink-conditions.js';
import { resolvesEntities } from './xml-resolvers.js';

export interface InputSinkAt {
  readonly harm: SinkHarm;
  readonly member: string;
}

const harmNames: readonly HarmName[] = [
  'sql',
  'sqlUnquoted',
  'connection',
  'path',
  'url',
  'command',
  'ldap',
  'xpath',
  'xml',
  'serialized',
  'type',
  'pattern',
];

export const allHarm: Harm = (1 << harmNames.length) - 1;

/** What lies in a table is often where paths, addresses and connections are configured, which is as it should be. */
export const harmOfStored: Harm = allHarm & ~bitsOf(['path', 'url', 'connection']);

function bitsOf(names: readonly HarmName[] | 'all'): Harm {
  return names === 'all' ? allHarm : names.reduce((bits, name) => bits | (1 << harmNames.indexOf(name)), 0);
}

export class InputPolicy implements Policy<InputSinkAt> {
  readonly all = allHarm;
  readonly clearsByCharacters = allHarm;
  readonly isReached: (method: MethodDef) => boolean;
  readonly #code: AssemblyCode;
  readonly #entries: ReadonlySet<MethodDef>;

  constructor(code: AssemblyCode, entries: ReadonlySet<MethodDef>, isReached: (method: MethodDef) => boolean) {
    this.#entries = entries;
    this.#code = code;
    this.isReached = isReached;
  }

  isHarmless(type: TypeRef): boolean {
    if (type.kind === 'byReference') return this.isHarmless(type.element);
    if (type.kind !== 'named') return false;
    if (type.name === 'System.Nullable`1') return type.arguments.every((one) => this.isHarmless(one));
    if (type.assembly === undefined) return this.#code.graph.findType(type.name)?.kind === 'enum';
    return isHarmlessType(type.name);
  }

  passagesOf(at: CallIn, operand: number): readonly Passage[] {
    const { call } = at;
    const shift = call.instance ? 1 : 0;
    return carriersOf(call).flatMap((carrier): readonly Passage[] => {
      if (!carrier.from.some((from) => isFrom(from, operand, shift))) return [];
      if (carrier.exceptText && isText(call.method.parameters[operand - shift])) return [];
      const keeps = allHarm & ~bitsOf(carrier.clears) & ~clearedIn(at, operand);
      const joined = carrier.isJoined ? { isJoined: true } : {};
      if (carrier.delegate) {
        const { at: delegate, parameter } = carrier.delegate;
        return [{ to: 'delegate', delegate: delegate + shift, parameter, keeps, ...joined }];
      }
      if (carrier.to === 'result') return [{ to: 'result', keeps, ...joined }];
      return [{ to: carrier.to === 'this' ? 0 : carrier.to + shift, keeps, ...joined }];
    });
  }

  keptAsElement(flow: ValueFlow, { operation, reads }: Step): Harm {
    const array = reads[1];
    const index =
      operation.kind === 'storeElement' && operation.index.kind === 'constant' ? operation.index.value : undefined;
    if (array === undefined || typeof index !== 'number') return allHarm;
    for (const { step, operand } of flow.values[array]?.uses ?? []) {
      const call = step.operation;
      if (call.kind !== 'call' || call.method.type.kind !== 'named' || call.method.type.name !== 'System.String')
        continue;
      const elements = elementsIn(flow, array);
      const format = formatIn({ flow, step, call });
      if (call.method.name === 'Concat') return allHarm & ~clearedBehind(before(elements.slice(0, index)));
      if (format && operand === format.at + 1)
        return allHarm & ~clearedBehind(formatBefore(format.text, elements, index));
    }
    return allHarm;
  }

  sinksOf(at: CallIn, operand: number): readonly { readonly harm: Harm; readonly sink: InputSinkAt }[] {
    const { call } = at;
    const { method } = call;
    const given = operand - (call.instance ? 1 : 0);
    const native = method.definition?.method.import;
    if (native) {
      const known = findNativeFunction(native.library, native.name);
      const isText = method.parameters[given] && !this.isHarmless(method.parameters[given]);
      return known?.what === 'process' && isText
        ? [{ harm: bitsOf(['command']), sink: { harm: 'command', member: `${known.name} in ${native.library}` } }]
        : [];
    }
    if (method.definition || method.type.kind !== 'named') return [];
    const type = method.parameters[given];
    const owner = method.type.name;
    // Of a member that a base declares, what it is called on decides.
    const receiver =
      call.instance && at.step.reads[0] !== undefined ? typeOfValue(at.flow, at.step.reads[0]) : undefined;
    const known = findInputSinks(owner, method.name, method.isStatic);
    const sinks =
      known.length > 0 || receiver?.kind !== 'named' ? known : findInputSinks(receiver.name, method.name, false);
    return sinks.flatMap(({ harm, arguments: places, given: types }) => {
      if (!places.includes(given) || (types && !(type && types.includes(shortTypeName(type))))) return [];
      if (harm === 'xml' && !resolvesEntities(at)) return [];
      if (harm === 'sql' && isProcedureName(at)) return [];
      if (harm === 'command' && method.name === 'InvokeMethod' && !createsProcess(at)) return [];
      if (harm === 'serialized' && !makesNamedTypes(at)) return [];
      const bits = bitsOf(harm === 'sql' ? ['sql', 'sqlUnquoted'] : [harm]);
      return [{ harm: bits, sink: { harm, member: `${owner}::${method.name}` } }];
    });
  }

  checksOf(at: CallIn): readonly Check[] {
    const { call } = at;
    const { method } = call;
    const shift = call.instance ? 1 : 0;
    if (method.definition || method.type.kind !== 'named') return [];
    return findInputChecks(method.type.name, method.name).flatMap((check): readonly Check[] => {
      const operand = check.tested === 'this' ? 0 : check.tested + shift;
      if (operand >= operandsOf(call).length || (check.tested === 'this') !== operand < shift) return [];
      const clears = clearedBy(at, check, operand);
      if (clears === 0 || (check.only === 'given' && this.#isGiven(at, operand))) return [];
      // What matched is the argument of `Match`, not what came of it.
      const matched = check.only === 'pattern' && check.tested === 'this' ? matchedText(at) : undefined;
      return [{ operand, when: check.when, clears, ...(matched !== undefined && { value: matched }) }];
    });
  }

  /** What is compared is `x == y`, and y what T-SQL has given. */
  #isGiven({ flow, step }: CallIn, operand: number): boolean {
    if (!this.#entries.has(flow.node.method)) return false;
    const other = step.reads.find((value, index) => value !== undefined && index !== operand);
    const behind = callBehind(flow, other);
    const whole = behind?.call.method.name === 'get_Value' ? behind.step.reads[0] : other;
    return whole !== undefined && flow.values[whole]?.definition.kind === 'parameter';
  }

  /** One character after another is taken out: which, is not a constant. */
  isCharacterRemoval({ method, arguments: [removed] }: Call): boolean {
    const [type] = method.parameters;
    const isOne = type?.kind === 'named' && type.name === 'System.Char';
    return method.name === 'Replace' && isOne && removed?.kind !== 'constant';
  }

  isCharacterTest({ method }: Call): boolean {
    return method.type.kind === 'named' && isCharacterTest(method.type.name, method.name);
  }

  sameAs(call: Call): number | undefined {
    const carrier = carriersOf(call).find(({ isSame }) => isSame);
    const [from] = carrier?.from ?? [];
    if (from === 'this') return call.instance ? 0 : undefined;
    return from === undefined ? undefined : call.instance ? 1 : 0;
  }
}

function isText(type: TypeRef | undefined): boolean {
  return type?.kind === 'named' && type.name === 'System.String';
}

function isFrom(from: CarriedFrom, operand: number, shift: number): boolean {
  if (from === 'this') return operand < shift;
  return from === 'arguments' ? operand >= shift : operand === from + shift;
}

function carriersOf({ method, constrained, dispatch }: Call): readonly Carrier[] {
  const owner = constrained ?? method.type;
  if (method.definition || owner.kind !== 'named') return [];
  const own = findCarriers(owner.name, method.name);
  const found =
    own.length > 0 || !constrained || method.type.kind !== 'named' ? own : findCarriers(method.type.name, method.name);
  // A constructor that is called on an address fills what is there.
  return method.name === '.ctor' && dispatch !== 'new'
    ? found.map((carrier) => ({ ...carrier, to: 'this' as const }))
    : found;
}

/** What the text around it takes away: quotes that were doubled and stand in quotes, a URL whose host is fixed. */
function clearedIn(at: CallIn, operand: number): Harm {
  const { type, name } = at.call.method;
  if (type.kind !== 'named') return 0;
  if (type.name === 'System.Text.StringBuilder') {
    if (name === 'Replace' && operand === 0) return clearedByReplacement(at);
    return /^(?:Append|Insert)/.test(name) && operand > 0 ? bitsOf(['url', 'sqlUnquoted']) : 0;
  }
  if (type.name !== 'System.String') return 0;
  if (name === 'Replace') return operand === 0 ? clearedByReplacement(at) : 0;
  // What stands between characters that no name of a file has.
  if (name === 'Split')
    return makerOf(at.flow, at.step.reads[1])?.method.name === invalidInNames ? bitsOf(['path']) : 0;
  return clearedBehind(textBefore(at, operand));
}

const invalidInNames = 'GetInvalidFileNameChars';

/** Undefined where nothing stands before it, or that cannot be told. */
function clearedBehind(before: Before | undefined): Harm {
  if (!before) return 0;
  const { known, isAll } = before;
  return (
    (canSayHost(known, isAll) ? 0 : bitsOf(['url'])) | (standsInQuotes(known) === false ? 0 : bitsOf(['sqlUnquoted']))
  );
}

function clearedByReplacement({ flow, step, call }: CallIn): Harm {
  const from = constantIn(flow, step, call, 0);
  const text = typeof from === 'number' ? String.fromCharCode(from) : from;
  return typeof text === 'string' ? bitsOf(clearedByReplacing(text)) : 0;
}

interface Before {
  /** What stands right before it and is known. */
  readonly known: string;
  /** ... and that is all there is. */
  readonly isAll: boolean;
}

/** What stands before an operand of `Concat` or `Format`; of what stands in an array, see `keptAsElement`. */
function textBefore(at: CallIn, operand: number): Before | undefined {
  const { flow, step, call } = at;
  if (call.method.parameters[operand]?.kind === 'array') return undefined;
  const constants = call.arguments.map((_, index) => constantIn(flow, step, call, index));
  if (call.method.name === 'Concat') return before(constants.slice(0, operand));
  const format = formatIn(at);
  return format && format.at < operand
    ? formatBefore(format.text, constants.slice(format.at + 1), operand - format.at - 1)
    : undefined;
}

function before(parts: readonly (ConstantValue | undefined)[]): Before {
  const unknown = parts.lastIndexOf(undefined);
  return {
    known: parts
      .slice(unknown + 1)
      .map((part) => String(part ?? ''))
      .join(''),
    isAll: unknown < 0,
  };
}

function formatIn({ flow, step, call }: CallIn): { readonly at: number; readonly text: string } | undefined {
  if (call.method.name !== 'Format') return undefined;
  const at = call.method.parameters.findIndex(isText);
  const text = constantIn(flow, step, call, at);
  return typeof text === 'string' ? { at, text } : undefined;
}

/** What stands before `{0}` in a format; undefined where it does not stand there, or more than once. */
function formatBefore(
  format: string,
  given: readonly (ConstantValue | undefined)[],
  place: number,
): Before | undefined {
  const parts: (ConstantValue | undefined)[] = [];
  let found: Before | undefined;
  for (const piece of format.split(/(\{\d+[^{}]*\})/)) {
    const index = /^\{(\d+)/.exec(piece)?.[1];
    if (Number(index) === place) {
      if (found) return undefined;
      found = before(parts);
    }
    parts.push(index === undefined ? piece : given[Number(index)]);
  }
  return found;
}

/** Elements of an array that is filled where it is made, by index; `undefined` where one is not known. */
function elementsIn(flow: ValueFlow, array: number | undefined): readonly (ConstantValue | undefined)[] {
  const elements: (ConstantValue | undefined)[] = [];
  for (const { step, operand } of (array === undefined ? undefined : flow.values[array])?.uses ?? []) {
    const { operation } = step;
    if (operation.kind !== 'storeElement' || operand !== 1 || operation.index.kind !== 'constant') continue;
    const index = Number(operation.index.value);
    if (index < 0 || index > maximumElements) continue;
    while (elements.length <= index) elements.push(undefined);
    elements[index] = constantOf(flow, operation.value, step.reads[0]);
  }
  return elements;
}

const maximumElements = 1000;

function clearedBy(at: CallIn, { clears, only }: InputCheck, operand: number): Harm {
  const { flow, step, call } = at;
  const bits = bitsOf(clears);
  switch (only) {
    case undefined:
    case 'given':
      return bits;
    case 'canonical':
      return isMadeWhole(flow, step.reads[operand]) ? bits : 0;
    case 'host': {
      const text = constantIn(flow, step, call, 0);
      if (text === undefined) return bits;
      return typeof text === 'string' && namesHost(text, call.method.name) ? bits : 0;
    }
    case 'forbidden': {
      const text = constantIn(flow, step, call, 0);
      if (text === undefined) return bits;
      return bits & bitsOf(harmNeeding(typeof text === 'number' ? String.fromCharCode(text) : String(text)));
    }
    case 'pattern': {
      const pattern = patternOf(at);
      return pattern === undefined || isRestrictive(pattern) ? bits : 0;
    }
    default:
      return 0;
  }
}

function namesHost(text: string, member: string): boolean {
  return member === 'StartsWith' ? /^[a-z][a-z0-9+.-]*:\/\/[^/]+\//i.test(text) : text.startsWith('.');
}

/** `Path.GetFullPath` was asked on the way. */
function isMadeWhole(flow: ValueFlow, value: number | undefined): boolean {
  let behind = callBehind(flow, value);
  for (let steps = 0; behind && steps < 16; steps++) {
    const { name } = behind.call.method;
    if (name === 'GetFullPath' || name === 'get_FullName' || name === 'get_LocalPath') return true;
    behind = callBehind(flow, behind.step.reads[0]);
  }
  return false;
}

/** The pattern of a match, where it is a constant. */
function patternOf(at: CallIn): string | undefined {
  const { flow, step, call } = at;
  if (call.method.name === 'get_Success') {
    const match = callBehind(flow, step.reads[0]);
    return match && patternOf({ flow, ...match });
  }
  const pattern: ConstantValue | undefined = call.method.isStatic
    ? constantIn(flow, step, call, 1)
    : patternOfRegex(flow, step.reads[0]);
  return typeof pattern === 'string' ? pattern : undefined;
}

function patternOfRegex(flow: ValueFlow, regex: number | undefined): ConstantValue | undefined {
  const maker = callBehind(flow, regex);
  return maker?.call.dispatch === 'new' ? constantIn(flow, maker.step, maker.call, 0) : undefined;
}

function matchedText({ flow, step }: CallIn): number | undefined {
  const match = callBehind(flow, step.reads[0]);
  return match?.step.reads[match.call.instance ? 1 : 0];
}
