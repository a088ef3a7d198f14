// What the command line reads: encodings, folders, ignored files, configuration.
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findEncoding } from '../../server/files/code-page.js';
import { Folder } from '../support/command-line.js';

const script = 'ALTER DATABASE [Löhne] SET TRUSTWORTHY ON;\n';
const found = 'TRUSTWORTHY is ON for database Löhne';

const encodings: readonly (readonly [name: string, bytes: Buffer, args: readonly string[]])[] = [
  ['UTF-8', Buffer.from(script), []],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${script}`), []],
  ['UTF-16 LE', Buffer.from(`\ufeff${script}`, 'utf16le'), []],
  ['UTF-16 BE', Buffer.from(`\ufeff${script}`, 'utf16le').swap16(), []],
  ['Windows 1252, unasked', Buffer.from(script, 'latin1'), []],
  ['Windows 1252 by number', Buffer.from(script, 'latin1'), ['--code-page', '1252']],
];

test('every encoding gives the same text and the same columns', (t) => {
  const folder = new Folder(t);
  for (const [name, bytes, args] of encodings) {
    folder.write('a.sql', bytes);
    const [finding] = folder.json('a.sql', ...args);
    assert.deepEqual([finding?.message, finding?.line, finding?.column], [found, 1, 28], name);
  }
});

test('a code page by option, or by configuration', (t) => {
  // ALTER DATABASE [工资] in GBK.
  const bytes = Buffer.concat([
    Buffer.from('ALTER DATABASE ['),
    Buffer.from([0xb9, 0xa4, 0xd7, 0xca]),
    Buffer.from('] SET TRUSTWORTHY ON;'),
  ]);
  const folder = new Folder(t, { 'a.sql': bytes, 'b/a.sql': bytes, 'b/sqlclr-lint.json': '{ "codePage": "936" }' });
  assert.match(folder.json('a.sql', '--code-page', 'gbk')[0]?.message ?? '', /工资$/);
  assert.match(folder.json('b/a.sql')[0]?.message ?? '', /工资$/);
});

test('code pages have names and numbers', () => {
  for (const [name, encoding] of [
    ['1252', 'windows-1252'],
    ['cp1251', 'windows-1251'],
    ['936', 'gbk'],
    ['65001', 'utf-8'],
    ['shift_jis', 'shift_jis'],
  ] as const)
    assert.equal(findEncoding(name), encoding);
  for (const name of ['37', '500', '', 'utf-7', 'x']) assert.equal(findEncoding(name), undefined);
});

test('a folder is read in the order of its paths, without output and ignored files', (t) => {
  const folder = new Folder(t, {
    'b.sql': script,
    'a/z.sql': script,
    'a/.gitignore': 'left.sql\n',
    'a/left.sql': script,
    'bin/out.sql': script,
    'obj/out.sql': script,
    'node_modules/p/x.sql': script,
    '.git/x.sql': script,
    'notes.txt': script,
  });
  const files = (...args: readonly string[]): readonly string[] => folder.json(...args).map(({ file }) => file);
  assert.deepEqual(files('.'), ['a/z.sql', 'b.sql']);
  assert.deepEqual(files('bin', 'a/left.sql'), ['bin/out.sql', 'a/left.sql']);
  assert.deepEqual(files('b.sql', 'b.sql', '.'), ['b.sql', 'a/z.sql']);
});

test('links neither loop nor lead outside', (t) => {
  const folder = new Folder(t, { 'outside.sql': script, 'in/a.sql': script });
  mkdirSync(join(folder.path, 'in/deep'));
  symlinkSync('..', join(folder.path, 'in/deep/up'));
  symlinkSync('../outside.sql', join(folder.path, 'in/link.sql'));
  assert.deepEqual(folder.places('in'), ['in/a.sql:1:28 trustworthy-database']);
});

test('a file with a hostile name is printed, not obeyed', (t) => {
  const folder = new Folder(t, { 'a\u001b[31m\n\u202e.sql': script });
  const { out } = folder.run('.');
  assert.match(out, /^a\\u001b\[31m\\u000a\\u202e\.sql:1:28 warning/);
  assert.equal(folder.run('.', '--format', 'github').out.split('\n').length, 2);
});

test('any bytes are read', (t) => {
  const folder = new Folder(t, {
    'empty.sql': '',
    'mark.sql': Buffer.from([0xff, 0xfe]),
    'odd.sql': Buffer.from([0xff, 0xfe, 0x41]),
    'all.sql': Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
    'short.dll': Buffer.from('MZ'),
  });
  const { code, err } = folder.run('.', '--fail-on', 'never');
  assert.deepEqual({ code, err }, { code: 0, err: '' });
});

test('the configuration above is used, and the command line outranks it', (t) => {
  const folder = new Folder(t, {
    'sqlclr-lint.json': '// ours\n{ "rules": { "trustworthy-database": "error", }, }',
    'a/b/x.sql': script,
    'other.json': '{ "rules": { "trustworthy-database": "off" } }',
  });
  const severity = (...args: readonly string[]): string | undefined => folder.json('a/b/x.sql', ...args)[0]?.severity;
  assert.equal(severity(), 'error');
  assert.equal(severity('--config', 'other.json'), undefined);
  assert.equal(severity('--severity', 'trustworthy-database=hint'), 'hint');
});

test('a mistake in the configuration is told by name and line, and nothing is linted', (t) => {
  const folder = new Folder(t, { 'x.sql': script, 'sqlclr-lint.json': '{\n  "extends": "./base.json"\n}' });
  const refused = (says: RegExp): void => {
    const { code, out, err } = folder.run('x.sql');
    assert.deepEqual({ code, out }, { code: 2, out: '' });
    assert.match(err, says);
  };
  refused(/sqlclr-lint\.json:2: \.\/base\.json cannot be read/);
  folder.write('base.json', '{\n\n"target": "oracle" }');
  refused(/base\.json:3: target is sql-server-2005, /);
  folder.write('base.json', '{ "codePage": "ebcdic" }');
  refused(/base\.json:1: codePage names no encoding known here: "ebcdic"/);
});

test('what a configuration leaves out is not read, unless it is named', (t) => {
  const folder = new Folder(t, {
    'sqlclr-lint.json': '{ "extends": "strict", "ignore": ["old/", "*.gen.sql"] }',
    'a.sql': script,
    'a.gen.sql': script,
    'old/deep/a.sql': script,
  });
  const seen = (...args: readonly string[]): readonly string[] =>
    folder.json(...args).map(({ file, severity }) => `${file} ${severity}`);
  assert.deepEqual(seen('.'), ['a.sql error']);
  assert.deepEqual(seen('old/deep/a.sql', '--severity', 'trust*=downgrade'), ['old/deep/a.sql warning']);
});

test('project files are read with what they compile, in folders and by name', (t) => {
  const project =
    '<Project>\n<PropertyGroup><Trustworthy>True</Trustworthy><PermissionSet>UNSAFE</PermissionSet></PropertyGroup>\n' +
    '<ItemGroup><Compile Include="Pay.cs" /></ItemGroup>\n</Project>\n';
  const folder = new Folder(t, {
    'Db/Payroll.sqlproj': `\ufeff${project}`,
    'Db/Pay.cs': 'class Pay { string sql = "ALTER DATABASE x SET TRUSTWORTHY ON"; }',
    'Db/.gitignore': 'Old.csproj\n',
    'Db/Old.csproj': project,
  });
  const found = ['Db/Payroll.sqlproj:2:29 trustworthy-database', 'Db/Payroll.sqlproj:2:62 unsafe-permission-set'];
  assert.deepEqual(folder.places('.'), found);
  assert.deepEqual(folder.places('Db/Payroll.sqlproj', 'Db/Pay.cs'), found);
  assert.match(folder.run('lint', '.', '--fix').err, /1 fix applied/);
  assert.equal(folder.text('Db/Payroll.sqlproj'), `\ufeff${project.replace('True', 'False')}`);
});

test('what a project imports is read in folders, mended where it is written, and of no use by itself', (t) => {
  const props =
    '<Project><PropertyGroup><Trustworthy>True</Trustworthy></PropertyGroup>' +
    '<PropertyGroup><PermissionSet>UNSAFE</PermissionSet></PropertyGroup></Project>\n';
  const folder = new Folder(t, {
    'Directory.Build.props': props,
    'Tax/Tax.sqlproj':
      '<Project Sdk="Microsoft.Build.Sql"><ItemGroup><Compile Include="Tax.cs" /></ItemGroup></Project>\n',
    'Pay/Pay.sqlproj':
      '<Project Sdk="Microsoft.Build.Sql"><ItemGroup><Compile Include="Pay.cs" /></ItemGroup></Project>\n',
  });
  assert.deepEqual(folder.places('.'), [
    'Directory.Build.props:1:38 trustworthy-database',
    'Directory.Build.props:1:102 unsafe-permission-set',
    'Directory.Build.props:1:102 unsafe-permission-set',
    'Pay/Pay.sqlproj:1:15 unpackaged-assembly',
    'Tax/Tax.sqlproj:1:15 unpackaged-assembly',
  ]);
  assert.deepEqual(folder.places('Directory.Build.props'), []);
  assert.match(folder.run('lint', '.', '--fix').err, /1 fix applied/);
  assert.equal(folder.text('Directory.Build.props'), props.replace('True', 'False'));
});
