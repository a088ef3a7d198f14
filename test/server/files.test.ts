// What of the workspace is read from the disk, and what never is.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { URI } from 'vscode-uri';
import { decode } from '../../server/files/decode.js';
import { clientFiles } from '../../server/files/client.js';
import type { Connection } from 'vscode-languageserver';
import { canonicalUri, extensionOf, isInFolders, isSkipped, limits, type Files } from '../../server/files.js';
import { listFilesRequest, type ListFilesParams, type ReadFileParams } from '../../server/protocol.js';
import { diskFiles } from '../../server/files/node.js';

suite('inside the workspace', () => {
  const folders = ['file:///c%3A/scripts/db', 'vscode-vfs://github/owner/name'];
  const cases: readonly [string, boolean][] = [
    ['file:///c%3A/scripts/db/install.sql', true],
    ['file:///C:/scripts/db/install.sql', true],
    ['vscode-vfs://github/owner/name/sub/a.sql', true],
    ['file:///c%3A/scripts/database/install.sql', false],
    ['file:///c%3A/scripts/db/../other.sql', false],
    ['file:///c%3A/scripts/db/%2e%2e/other.sql', false],
    ['file:///c%3A/scripts/db/..%5cother.sql', false],
    ['file://server/share/work/db/install.sql', false],
    ['file:////server/share/a.dll', false],
    ['file:///./pipe/a.dll', false],
    ['vscode-vfs://other/owner/name/a.sql', false],
    ['untitled:Untitled-1', false],
  ];
  for (const [uri, inside] of cases) {
    test(`${uri} is ${inside ? '' : 'not '}inside`, () => assert.equal(isInFolders(uri, folders), inside));
  }
});

test('build output is not looked into, wherever the workspace itself lies', () => {
  assert.equal(isSkipped('file:///bin/work/a.dll', ['file:///bin/work']), false);
  assert.equal(isSkipped('file:///bin/work/bin/a.dll', ['file:///bin/work']), true);
});

test('a URI has one spelling', () => {
  assert.equal(canonicalUri('file:///C:/a b.sql'), canonicalUri('file:///c%3A/a%20b.sql'));
});

test('the extension is what stands behind the last dot of the name', () => {
  assert.deepEqual(['a/b.SQL', 'a.b/c', 'file:///x.y/z.dll', ''].map(extensionOf), ['sql', '', 'dll', '']);
});

suite('on the disk', () => {
  const root = mkdtempSync(join(tmpdir(), 'files-'));
  const folders = [URI.file(join(root, 'workspace')).toString()];
  const uriOf = (...names: string[]): string => URI.file(join(root, ...names)).toString();
  const none: Files = { list: () => Promise.resolve([]), read: () => Promise.reject(new Error('not on the disk')) };
  const files = diskFiles(none);

  before(() => {
    for (const name of [
      'workspace/sub',
      'workspace/bin',
      'workspace/packages/a',
      'workspace/node_modules',
      'outside',
    ]) {
      mkdirSync(join(root, name), { recursive: true });
    }
    for (const name of [
      'workspace/a.sql',
      'workspace/sub/b.dll',
      'workspace/sub/g.SqlProj',
      'workspace/sub/h.cs',
      'workspace/c.txt',
      'workspace/bin/d.dll',
      'workspace/bin/i.cs',
      'workspace/packages/a/j.csproj',
    ]) {
      writeFileSync(join(root, name), name);
    }
    writeFileSync(join(root, 'workspace/packages/a/e.dll'), 'ignored');
    writeFileSync(join(root, 'workspace/sub/f.dll'), 'ignored');
    writeFileSync(join(root, 'workspace/.gitignore'), 'packages/\n*.dll\n');
    writeFileSync(join(root, 'workspace/sub/.gitignore'), '!b.dll\n');
    writeFileSync(join(root, 'outside', 'secret.sql'), 'secret');
    symlinkSync(join(root, 'outside', 'secret.sql'), join(root, 'workspace', 'link.sql'));
    symlinkSync(join(root, 'outside'), join(root, 'workspace', 'linked'));
  });
  after(() => rmSync(root, { recursive: true }));

  test('scripts, images, project files and C# are listed; links, build output and what Git ignores are not', async () => {
    const listed = await files.list(folders);
    assert.deepEqual(
      [...listed].sort(),
      ['a.sql', 'sub/b.dll', 'sub/g.SqlProj', 'sub/h.cs'].map((name) => uriOf('workspace', name)),
    );
  });

  test('a file is read', async () => {
    assert.equal(
      decode((await files.read(uriOf('workspace', 'a.sql'), folders)) ?? new Uint8Array()),
      'workspace/a.sql',
    );
  });

  const unread = [
    'outside/secret.sql',
    'workspace/link.sql',
    'workspace/linked/secret.sql',
    'workspace/gone.sql',
    'workspace/sub',
    'workspace/sub/f.dll',
    'workspace/packages/a/e.dll',
  ];
  for (const name of unread) {
    test(`${name} is not read`, async () => assert.equal(await files.read(uriOf(name), folders), undefined));
  }

  test('a folder that is gone has no files', async () => {
    assert.deepEqual(await files.list([uriOf('gone')]), []);
  });
});

suite('an editor', () => {
  const workspace = 'vscode-vfs://github/owner/name';
  const asked: ListFilesParams[] = [];
  /** By name below the workspace. */
  const filesOf = (texts: Readonly<Record<string, string>>): Files => {
    const uris = Object.keys(texts).map((name) => `${workspace}/${name}`);
    const sendRequest = (method: string, params: ListFilesParams | ReadFileParams): Promise<unknown> => {
      if ('uri' in params) return Promise.resolve(btoa(texts[params.uri.slice(workspace.length + 1)] ?? ''));
      assert.equal(method, listFilesRequest);
      asked.push(params);
      return Promise.resolve(uris);
    };
    return clientFiles({ sendRequest } as unknown as Connection);
  };
  const namesIn = async (texts: Readonly<Record<string, string>>): Promise<readonly string[]> =>
    (await filesOf(texts).list([workspace])).map((uri) => uri.slice(workspace.length + 1));

  test('is asked for C# apart, so that it crowds out no script', async () => {
    asked.length = 0;
    const names = ['e.txt', 'b.cs', 'obj/c.cs', 'd.csproj', 'a.sql'].map((name) => [name, ''] as const);
    assert.deepEqual(await namesIn(Object.fromEntries(names)), ['a.sql', 'd.csproj', 'b.cs']);
    assert.deepEqual(
      asked.map(({ extensions }) => extensions),
      [
        ['gitignore'],
        ['sql', 'sqlproj', 'csproj', 'props', 'targets', 'projitems', 'dll', 'exe', 'dacpac', 'bacpac'],
        ['cs'],
      ],
    );
    assert.ok(asked.every(({ skipped }) => skipped.includes('node_modules')));
  });

  test('has what Git ignores left out, as the disk has', async () => {
    const texts = {
      '.gitignore': 'packages/\n*.dll\n',
      'packages/x.sql': '',
      'a.dll': '',
      'deep/.gitignore': '!kept.dll\n/b.sql\n',
      'deep/kept.dll': '',
      'deep/b.sql': '',
      'deep/er/b.sql': '',
    };
    assert.deepEqual(await namesIn(texts), ['deep/er/b.sql', 'deep/kept.dll']);
    const files = filesOf(texts);
    await files.list([workspace]);
    assert.equal(await files.read(`${workspace}/deep/b.sql`, [workspace]), undefined);
    assert.ok(await files.read(`${workspace}/deep/er/b.sql`, [workspace]));
  });

  test('gives too many files as the disk does: the first by name, folder by folder', async () => {
    const names = Array.from({ length: limits.files }, (_, index) => `b/${String(index).padStart(5, '0')}.sql`);
    const many = ['c.sql', 'b.sql', ...names.reverse(), 'a/z.sql', 'B.sql'];
    const read = await namesIn(Object.fromEntries(many.map((name) => [name, ''])));
    assert.equal(read.length, limits.files);
    assert.deepEqual(read.slice(0, 3), ['B.sql', 'a/z.sql', 'b/00000.sql']);
    const root = mkdtempSync(join(tmpdir(), 'files-'));
    for (const folder of ['a', 'b']) mkdirSync(join(root, folder));
    for (const name of many) writeFileSync(join(root, name), '');
    const onDisk = await diskFiles(filesOf({})).list([URI.file(root).toString()]);
    assert.deepEqual(
      onDisk.map((uri) => uri.slice(URI.file(root).toString().length + 1)),
      read,
    );
    rmSync(root, { recursive: true });
  });
});

suite('text', () => {
  const cases: readonly [string, readonly number[]][] = [
    ['UTF-8', [0xc3, 0xa9]],
    ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, 0xc3, 0xa9]],
    ['UTF-16 little endian', [0xff, 0xfe, 0xe9, 0x00]],
    ['UTF-16 big endian', [0xfe, 0xff, 0x00, 0xe9]],
    ['Windows 1252', [0xe9]],
  ];
  for (const [encoding, bytes] of cases) {
    test(`${encoding} is decoded`, () => assert.equal(decode(Uint8Array.from(bytes)), 'é'));
  }
});
