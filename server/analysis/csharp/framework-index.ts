// What is read of data/framework-members.bin when it is opened: the names of types; and where what there is of each begins.
import { inflate } from '../knowledge/packed.js';
import { Varints } from './varints.js';

/** Inflates a section each time it is asked for. */
export function sectionsOf(bytes: Uint8Array): (index: number) => Uint8Array {
  const lengths = new Varints(bytes);
  const sections = Array.from({ length: 6 }, () => ({ packed: lengths.next(), length: lengths.next() }));
  return (index) => {
    const start = sections.slice(0, index).reduce((sum, { packed }) => sum + packed, lengths.at);
    const { packed, length } = sections[index] ?? { packed: 0, length: 0 };
    return inflate(bytes.subarray(start, start + packed), length);
  };
}

/** Types have numbers, in the order of the table. */
export interface TypeNames {
  readonly assemblies: readonly string[];
  readonly count: number;
  nameOf(number: number): string;
  find(name: string): number | undefined;
  readonly namespaces: ReadonlyMap<string, NamedTypes>;
  /** `Name,Assembly` of types that only signatures name: their numbers go on where those of the table end. */
  readonly others: readonly string[];
}

export interface NamedTypes {
  /** The number of the first. */
  readonly first: number;
  /** Sorted, without the namespace. */
  readonly names: readonly string[];
}

export function typeNamesOf(text: string): TypeNames {
  const [head = '', ...parts] = text.split('\n@');
  const [assemblies = '', others = ''] = head.split('\n');
  const namespaces = new Map<string, NamedTypes>();
  let count = 0;
  for (const part of parts) {
    const [namespace = '', ...names] = part.split('\n');
    namespaces.set(namespace, { first: count, names });
    count += names.length;
  }
  const inOrder = [...namespaces];
  return {
    assemblies: assemblies.split(' '),
    count,
    nameOf(number) {
      const found = inOrder.findLast(([, { first }]) => first <= number);
      const [namespace, { first, names }] = found ?? ['', { first: 0, names: [] }];
      return `${namespace}${namespace === '' ? '' : '.'}${names[number - first] ?? ''}`;
    },
    find(name) {
      const namespace = namespaceOf(name);
      const types = namespaces.get(namespace);
      const index = types ? indexOf(types.names, namespace === '' ? name : name.slice(namespace.length + 1)) : -1;
      return types && index >= 0 ? types.first + index : undefined;
    },
    namespaces,
    others: others.split(' '),
  };
}

function namespaceOf(type: string): string {
  const [outermost = ''] = type.split('+', 1);
  return outermost.slice(0, Math.max(outermost.lastIndexOf('.'), 0));
}

/** In a sorted list; -1 where it is not there. */
function indexOf(names: readonly string[], name: string): number {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((names[middle] ?? '') < name) low = middle + 1;
    else high = middle;
  }
  return names[low] === name ? low : -1;
}

/** `A.B` → `A`, `A.B`. */
export function withOuter(namespace: string): readonly string[] {
  const parts = namespace.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}

export interface Heads {
  readonly bytes: Uint8Array;
  /** Where each begins, in `bytes`, in the bodies, and among the names said once. */
  readonly starts: Uint32Array;
  readonly bodies: Uint32Array;
  readonly rare: Uint32Array;
  readonly assemblies: Uint32Array;
  readonly extending: readonly number[];
}

export const headFlags = { kind: 7, isAbstract: 8, isSealed: 16, hasExtensions: 32, isGeneric: 64 } as const;
const enumeration = 3;

export function headsOf(bytes: Uint8Array, count: number): Heads {
  const [starts, bodies, rare] = [new Uint32Array(count + 1), new Uint32Array(count + 1), new Uint32Array(count + 1)];
  const assemblies = new Uint32Array(count);
  const extending: number[] = [];
  const cursor = new Varints(bytes);
  for (let number = 0; number < count; number++) {
    starts[number] = cursor.at;
    const flags = cursor.next();
    if ((flags & headFlags.hasExtensions) !== 0) extending.push(number);
    assemblies[number] = cursor.next();
    cursor.next();
    cursor.skip(cursor.next());
    if ((flags & headFlags.isGeneric) !== 0) cursor.skip(cursor.next());
    if ((flags & headFlags.kind) === enumeration) cursor.next();
    bodies[number + 1] = (bodies[number] ?? 0) + cursor.next();
    rare[number + 1] = (rare[number] ?? 0) + cursor.next();
  }
  return { bytes, starts, bodies, rare, assemblies, extending };
}
