// The sources of an assembly as what is mended: nodes by place, names as they can be written there, and what must not be touched.
import type { CodeGraph } from '../code/graph.js';
import type { AssemblyCode, Place } from '../code/model.js';
import type { WrittenValue } from '../code/remedy.js';
import type { Span } from '../text/span.js';
import type { SourceUnit } from './declare.js';
import type { Region } from './mend-regions.js';
import { nodesAround, type PlacedNode } from './node-path.js';
import { fieldsSetOnce } from './set-once.js';
import type { Context, DeclaredType } from './symbols.js';
import type { TypeSystem } from './type-system.js';

export interface FoundNodes {
  readonly source: SourceUnit;
  /** Outermost first. */
  readonly path: readonly PlacedNode[];
  /** Where names stand that are written there. */
  readonly context: Context;
}

export interface MendInput {
  readonly units: readonly SourceUnit[];
  readonly declared: ReadonlyMap<string, DeclaredType>;
  readonly system: TypeSystem;
  /** `v4.8`, `net48`; undefined where no project says. */
  readonly targetFramework: string | undefined;
  /** What is made of them. */
  readonly code: () => AssemblyCode;
  /** Told of what decides how a change is written. */
  readonly asked?: (region: Region) => void;
}

export class MendedSources {
  readonly system: TypeSystem;
  readonly units: ReadonlyMap<string, SourceUnit>;
  readonly #input: MendInput;
  readonly #contexts = new Map<string, Context>();
  #setOnce: ReadonlySet<string> | undefined;

  constructor(input: MendInput) {
    this.#input = input;
    this.system = input.system;
    this.units = new Map(input.units.map((unit) => [unit.uri, unit]));
    for (const { parts } of input.declared.values())
      for (const { context, nameSpan } of parts) this.#contexts.set(keyOf(context.uri, nameSpan), context);
  }

  get graph(): CodeGraph {
    return this.#input.code().graph;
  }

  /** Of the name of a static field. */
  isSetOnce(field: Place): boolean {
    this.#setOnce ??= new Set([...fieldsSetOnce(this.#input.code())].map(({ place }) => keyOfPlace(place)));
    return this.#setOnce.has(keyOfPlace(field));
  }

  /** Undefined in an image, and for what stands in no type. */
  find(place: Place): FoundNodes | undefined {
    const source = place.kind === 'source' ? this.units.get(place.uri) : undefined;
    if (!source || place.kind !== 'source') return undefined;
    const path = nodesAround({ members: source.unit.members }, place.span);
    const type = path.findLast((node) => this.#contextOf(source, node) !== undefined);
    const context = type && this.#contextOf(source, type);
    return context && { source, path, context };
  }

  #contextOf({ uri }: SourceUnit, node: PlacedNode): Context | undefined {
    if (!('name' in node) || typeof node.name !== 'object' || node.name === null || !('span' in node.name))
      return undefined;
    const { span } = node.name as { readonly span: Span };
    return this.#contexts.get(keyOf(uri, span));
  }

  /** Whether the sources can be built with what the framework has as of a version; where no project says, they can. */
  has(since: string): boolean {
    const [, major, minor = '0'] = /^(?:v|net)(\d)\.?(\d)?/.exec(this.#input.targetFramework ?? '') ?? [];
    return major === undefined || `${major}.${minor}` >= since;
  }

  /** An expression as it can be written there; undefined where a name of it cannot. */
  written(value: WrittenValue, context: Context): string | undefined {
    if (value.kind === 'constant') return String(value.value);
    const type = this.typeName(value.type, context);
    if (type === undefined) return undefined;
    if (value.kind === 'member') return `${type}.${value.name}`;
    const given = value.arguments.map((argument) => this.written(argument, context));
    return given.includes(undefined) ? undefined : `${type}.${value.name}(${given.join(', ')})`;
  }

  /** The shortest that means it: by a using, in full, or from the outermost namespace. */
  typeName(type: string, context: Context): string | undefined {
    const simple = type.slice(type.lastIndexOf('.') + 1);
    return [simple, type].find((name) => this.#means(name, type, context)) ?? this.#fromOutermost(type, context);
  }

  #fromOutermost(type: string, context: Context): string | undefined {
    const outermost: Context = { uri: context.uri, namespace: '', usings: [] };
    return this.#means(type, type, outermost) ? `global::${type}` : undefined;
  }

  #means(name: string, type: string, context: Context): boolean {
    const span = { start: 0, end: 0 };
    const parts = name.split('.').map((part) => ({ name: part, arguments: [], span }));
    const found = this.system.typeOf({ kind: 'named', parts, span }, context);
    return found.kind === 'named' && found.name === type && !this.#isMember(parts[0]?.name ?? '', context);
  }

  /** A member of a type around goes before a type. */
  #isMember(name: string, { type }: Context): boolean {
    for (let one = type; one; one = one.outer)
      if (this.system.membersNamed(this.system.instanceOf(one), name).length > 0) return true;
    return false;
  }
}

function keyOf(uri: string, { start }: Span): string {
  return `${uri} ${start}`;
}

function keyOfPlace(place: Place): string {
  return place.kind === 'source' ? keyOf(place.uri, place.span) : '';
}

/** Whether all of a stretch is C# that is compiled, with no directive in it. */
export function isPlain({ unit, text }: SourceUnit, span: Span): boolean {
  return (
    overlapping(unit.errors, span).length === 0 &&
    overlapping(unit.skipped, span).length === 0 &&
    !/^[ \t]*#/m.test(text.slice(span.start, span.end))
  );
}

/** Whether the same holds of the head of a declaration: what is not compiled right before it may belong to it. */
export function isPlainHead(source: SourceUnit, span: Span): boolean {
  const { unit, text } = source;
  let start = text.lastIndexOf('\n', span.start - 1) + 1;
  for (let before = start; before > 0; start = before) {
    before = text.lastIndexOf('\n', start - 2) + 1;
    if (!/^\s*(?:#|$)/.test(text.slice(before, start))) break;
  }
  return isPlain(source, span) && overlapping(unit.skipped, { start: start - 1, end: span.start }).length === 0;
}

/** Of a list in order of place. */
export function overlapping(list: readonly Span[], { start, end }: Span): readonly Span[] {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.end ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while ((list[last]?.start ?? end) < end) last++;
  return list.slice(low, last);
}

/** Words and marks of a stretch, comments left out. */
export function tokensIn({ unit, text }: SourceUnit, span: Span): readonly (Span & { readonly text: string })[] {
  const found: (Span & { readonly text: string })[] = [];
  let from = span.start;
  for (const { start, end } of [...overlapping(unit.comments, span), { start: span.end, end: span.end }]) {
    for (const { 0: word, index } of text.slice(from, start).matchAll(/[\p{L}\p{N}_@]+|\S/gu))
      found.push({ start: from + index, end: from + index + word.length, text: word });
    from = end;
  }
  return found;
}

/** With the blanks behind it. */
export function withBlanksBehind(text: string, { start, end }: Span): Span {
  let to = end;
  while (text[to] === ' ' || text[to] === '\t') to++;
  return { start, end: to };
}

/** The whole lines of what stands alone on them; undefined where something else does. */
export function wholeLines(text: string, { start, end }: Span): Span | undefined {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  const to = lineEnd < 0 ? text.length : lineEnd + 1;
  return text.slice(from, start).trim() === '' && text.slice(end, to).trim() === ''
    ? { start: from, end: to }
    : undefined;
}
