// Whether a method needs the object it is called on.
import type { CodeGraph, MethodNode } from '../code/graph.js';
import type { MethodDef, TypeDef } from '../code/model.js';
import { sourceMemberOf } from '../code/source-names.js';

/** Nothing of it asks for an object, lambdas among it; it stands in for no other method, and nobody calls it on one. */
export function needsNoObject({ nodes, callersOf }: CodeGraph, type: TypeDef, method: MethodDef): boolean {
  if (method.isVirtual || method.isAbstract || method.isSynchronized || method.overrides.length > 0) return false;
  if (!method.body || callersOf(method).length > 0) return false;
  const { name } = sourceMemberOf(type, method);
  return type.methods
    .filter((one) => sourceMemberOf(type, one).name === name)
    .every((one) => {
      const node = nodes.get(one);
      return node !== undefined && !asksForObject(node);
    });
}

function asksForObject({ method: { body } }: MethodNode): boolean {
  if (!body || body.unknown.length > 0) return true;
  return body.blocks.some(({ operations, end }) => [...operations, end].some(namesThis));
}

function namesThis(holder: object): boolean {
  return Object.values(holder)
    .flat()
    .some((one: unknown) => typeof one === 'object' && one !== null && 'kind' in one && one.kind === 'this');
}
