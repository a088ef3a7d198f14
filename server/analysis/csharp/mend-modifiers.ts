// Modifiers of declarations.
import type { Change, SourceEdit } from '../code/remedy.js';
import { immutableStructs } from '../knowledge/immutable-structs.js';
import type { Span } from '../text/span.js';
import { assignedNames } from './assigned-names.js';
import type { SourceUnit } from './declare.js';
import { isPlainHead, tokensIn, withBlanksBehind, type FoundNodes, type MendedSources } from './mended-sources.js';
import type { FieldDeclaration, MethodDeclaration, Modifier, TypeDeclaration } from './nodes.js';
import type { PlacedNode } from './node-path.js';

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;

/**
 * Nobody may assign to it but its type's initialiser: as the model knows, and where the model does not, by no name like it.
 * What calls a member of a struct in a `readonly` field calls it on a copy.
 */
export function makeReadonly(sources: MendedSources, change: Of<'makeReadonly'>): readonly SourceEdit[] | undefined {
  const found = sources.find(change.field);
  const declaration = found?.path.findLast(isField);
  if (!found || !declaration || declaration.modifiers.some((one) => one === 'volatile' || one === 'fixed'))
    return undefined;
  const { source } = found;
  const head = { start: declaration.span.start, end: declaration.type.span.end };
  const { uri } = source;
  const may = new Set(
    [change.field, ...change.others].flatMap((place) =>
      place.kind === 'source' && place.uri === uri ? [place.span.start] : [],
    ),
  );
  const names = declaration.variables.map(({ name }) => name);
  if (!names.every(({ span }) => may.has(span.start)) || !isPlainHead(source, head)) return undefined;
  if (!keepsItsValue(sources, declaration, found) || names.some(({ name }) => assignedNames(sources).has(name)))
    return undefined;
  const at = declaration.type.span.start;
  return [{ uri, at: { start: at, end: at }, text: 'readonly ' }];
}

function keepsItsValue({ system }: MendedSources, { type }: FieldDeclaration, { context }: FoundNodes): boolean {
  const of = system.typeOf(type, context);
  if (of.kind === 'array') return true;
  if (of.kind !== 'named' || system.kindOf(of) === undefined) return false;
  return system.kindOf(of) !== 'struct' || immutableStructs.has(of.name);
}

const access: ReadonlySet<string> = new Set<Modifier>(['public', 'private', 'protected', 'internal']);

export function addModifiers(sources: MendedSources, change: Of<'addModifiers'>): readonly SourceEdit[] | undefined {
  const found = sources.find(change.to);
  const declaration = found?.path.findLast(isMethodOrType);
  if (!found || !declaration || change.to.kind !== 'source') return undefined;
  const { source, context } = found;
  const { name, attributes, modifiers } = declaration;
  if (name.span.start !== change.to.span.start || modifiers.includes('file')) return undefined;
  // What another part of a type says of its access would be left.
  if (modifiers.includes('partial') && (declaration.kind === 'method' || (context.type?.parts.length ?? 0) > 1))
    return undefined;
  const start = attributes.at(-1)?.span.end ?? declaration.span.start;
  const end = declaration.kind === 'method' ? declaration.returns.span.start : name.span.start;
  if (!isPlainHead(source, { start, end: name.span.end })) return undefined;
  const words = tokensIn(source, { start, end });
  const first = words[0]?.start ?? end;
  return [
    ...(change.modifiers.includes('public') && !modifiers.includes('public') ? madePublic(source, words, first) : []),
    ...(change.modifiers.includes('static') && !modifiers.includes('static')
      ? [{ uri: source.uri, at: { start: end, end }, text: 'static ' }]
      : []),
  ];
}

function madePublic(
  { uri, text }: SourceUnit,
  words: readonly (Span & { readonly text: string })[],
  first: number,
): readonly SourceEdit[] {
  const [written, ...others] = words.filter((word) => access.has(word.text));
  if (!written) return [{ uri, at: { start: first, end: first }, text: 'public ' }];
  return [
    { uri, at: { start: written.start, end: written.end }, text: 'public' },
    ...others.map((word) => ({ uri, at: withBlanksBehind(text, word), text: '' })),
  ];
}

function isField(node: PlacedNode): node is FieldDeclaration {
  return node.kind === 'field';
}

function isMethodOrType(node: PlacedNode): node is MethodDeclaration | TypeDeclaration {
  return node.kind === 'method' || ((node.kind === 'class' || node.kind === 'struct') && 'modifiers' in node);
}
