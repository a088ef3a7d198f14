// Bundles what ships into dist/, or another folder; with --tests, the tests into dist-test/unit/; with --editor-tests,
// the suite for real editors into dist-test/editor/.
//   node esbuild.mjs [--production | --tests | --editor-tests] [--outdir=FOLDER]
import { build } from 'esbuild';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { notices } from './.ci/notices.mjs';
import { clientLibraries, protocolLibraries } from './.ci/protocol-libraries.mjs';

const production = process.argv.includes('--production');
const base = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  target: 'es2022',
  logLevel: 'warning',
  legalComments: 'none',
  charset: 'utf8',
};
const alias = {
  // Of its two editions the one for modules asks where it lies, which no bundle of ours can say.
  'web-tree-sitter': resolve('node_modules/web-tree-sitter/web-tree-sitter.cjs'),
  // Characters of XML 1.1, which MSBuild does not read.
  'xmlchars/xml/1.1/ed2': resolve('node_modules/xmlchars/xml/1.0/ed5.js'),
};
const bundled = { ...base, alias };
const node = {
  ...bundled,
  platform: 'node',
  mainFields: ['module', 'main'],
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  external: ['vscode'],
};
const web = {
  ...bundled,
  platform: 'browser',
  external: ['vscode'],
  conditions: ['browser'],
  mainFields: ['browser', 'module', 'main'],
};

/** For all hosts: in a worker a classic script that leaves behind what it has under a name, in a process a module. */
const script = (globalName, entryPoints) => ({
  ...web,
  format: 'iife',
  globalName,
  footer: { js: `if (typeof module === 'object') module.exports = ${globalName};` },
  entryPoints,
});
/** The analysis, which every host loads first. */
const core = script('sqlclrCore', { core: 'server/analysis/workspace.ts' });
/** What reads C#. */
const frontEnd = script('sqlclrCSharp', { csharp: 'server/bundles/csharp.ts' });
/** What looks into code. */
const code = script('sqlclrCode', { code: 'server/bundles/code.ts' });
/** What reads project files. */
const packages = script('sqlclrPackages', { packages: 'server/bundles/packages.ts' });
/** The link graph and its pictures. */
const links = script('sqlclrLinks', { links: 'server/bundles/links.ts' });
/** What is said and done about findings when somebody asks. */
const advice = script('sqlclrAdvice', { advice: 'server/bundles/advice.ts' });
/** What reads packages. */
const dacpac = script('sqlclrDacpac', { dacpac: 'server/bundles/dacpac.ts' });

/** The rules' pages by the rule's name, for when somebody asks what a rule is about. */
function writeRulePages(folder) {
  const names = readdirSync('docs/rules').filter((file) => /^[a-z-]+\.md$/.test(file));
  const pages = Object.fromEntries(
    names.map((file) => [file.slice(0, -'.md'.length), readFileSync(join('docs/rules', file), 'utf8')]),
  );
  writeFileSync(
    join(folder, 'rule-pages.js'),
    `var sqlclrRulePages = ${JSON.stringify(pages)};\nif (typeof module === 'object') module.exports = sqlclrRulePages;\n`,
  );
}

/** Hosts ask the core for everything by one module. In a process it is a file, in a worker what the script has left behind. */
const coreFrom = (path, leftBehind = 'sqlclrCore') => ({
  name: 'core',
  setup({ onLoad, onResolve }) {
    const place = path === undefined ? { path: 'core', namespace: 'left-behind' } : { path, external: true };
    onResolve({ filter: /\/analysis\/workspace\.js$/ }, () => place);
    onResolve({ filter: /^\.\/core\.js$/, namespace: 'left-behind' }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /./, namespace: 'left-behind' }, () => ({ contents: `module.exports = ${leftBehind};` }));
  },
});
/** What reads sqlclr-lint.json, for both kinds of host. */
const configurations = {
  ...script('sqlclrConfigurations', { configurations: 'server/bundles/configurations.ts' }),
  plugins: [coreFrom(undefined, `typeof sqlclrCore === 'object' ? sqlclrCore : require('./core.js')`)],
};
/** What tests have in their own bundles the command line finds beside it. */
const besideIt = {
  name: 'beside-it',
  setup({ onResolve }) {
    onResolve({ filter: /\/platform\/node\.js$/ }, () => ({ path: resolve('server/platform/shipped.ts') }));
  },
};
const commandLine = {
  ...node,
  plugins: [coreFrom('./core.js'), besideIt],
  entryPoints: { cli: 'server/cli.ts', 'cli-thread': 'server/cli-thread.ts' },
};

/** What reads C#, beside what is bundled: WebAssembly and a table, loaded when first there is C# for SQL Server. */
const grammar = {
  'framework-members.bin': 'data/framework-members.bin',
  'web-tree-sitter.wasm': 'node_modules/web-tree-sitter/web-tree-sitter.wasm',
  'tree-sitter-c_sharp.wasm': 'node_modules/tree-sitter-c-sharp/tree-sitter-c_sharp.wasm',
};

function copyGrammar(folder) {
  mkdirSync(folder, { recursive: true });
  for (const [name, source] of Object.entries(grammar)) copyFileSync(source, join(folder, name));
}

async function ship() {
  const outdir = process.argv.find((argument) => argument.startsWith('--outdir='))?.slice('--outdir='.length) ?? 'dist';
  // What an earlier build left would be packed.
  rmSync(outdir, { recursive: true, force: true });
  const outputs = [
    core,
    frontEnd,
    code,
    packages,
    links,
    advice,
    dacpac,
    configurations,
    commandLine,
    { ...node, plugins: [clientLibraries], entryPoints: { 'client/node': 'client/node.ts' } },
    {
      ...web,
      format: 'cjs',
      plugins: [clientLibraries],
      entryPoints: { 'client/browser': 'client/browser.ts' },
    },
    { ...node, plugins: [protocolLibraries, coreFrom('../core.js')], entryPoints: { 'server/node': 'server/node.ts' } },
    // The server runs in a worker: a classic script, no `require`.
    {
      ...web,
      format: 'iife',
      plugins: [protocolLibraries, coreFrom()],
      entryPoints: { 'server/browser': 'server/browser.ts' },
    },
  ];
  const builds = await Promise.all(outputs.map((output) => build({ ...output, metafile: true, outdir })));
  copyGrammar(outdir);
  writeRulePages(outdir);
  const sources = builds.flatMap(({ metafile }) =>
    Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs)),
  );
  writeFileSync(join(outdir, 'THIRD-PARTY-NOTICES.md'), notices([...sources, ...Object.values(grammar)]));
}

async function unitTests() {
  rmSync('dist-test/unit', { recursive: true, force: true });
  // The command line as it ships, for tests that start it.
  for (const part of [commandLine, core, code, packages, links, advice, dacpac])
    await build({ ...part, outdir: 'dist-test' });
  // The grammar as it is bundled, which the tests' own bundles take from its package.
  await build({ ...node, entryPoints: { 'grammar-node': 'test/host/grammar-node.ts' }, outdir: 'dist-test' });
  await build({
    ...web,
    format: 'iife',
    entryPoints: { 'grammar-browser': 'test/host/grammar-browser.ts' },
    outdir: 'dist-test',
  });
  await build({ ...frontEnd, outdir: 'dist-test' });
  copyGrammar('dist-test');
  writeRulePages('dist-test');
  const entryPoints = readdirSync('test', { recursive: true })
    .map((file) => join('test', file))
    .filter(
      (file) => file.endsWith('.test.ts') && !['suite', 'oracle'].some((apart) => file.startsWith(join('test', apart))),
    );
  await build({
    ...base,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    sourcemap: 'linked',
    entryPoints,
    outdir: 'dist-test/unit',
    outbase: 'test',
    outExtension: { '.js': '.mjs' },
  });
}

async function editorTests() {
  const outdir = 'dist-test/editor';
  rmSync(outdir, { recursive: true, force: true });
  await Promise.all([
    build({
      ...node,
      external: ['vscode', 'mocha'],
      sourcemap: 'inline',
      entryPoints: { node: 'test/host/node.ts' },
      outdir,
    }),
    build({
      ...web,
      format: 'cjs',
      sourcemap: 'inline',
      entryPoints: { web: 'test/host/web.ts' },
      outdir,
      define: { global: 'globalThis', 'process.env.NODE_DEBUG': 'undefined' },
      alias: { assert: './test/host/assert-web.ts' },
    }),
  ]);
  // An extension with nothing in it: as the one under development it carries the suite, which then tests the installed one.
  mkdirSync(outdir, { recursive: true });
  const manifest = { name: 'editor-tests', publisher: 'sqlclr-lint', version: '0.0.0', engines: { vscode: '*' } };
  writeFileSync(join(outdir, 'package.json'), JSON.stringify(manifest));
}

function chosen() {
  if (process.argv.includes('--tests')) return unitTests;
  return process.argv.includes('--editor-tests') ? editorTests : ship;
}

await chosen()();
