// --since: findings of what has changed, as Git has it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Folder } from '../support/command-line.js';

const script = 'ALTER DATABASE Payroll SET TRUSTWORTHY ON;\n';

function commit({ path }: Folder): void {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    [...identity, 'commit', '-qm', 'a'],
  ])
    execFileSync('git', args, { cwd: path, stdio: 'pipe' });
}

test('files that changed, that are new, and nothing else', (t) => {
  const folder = new Folder(t, { 'same.sql': script, 'sub/chänged.sql': '', '.gitignore': 'ignored.sql\n' });
  commit(folder);
  folder.write('sub/chänged.sql', script);
  folder.write('new.sql', script);
  assert.deepEqual(
    folder.json('.', '--since', 'HEAD').map(({ file }) => file),
    ['new.sql', 'sub/chänged.sql'],
  );
  assert.equal(folder.run('same.sql', '--since', 'HEAD').code, 0);
  assert.equal(folder.run('.', '--since', 'HEAD').code, 1);
});

test('a finding in a file that is the same, for a reason in one that is not', (t) => {
  const owner = 'ALTER AUTHORIZATION ON DATABASE::Payroll TO ';
  const folder = new Folder(t, { 'a.sql': script, 'b.sql': `${owner}clerk;` });
  commit(folder);
  folder.write('b.sql', `${owner}sa;`);
  assert.deepEqual(folder.places('.', '--since', 'HEAD'), ['a.sql:1:28 trustworthy-privileged-owner']);
});

test('what Git cannot answer is told in a line', (t) => {
  const folder = new Folder(t, { 'a.sql': script });
  const refused = (revision: string, says: RegExp): void => {
    const { code, out, err } = folder.run('a.sql', `--since=${revision}`);
    assert.deepEqual({ code, out, lines: err.split('\n').length }, { code: 2, out: '', lines: 2 }, err);
    assert.match(err, says);
  };
  refused('HEAD', /--since asks git, which says: .*not a git repository/);
  commit(folder);
  refused('gone', /--since asks git, which says: .*gone/);
  refused('--output=x', /--since is a revision; not '--output=x'/);
});

test('a repository has nothing run', (t) => {
  const folder = new Folder(t, { 'a.sql': script, 'run.sh': '#!/bin/sh\ntouch "$(dirname "$0")/ran"\n' });
  commit(folder);
  chmodSync(join(folder.path, 'run.sh'), 0o755);
  for (const setting of ['core.fsmonitor', 'diff.external', 'core.pager'])
    execFileSync('git', ['config', setting, join(folder.path, 'run.sh')], { cwd: folder.path });
  folder.write('a.sql', `${script}${script}`);
  assert.equal(folder.json('a.sql', '--since', 'HEAD').length, 2);
  assert.throws(() => folder.bytes('ran'), /ENOENT/);
});
