// Which files differ from a revision, as Git has it. It is run without what a repository may have it run besides.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from './arguments.js';

/** URIs of files that were changed since, or that Git does not know yet. Throws UsageError where Git has no answer. */
export function changedSince(revision: string): ReadonlySet<string> {
  if (revision.startsWith('-')) throw new UsageError(`--since is a revision; not '${revision}'`);
  const top = answerOf(['rev-parse', '--show-toplevel']).replace(/\n$/, '');
  const changed = answerOf(['diff', '--name-only', '-z', '--no-ext-diff', '--no-textconv', revision, '--']);
  const unknown = answerOf(['ls-files', '-z', '--others', '--exclude-standard', '--full-name', ':/']);
  const paths = `${changed}${unknown}`.split('\0').filter((path) => path !== '');
  return new Set(paths.map((path) => pathToFileURL(resolve(top, path)).href));
}

function answerOf(args: readonly string[]): string {
  const settings = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.quotePath=false'];
  const { error, status, stdout, stderr } = spawnSync('git', ['--no-pager', ...settings, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
  });
  if (error) throw new UsageError(`--since asks git, which cannot be started: ${error.message}`);
  if (status !== 0) throw new UsageError(`--since asks git, which says: ${stderr.split('\n', 1)[0] ?? ''}`);
  return stdout;
}
