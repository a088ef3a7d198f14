// sqlclr-lint trust: the script, what is said beside it, and the exit code.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { Folder } from '../support/command-line.js';
import { sampleAssembly } from '../support/sample-assembly.js';

const hex = Buffer.from(sampleAssembly()).toString('hex');
const hash = createHash('sha512').update(sampleAssembly()).digest('hex').toUpperCase();
const install = `CREATE ASSEMBLY Sample FROM 0x${hex} WITH PERMISSION_SET = SAFE;\n`;

test('by hash, and with the script nothing is left to do', (t) => {
  const folder = new Folder(t, { 'install.sql': install });
  const first = folder.run('trust', '.', '--with', 'hash', '--output', 'trust.sql');
  assert.equal(first.code, 0);
  assert.equal(first.out, '');
  const script = folder.text('trust.sql');
  assert.ok(script.includes(`EXEC sys.sp_add_trusted_assembly 0x${hash}`));
  assert.match(script, /^-- +EXEC sys\.sp_drop_trusted_assembly/m);
  const again = folder.run('trust', '.', '--with', 'hash');
  assert.equal(again.out, '');
  assert.match(again.err, /Sample is trusted already/);
});

test('what cannot be trusted as asked is said, and fails', (t) => {
  const folder = new Folder(t, { 'install.sql': install });
  const { code, out, err } = folder.run('trust', 'install.sql', '--with', 'key');
  assert.equal(code, 1);
  assert.equal(out, '');
  assert.match(err, /Sample: it has no strong name/);
});

test('of what nobody signed the hash, and why it is no more than that', (t) => {
  const folder = new Folder(t, { 'install.sql': install });
  const { code, out, err } = folder.run('trust', 'install.sql');
  assert.deepEqual({ code, err }, { code: 0, err: '' });
  assert.match(out, /-- Trusts the very bytes of Sample: it has no strong name: sign it/);
  assert.ok(out.includes(`EXEC sys.sp_add_trusted_assembly 0x${hash}`));
});

test('a way that there is not, and no path', (t) => {
  const folder = new Folder(t, { 'install.sql': install });
  assert.match(
    folder.run('trust', 'install.sql', '--with', 'trustworthy').err,
    /--with is best, certificate, key, hash/,
  );
  assert.equal(folder.run('trust').code, 2);
});

test('of a file that cannot be read it is told, and the rest is done', (t) => {
  const folder = new Folder(t, { 'install.sql': install });
  const { code, out, err } = folder.run('trust', 'install.sql', 'gone.sql', '--with', 'hash');
  assert.equal(code, 2);
  assert.match(err, /cannot read gone\.sql/);
  assert.match(out, /sp_add_trusted_assembly/);
});
