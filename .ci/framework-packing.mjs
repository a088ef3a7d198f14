// Packs what .ci/framework-members.mjs found. server/analysis/csharp/framework-table.ts reads it, and says how it is written.
import { deflateSync, strToU8 } from 'fflate';

const kinds = ['class', 'struct', 'interface', 'enum', 'delegate'];
const memberKinds = ['field', 'constructor', 'method', 'property', 'event'];
const variances = ['invariant', 'out', 'in'];
const byCodeUnits = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

export function packFramework(found) {
  const types = found
    .map((type) => ({ ...type, namespace: namespaceOf(type.name) }))
    .sort((a, b) => byCodeUnits(a.namespace, b.namespace) || byCodeUnits(a.name, b.name));
  const shapes = new Ranking(2);
  const pool = new TypePool(types);
  for (const type of types) {
    [type.base, type.underlying, ...type.interfaces].forEach((each) => each && pool.add(each, type));
    if (type.kind !== 'enum') for (const member of type.members) shapes.add(shapeOf(member, type));
  }
  const names = new Ranking(2);
  for (const type of types)
    for (const member of type.members) {
      if (member.kind !== 'constructor') names.add(member.name);
      const text = constantText(member.constant);
      if (type.kind !== 'enum' && text !== undefined) names.add(text);
    }
  for (const [shape, count] of shapes.counts) {
    const { returns, parameters, type } = JSON.parse(shape);
    for (const each of [returns, ...parameters.map((parameter) => parameter.type)]) pool.add(each, type);
    // What is said once is told where it is said: but not in what several members share.
    for (const { name } of parameters) names.add(name, count > 1 ? 2 : 1);
  }
  shapes.rank();
  names.rank();
  pool.rank();
  const assemblies = [...new Set(types.map(({ assembly }) => assembly))].sort(byCodeUnits);
  const writer = new TypeWriter(shapes, names, pool);
  const heads = new Varints();
  for (const type of types) writeHead(heads, type, assemblies, pool, writer.write(type));
  const poolBytes = pool.bytes;
  const sections = [
    strToU8(typeText(types, assemblies, pool)),
    heads.bytes,
    poolBytes,
    writer.shapes.bytes,
    strToU8([String(names.ranked.length), ...names.ranked, ...writer.rare].join('\u0001')),
    writer.bodies.bytes,
  ];
  const packed = sections.map((bytes) => deflateSync(bytes, { level: 9, mem: 12 }));
  const lengths = new Varints();
  for (const [index, bytes] of sections.entries()) lengths.write(packed[index].length, bytes.length);
  return Buffer.concat([lengths.bytes, ...packed]);
}

function namespaceOf(type) {
  const [outermost] = type.split('+', 1);
  return outermost.slice(0, Math.max(outermost.lastIndexOf('.'), 0));
}

function typeText(types, assemblies, pool) {
  const lines = [assemblies.join(' '), pool.others.join(' ')];
  let namespace;
  for (const type of types) {
    if (type.namespace !== namespace) lines.push(`@${(namespace = type.namespace)}`);
    lines.push(type.name.slice(namespace === '' ? 0 : namespace.length + 1));
  }
  return lines.join('\n');
}

function writeHead(heads, type, assemblies, pool, { length, rare }) {
  const hasExtensions = type.members.some(({ isExtension }) => isExtension);
  heads.write(
    kinds.indexOf(type.kind) |
      (type.isAbstract ? 8 : 0) |
      (type.isSealed ? 16 : 0) |
      (hasExtensions ? 32 : 0) |
      (type.typeParameters.length > 0 ? 64 : 0),
    assemblies.indexOf(type.assembly),
    type.base ? pool.indexOf(type.base) + 1 : 0,
    type.interfaces.length,
    ...type.interfaces.map((each) => pool.indexOf(each)),
  );
  if (type.typeParameters.length > 0)
    heads.write(type.typeParameters.length, ...type.typeParameters.map((each) => variances.indexOf(each)));
  if (type.underlying) heads.write(pool.indexOf(type.underlying));
  heads.write(length, rare);
}

/** All of a member but its name and value: many members have the same. */
function shapeOf(member, type) {
  const written = (each) => (isSelf(each, type) ? 'self' : each);
  const { kind, isStatic, isProtected, isVirtual, isOverride, isExtension, hasParams, hasGetter, hasSetter } = member;
  const arity = member.arity ?? 0;
  const flags = [
    ...[isStatic, isProtected, isVirtual, isOverride, isExtension, hasParams],
    ...[arity > 0, hasGetter, hasSetter, 'constant' in member],
  ].reduce((sum, flag, bit) => sum | (flag ? 1 << bit : 0), 0);
  const parameters = member.parameters.map(({ name, type, isOut, isOptional }) => ({
    name,
    type: written(type),
    flags: (isOut ? 1 : 0) | (isOptional ? 2 : 0),
  }));
  return JSON.stringify({
    kind: memberKinds.indexOf(kind),
    flags,
    arity,
    returns: written(member.returns),
    parameters,
  });
}

/** The type that has the member, with its own type parameters. */
function isSelf(each, type) {
  return (
    each.kind === 'named' &&
    each.name === type.name &&
    each.arguments.length === type.typeParameters.length &&
    each.arguments.every(({ kind, index }, at) => kind === 'typeParameter' && index === at)
  );
}

function constantText(constant) {
  if (typeof constant === 'string') return constant;
  if (typeof constant === 'bigint') return String(constant);
  return typeof constant === 'number' && !Number.isInteger(constant) ? String(constant) : undefined;
}

/** What is said `least` times or more, the most frequent first. */
class Ranking {
  counts = new Map();
  ranked = [];
  #places = new Map();
  #least;

  constructor(least) {
    this.#least = least;
  }

  add(key, times = 1) {
    this.counts.set(key, (this.counts.get(key) ?? 0) + times);
  }

  rank() {
    this.ranked = [...this.counts]
      .filter(([, count]) => count >= this.#least)
      .sort(([a, m], [b, n]) => n - m || byCodeUnits(a, b))
      .map(([key]) => key);
    this.#places = new Map(this.ranked.map((key, index) => [key, index]));
  }

  /** -1 for what is rarer. */
  indexOf(key) {
    return this.#places.get(key) ?? -1;
  }
}

class TypePool {
  others = [];
  #ranking = new Ranking(1);
  #numbers;

  constructor(types) {
    this.#numbers = new Map(types.map(({ name }, index) => [name, index]));
  }

  /** With the types it is made of. */
  add(type) {
    if (type === 'self') return;
    this.#ranking.add(JSON.stringify(type));
    for (const each of type.kind === 'named' ? type.arguments : [type.element ?? 'self']) this.add(each);
  }

  rank() {
    this.#ranking.rank();
  }

  indexOf(type) {
    return this.#ranking.indexOf(JSON.stringify(type));
  }

  get bytes() {
    const written = new Varints();
    for (const text of this.#ranking.ranked) this.#write(written, JSON.parse(text));
    return written.bytes;
  }

  #write(written, type) {
    switch (type.kind) {
      case 'named': {
        const number = this.#numberOf(type);
        if (type.arguments.length === 0) return written.write(number * 2);
        return written.write(1, number, type.arguments.length, ...type.arguments.map((each) => this.indexOf(each)));
      }
      case 'array':
        if (type.rank === 1) return written.write(3, this.indexOf(type.element));
        return written.write(5, type.rank, this.indexOf(type.element));
      case 'pointer':
        return written.write(7, this.indexOf(type.element));
      case 'byReference':
        return written.write(9, this.indexOf(type.element));
      case 'typeParameter':
        return written.write(11, type.index);
      case 'methodParameter':
        return written.write(13, type.index);
      default:
        throw new Error(`A public member has ${JSON.stringify(type)}`);
    }
  }

  #numberOf({ name, assembly }) {
    const number = this.#numbers.get(name);
    if (number !== undefined) return number;
    this.others.push(`${name},${assembly}`);
    this.#numbers.set(name, this.#numbers.size);
    return this.#numbers.get(name);
  }
}

class TypeWriter {
  bodies = new Varints();
  shapes = new Varints();
  rare = [];
  #shapes;
  #names;
  #pool;

  constructor(shapes, names, pool) {
    this.#shapes = shapes;
    this.#names = names;
    this.#pool = pool;
    for (const shape of shapes.ranked) this.#writeShape(this.shapes, JSON.parse(shape));
    if (this.rare.length > 0) throw new Error('A shape that is shared says a name that is not');
  }

  write(type) {
    const length = this.bodies.length;
    const rare = this.rare.length;
    if (type.kind === 'enum') this.#writeValues(type);
    else this.#writeMembers(type);
    return { length: this.bodies.length - length, rare: this.rare.length - rare };
  }

  /** How many, their names, and each value as the distance from the one before. */
  #writeValues({ members }) {
    this.bodies.write(members.length);
    for (const { name } of members) this.#writeName(this.bodies, name);
    let before = 0n;
    for (const { constant } of members) {
      this.bodies.write(zigzag(BigInt(constant) - before));
      before = BigInt(constant);
    }
  }

  #writeMembers(type) {
    const members = memberKinds.map((kind) => type.members.filter((member) => member.kind === kind));
    for (const { length } of members) this.bodies.write(length);
    for (const { kind, name } of members.flat()) if (kind !== 'constructor') this.#writeName(this.bodies, name);
    for (const member of members.flat()) {
      const shape = shapeOf(member, type);
      this.bodies.write(this.#shapes.indexOf(shape) + 1);
      if (this.#shapes.indexOf(shape) < 0) this.#writeShape(this.bodies, JSON.parse(shape));
      if ('constant' in member) this.#writeConstant(member.constant);
    }
  }

  #writeShape(written, { flags, arity, returns, parameters }) {
    written.write(flags, ...(arity > 0 ? [arity] : []), this.#typeAt(returns), parameters.length);
    for (const { name, type, flags } of parameters) {
      this.#writeName(written, name);
      written.write(this.#typeAt(type) * 4 + flags);
    }
  }

  #typeAt(type) {
    return type === 'self' ? 0 : this.#pool.indexOf(type) + 1;
  }

  #writeName(written, name) {
    if (name.includes('\u0001')) throw new Error(`A name or value holds what parts them: ${JSON.stringify(name)}`);
    const index = this.#names.indexOf(name);
    written.write(index + 1);
    if (index < 0) this.rare.push(name);
  }

  #writeConstant(constant) {
    const text = constantText(constant);
    if (constant === null) return this.bodies.write(0);
    if (text === undefined) return this.bodies.write(1, zigzag(BigInt(constant)));
    this.bodies.write(typeof constant === 'string' ? 2 : typeof constant === 'bigint' ? 3 : 4);
    this.#writeName(this.bodies, text);
  }
}

function zigzag(value) {
  return value < 0n ? -value * 2n - 1n : value * 2n;
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
class Varints {
  #bytes = [];

  get length() {
    return this.#bytes.length;
  }

  get bytes() {
    return Uint8Array.from(this.#bytes);
  }

  write(...values) {
    for (const value of values) {
      if (value < 0) throw new Error('What is asked for is not in the pool');
      let rest = BigInt(value);
      for (; rest >= 0x80n; rest >>= 7n) this.#bytes.push(Number(rest & 0x7fn) | 0x80);
      this.#bytes.push(Number(rest));
    }
  }
}
