// What calls are given: more of it, or something else.
import type { Place } from '../code/model.js';
import type { Change, SourceEdit } from '../code/remedy.js';
import { isPlain, overlapping, type FoundNodes, type MendedSources } from './mended-sources.js';
import type { Expression } from './nodes.js';
import type { PlacedNode } from './node-path.js';

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;

export function addArguments(
  sources: MendedSources,
  { call, values, since }: Of<'addArguments'>,
): readonly SourceEdit[] | undefined {
  const found = findCall(sources, call);
  if (!found || !sources.has(since) || found.call.kind === 'assignment') return undefined;
  const given = found.call.arguments;
  const last = given.at(-1);
  const written = values.map((value) => sources.written(value, found.context));
  if (!last || written.includes(undefined) || given.some(({ name, modifier }) => name ?? modifier)) return undefined;
  const at = { start: last.span.end, end: last.span.end };
  return [{ uri: found.source.uri, at, text: `, ${written.join(', ')}` }];
}

export function replaceText(
  sources: MendedSources,
  { call, argument, from, to }: Of<'replaceText'>,
): readonly SourceEdit[] | undefined {
  const found = findCall(sources, call);
  const value = found && argumentOf(found.call, argument);
  if (!found || value?.kind !== 'literal' || value.value !== from) return undefined;
  const { uri, text } = found.source;
  const literal = text.slice(value.span.start, value.span.end);
  // Of a raw literal the quotes depend on what is in it.
  if (literal.startsWith('@"')) return [{ uri, at: value.span, text: `@"${to.replaceAll('"', '""')}"` }];
  const isSimple = literal.startsWith('"') && !literal.startsWith('"""') && !/[\p{C}]/u.test(to);
  return isSimple ? [{ uri, at: value.span, text: `"${to.replace(/["\\]/g, '\\$&')}"` }] : undefined;
}

export function replaceMembers(
  sources: MendedSources,
  { call, argument, type, weak, by, since }: Of<'replaceMembers'>,
): readonly SourceEdit[] | undefined {
  const found = findCall(sources, call);
  const value = found && argumentOf(found.call, argument);
  const written = value && membersIn(value, type.slice(type.lastIndexOf('.') + 1));
  if (!found || !value || !written || !sources.has(since)) return undefined;
  const { source } = found;
  if (overlapping(source.unit.comments, value.span).length > 0) return undefined;
  const texts = written.map(({ span, name }) => ({
    before: source.text.slice(span.start, name.span.start),
    name: weak.has(name.name) ? by : name.name,
  }));
  if (written.every(({ name }) => !weak.has(name.name))) return undefined;
  const kept = texts.filter(({ name }, index) => texts.findIndex((one) => one.name === name) === index);
  return [{ uri: source.uri, at: value.span, text: kept.map(({ before, name }) => before + name).join(' | ') }];
}

type Member = Extract<Expression, { kind: 'member' }>;

/** `Type.A | Type.B`; undefined for anything else. */
function membersIn(value: Expression, type: string): readonly Member[] | undefined {
  if (value.kind === 'parenthesized') return membersIn(value.value, type);
  if (value.kind === 'binary' && value.operator === '|') {
    const left = membersIn(value.left, type);
    const right = left && membersIn(value.right, type);
    return right && [...left, ...right];
  }
  if (value.kind !== 'member') return undefined;
  const { target } = value;
  const name = target.kind === 'name' ? target.name : target.kind === 'member' ? target.name.name : '';
  return name === type ? [value] : undefined;
}

type CallNode = Extract<Expression, { kind: 'invocation' | 'new' | 'assignment' }>;

function findCall(sources: MendedSources, place: Place): (FoundNodes & { readonly call: CallNode }) | undefined {
  const found = sources.find(place);
  const call = found?.path.findLast(isCall);
  if (!found || !call || place.kind !== 'source' || !isPlain(found.source, call.span)) return undefined;
  return call.span.start === place.span.start && call.span.end === place.span.end ? { ...found, call } : undefined;
}

/** Of a property that is set, what it is set to. */
function argumentOf(call: CallNode, index: number): Expression | undefined {
  if (call.kind === 'assignment') return call.value;
  return call.arguments.some(({ name }) => name !== undefined) ? undefined : call.arguments[index]?.value;
}

function isCall(node: PlacedNode): node is CallNode {
  return node.kind === 'invocation' || node.kind === 'new' || node.kind === 'assignment';
}
