// A text read by what it was before: where all of it is C#, the same nodes as when it is read anew.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import type { Reading } from '../../server/analysis/csharp/reading.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { compiledSamplesOf } from '../support/compiled-samples.js';
import { randomOf } from '../support/mutations.js';

const language = await diskGrammar('dist-test');
/** Whole and half: what is typed stands for a while, and then goes again, or not. */
const typed = [
  'x.',
  'if (',
  ' ',
  '\n',
  '/*',
  '*/',
  '// c\n',
  '"',
  '}',
  '{',
  '{ }',
  ';',
  'int q = 1;\n',
  'F(() => { return 1; });\n',
  'public int F;\n',
  'public void G(int a) { }\n',
  '} void Z() {',
  'unsafe ',
  'public int P { get; set; }\n',
  'class D { }\n',
  '#if X\n',
  '#endif\n',
  'using System;\n',
  '[A]',
  'and',
];

test('what is read by what was there before is what is read anew', (context) => {
  const sources = compiledSamplesOf(readdirSync('docs/rules').map((name) => `docs/rules/${name}`))
    .filter(({ language, source }) => language === 'cs' && source.length > 300)
    .map(({ source }) => source);
  const random = randomOf(5);
  let whole = 0;
  for (let chain = 0; chain < 80; chain++) {
    let text = sources[random(sources.length)] ?? '';
    let reading: Reading = language.read(text, []);
    const before: string[] = [];
    for (let edit = 0; edit < 12; edit++) {
      const undone = random(3) > 0 ? undefined : before.pop();
      if (undone === undefined) before.push(text);
      text = undone ?? edited(text, random);
      reading = language.read(text, [], reading);
      const anew = language.read(text, []);
      if (anew.unit.errors.length > 0) {
        assert.ok(reading.unit.errors.length > 0, text);
        continue;
      }
      whole++;
      assert.deepEqual(reading.unit, anew.unit, text);
    }
  }
  context.diagnostic(`${whole} texts that are all C#`);
  assert.ok(whole > 150);
});

function edited(text: string, random: (below: number) => number): string {
  const anywhere = random(text.length);
  const at = random(4) === 0 ? anywhere : text.indexOf('\n', anywhere) + 1;
  const what = typed[random(typed.length + 6)];
  if (what !== undefined) return text.slice(0, at) + what + text.slice(at);
  const line = text.indexOf('\n', at) + 1;
  return text.slice(0, at) + text.slice(random(2) === 0 ? line : at + random(30));
}
