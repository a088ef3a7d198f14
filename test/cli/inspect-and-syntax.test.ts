// inspect and syntax: the JSON that is relied on.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { sampleAssembly } from '../support/sample-assembly.js';
import { Folder } from '../support/command-line.js';

test('an assembly is the same in a script and in a file', (t) => {
  const bytes = sampleAssembly();
  const hex = Buffer.from(bytes).toString('hex');
  const folder = new Folder(t, {
    'a.dll': bytes,
    'a.sql': `\nCREATE ASSEMBLY Sample FROM 0x${hex}\nWITH PERMISSION_SET = SAFE;\n`,
  });
  const [inScript] = JSON.parse(folder.run('inspect', 'a.sql').out);
  const [inFile] = JSON.parse(folder.run('inspect', 'a.dll').out);
  assert.equal(inScript.line, 2);
  assert.equal(inScript.sqlName, 'Sample');
  assert.equal(inScript.permissionSet, 'SAFE');
  assert.equal(inScript.byteLength, bytes.length);
  assert.equal(inScript.sha512.toLowerCase(), createHash('sha512').update(bytes).digest('hex'));
  for (const key of ['name', 'version', 'runtime', 'flags', 'sha512', 'references', 'tables', 'pinvokes'])
    assert.deepEqual(inFile[key], inScript[key], key);
});

test('what a script holds is written byte for byte, each once, over nothing that is there', (t) => {
  const bytes = sampleAssembly();
  const hex = Buffer.from(bytes).toString('hex');
  // Where it ends, nothing of it is read: other bytes of the same name.
  const scripts = [hex, hex, `${hex}00`].map((digits, index) => `CREATE ASSEMBLY A${index} FROM 0x${digits};\nGO\n`);
  const folder = new Folder(t, { 'a.sql': scripts.join(''), 'out/deep/keep.txt': '' });
  const first = folder.run('inspect', 'a.sql', '--extract', 'out/deep');
  assert.equal(first.code, 0, first.err);
  assert.equal(JSON.parse(first.out).length, 3);
  assert.ok(folder.bytes('out/deep/Payroll.Calculation.dll').equals(bytes));
  const other = createHash('sha512').update(bytes).update('\0').digest('hex').slice(0, 8).toUpperCase();
  assert.equal(folder.bytes(`out/deep/Payroll.Calculation.${other}.dll`).length, bytes.length + 1);
  folder.write('out/deep/Payroll.Calculation.dll', 'mine');
  const again = folder.run('inspect', 'a.sql', '--extract', 'out/deep');
  assert.equal(again.code, 2);
  assert.match(again.err, /cannot write out.deep.Payroll\.Calculation\.dll: /);
  assert.equal(folder.text('out/deep/Payroll.Calculation.dll'), 'mine');
  assert.equal(folder.run('syntax', 'a.sql', '--extract', 'x').code, 2);
});

test('syntax names statements as ScriptDom does, by line and column', (t) => {
  const folder = new Folder(t, { 'a.sql': 'SELECT 1;\nGO\n  CREATE ASSEMBLY A FROM 0x00;\nDROP ASSEMBLY A;\n' });
  const { batches, errors } = JSON.parse(folder.run('syntax', 'a.sql').out);
  assert.deepEqual(errors, []);
  assert.deepEqual(
    batches[1].statements.map(({ kind, line, column }: Record<string, unknown>) => [kind, line, column]),
    [
      ['CreateAssemblyStatement', 3, 3],
      ['DropAssemblyStatement', 4, 1],
    ],
  );
});

test('an unfinished statement is an error at its place, and the next one is found', (t) => {
  const folder = new Folder(t, { 'a.sql': 'CREATE ASSEMBLY ;\nDROP ASSEMBLY A;\n' });
  const { batches, errors } = JSON.parse(folder.run('syntax', 'a.sql').out);
  assert.equal(errors[0].line, 1);
  assert.equal(batches[0].statements.at(-1).kind, 'DropAssemblyStatement');
});
