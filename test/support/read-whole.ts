// Asks for everything that an object leads to, getters of its class included: what is read only when it is asked for is read.

/** How many objects there are. */
export function readWhole(value: unknown): number {
  const seen = new Set<object>();
  const waiting: unknown[] = [value];
  for (let next = waiting.pop(); next !== undefined || waiting.length > 0; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    if (next instanceof Map || next instanceof Set) waiting.push(...[...next.values()]);
    else for (const name of namesOf(next)) waiting.push(Reflect.get(next, name));
  }
  return seen.size;
}

function namesOf(value: object): readonly string[] {
  const prototype: unknown = Object.getPrototypeOf(value);
  const own = Object.keys(value);
  if (typeof prototype !== 'object' || !prototype || prototype === Object.prototype || Array.isArray(value)) return own;
  const descriptors = Object.entries(Object.getOwnPropertyDescriptors(prototype));
  return [...own, ...descriptors.filter(([, { get }]) => get).map(([name]) => name)];
}
