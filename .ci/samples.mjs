// Compiles the C# and IL samples of the rules' pages with mono's mcs and ilasm, those whose source changed.
//   node .ci/samples.mjs          into test/assemblies/rules
//   node .ci/samples.mjs --check  all of them, into a temporary folder: they still compile
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { importSource } from './sources.mjs';

const { compiledSamplesOf, compiledFiles, compiledHashes, manifestPath, pagesWithSamples } = await importSource(
  "export * from './test/support/compiled-samples.js';",
);

const libraries = [
  'System.Configuration',
  'System.Data',
  'System.DirectoryServices',
  'System.Management',
  'System.Net.Http',
  'System.Runtime.Serialization',
  'System.Security',
  'System.Transactions',
  'System.Web.Extensions',
  'System.Xml.Linq',
];

const samples = compiledSamplesOf(pagesWithSamples());
const isCheck = process.argv.includes('--check');
const temporary = mkdtempSync(join(tmpdir(), 'samples-'));
const known = compiledHashes();
const start = performance.now();
const failed = new Set();
let compiled = 0;
for (const sample of samples) {
  if (!isCheck && known[sample.path] === sample.hash && existsSync(sample.path)) continue;
  const output = outputOf(sample);
  mkdirSync(dirname(output), { recursive: true });
  const isComplete = sample.references.every(({ path }) => !failed.has(path));
  const { status, stdout, stderr, error } = isComplete ? compile(sample, output) : { stderr: 'A reference failed\n' };
  compiled++;
  if (status === 0) continue;
  failed.add(sample.path);
  console.error(`${sample.path}\n${error?.message ?? ''}${stdout ?? ''}${stderr ?? ''}`);
}
rmSync(temporary, { recursive: true });
const seconds = ((performance.now() - start) / 1000).toFixed(1);
console.log(`${compiled} of ${samples.length} samples compiled in ${seconds} s, ${failed.size} failed`);
if (!isCheck) tidy();
process.exitCode = failed.size === 0 ? 0 : 1;

function outputOf(sample) {
  return isCheck ? join(temporary, sample.path) : sample.path;
}

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
      ...sample.references.map((reference) => `-r:${outputOf(reference)}`),
      ...sample.options,
      `-out:${output}`,
      source,
    ],
    { encoding: 'utf8' },
  );
}

/** What no page has any more goes; what it has is written down. */
function tidy() {
  const wanted = new Map(samples.filter(({ path }) => !failed.has(path)).map(({ path, hash }) => [path, hash]));
  for (const path of compiledFiles().filter((file) => !wanted.has(file))) {
    rmSync(path);
    for (let folder = dirname(path); readdirSync(folder).length === 0; folder = dirname(folder)) rmdirSync(folder);
  }
  writeFileSync(manifestPath, `${JSON.stringify(Object.fromEntries([...wanted].sort()), undefined, 2)}\n`);
}
