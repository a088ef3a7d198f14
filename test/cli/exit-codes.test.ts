// What the command line answers a shell: exit codes, options, and what is wrong in words.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseCommand, UsageError } from '../../server/cli/arguments.js';
import { findConfiguration } from '../../server/cli/configuration.js';
import { readInputFiles } from '../../server/cli/read.js';
import { Folder } from '../support/command-line.js';

const clean = 'SELECT 1;\n';
const warned = 'ALTER DATABASE Payroll SET TRUSTWORTHY ON;\n';
const rule = 'trustworthy-database';

test('0 clean, 1 with findings, lint is the default command', (t) => {
  const folder = new Folder(t, { 'clean.sql': clean, 'warned.sql': warned });
  assert.deepEqual(folder.run('clean.sql'), { code: 0, out: 'Nothing found in 1 file\n', err: '' });
  assert.equal(folder.run('warned.sql').code, 1);
  assert.equal(folder.run('lint', 'warned.sql').out, folder.run('warned.sql').out);
});

test('the fail level decides, and a limit on warnings stands for it', (t) => {
  const folder = new Folder(t, { 'warned.sql': warned });
  const code = (...args: readonly string[]): number | null => folder.run('warned.sql', ...args).code;
  assert.equal(code('--fail-on', 'error'), 0);
  assert.equal(code('--fail-on', 'information'), 1);
  assert.equal(code('--fail-on', 'never'), 0);
  assert.equal(code('--max-warnings', '1'), 0);
  assert.equal(code('--max-warnings', '0'), 1);
  assert.equal(code('--severity', `${rule}=error`, '--max-warnings', '9'), 1);
  assert.equal(code('--severity', `${rule}=off`), 0);
});

test('what cannot be read is named, and the rest is linted', (t) => {
  const folder = new Folder(t, { 'warned.sql': warned });
  const { code, out, err } = folder.run('gone.sql', 'warned.sql', '--format', 'json');
  assert.equal(code, 2);
  assert.match(err, /cannot read gone\.sql: there is no such file/);
  assert.equal(JSON.parse(out).length, 1);
});

test('network and device paths are refused before anything looks at them, whatever the command', (t) => {
  const folder = new Folder(t);
  for (const command of ['lint', 'inspect', 'syntax']) {
    const { code, err } = folder.run(command, '//server/share/a.sql');
    assert.equal(code, 2);
    assert.match(err, /network and device paths are not opened/, command);
  }
  for (const path of ['\\\\server\\share\\a.sql', '\\\\.\\pipe\\a', '\\\\?\\C:\\a.sql', '//server/share/a.sql']) {
    assert.throws(() => readInputFiles(path, undefined), /not opened/);
    assert.equal(findConfiguration(path), undefined);
  }
});

test('what is not a file is not read', (t) => {
  const { code, err } = new Folder(t).run('/dev/zero');
  assert.equal(code, 2);
  assert.match(err, /not a file/);
});

const mistakes: readonly (readonly [args: readonly string[], says: RegExp])[] = [
  [[], /Name the files/],
  [['lint'], /Name the files/],
  [['--bogus', 'a.sql'], /Unknown option '--bogus'/],
  [
    ['a.sql', '--format', 'xml'],
    /--format is text, json, sarif, github, junit, gitlab, azure, checkstyle, rdjson; not 'xml'/,
  ],
  [['a.sql', '--target', 'oracle'], /--target is .*sql-server-2022/],
  [['a.sql', '--clr-strict-security', 'maybe'], /--clr-strict-security is on, off/],
  [['a.sql', '--severity', 'no-such-rule=error'], /names no rule: 'no-such-rule'/],
  [
    ['a.sql', '--severity', `${rule}=fatal`],
    /is error, warning, information, hint, off, default, downgrade, upgrade; not 'fatal'/,
  ],
  [['a.sql', '--max-warnings', 'few'], /--max-warnings is a number/],
  [['a.sql', '--fail-on', 'always'], /--fail-on is/],
  [['a.sql', '--code-page', 'ebcdic'], /names no encoding/],
  [['a.sql', '--update-baseline'], /needs --baseline/],
  [['inspect'], /Usage: sqlclr-lint inspect FILE/],
  [['syntax', 'a.sql', 'a.sql'], /Usage: sqlclr-lint syntax FILE/],
];

test('a wrong command line is refused with what is wrong', () => {
  for (const [args, says] of mistakes)
    assert.throws(
      () => parseCommand(args),
      (error) => error instanceof UsageError && says.test(error.message),
      args.join(' '),
    );
});

const failures: readonly (readonly [args: readonly string[], says: RegExp])[] = [
  [['--bogus', 'a.sql'], /Unknown option '--bogus'/],
  [['a.sql', '--config', 'gone.json'], /gone\.json cannot be read/],
  [['a.sql', '--baseline', 'gone.json'], /There is no baseline gone\.json/],
  [['a.sql', '--output', 'gone/report.txt'], /cannot write gone\/report\.txt/],
  [['a.sql', '--update-baseline', '--baseline', 'gone/b.json'], /cannot write gone\/b\.json/],
  [['explain', 'no-such-rule'], /There is no rule no-such-rule/],
  [['explain', '999999'], /Nothing is known of Msg 999999/],
];

test('what cannot be done exits with 2, says why in a line and prints no report', (t) => {
  const folder = new Folder(t, { 'a.sql': warned });
  for (const [args, says] of failures) {
    const { code, out, err } = folder.run(...args);
    assert.deepEqual({ code, out }, { code: 2, out: '' }, args.join(' '));
    assert.match(err, says, args.join(' '));
    assert.equal(err.trimEnd().split('\n').length, 1, `one line for ${args.join(' ')}`);
  }
});

test('help names every command and option, version the manifest says', (t) => {
  const folder = new Folder(t);
  const { code, out } = folder.run('--help');
  assert.equal(code, 0);
  for (const word of ['lint', 'inspect', 'syntax', 'explain', '--update-baseline', '--code-page', '--fail-on'])
    assert.ok(out.includes(word), word);
  assert.equal(folder.run('--version').out.trim(), JSON.parse(readFileSync('package.json', 'utf8')).version);
});

test('a rule and an error number are explained', (t) => {
  const folder = new Folder(t);
  assert.match(folder.run('explain', rule).out, new RegExp(`^# ${rule}\n`));
  assert.match(folder.run('explain', '10327').out, /^# Msg 10327, level /);
  assert.equal(folder.run('explain', 'Msg', '10327').out, folder.run('explain', 'msg10327').out);
});

test('of a workspace it is told what raises a number, and what becomes of a routine', (t) => {
  const sql =
    "CREATE ASSEMBLY A FROM 'a.dll' WITH PERMISSION_SET = UNSAFE;\nGO\nCREATE PROCEDURE dbo.P AS EXTERNAL NAME A.C.M;\n";
  const folder = new Folder(t, { 'a.sql': sql });
  const number = folder.run('explain', 'Msg', '10327', 'a.sql');
  assert.equal(number.code, 0);
  assert.match(number.out, /\n## In this workspace\n/);
  const { code, out } = folder.run('explain', 'dbo.P', 'a.sql');
  assert.equal(code, 0);
  assert.match(out, /^# dbo\\\.P: what SQL Server does, step by step\n[^]*- Where: a\.sql:1:17/);
  const none = folder.run('explain', 'dbo.Q', 'a.sql');
  assert.equal(none.code, 2);
  assert.match(none.err, /no routine of that name/);
});

test('another target: what breaks there fails, as text and as JSON', (t) => {
  const folder = new Folder(t, { 'a.sql': "CREATE ASSEMBLY A FROM 'a.dll' WITH PERMISSION_SET = UNSAFE;\n" });
  const { code, out } = folder.run('a.sql', '--compare-target', 'azure-sql-database');
  assert.equal(code, 1);
  assert.match(out, /## What breaks\n\n- error a\.sql:1:17: .*\(unsupported-target\)/);
  const json = JSON.parse(folder.run('a.sql', '--compare-target', 'azure-sql-database', '--format', 'json').out);
  assert.equal(json.comes[0].rule, 'unsupported-target');
  assert.equal(json.comes[0].file, 'a.sql');
  assert.equal(folder.run('a.sql', '--compare-target', 'sql-server-2022').code, 0);
  assert.equal(folder.run('a.sql', '--compare-target', 'sql-server-2022', '--format', 'sarif').code, 2);
});

test('quiet keeps errors only; output goes to a file', (t) => {
  const folder = new Folder(t, { 'warned.sql': warned });
  assert.deepEqual(folder.json('warned.sql', '--quiet'), []);
  const { out } = folder.run('warned.sql', '--output', 'report.txt');
  assert.equal(out, '');
  assert.match(folder.text('report.txt'), /warned\.sql:1:28 warning/);
});

test('the target and strict security change what is found', (t) => {
  const script = "CREATE ASSEMBLY [Tools] FROM 'C:\\t\\Tools.dll' WITH PERMISSION_SET = UNSAFE;\n";
  const folder = new Folder(t, { 'a.sql': script });
  const rulesFor = (...args: readonly string[]): readonly string[] => folder.json('a.sql', ...args).map((f) => f.rule);
  assert.ok(!rulesFor().includes('unsupported-target'));
  assert.ok(rulesFor('--target', 'azure-sql-database').includes('unsupported-target'));
});
