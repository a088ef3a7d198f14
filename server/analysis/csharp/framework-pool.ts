// The types that signatures of data/framework-members.bin name: each is written once, and made when it is first asked for.
import type { TypeRef } from '../code/model.js';
import { Varints } from './varints.js';

/** A type by its place. */
export type TypePool = (place: number) => TypeRef;

/**
 * An even number is twice that of a type by name. An odd one says what follows: 1 a number, how many type arguments, and their
 * places; 3 the place of an array's element, 5 an array's rank and the place of its element; 7 what a pointer points to,
 * 9 what is passed by reference; 11 and 13 the index of a type parameter of a type, and of a method.
 */
export function typePoolOf(
  bytes: Uint8Array,
  named: (number: number) => { readonly name: string; readonly assembly: string },
): TypePool {
  const starts: number[] = [];
  for (const cursor = new Varints(bytes); !cursor.ended;) {
    starts.push(cursor.at);
    const tag = cursor.next();
    if (tag === 1) cursor.next();
    if (tag === 1) cursor.skip(cursor.next());
    else if (tag % 2 === 1) cursor.skip(tag === 5 ? 2 : 1);
  }
  const known: TypeRef[] = [];
  const pool = (place: number): TypeRef => (known[place] ??= read(new Varints(bytes, starts[place])));
  const read = (cursor: Varints): TypeRef => {
    const tag = cursor.next();
    if (tag % 2 === 0) return { kind: 'named', ...named(tag / 2), arguments: none };
    switch (tag) {
      case 1:
        return { kind: 'named', ...named(cursor.next()), arguments: cursor.many(cursor.next()).map(pool) };
      case 3:
        return { kind: 'array', element: pool(cursor.next()), rank: 1 };
      case 5:
        return { kind: 'array', rank: cursor.next(), element: pool(cursor.next()) };
      case 7:
        return { kind: 'pointer', element: pool(cursor.next()) };
      case 9:
        return { kind: 'byReference', element: pool(cursor.next()) };
      case 11:
        return { kind: 'typeParameter', index: cursor.next() };
      case 13:
        return { kind: 'methodParameter', index: cursor.next() };
      default:
        return { kind: 'unknown' };
    }
  };
  return pool;
}

const none: readonly never[] = [];
