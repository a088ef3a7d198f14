// --fix and --baseline: what is written, and what is left alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';
import { Folder } from '../support/command-line.js';

const script = 'ALTER DATABASE [Löhne] SET TRUSTWORTHY ON;\r\n';
const mended = 'ALTER DATABASE [Löhne] SET TRUSTWORTHY OFF;\r\n';

test('a fix keeps the encoding, the mark and the ends of lines', (t) => {
  const folder = new Folder(t);
  for (const encode of [
    (text: string) => Buffer.from(text),
    (text: string) => Buffer.from(`\ufeff${text}`),
    (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'),
    (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  ]) {
    folder.write('a.sql', encode(script));
    const { code, err } = folder.run('a.sql', '--fix');
    assert.deepEqual({ code, err }, { code: 0, err: 'sqlclr-lint: 1 fix applied\n' });
    assert.ok(folder.bytes('a.sql').equals(encode(mended)));
  }
});

test('a line that a fix adds ends as the others do', (t) => {
  const folder = new Folder(t);
  for (const end of ['\r\n', '\n']) {
    folder.write('a.sql', ["EXEC sp_configure 'clr strict security', 1", 'GO', ''].join(end));
    folder.run('a.sql', '--fix');
    assert.equal(
      folder.text('a.sql'),
      ["EXEC sp_configure 'clr strict security', 1", 'RECONFIGURE', 'GO', ''].join(end),
    );
  }
});

test('a file in a code page is left as it is, and that is said', (t) => {
  const bytes = Buffer.from(script, 'latin1');
  const folder = new Folder(t, { 'a.sql': bytes });
  const { code, out, err } = folder.run('a.sql', '--fix');
  assert.equal(code, 2);
  assert.match(err, /not fixed: a\.sql: it is neither UTF-8 nor UTF-16\n.*0 fixes applied/);
  assert.match(out, /1 warning in 1 file/);
  assert.ok(folder.bytes('a.sql').equals(bytes));
});

test('a file with nothing to mend is not written', (t) => {
  const folder = new Folder(t, { 'a.sql': Buffer.from([0xff]) });
  assert.deepEqual(folder.run('a.sql', '--fix').err, 'sqlclr-lint: 0 fixes applied\n');
  assert.ok(folder.bytes('a.sql').equals(Buffer.from([0xff])));
});

test('fixes are applied until nothing is left, and mended text is stable', (t) => {
  const folder = new Folder(t, { 'a.sql': script.repeat(3), 'b.sql': 'CREATE ASSEMBLY A FROM 0x00;\n' });
  folder.run('.', '--fix');
  const once = [folder.text('a.sql'), folder.text('b.sql')];
  assert.equal(once[0], mended.repeat(3));
  folder.run('.', '--fix');
  assert.deepEqual([folder.text('a.sql'), folder.text('b.sql')], once);
  const workspace = new Workspace(nodePlatform);
  workspace.set('file:///a.sql', once[0] ?? '');
  assert.deepEqual(workspace.findings('file:///a.sql'), []);
});

test('a baseline hides what was there, also on another line, and nothing more', (t) => {
  const folder = new Folder(t, { 'a.sql': script });
  assert.equal(folder.run('a.sql', '--baseline', 'b.json', '--update-baseline').code, 0);
  assert.equal(folder.run('a.sql', '--baseline', 'b.json').code, 0);
  folder.write('a.sql', `-- moved\n${script}`);
  assert.equal(folder.run('a.sql', '--baseline', 'b.json').code, 0);
  folder.write('a.sql', script + script);
  assert.deepEqual(folder.places('a.sql', '--baseline', 'b.json'), ['a.sql:2:28 trustworthy-database']);
});

test('an entry that nothing answers to is reported', (t) => {
  const folder = new Folder(t, { 'a.sql': script });
  folder.run('a.sql', '--baseline', 'b.json', '--update-baseline');
  folder.write('a.sql', mended);
  const { code, err } = folder.run('a.sql', '--baseline', 'b.json');
  assert.equal(code, 0);
  assert.match(err, /lists what is not found any more: a\.sql: trustworthy-database/);
});

test('what is no baseline is refused', (t) => {
  const folder = new Folder(t, { 'a.sql': script });
  for (const text of ['', '[]', '{"findings":[{}]}', '{"findings":[1]}']) {
    folder.write('b.json', text);
    assert.equal(folder.run('a.sql', '--baseline', 'b.json').code, 2, text);
  }
});
