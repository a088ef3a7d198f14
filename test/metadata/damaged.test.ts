// Images no compiler writes: parts that cannot be read, tables that only edit and continue has, and what is made to be read for hours.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AssemblyImage } from '../../server/analysis/metadata/assembly.js';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { nodePlatform } from '../../server/platform/node.js';
import { buildImage, codeRva, Heap, type ImagePlan } from '../support/image-builder.js';
import { readWhole } from '../support/read-whole.js';

type Rows = ImagePlan['rows'];

const outside = 0xffffff;

/** An assembly of nothing but rows; the heaps are the test's. */
function read(strings: Heap, blobs: Heap, rows: Rows, rest: Partial<ImagePlan> = {}) {
  const plan: ImagePlan = {
    ...rest,
    strings: strings.written(),
    blobs: blobs.written(),
    rows: {
      Module: [[0, strings.name('built.dll')]],
      Assembly: [[0, 1, 2, 3, 4, 0, 0, strings.name('Built'), 0]],
      ...rows,
    },
  };
  return readAssembly(buildImage({ ...plan, strings: strings.written() }), nodePlatform);
}

function imageOf(read: { readonly image?: AssemblyImage }): AssemblyImage {
  assert.ok(read.image);
  return read.image;
}

const field = [0x06, 0x08];
const noArguments = [0x20, 0x00, 0x01];

test('a built image is read', () => {
  const strings = new Heap();
  const { image, errors } = read(strings, new Heap(), {});
  assert.deepEqual(errors, []);
  assert.deepEqual(image?.code.identity, { name: 'Built', version: '1.2.3.4', culture: '' });
  assert.equal(image.module.name, 'built.dll');
});

test('a bad signature is unknown, a bad name empty, and the rest is read', () => {
  const strings = new Heap();
  const blobs = new Heap();
  const good = blobs.blob(field);
  const rows: Rows = {
    TypeDef: [
      [0, strings.name('<Module>'), 0, 0, 1, 1],
      [1, strings.name('Type'), strings.name('Some'), 0, 1, 1],
    ],
    Field: [
      [6, strings.name('good'), good],
      [6, strings.name('truncated'), blobs.blob([0x06])],
      [6, strings.name('outside'), outside],
      [6, strings.name('method'), blobs.blob(noArguments)],
      [6, outside, good],
    ],
    MethodDef: [[0, 0, 6, strings.name('Bad'), outside, 1]],
    MethodImpl: [[2, 1 << 1, (99 << 1) | 1]],
    CustomAttribute: [[(2 << 5) | 3, (77 << 3) | 3, outside]],
    DeclSecurity: [[2, 2 << 2, outside]],
    InterfaceImpl: [[2, (88 << 2) | 1]],
    Constant: [[0x0e, 1 << 2, outside]],
    ImplMap: [[0, (1 << 1) | 1, outside, 55]],
    NestedClass: [[2, 66]],
  };
  const { image, errors } = read(strings, blobs, rows);
  assert.deepEqual(errors, []);
  const type = image?.code.types[1];
  assert.equal(type?.name, 'Some.Type');
  assert.deepEqual(
    type.fields.map(({ name, type: of }) => [name, of.kind]),
    [
      ['good', 'named'],
      ['truncated', 'unknown'],
      ['outside', 'unknown'],
      ['method', 'unknown'],
      ['', 'named'],
    ],
  );
  assert.deepEqual(type.interfaces, [{ kind: 'unknown' }]);
  assert.deepEqual(
    type.attributes.map(({ type: of, arguments: given }) => [of, given]),
    [['', []]],
  );
  assert.deepEqual(
    type.security.map(({ action, permissions }) => [action, permissions]),
    [['Demand', []]],
  );
  assert.equal(type.fields[0]?.constant, undefined);
  const [method] = type.methods;
  assert.equal(method?.returns.kind, 'unknown');
  assert.deepEqual(method.parameters, []);
  assert.deepEqual(method.import, { library: '', name: '' });
  assert.deepEqual(method.overrides, []);
});

test('a part of the manifest that cannot be read is an error beside the image', () => {
  const strings = new Heap();
  const { image, errors } = read(strings, new Heap(), {
    Assembly: [[0, 1, 2, 3, 4, 0, outside, strings.name('Named'), outside]],
    AssemblyRef: [[4, 0, 0, 0, 0, 0, outside, 0, 0]],
  });
  assert.equal(image?.code.identity.name, 'Named');
  assert.equal(image.code.identity.culture, '');
  assert.equal(image.code.references[0]?.version, '4.0.0.0');
  assert.deepEqual(
    errors.map(({ kind }) => kind),
    ['truncated', 'truncated', 'truncated'],
  );
});

test('lists that lead through pointer tables are followed, and types own their members', () => {
  const strings = new Heap();
  const blobs = new Heap();
  const signature = blobs.blob([0x00, 0x02, 0x01, 0x08, 0x0e]);
  const { image } = read(
    strings,
    blobs,
    {
      TypeDef: [
        [0, strings.name('A'), 0, 0, 1, 1],
        [0, strings.name('B'), 0, 0, 2, 2],
      ],
      FieldPtr: [[2], [1]],
      Field: [
        [6, strings.name('ofB'), blobs.blob(field)],
        [6, strings.name('ofA'), blobs.blob(field)],
      ],
      MethodPtr: [[3], [1], [2], [99]],
      MethodDef: [
        [0, 0, 6, strings.name('M1'), signature, 1],
        [0, 0, 6, strings.name('M2'), signature, 1],
        [0, 0, 6, strings.name('M3'), signature, 3],
      ],
      ParamPtr: [[2], [1]],
      Param: [
        [0, 2, strings.name('second')],
        [0, 1, strings.name('first')],
      ],
      PropertyMap: [[1, 1]],
      PropertyPtr: [[1]],
      Property: [[0, strings.name('P'), blobs.blob([0x28, 0x00, 0x08])]],
      CustomAttribute: [[(1 << 5) | 3, (1 << 3) | 2, 0]],
    },
    { stream: '#-' },
  );
  const members = image?.code.types.map(({ name, fields, methods, properties }) => [
    name,
    fields.map((one) => one.name),
    methods.map((one) => one.name),
    properties.map((one) => one.name),
  ]);
  assert.deepEqual(members, [
    ['A', ['ofA'], ['M3'], ['P']],
    ['B', ['ofB'], ['M1', 'M2'], []],
  ]);
  const parameters = image?.code.types[1]?.methods.map((method) => method.parameters.map((one) => one.name));
  assert.deepEqual(parameters, [
    ['arg0', 'arg1'],
    ['first', 'second'],
  ]);
  assert.equal(image?.code.types[0]?.attributes[0]?.type, 'B', 'the constructor is M1, which B has');
});

test('rows out of order are found as well', () => {
  const strings = new Heap();
  const { image } = read(strings, new Heap(), {
    TypeRef: [
      [(1 << 2) | 2, strings.name('I'), 0],
      [(1 << 2) | 2, strings.name('J'), 0],
    ],
    AssemblyRef: [[4, 0, 0, 0, 0, 0, strings.name('lib'), 0, 0]],
    TypeDef: [
      [0, strings.name('A'), 0, 0, 1, 1],
      [0, strings.name('B'), 0, 0, 1, 1],
    ],
    InterfaceImpl: [
      [2, (2 << 2) | 1],
      [1, (1 << 2) | 1],
      [2, (1 << 2) | 1],
    ],
  });
  assert.deepEqual(
    image?.code.types.map(({ interfaces }) => interfaces.map((one) => one.kind === 'named' && one.name)),
    [['I'], ['J', 'I']],
  );
});

test('types that lie in themselves, and lists that go backwards, end', () => {
  const strings = new Heap();
  const blobs = new Heap();
  const { image } = read(strings, blobs, {
    TypeRef: [[(1 << 2) | 3, strings.name('R'), 0]],
    TypeSpec: [[blobs.blob([0x1d, 0x12, (1 << 2) | 2])]],
    TypeDef: [
      [2, strings.name('A'), 0, (1 << 2) | 1, 3, 1],
      [2, strings.name('B'), 0, (1 << 2) | 2, 1, 1],
      [2, strings.name('C'), 0, 3 << 2, 2, 1],
    ],
    Field: [
      [6, strings.name('f'), blobs.blob(field)],
      [6, strings.name('g'), blobs.blob(field)],
      [6, strings.name('h'), blobs.blob(field)],
    ],
    NestedClass: [
      [1, 2],
      [2, 1],
      [3, 3],
    ],
  });
  const types = imageOf({ ...(image && { image }) }).code.types;
  assert.equal(types.flatMap((type) => type.fields).length, 1);
  assert.equal(types[0]?.isPublic, false);
  assert.deepEqual(types[1]?.base, { kind: 'array', element: { kind: 'unknown' }, rank: 1 });
  assert.ok(types.every((type) => type.name.length < 1000));
});

test('a certificate has to lie in the file', () => {
  const image = buildImage({ rows: { Module: [[0]], Assembly: [[0]] } });
  const directory = 0x98 + 96 + 4 * 8;
  const signed = (offset: number, size: number, length: number, type: number): boolean => {
    const bytes = new Uint8Array(image.length + 16);
    bytes.set(image);
    const view = new DataView(bytes.buffer);
    view.setUint32(directory, offset, true);
    view.setUint32(directory + 4, size, true);
    view.setUint32(image.length, length, true);
    view.setUint16(image.length + 4, 0x200, true);
    view.setUint16(image.length + 6, type, true);
    return imageOf(readAssembly(bytes, nodePlatform)).authenticode !== undefined;
  };
  assert.ok(signed(image.length, 16, 16, 2));
  assert.ok(!signed(0, 0, 16, 2));
  assert.ok(!signed(image.length, 17, 16, 2), 'behind the end');
  assert.ok(!signed(0xfffffff0, 16, 16, 2));
  assert.ok(!signed(image.length, 16, 99, 2), 'longer than its room');
  assert.ok(!signed(image.length, 16, 16, 1), 'no PKCS #7');
});

/** Milliseconds to read all of it; a second a megabyte is far more than it takes, and far less than without a budget. */
function timeOf(strings: Heap, blobs: Heap, rows: Rows): number {
  const start = performance.now();
  const { image } = read(strings, blobs, rows);
  readWhole(imageOf({ ...(image && { image }) }).code.types);
  return performance.now() - start;
}

const many = 60_000;
const repeated = (row: readonly number[]): (readonly number[])[] => Array.from({ length: many }, () => row);
const megabyte = 1 << 20;

test('tens of thousands of attributes of the same large value', () => {
  const strings = new Heap();
  const blobs = new Heap();
  const value = new Uint8Array(megabyte).fill(1);
  value.set([1, 0, 0xf0, 0xff, 0x0f, 0]);
  const rows: Rows = {
    TypeDef: [[0, strings.name('A'), 0, 0, 1, 1]],
    MethodDef: [[0, 0, 6, strings.name('.ctor'), blobs.blob([0x20, 0x01, 0x01, 0x1d, 0x05]), 1]],
    CustomAttribute: repeated([(1 << 5) | 3, (1 << 3) | 2, blobs.blob(value)]),
  };
  assert.ok(timeOf(strings, blobs, rows) < 10_000);
});

test('methods with the same tens of thousands of parameters', () => {
  const strings = new Heap();
  const blobs = new Heap();
  const signature = blobs.blob([0x00, 0xc0, 0x00, 0xf0, 0x00, 0x01, ...new Array<number>(0xf000).fill(0x08)]);
  const rows: Rows = {
    TypeDef: [[0, strings.name('A'), 0, 0, 1, 1]],
    MethodDef: repeated([0, 0, 6, strings.name('M'), signature, 1]),
  };
  assert.ok(timeOf(strings, blobs, rows) < 10_000);
});

test('signatures that each begin one byte further into the same megabyte', () => {
  const strings = new Heap();
  const blobs = new Heap();
  const start = blobs.blob(new Uint8Array(megabyte).fill(0x06));
  const rows: Rows = {
    TypeDef: [[0, strings.name('A'), 0, 0, 1, 1]],
    Field: repeated([6, strings.name('F'), 0]).map(([flags = 0, name = 0], index) => [flags, name, start + 5 + index]),
    CustomAttribute: repeated([]).map((_, index) => [((index + 1) << 5) | 1, (1 << 3) | 2, start + 5 + index]),
    MethodDef: [[0, 0, 6, strings.name('.ctor'), blobs.blob([0x20, 0x01, 0x01, 0x0e]), 1]],
  };
  assert.ok(timeOf(strings, blobs, rows) < 10_000);
});

test('names that each begin one byte further into the same megabyte, in types that lie in one another', () => {
  const strings = new Heap();
  const start = strings.name('é'.repeat(megabyte / 2));
  const rows: Rows = {
    TypeDef: repeated([]).map((_, index) => [0, start + index, start + index, 0, 1, 1]),
    NestedClass: repeated([]).map((_, index) => [index + 1, index + 2]),
  };
  assert.ok(timeOf(strings, new Heap(), rows) < 10_000);
});

test('methods that all have the same megabytes of code', () => {
  const strings = new Heap();
  const blobs = new Heap();
  const code = new Uint8Array(megabyte);
  code.set([0x03, 0x30, 8, 0, 0xf0, 0xff, 0x0f, 0]);
  const signature = blobs.blob([0x00, 0x00, 0x01]);
  const start = performance.now();
  const { image } = read(
    strings,
    blobs,
    {
      TypeDef: [[0, strings.name('A'), 0, 0, 1, 1]],
      MethodDef: repeated([codeRva, 0, 0x16, strings.name('M'), signature, 1]),
    },
    { code },
  );
  const bodies = (image?.code.types[0]?.methods ?? []).map((method) => method.body);
  assert.equal(bodies[0]?.unknown.length, 0);
  assert.equal(bodies.at(-1)?.unknown.length, 1, 'too much is said to be so');
  assert.ok(performance.now() - start < 10_000);
});

test('types that each derive from the next', () => {
  const strings = new Heap();
  const { image } = read(strings, new Heap(), {
    TypeDef: Array.from({ length: 20_000 }, (_, index) => [0, strings.name(`T${index}`), 0, (index + 2) << 2, 1, 1]),
  });
  const start = performance.now();
  assert.ok(image?.code.graph.findType('T0'));
  assert.ok(performance.now() - start < 10_000);
});
