// Trees that loop, hide, lead elsewhere or do not end; and paths in files, which are text and never opened.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs, { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join, resolve } from 'node:path';
import { suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { diskFiles } from '../../server/files/node.js';
import { Folder } from '../support/command-line.js';

const finding = 'ALTER DATABASE Payroll SET TRUSTWORTHY ON;\n';

test('what is no file, or leads to none, is not read', (t) => {
  const folder = new Folder(t, { 'a.sql': finding });
  symlinkSync('.', join(folder.path, 'loop'));
  symlinkSync('b.sql', join(folder.path, 'b.sql'));
  symlinkSync('/dev/zero', join(folder.path, 'zero.sql'));
  symlinkSync('nowhere', join(folder.path, 'gone.sql'));
  execFileSync('mkfifo', [join(folder.path, 'pipe.sql')]);
  mkdirSync(join(folder.path, 'folder.sql'));
  const { code, out, err } = folder.run('lint', '.', '--fail-on', 'never');
  assert.deepEqual([code, err], [0, '']);
  assert.match(out, /in 1 file\n$/);
  const named = folder.run('lint', 'pipe.sql', 'zero.sql', 'folder.sql', 'gone.sql', '--fail-on', 'never');
  assert.equal(named.code, 2);
  assert.match(named.err, /pipe\.sql: not a file\n[^]*zero\.sql: not a file\n[^]*gone\.sql: there is no such file/);
});

test('folders in folders, as deep as the machine has them', (t) => {
  const folder = new Folder(t);
  const deep = 'a/'.repeat(1_500);
  mkdirSync(join(folder.path, deep), { recursive: true });
  writeFileSync(join(folder.path, deep, 'a.sql'), finding);
  assert.equal(folder.json('lint', '.').length, 1);
});

test('a file of 50 MB is read, a larger one than the limit is told, and the others are linted', (t) => {
  const folder = new Folder(t, {
    'a.sql': finding,
    'large.sql': finding + `-- ${'x'.repeat(96)}\n`.repeat((50 << 20) / 100),
  });
  writeFileSync(join(folder.path, 'huge.sql'), '');
  truncateSync(join(folder.path, 'huge.sql'), (64 << 20) + 1);
  const { code, err, out } = folder.run(
    'lint',
    '.',
    '--fail-on',
    'never',
    '--severity',
    '*=off',
    '--severity',
    'trustworthy-database=warning',
    '--output',
    'out.txt',
  );
  assert.equal(out, '');
  assert.equal(code, 2);
  assert.match(err, /huge\.sql: larger than 64 MiB/);
  assert.match(folder.text('out.txt').slice(-100), /2 warnings in 2 files\n$/);
});

/** Loaded into the command line: writes each path that it asks the machine for. */
const watcher = `
const fs = require('node:fs');
const seen = [];
for (const of of [fs, fs.promises])
  for (const name of Object.keys(of).filter((key) => /^(open|opendir|read|stat|lstat|realpath|access|exists|glob)/.test(key))) {
    const own = of[name];
    if (typeof own !== 'function') continue;
    of[name] = Object.assign(function (path, ...rest) {
      if (typeof path === 'string' || path instanceof URL) seen.push(String(path));
      return own.call(this, path, ...rest);
    }, own);
  }
process.on('exit', () => fs.writeFileSync(process.env.SEEN, JSON.stringify(seen)));
`;

/** Paths that would send credentials, block, or tell what is none of ours. */
const paths = [
  '\\\\host\\share\\a.dll',
  '//host/share/a.dll',
  '\\\\?\\UNC\\host\\a.dll',
  '\\\\.\\pipe\\a',
  '/dev/zero',
  '/etc/passwd',
  '../../../etc/passwd',
  'file://host/share/a.dll',
  'C:\\a.dll',
];

const namesThem: Readonly<Record<string, string>> = {
  'a.sql': paths
    .map(
      (path, index) =>
        `CREATE ASSEMBLY a${index} FROM '${path}';\nALTER ASSEMBLY a${index} ADD FILE FROM '${path}';\nCREATE CERTIFICATE c${index} FROM FILE = '${path}';\nCREATE ASYMMETRIC KEY k${index} FROM EXECUTABLE FILE = '${path}';\nGO\n:r ${path}\n`,
    )
    .join(''),
  'a.csproj': `<Project>${paths.map((path) => `<Import Project="${path}" />`).join('')}<ItemGroup>${paths.map((path) => `<Compile Include="${path}" /><Reference Include="a"><HintPath>${path}</HintPath></Reference><ProjectReference Include="${path}" />`).join('')}</ItemGroup><PropertyGroup><AssemblyOriginatorKeyFile>\\\\host\\a.snk</AssemblyOriginatorKeyFile></PropertyGroup></Project>`,
  'a.cs':
    'using Microsoft.SqlServer.Server; public class A { [SqlProcedure] public static void P() { System.IO.File.ReadAllText(@"\\\\host\\share\\a"); } }',
  'sqlclr-lint.json': '{ "ignore": ["//host/share/**", "\\\\\\\\host\\\\a"] }',
};

suite('a path that a file names is text', () => {
  test('to the command line', (t) => {
    const folder = new Folder(t, { ...namesThem, 'watcher.cjs': watcher });
    const seen = join(folder.path, 'seen.json');
    const env = { NODE_OPTIONS: `--require=${join(folder.path, 'watcher.cjs')}`, SEEN: seen };
    const { err } = folder.runWith(env, 'lint', 'a.sql', 'a.csproj', 'a.cs', '--fail-on', 'never');
    assert.equal(err, '');
    const asked: readonly string[] = JSON.parse(readFileSync(seen, 'utf8'));
    assert.ok(asked.some((path) => path.endsWith('a.sql')));
    const own = [folder.path, pathToFileURL(resolve('dist-test')).href, resolve('dist-test'), resolve('package.json')];
    // Where configurations are looked for, nothing else of those folders.
    const above = asked.filter((path) => !own.some((one) => path.startsWith(one)));
    assert.deepEqual(
      above.filter((path) => !path.endsWith('/sqlclr-lint.json')),
      [],
    );
  });

  test('given to the command line itself, it is refused', (t) => {
    const folder = new Folder(t);
    for (const path of ['\\\\host\\share\\a.sql', '//host/share/a.sql', '\\\\.\\pipe\\a'])
      assert.match(folder.run('lint', path).err, /network and device paths are not opened/);
  });

  test('to the server', async (t) => {
    const folder = new Folder(t, namesThem);
    const root = pathToFileURL(folder.path).href;
    const files = diskFiles({ list: () => Promise.resolve([]), read: () => Promise.resolve(undefined) });
    const asked: string[] = [];
    const undo: (() => void)[] = [];
    for (const name of ['lstat', 'readFile', 'readdir', 'realpath', 'open', 'stat'] as const) {
      const own = fs.promises[name];
      fs.promises[name] = ((path: string, ...rest: never[]) => {
        asked.push(path);
        return (own as (...all: unknown[]) => unknown)(path, ...rest);
      }) as never;
      undo.push(() => (fs.promises[name] = own as never));
    }
    syncBuiltinESMExports();
    try {
      await files.list([root]);
      assert.ok(asked.length > 0);
      const wanted = [
        ...paths,
        ...paths.map((path) => `file:${path}`),
        `${root}/../a.sql`,
        `${root}/%2e%2e/a.sql`,
        `${root}/..%5ca.sql`,
        'file:////host/a.dll',
      ];
      for (const uri of wanted) assert.equal(await files.read(uri, [root]), undefined, uri);
      assert.deepEqual(
        asked.filter((path) => !path.startsWith(folder.path)),
        [],
      );
    } finally {
      undo.forEach((one) => one());
      syncBuiltinESMExports();
    }
  });
});
