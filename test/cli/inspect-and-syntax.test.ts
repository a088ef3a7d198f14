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
