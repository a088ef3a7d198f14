// Names that the sources assign to where the model may not see what is meant: behind a dot, in a tuple, by reference, and in
// branches that are not compiled. A field of such a name is left alone.
import type { MendedSources } from './mended-sources.js';
import type { Expression } from './nodes.js';

const known = new WeakMap<MendedSources, ReadonlySet<string>>();

/** `has` answers yes to all where a file could not be read whole. */
export function assignedNames(sources: MendedSources): Pick<ReadonlySet<string>, 'has'> {
  const units = [...sources.units.values()];
  if (units.some(({ unit }) => unit.unread !== undefined || unit.errors.length > 0)) return { has: () => true };
  let names = known.get(sources);
  if (!names) {
    const found = new Set<string>();
    for (const { unit, text } of units) {
      collect(unit.members, found);
      for (const { start, end } of unit.skipped)
        for (const [word] of text.slice(start, end).matchAll(/[\p{L}\p{N}_]+/gu)) found.add(word);
    }
    names = found;
    known.set(sources, names);
  }
  return names;
}

function collect(root: unknown, found: Set<string>): void {
  const work: unknown[] = [root];
  for (let node = work.pop(); work.length > 0 || node !== undefined; node = work.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    if (isAssignment(node)) target(node.target, false, found);
    else if (isChange(node)) target(node.value, node.kind !== 'unary', found);
    else if (isReference(node)) target(node.value, true, found);
    // One by one: a list can be longer than a call may have arguments.
    for (const value of Object.values(node)) if (typeof value === 'object') work.push(value);
  }
}

/** A name by itself is resolved, and so the model knows it, but for one in a tuple and one that is handed over. */
function target(node: Expression, withNames: boolean, found: Set<string>): void {
  switch (node.kind) {
    case 'name':
      if (withNames) found.add(node.name);
      return;
    case 'member':
      // No static field is reached by an object.
      if (node.target.kind !== 'this' && node.target.kind !== 'base') found.add(node.name.name);
      return;
    case 'parenthesized':
      target(node.value, withNames, found);
      return;
    case 'tuple':
      for (const { value } of node.elements) target(value, true, found);
      return;
    default:
  }
}

function isAssignment(node: object): node is Extract<Expression, { kind: 'assignment' }> {
  return 'kind' in node && node.kind === 'assignment';
}

/** `a++`, `&a`. */
function isChange(node: object): node is Extract<Expression, { kind: 'unary' | 'ref' }> {
  if (!('kind' in node && 'value' in node)) return false;
  if (node.kind === 'ref') return true;
  return node.kind === 'unary' && 'operator' in node && ['++', '--', '&'].includes(String(node.operator));
}

/** `ref a`, `out a` of an argument. */
function isReference(node: object): node is { readonly value: Expression } {
  return 'modifier' in node && (node.modifier === 'ref' || node.modifier === 'out') && 'value' in node;
}
