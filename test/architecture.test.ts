// Holds the import table of docs/style.md: who may import what.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';

const analysis = [
  'text',
  'code',
  'tsql',
  'csharp',
  'metadata',
  'packages',
  'project',
  'knowledge',
  'rules',
  'features',
] as const;

/** Folder → folders, files and packages it may import besides itself. Longest prefix wins. */
const table: Record<string, readonly string[]> = {
  'server/analysis/text': [],
  'server/analysis/knowledge': ['fflate'],
  'server/analysis/code': ['server/analysis/text'],
  'server/analysis/tsql': ['server/analysis/text'],
  'server/analysis/packages': ['server/analysis/text', 'fflate', 'saxes'],
  'server/analysis/csharp': [
    'server/analysis/text',
    'server/analysis/code',
    'server/analysis/knowledge',
    'server/analysis/packages',
    'web-tree-sitter',
  ],
  'server/analysis/metadata': [
    'server/analysis/text',
    'server/analysis/code',
    'server/analysis/knowledge',
    'server/analysis/platform.ts',
  ],
  'server/analysis/project': [
    ...['text', 'knowledge', 'code', 'tsql', 'packages', 'csharp', 'metadata'].map((name) => `server/analysis/${name}`),
    'server/analysis/platform.ts',
  ],
  'server/analysis/features': analysis.filter((name) => name !== 'features').map((name) => `server/analysis/${name}`),
  'server/analysis/rules': analysis
    .filter((name) => name !== 'features' && name !== 'rules')
    .map((name) => `server/analysis/${name}`),
  'server/analysis/workspace.ts': ['server/analysis'],
  'server/analysis/workspace': ['server/analysis'],
  // By types alone: what hosts load on demand.
  'server/analysis/platform.ts': ['features', 'packages', 'project', 'rules'].map((name) => `server/analysis/${name}`),
  server: [
    'server/analysis',
    'vscode-languageserver',
    'vscode-languageserver-textdocument',
    'node:',
    ...hostPackages(),
  ],
  client: ['server/protocol.ts', 'vscode', 'vscode-languageclient'],
};

/** Well-kept libraries that serve a host's work; each is justified in docs/style.md. */
function hostPackages(): readonly string[] {
  return ['@noble/hashes', 'jsonc-parser', 'vscode-uri'];
}

const files = ['server', 'client']
  .filter((root) => existsSync(root))
  .flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(root, file)),
  );

function importsOf(file: string): { readonly target: string; readonly typeOnly: boolean }[] {
  const text = readFileSync(file, 'utf8');
  return [
    ...text.matchAll(
      /^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm,
    ),
  ].map((match) => {
    const specifier = match[2] ?? match[3] ?? match[4] ?? '';
    const target = specifier.startsWith('.')
      ? normalize(join(dirname(file), specifier)).replace(/\.js$/, '.ts')
      : specifier;
    return { target, typeOnly: match[1] !== undefined };
  });
}

function ruleFor(file: string): string | undefined {
  return Object.keys(table)
    .filter((prefix) => file === prefix || file.startsWith(`${prefix}/`))
    .sort((a, b) => b.length - a.length)[0];
}

test('every import is one the table allows', () => {
  const broken: string[] = [];
  for (const file of files) {
    const folder = ruleFor(file);
    assert.ok(folder, `${file} belongs to no folder of the table`);
    for (const { target, typeOnly } of importsOf(file)) {
      const own = target === folder || target.startsWith(`${folder}/`);
      const allowed = (table[folder] ?? []).some(
        (prefix) => target === prefix || target.startsWith(prefix.endsWith(':') ? prefix : `${prefix}/`),
      );
      const coreValue =
        folder === 'server' &&
        target.startsWith('server/analysis/') &&
        !typeOnly &&
        target !== 'server/analysis/workspace.ts' &&
        // Bundles of their own, loaded when there is C# to read, code to look into, a project file, or somebody asks for the links.
        !(file === 'server/bundles/links.ts' && /^server\/analysis\/features\/(?:link-|report)/.test(target)) &&
        !(file === 'server/bundles/advice.ts' && target.startsWith('server/analysis/features/')) &&
        !(file === 'server/configuration/presets.ts' && target === 'server/analysis/knowledge/baselines.ts') &&
        !(file === 'server/bundles/dacpac.ts' && target === 'server/analysis/packages/dacpac.ts') &&
        !(
          file === 'server/bundles/code.ts' &&
          /^server\/analysis\/(?:(?:metadata|project|rules)\/|features\/(?:call-hierarchy|inlay-hints|signature-help)\.ts$|tsql\/(?:column-uses|ordinary)\.ts$)/.test(
            target,
          )
        ) &&
        !(file === 'server/bundles/packages.ts' && /^server\/analysis\/(?:packages|features)\//.test(target)) &&
        !(file === 'server/bundles/csharp.ts' && target === 'server/analysis/features/csharp-front-end.ts');
      if ((!own && !allowed) || coreValue) broken.push(`${file} imports ${target}`);
    }
  }
  assert.deepEqual(broken, []);
});

test('no rule imports another rule', () => {
  const shared = new Set(['server/analysis/rules/rule.ts']);
  const broken = files
    .filter(
      (file) =>
        file.startsWith('server/analysis/rules/') && !/\/(index|code-rules|rule|rule-memory|runner)\.ts$/.test(file),
    )
    .flatMap((file) =>
      importsOf(file)
        .filter(({ target }) => target.startsWith('server/analysis/rules/') && !shared.has(target))
        .map(({ target }) => `${file} imports ${target}`),
    );
  assert.deepEqual(broken, []);
});

test('every package that is bundled is installed, and has its reason in docs/style.md', () => {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const style = readFileSync('docs/style.md', 'utf8');
  for (const name of [...hostPackages(), 'fflate', 'saxes', 'web-tree-sitter', 'tree-sitter-c-sharp']) {
    assert.ok(name in devDependencies, name);
    assert.ok(style.includes(`\`${name}\``), name);
  }
});
