// How a rule's page is built: what closes it, in which order, and where it refers to. docs/style.md says what belongs where.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { references } from '../../server/analysis/knowledge/references.js';
import { weaknessName } from '../../server/analysis/knowledge/weaknesses.js';
import { allRules, type RuleDescription } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';
import { sectionOf } from '../support/rule-page.js';

const closing = ['Why', 'How to fix', 'When to suppress', 'Limits', 'References'];
const ways = ['Preferred', 'Acceptable', 'Never'];
/** What SQL Server says of an assembly that nothing trusts: where people turn security off. */
const untrusted = [10314, 10327, 10343];

for (const rule of allRules(nodePlatform)) {
  const page = readFileSync(`docs/rules/${rule.name}.md`, 'utf8');

  test(`${rule.name}: the page closes as pages do`, () => {
    const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, title = '']) => title);
    const expected = rule.topic === 'tool' ? closing.slice(0, -1) : closing;
    const from = headings.indexOf('Why');
    const end = headings.slice(from);
    assert.deepEqual(end.slice(0, expected.length), expected);
    assert.deepEqual(
      end.slice(expected.length),
      rule.topic === 'tool' && end.includes('References') ? ['References'] : [],
    );
    for (const title of expected) assert.ok(textOf(page, title).length > 20, title);
  });

  test(`${rule.name}: how to fix it is told from best to never`, () => {
    const items = textOf(page, 'How to fix').split(/^(?=- )/m);
    const told = items.map((item) => /^- (\w+): \S/.exec(item)?.[1] ?? item);
    assert.deepEqual(
      told,
      ways.filter((way) => told.includes(way)),
    );
    assert.equal(told[0], 'Preferred');
    const tempts = rule.topic === 'permission-sets' || rule.sqlErrors?.some((number) => untrusted.includes(number));
    if (tempts) assert.ok(told.includes('Never'), 'It says what not to do');
    for (const item of items)
      if (!item.startsWith('- Never')) assert.doesNotMatch(item, /TRUSTWORTHY ON|strict security off/i);
  });

  test(`${rule.name}: it refers to pages that are known, and to each of its weaknesses`, () => {
    const links = [...textOf(page, 'References').matchAll(/^- \[(.*?)\]\(<?(https:.*?)>?\)$/gm)].map(
      ([, title = '', address = '']) => ({ title, address }),
    );
    const lines = textOf(page, 'References')
      .split('\n')
      .filter((line) => line !== '');
    assert.equal(links.length, lines.length, 'Each line is a link');
    const weaknesses = (rule.cwe ?? []).map((id) => ({
      title: `CWE-${id}: ${weaknessName(id)}`,
      address: `https://cwe.mitre.org/data/definitions/${id}.html`,
    }));
    const pages = links.slice(0, links.length - weaknesses.length);
    assert.deepEqual(links.slice(pages.length), weaknesses);
    for (const { title, address } of pages)
      assert.ok(
        references.some((one) => one.title === title && `https://learn.microsoft.com/${one.path}` === address),
        `${title}: ${address}`,
      );
  });
}

test('each reference is used, and bears one address', () => {
  const all = allRules(nodePlatform)
    .map(({ name }: RuleDescription) => readFileSync(`docs/rules/${name}.md`, 'utf8'))
    .join('\n');
  for (const { title } of references) assert.ok(all.includes(`- [${title}](`), title);
  assert.equal(new Set(references.map(({ title }) => title)).size, references.length);
  assert.equal(new Set(references.map(({ path }) => path)).size, references.length);
});

function textOf(page: string, title: string): string {
  return sectionOf(page, title).trim().split('\n').slice(1).join('\n').trim();
}
