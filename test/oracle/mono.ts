// Debian's mono as the oracle: where it is, and its C# compiler.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const missing = 'npm run test:oracle needs mono: apt-get install mono-devel mono-mcs mono-utils';

/** `/usr/lib/mono`: the folder of the compiler that `mcs` starts. */
export function monoFolder(): string {
  const { error } = spawnSync('monodis', ['--help']);
  const path = spawnSync('sh', ['-c', 'command -v mcs'], { encoding: 'utf8' }).stdout.trim();
  if (error || path === '') throw new Error(missing);
  const folder = /(\S+)\/[^/\s]+\/mcs\.exe/.exec(readFileSync(path, 'utf8'))?.[1];
  if (folder === undefined) throw new Error(`${path} does not say where mcs.exe is`);
  return folder;
}

/** Where `mcs -sdk:4.8-api` looks. */
export function referenceFolder(): string {
  const folder = join(monoFolder(), '4.8-api');
  if (!existsSync(folder)) throw new Error(missing);
  return folder;
}

export const compiledSymbols: readonly string[] = ['DEBUG', 'TRACE'];

/** What each line of `source` was refused for; empty where the library was made. */
export function compile(
  source: readonly string[],
  library: string,
  references: readonly string[],
): ReadonlyMap<number, string> {
  const path = library.replace(/\.dll$/, '.cs');
  writeFileSync(path, source.join('\n'));
  const { stdout, stderr, status } = spawnSync(
    'mcs',
    [
      ...[
        '-sdk:4.8-api',
        '-target:library',
        '-unsafe',
        '-langversion:experimental',
        '-noconfig',
        '-warn:0',
        `-define:${compiledSymbols.join()}`,
        `-out:${library}`,
        path,
      ],
      ...references.filter((name) => name !== 'mscorlib').map((name) => `-r:${name}.dll`),
    ],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  const refused = new Map<number, string>();
  for (const [, line, message = ''] of `${stdout}\n${stderr}`.matchAll(/\((\d+),\d+\+?\): error (CS\d+: .*)$/gm))
    if (!refused.has(Number(line) - 1)) refused.set(Number(line) - 1, message);
  if (status !== 0 && refused.size === 0) throw new Error(`mcs: ${stderr || stdout}`.slice(0, 2000));
  return refused;
}
