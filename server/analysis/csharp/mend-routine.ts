// A method that scripts bind, made what SQL Server calls: public and static, in a public class.
import type { MethodDef, Place, TypeDef } from '../code/model.js';
import type { Change, SourceEdit } from '../code/remedy.js';
import type { Span } from '../text/span.js';
import type { SourceUnit } from './declare.js';
import { needsNoObject } from './instance-use.js';
import { isPlainHead, tokensIn, withBlanksBehind, type MendedSources } from './mended-sources.js';
import type { MethodDeclaration, Modifier, TypeDeclaration } from './nodes.js';
import type { PlacedNode } from './node-path.js';
import { canBePublic, hasVisibleSignature } from './visibility.js';

export function makeRoutine(
  sources: MendedSources,
  { type, method }: Extract<Change, { kind: 'makeRoutine' }>,
): readonly SourceEdit[] | undefined {
  if (!isTaken(sources, type, method)) return undefined;
  const ofType = withModifiers(sources, type.place, { isPublic: !type.isPublic, isStatic: false });
  const ofMethod = withModifiers(sources, method.place, { isPublic: !method.isPublic, isStatic: !method.isStatic });
  return ofType && ofMethod && [...ofType, ...ofMethod];
}

/** Whether C# takes the modifiers, and the code does the same with them. */
function isTaken({ graph }: MendedSources, type: TypeDef, method: MethodDef): boolean {
  return (
    (type.isPublic || canBePublic(graph, type)) &&
    (method.isPublic || hasVisibleSignature(graph, method)) &&
    (method.isStatic || needsNoObject(graph, type, method))
  );
}

const access: ReadonlySet<string> = new Set<Modifier>(['public', 'private', 'protected', 'internal']);

function withModifiers(
  sources: MendedSources,
  place: Place,
  wanted: { readonly isPublic: boolean; readonly isStatic: boolean },
): readonly SourceEdit[] | undefined {
  if (!wanted.isPublic && !wanted.isStatic) return [];
  const found = sources.find(place);
  const declaration = found?.path.findLast(isMethodOrType);
  if (!found || !declaration || place.kind !== 'source') return undefined;
  const { source, context } = found;
  const { name, attributes, modifiers } = declaration;
  if (name.span.start !== place.span.start || modifiers.includes('file')) return undefined;
  // What another part of a type says of its access would be left.
  if (modifiers.includes('partial') && (declaration.kind === 'method' || (context.type?.parts.length ?? 0) > 1))
    return undefined;
  const start = attributes.at(-1)?.span.end ?? declaration.span.start;
  const end = declaration.kind === 'method' ? declaration.returns.span.start : name.span.start;
  if (!isPlainHead(source, { start, end: name.span.end })) return undefined;
  const words = tokensIn(source, { start, end });
  return [
    ...(wanted.isPublic ? madePublic(source, words, words[0]?.start ?? end) : []),
    ...(wanted.isStatic ? [{ uri: source.uri, at: { start: end, end }, text: 'static ' }] : []),
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

function isMethodOrType(node: PlacedNode): node is MethodDeclaration | TypeDeclaration {
  return node.kind === 'method' || ((node.kind === 'class' || node.kind === 'struct') && 'modifiers' in node);
}
