// A static field made `readonly`.
import type { TypeRef } from '../code/model.js';
import type { Change, SourceEdit } from '../code/remedy.js';
import { immutableStructs } from '../knowledge/immutable-structs.js';
import { assignedNames } from './assigned-names.js';
import { isPlainHead, type FoundNodes, type MendedSources } from './mended-sources.js';
import type { FieldDeclaration } from './nodes.js';
import type { PlacedNode } from './node-path.js';
import type { TypeSystem } from './type-system.js';

/**
 * Nobody may assign to it but its type's initialiser: as the model knows, and where the model does not, by no name like it.
 * What is declared along with it is made so too.
 * What calls a member of a struct in a `readonly` field calls it on a copy.
 */
export function makeReadonly(
  sources: MendedSources,
  change: Extract<Change, { kind: 'makeReadonly' }>,
): readonly SourceEdit[] | undefined {
  const found = sources.find(change.field);
  const declaration = found?.path.findLast(isField);
  if (!found || !declaration || declaration.modifiers.some((one) => one === 'volatile' || one === 'fixed'))
    return undefined;
  const { source } = found;
  const head = { start: declaration.span.start, end: declaration.type.span.end };
  const { uri } = source;
  const names = declaration.variables.map(({ name }) => name);
  const isSetOnce = names.every(
    ({ name, span }) => sources.isSetOnce({ kind: 'source', uri, span }) && !assignedNames(sources).has(name),
  );
  if (!isSetOnce || !keepsItsValue(sources, declaration, found) || !isPlainHead(source, head)) return undefined;
  const at = declaration.type.span.start;
  return [{ uri, at: { start: at, end: at }, text: 'readonly ' }];
}

function keepsItsValue({ system }: MendedSources, { type }: FieldDeclaration, { context }: FoundNodes): boolean {
  return isUnchanging(system, system.typeOf(type, context));
}

/** What a struct has in it, `Nullable` say, is as its own. */
function isUnchanging(system: TypeSystem, of: TypeRef): boolean {
  if (of.kind === 'array') return true;
  if (of.kind !== 'named' || system.kindOf(of) === undefined) return false;
  if (system.kindOf(of) !== 'struct') return true;
  return immutableStructs.has(of.name) && of.arguments.every((argument) => isUnchanging(system, argument));
}

function isField(node: PlacedNode): node is FieldDeclaration {
  return node.kind === 'field';
}
