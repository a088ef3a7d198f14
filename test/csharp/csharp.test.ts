// C# in, nodes out as text: the pages beside this file. UPDATE=1 writes them anew; read the difference as behaviour.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { csharpText } from '../support/csharp-text.js';

const language = await diskGrammar('dist-test');

for (const page of ['declarations', 'statements', 'expressions', 'recovery']) {
  const file = `test/csharp/${page}.md`;
  const source = readFileSync(file, 'utf8');
  let updated = source;
  for (const [whole, title, fence, cs = '', expected = ''] of source.matchAll(
    /^## (.+)\n\n```(cs|cs-body)\n([^]*?)^```\n(?:\n```nodes\n([^]*?)^```\n)?/gm,
  )) {
    const nodes = fence === 'cs' ? nodesOf(cs) : bodyOf(cs);
    if (process.env['UPDATE'] === '1')
      updated = updated.replace(
        whole,
        () => `## ${title}\n\n\`\`\`${fence}\n${cs}\`\`\`\n\n\`\`\`nodes\n${nodes}\`\`\`\n`,
      );
    else test(`${page}: ${title}`, () => assert.equal(nodes, expected));
  }
  if (process.env['UPDATE'] === '1') writeFileSync(file, updated);
}

function nodesOf(cs: string): string {
  return csharpText(language.read(cs, []).unit, cs);
}

/** Without the class and the method around it. */
function bodyOf(cs: string): string {
  const lines = nodesOf(`class A { void M() {\n${cs}} }`).split('\n');
  return lines
    .slice(2)
    .map((line) => line.replace(/^ {4}/, ''))
    .join('\n');
}
