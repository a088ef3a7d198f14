// The members of one type of data/framework-members.bin.
//
// A name is its place among those that are said more than once, + 1; 0 is the next of the others. A type is its place in the pool,
// + 1; 0 is the type that has the member. A shape is flags, the number of type parameters where it has some, what it returns,
// and its parameters: name, and type * 4 + flags. A member is the place of its shape, + 1, or 0 and the shape; a constant follows.
import type { TypeRef } from '../code/model.js';
import type { TypePool } from './framework-pool.js';
import type { FrameworkMember, FrameworkParameter } from './framework.js';
import { Varints } from './varints.js';

/** Where the members of a type are. */
export interface MembersAt {
  readonly body: number;
  /** The first of its names that are said once. */
  readonly rare: number;
  /** The type, with its own type parameters. */
  readonly self: TypeRef;
}

export interface MemberReader {
  membersOf(type: MembersAt): readonly FrameworkMember[];
  /** Of an enumeration. */
  valuesOf(type: MembersAt, is64Bit: boolean): readonly FrameworkMember[];
}

export interface MemberSource {
  readonly pool: TypePool;
  readonly shapes: Uint8Array;
  readonly names: string;
  readonly bodies: Uint8Array;
}

const kinds = ['field', 'constructor', 'method', 'property', 'event'] as const;

export function memberReader({ pool, shapes, names: text, bodies }: MemberSource): MemberReader {
  const [frequent = '', ...names] = text.split('\u0001');
  const starts = shapeStarts(shapes);
  const readingOf = ({ body, rare, self }: MembersAt): Reading => {
    let next = Number(frequent) + rare;
    return {
      cursor: new Varints(bodies, body),
      nameAt: (place) => names[place === 0 ? next++ : place - 1] ?? '',
      typeAt: (place) => (place === 0 ? self : pool(place - 1)),
    };
  };
  return {
    membersOf(type) {
      const reading = readingOf(type);
      const { cursor } = reading;
      const ofKinds = cursor
        .many(kinds.length)
        .flatMap((count, index) => Array.from({ length: count }, () => kinds[index] ?? 'field'));
      const named = ofKinds.map((kind) => ({
        kind,
        name: kind === 'constructor' ? '.ctor' : reading.nameAt(cursor.next()),
      }));
      return named.map((member): FrameworkMember => {
        const place = cursor.next();
        const { isConstant, ...shape } = readShape(
          place === 0 ? cursor : new Varints(shapes, starts[place - 1]),
          reading,
        );
        return { ...member, ...shape, ...(isConstant && { constant: readConstant(reading) }) };
      });
    },
    valuesOf(type, is64Bit) {
      const { cursor, nameAt } = readingOf(type);
      const count = cursor.next();
      const members = cursor.many(count).map(nameAt);
      let value = 0n;
      return members.map((name) => {
        value += cursor.signed();
        return { ...valueOfEnumeration, name, returns: type.self, constant: is64Bit ? value : Number(value) };
      });
    },
  };
}

interface Reading {
  readonly cursor: Varints;
  nameAt(place: number): string;
  typeAt(place: number): TypeRef;
}

function shapeStarts(shapes: Uint8Array): readonly number[] {
  const starts: number[] = [];
  for (const cursor = new Varints(shapes); !cursor.ended;) {
    starts.push(cursor.at);
    if ((cursor.next() & shapeFlags.isGeneric) !== 0) cursor.next();
    cursor.next();
    cursor.skip(cursor.next() * 2);
  }
  return starts;
}

const shapeFlags = {
  isStatic: 1,
  isProtected: 2,
  isVirtual: 4,
  isOverride: 8,
  isExtension: 16,
  hasParams: 32,
  isGeneric: 64,
  hasGetter: 128,
  hasSetter: 256,
  isConstant: 512,
} as const;

function readShape(cursor: Varints, { nameAt, typeAt }: Reading) {
  const flags = cursor.next();
  const has = (flag: keyof typeof shapeFlags): boolean => (flags & shapeFlags[flag]) !== 0;
  const arity = has('isGeneric') ? cursor.next() : 0;
  const returns = typeAt(cursor.next());
  const parameters = Array.from({ length: cursor.next() }, (): FrameworkParameter => {
    const name = nameAt(cursor.next());
    const type = cursor.next();
    return { name, type: typeAt(type >> 2), isOut: (type & 1) !== 0, isOptional: (type & 2) !== 0 };
  });
  return {
    isStatic: has('isStatic'),
    isProtected: has('isProtected'),
    isVirtual: has('isVirtual'),
    isOverride: has('isOverride'),
    isExtension: has('isExtension'),
    hasParams: has('hasParams'),
    hasGetter: has('hasGetter'),
    hasSetter: has('hasSetter'),
    isConstant: has('isConstant'),
    arity,
    returns,
    parameters,
  };
}

/** 0 null, 1 a whole number, and as text 2 a string, 3 a number of 64 bits, 4 any other number. */
function readConstant({ cursor, nameAt }: Reading): string | number | bigint | null {
  const kind = cursor.next();
  if (kind === 0) return null;
  if (kind === 1) return Number(cursor.signed());
  const text = nameAt(cursor.next());
  return kind === 2 ? text : kind === 3 ? BigInt(text) : Number(text);
}

const valueOfEnumeration = {
  kind: 'field',
  isStatic: true,
  isProtected: false,
  isVirtual: false,
  isOverride: false,
  isExtension: false,
  hasParams: false,
  hasGetter: false,
  hasSetter: false,
  arity: 0,
  parameters: [],
} as const;
