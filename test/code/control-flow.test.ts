// Control flow as it is written down in control-flow.md, read from C# and from what it compiles to. UPDATE=1 writes it anew.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { AssemblyCode } from '../../server/analysis/code/model.js';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { nodePlatform } from '../../server/platform/node.js';
import { compiledSamplesIn, sectionsOf } from '../support/compiled-samples.js';
import { flowText } from '../support/flow-text.js';

const file = 'test/code/control-flow.md';
const language = await diskGrammar('dist-test');
const page = readFileSync(file, 'utf8');
let updated = page;

for (const { title, section } of sectionsOf(page)) {
  const [sample] = compiledSamplesIn('control-flow', title, section);
  if (!sample) continue;
  const compiled = readAssembly(readFileSync(sample.path), nodePlatform).image?.code;
  const unit = language.read(sample.source, []).unit;
  const source = language.assemble(
    { name: sample.name, sources: [], missing: [], symbols: [], isCertain: true },
    [{ uri: 'file:///a.cs', unit, text: sample.source }],
    [],
  );
  const expected = /^```text\n([^]*?)^```$/m.exec(section)?.[1] ?? '';
  const text = compiled ? flowsOf(compiled) : '';
  if (process.env['UPDATE'] === '1')
    updated = updated.replace(
      section,
      () => `${section.replace(/\n*(```text\n[^]*?```\n\s*)?$/, '')}\n\n\`\`\`text\n${text}\`\`\`\n\n`,
    );
  test(`control flow: ${title}`, () => {
    if (process.env['UPDATE'] !== '1') assert.equal(text, expected);
    assert.equal(flowsOf(source), text, 'the source flows as its bytes do');
  });
}
if (process.env['UPDATE'] === '1') writeFileSync(file, `${updated.trimEnd()}\n`);

function flowsOf(code: AssemblyCode): string {
  return code.types
    .flatMap(({ methods }) => methods)
    .filter(({ body, name }) => body && name !== '.ctor')
    .map((method) => [method.name, ...flowText(method).map((line) => `  ${line}`), ''].join('\n'))
    .join('');
}
