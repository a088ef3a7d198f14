// The grammars, inside the editor's own SQL and of assemblies as documents: for each a page of samples with the scopes
// they get. UPDATE=1 writes them.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { before, suite, test } from 'node:test';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const pages = [
  { page: 'test/syntaxes/grammar.md', language: 'source.sql' },
  { page: 'test/syntaxes/assembly.md', language: 'source.sqlclr-assembly' },
] as const;
const require = createRequire(import.meta.url);
const grammarFiles: Readonly<Record<string, string>> = {
  'source.sql': require.resolve('tm-grammars/grammars/sql.json'),
  'sqlclr.injection': 'syntaxes/sqlclr.injection.json',
  'source.sqlclr-assembly': 'syntaxes/sqlclr-assembly.json',
};

let engine: Promise<void> | undefined;

async function loadGrammar(language: string): Promise<textmate.IGrammar> {
  engine ??= oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
  await engine;
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar(scopeName) {
      const file = grammarFiles[scopeName];
      return Promise.resolve(file === undefined ? file : textmate.parseRawGrammar(readFileSync(file, 'utf8'), file));
    },
    getInjections: (scopeName) => (scopeName === 'source.sql' ? ['sqlclr.injection'] : undefined),
  });
  const grammar = await registry.loadGrammar(language);
  assert.ok(grammar);
  return grammar;
}

/** One line for each token that has a scope of its own: the text and its innermost scope. */
function scopesOf(grammar: textmate.IGrammar, sample: string): string {
  const lines: string[] = [];
  let state = textmate.INITIAL;
  for (const line of sample.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    for (const { startIndex, endIndex, scopes } of tokens) {
      const text = line.slice(startIndex, endIndex).trim();
      const scope = scopes.at(-1);
      if (text !== '' && scope !== undefined && !scope.startsWith('source.')) lines.push(`${text} → ${scope}`);
    }
  }
  return lines.join('\n');
}

const section = /^## (.+)\n\n(?:.+\n\n)?```(?:sql|il)\n([^]*?)\n```\n\n```scopes\n([^]*?)```$/gm;

function renewed(grammar: textmate.IGrammar, written: string): string {
  return written.replace(section, (whole: string, _title: string, sample: string, scopes: string) => {
    const head = whole.slice(0, whole.length - scopes.length - '```'.length);
    return `${head}${scopesOf(grammar, sample)}\n\`\`\``;
  });
}

for (const { page, language } of pages) {
  suite(language, () => {
    let grammar: textmate.IGrammar;
    before(async () => {
      grammar = await loadGrammar(language);
    });

    const written = readFileSync(page, 'utf8');
    const sections = [...written.matchAll(section)].map(([, title = '', sample = '', scopes = '']) => ({
      title,
      sample,
      scopes,
    }));

    test('the page is read whole', () => {
      assert.equal(sections.length, [...written.matchAll(/^## /gm)].length);
      assert.ok(sections.length > 0);
    });

    if (process.env['UPDATE']) test('the page is written', () => writeFileSync(page, renewed(grammar, written)));
    else {
      for (const { title, sample, scopes } of sections) {
        test(title, () => assert.equal(`${scopesOf(grammar, sample)}\n`, scopes));
      }
    }
  });
}

suite('grammar', () => {
  test('a long literal costs no more than its length', async () => {
    const grammar = await loadGrammar('source.sql');
    const start = performance.now();
    scopesOf(
      grammar,
      `CREATE ASSEMBLY a FROM 0x4D5A${'00'.repeat(50_000)}\\\n${'ab'.repeat(50_000)} WITH PERMISSION_SET = SAFE`,
    );
    assert.ok(performance.now() - start < 10_000);
  });
});
