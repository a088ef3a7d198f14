// Compiles the C# and IL samples of the rules' pages with mono's mcs and ilasm, those whose source changed.
//   node .ci/samples.mjs          into test/assemblies/rules
//   node .ci/samples.mjs --check  all of them, into a temporary folder: they still compile
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const { outputFiles } = await build({
  stdin: { contents: "export * from './test/support/compiled-samples.js';", resolveDir: '.', loader: 'ts' },
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
});
const code = Buffer.from(outputFiles[0].contents).toString('base64');
const { compiledSamplesOf, compiledHashes, compiledFolder, manifestPath } = await import(
  `data:text/javascript;base64,${code}`
);

const libraries = [
  'System.Configuration',
  'System.Data',
  'System.Management',
  'System.Net.Http',
  'System.Runtime.Serialization',
  'System.Security',
  'System.Transactions',
  'System.Xml.Linq',
];

const pages = ['docs/rules', 'test/rules'].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file)),
);
const samples = compiledSamplesOf(pages);
const isCheck = process.argv.includes('--check');
const temporary = mkdtempSync(join(tmpdir(), 'samples-'));
const known = compiledHashes();
let failed = 0;
let compiled = 0;
for (const sample of samples) {
  if (!isCheck && known[sample.path] === sample.hash && existsSync(sample.path)) continue;
  const output = isCheck ? join(temporary, `${compiled}`, `${sample.name}.dll`) : sample.path;
  mkdirSync(dirname(output), { recursive: true });
  const { status, stdout, stderr, error } = compile(sample, output);
  compiled++;
  if (status === 0) continue;
  failed++;
  console.error(`${sample.path}\n${error?.message ?? ''}${stdout ?? ''}${stderr ?? ''}`);
}
rmSync(temporary, { recursive: true });
console.log(`${compiled} of ${samples.length} samples compiled, ${failed} failed`);
if (!isCheck && failed === 0) tidy();
process.exitCode = failed === 0 ? 0 : 1;

function compile(sample, output) {
  const source = join(temporary, `${sample.name}.${sample.language}`);
  writeFileSync(source, sample.source);
  if (sample.language === 'il') return spawnSync('ilasm', ['/dll', `/output:${output}`, source], { encoding: 'utf8' });
  return spawnSync(
    'mcs',
    [
      '-sdk:4.8-api',
      '-target:library',
      '-optimize+',
      '-nowarn:168,169,219,414,649',
      ...libraries.map((name) => `-r:${name}.dll`),
      ...sample.options,
      `-out:${output}`,
      source,
    ],
    { encoding: 'utf8' },
  );
}

/** What no page has any more goes; what it has is written down. */
function tidy() {
  const wanted = new Map(samples.map(({ path, hash }) => [path, hash]));
  const there = existsSync(compiledFolder) ? readdirSync(compiledFolder, { recursive: true, encoding: 'utf8' }) : [];
  for (const file of there.filter((name) => name.endsWith('.dll')))
    if (!wanted.has(join(compiledFolder, file))) rmSync(join(compiledFolder, file));
  writeFileSync(manifestPath, `${JSON.stringify(Object.fromEntries([...wanted].sort()), undefined, 2)}\n`);
}
