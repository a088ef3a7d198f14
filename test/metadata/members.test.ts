// What tokens of IL mean: test/assemblies/Calls.cs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Bytes } from '../../server/analysis/metadata/bytes.js';
import { lowerTypes } from '../../server/analysis/metadata/lower.js';
import type { Members, MethodToRead } from '../../server/analysis/metadata/members.js';
import { readPe } from '../../server/analysis/metadata/pe.js';
import { readMetadata } from '../../server/analysis/metadata/tables.js';

const pe = readPe(new Bytes(readFileSync('test/assemblies/Calls.dll')));
const asked: MethodToRead[] = [];
const { members, types } = read();

function read() {
  let members: Members | undefined;
  const { types } = lowerTypes(readMetadata(pe.metadata), pe, (given) => {
    members = given;
    return (method) => void asked.push(method);
  });
  assert.ok(members);
  return { members, types };
}

const box = types.find((type) => type.name === 'Calls.Box`1');
const uses = types.find((type) => type.name === 'Calls.Uses');
const string = { kind: 'named', name: 'System.String', assembly: 'mscorlib', arguments: [] };
const memberRef = 0x0a000000;

test('a body is read when it is asked for, and once', () => {
  const [method] = uses?.methods ?? [];
  assert.ok(method);
  assert.equal(JSON.stringify(method).includes('"body"'), false);
  assert.equal(asked.length, 0);
  void method.body;
  void method.body;
  assert.equal(asked.length, 1);
  assert.equal(asked[0]?.owner.method, method);
  assert.equal(asked[0]?.owner.type, uses);
  assert.equal(members.bodyAt(asked[0]?.rva ?? 0)?.u8(0), 0x0a, 'a tiny header of two bytes of code');
});

test('a method of a generic type of its own is found by name and signature', () => {
  const put = members.methodOf(memberRef + 8);
  assert.deepEqual(put?.type, { kind: 'named', name: 'Calls.Box`1', arguments: [string] });
  assert.deepEqual(put?.parameters[0], { kind: 'typeParameter', index: 0 });
  assert.equal(put?.definition?.type, box);
  assert.equal(
    put?.definition?.method,
    box?.methods.find((method) => method.parameters.length === 2),
  );
});

test('a generic method is given its arguments', () => {
  const as = members.methodOf(0x2b000001);
  assert.equal(as?.name, 'As');
  assert.deepEqual(
    as?.arguments.map((type) => type.kind === 'named' && type.name),
    ['System.Int32'],
  );
  assert.equal(as?.definition?.method.arity, 1);
});

test('a call with more arguments than are declared has them all', () => {
  const sum = members.methodOf(memberRef + 11);
  assert.equal(sum?.definition?.method.name, 'Sum');
  assert.equal(sum?.isStatic, true);
  assert.equal(sum?.parameters.length, 3);
});

test('a method of another assembly has no definition', () => {
  const toString = members.methodOf(memberRef + 15);
  assert.deepEqual(toString?.type, { kind: 'named', name: 'System.Object', assembly: 'mscorlib', arguments: [] });
  assert.equal(toString?.isStatic, false);
  assert.equal(toString?.definition, undefined);
});

test('fields are told from methods', () => {
  const content = members.fieldOf(memberRef + 12);
  assert.equal(content?.name, 'Content');
  assert.deepEqual(content?.fieldType, { kind: 'typeParameter', index: 0 });
  assert.equal(content?.definition?.field, box?.fields[0]);
  assert.equal(members.fieldOf(0x04000002)?.definition?.field, box?.fields[1]);
  assert.equal(members.methodOf(memberRef + 12), undefined);
  assert.equal(members.fieldOf(memberRef + 15), undefined);
});

test('locals say whether they are pinned', () => {
  assert.deepEqual(members.localsOf(0x11000001), [
    { type: { kind: 'named', name: 'Calls.Box`1', arguments: [string] }, pinned: false },
    {
      type: {
        kind: 'byReference',
        element: { kind: 'named', name: 'System.Byte', assembly: 'mscorlib', arguments: [] },
      },
      pinned: true,
    },
  ]);
});

test('strings are UTF-16, whole or not', () => {
  assert.equal(members.userString(0x70000001), 'text \u{1f600} \ud800');
  assert.equal(members.userString(0x70000015), 'three');
});

test('what leads nowhere is unknown', () => {
  for (const token of [0, 0x01ffffff, 0x02000000, 0x1b0000ff, 0x0a000000, 0x2b0000ff, 0x70ffffff, 0xff000001, -1]) {
    assert.equal(members.typeOf(token).kind, 'unknown');
    assert.equal(members.methodOf(token), undefined);
    assert.equal(members.fieldOf(token), undefined);
    assert.deepEqual(members.localsOf(token), []);
    assert.equal(members.callSiteOf(token), undefined);
    assert.equal(members.userString(token), undefined);
  }
  assert.equal(members.bodyAt(0), undefined);
  assert.equal(members.bodyAt(0x7fffffff), undefined);
});
