// Bytes of IL as instructions: what operands mean, and what cannot be read.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { MethodDef } from '../../server/analysis/code/model.js';
import { Bytes } from '../../server/analysis/metadata/bytes.js';
import { disassemble, type Disassembly, type OperandNames } from '../../server/analysis/metadata/disassemble.js';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { nodePlatform } from '../../server/platform/node.js';

const { image } = readAssembly(readFileSync('test/assemblies/Calls.dll'), nodePlatform);
assert.ok(image);
const uses = image.code.types.find(({ name }) => name === 'Calls.Uses');
const everything = uses?.methods.find(({ name }) => name === 'Everything');
assert.ok(uses && everything);

/** Tokens lead nowhere. */
const nowhere: OperandNames = {
  members: {
    typeOf: () => ({ kind: 'unknown' }),
    methodOf: () => undefined,
    fieldOf: () => undefined,
    localsOf: () => [],
    callSiteOf: () => undefined,
    userString: () => undefined,
    bodyAt: () => undefined,
  },
  typeNamed: () => undefined,
  known: new Map(),
};

function tiny(method: MethodDef, ...code: readonly number[]): Disassembly {
  return disassemble(new Bytes(Uint8Array.of((code.length << 2) | 2, ...code)), method, nowhere);
}

/** Members of the model are getters: they are not copied. */
function changed(by: Partial<MethodDef>): MethodDef {
  const { name, parameters, place, implementation } = everything as MethodDef;
  return { ...(everything as MethodDef), name, parameters, place, implementation, ...by };
}

const lines = ({ instructions }: Disassembly): readonly string[] =>
  instructions.map(({ mnemonic, operand }) => (operand === '' ? mnemonic : `${mnemonic} ${operand}`));

test('operands say what they mean, and lead to the assembly’s own members', () => {
  const il = image.disassemble(everything);
  assert.ok(il);
  assert.deepEqual(lines(il).slice(0, 6), [
    'newobj void Calls.Box`1<string>::.ctor()',
    'stloc.0',
    'ldloc.0',
    'ldstr "text 😀 \\uD800"',
    'ldc.i4.2',
    'callvirt void Calls.Box`1<string>::Put(!0, int32)',
  ]);
  const put = il.instructions[5]?.target;
  assert.equal(put && 'name' in put && put.name, 'Put');
  assert.deepEqual(
    il.locals.map(({ pinned }) => pinned),
    [false, true],
  );
  assert.equal(il.codeLength, 130);
});

test('what has no IL has no instructions', () => {
  assert.equal(image.disassemble(changed({ place: { kind: 'image', token: 0x06ffffff } })), undefined);
  assert.equal(image.disassemble(changed({ implementation: 'native' })), undefined);
});

test('variables have the names of parameters, branches the labels they go to', () => {
  assert.deepEqual(lines(tiny(everything, 0x0e, 0, 0x0e, 1, 0x0e, 9, 0x11, 3, 0x2b, 0xfe, 0x2b, 0x80)), [
    'ldarg.s bytes',
    'ldarg.s length',
    'ldarg.s A_9',
    'ldloc.s V_3',
    'br.s IL_0008',
    'br.s IL_-74',
  ]);
  assert.deepEqual(lines(tiny(changed({ isStatic: false }), 0x0e, 0, 0x0e, 1)), ['ldarg.s this', 'ldarg.s bytes']);
  assert.deepEqual(lines(tiny(everything, 0x45, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0)), ['switch (IL_000d, IL_000e)']);
});

test('a token that leads nowhere is a number', () => {
  assert.deepEqual(lines(tiny(everything, 0x28, 1, 0, 0, 0x0a, 0x72, 1, 0, 0, 0x70, 0xd0, 9, 0, 0, 2)), [
    'call 0x0A000001',
    'ldstr 0x70000001',
    'ldtoken 0x02000009',
  ]);
});

test('numbers are written as they are', () => {
  assert.deepEqual(lines(tiny(everything, 0x1f, 0xff, 0x22, 0, 0, 0, 0x80, 0x22, 0, 0, 0xc0, 0x7f)), [
    'ldc.i4.s -1',
    'ldc.r4 -0',
    'ldc.r4 NaN',
  ]);
});

test('what cannot be read ends it, and it is said why', () => {
  const broken = tiny(everything, 0x00, 0x24, 0x00);
  assert.deepEqual(lines(broken), ['nop']);
  assert.match(broken.error ?? '', /no instruction 0x24/);
  assert.match(tiny(everything, 0x28, 1).error ?? '', /ends before/);
  assert.match(disassemble(new Bytes(Uint8Array.of(0)), everything, nowhere).error ?? '', /header of no known form/);
});
