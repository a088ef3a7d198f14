// Right code of the pages about impersonation with one thing taken out at a time: the finding comes; put back, it goes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { compiledSamplesIn, sectionsOf } from '../support/compiled-samples.js';
import { sourceUri, unsafeWorkspace } from '../support/source-workspace.js';

const language = await diskGrammar('dist-test');

/** Pages and the sections of them that are right. */
const right: readonly (readonly [page: string, section: string])[] = [
  ['docs/rules/impersonation-not-undone', 'Undone on every way'],
  ['docs/rules/impersonation-null-identity', 'Asked first'],
  ['docs/rules/data-access-while-impersonating', 'After Undo, and before Impersonate'],
  ['docs/rules/impersonation-across-threads', 'Started before or after, and on its own'],
  ['docs/rules/impersonation-across-yield', 'What is read is kept, and handed on later'],
  ['docs/rules/impersonation-failure-ignored', 'The routine ends, or says so'],
  ['test/rules/data-access-while-impersonating', 'Only on ways that impersonate nobody'],
  ['test/rules/impersonation-across-yield', 'Given back before each row, and before what is waited for'],
  ['test/rules/impersonation-failure-ignored', 'Nothing is reached where it failed'],
  ['test/rules/impersonation-null-identity', 'Asked in a loop, later, by exceptions, and by other names'],
];

interface Mutation {
  readonly what: string;
  /** What is taken out, and what stands there then. */
  readonly pattern: RegExp;
  readonly by: (match: readonly string[]) => string;
}

const mutations: readonly Mutation[] = [
  { what: 'Undo', pattern: /(?:if \([^\n]*\) )?(?:\w+\??\.Undo|RevertToSelf)\(\);(?!\n\s*private)/g, by: () => ';' },
  {
    what: 'the guard',
    pattern:
      /(if \([^\n]*(?:== null|, null|!(?!File)\w)[^\n]*\)) (?:return|throw|yield break|continue|Fail)\b[^\n;]*;/g,
    by: ([, asked = '']) => `${asked} { }`,
  },
  { what: '?.', pattern: /\?\.(?=Impersonate)/g, by: () => '.' },
  { what: 'using', pattern: /using \(([^\n]*Impersonate\(\))\)/g, by: ([, made = '']) => `${made};` },
  { what: 'finally', pattern: /\bfinally\b/g, by: () => '' },
  { what: 'rethrow', pattern: /\bthrow;/g, by: () => '' },
];

/** Where nothing comes, and why that is right. */
const harmless: Readonly<Record<string, string>> = {
  'docs/rules/impersonation-across-threads: the guard 3': 'whoever runs a lambda may ask what it takes along',
  'docs/rules/impersonation-failure-ignored: the guard 3': 'of no token no identity is made: that throws',
  'docs/rules/impersonation-failure-ignored: rethrow 1': 'what failed is written down, and nothing else is done',
  'docs/rules/impersonation-not-undone: rethrow 1': 'the identity is given back all the same',
  'test/rules/impersonation-across-yield: finally 2': 'the identity is given back before it',
};

for (const [page, title] of right) {
  const { section } = sectionsOf(readFileSync(`${page}.md`, 'utf8')).find((one) => one.title === title) ?? {};
  for (const { source } of compiledSamplesIn('', title, section ?? '')) {
    test(`${page}: ${title}`, (context) => {
      assert.deepEqual(findingsOf(source), []);
      let count = 0;
      for (const { what, pattern, by } of mutations) {
        [...source.matchAll(pattern)].forEach((match, index) => {
          const name = `${page}: ${what} ${index + 1}`;
          const before = source.slice(0, match.index);
          const after = source.slice(match.index + match[0].length);
          // A `try` without its `finally` is a block, where nothing is caught.
          const isBare = what === 'finally' && before.lastIndexOf('catch') < before.lastIndexOf('try');
          const opened = isBare ? before.replace(/\btry\b(?![^]*\btry\b)/, '') : before;
          const mutant = `${opened}${by(match)}${after}`;
          const found = findingsOf(mutant);
          count++;
          if (name in harmless) assert.deepEqual(found, [], `${name} is not harmless any more`);
          else assert.notDeepEqual(found, [], `${name} in\n${mutant.slice(match.index - 300, match.index + 200)}`);
        });
      }
      context.diagnostic(`${count} mutations`);
      assert.ok(count > 3);
    });
  }
}

function findingsOf(source: string): readonly string[] {
  return unsafeWorkspace(language, source)
    .findings(sourceUri('a'))
    .filter(({ rule }) => rule.includes('impersonat'))
    .map(({ message }) => message);
}
