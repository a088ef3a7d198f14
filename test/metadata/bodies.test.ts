// Bodies as they are read from IL: test/assemblies/Bodies.cs, each method's text in bodies.md. UPDATE=1 writes them anew.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { nodePlatform } from '../../server/platform/node.js';
import { bodyText } from '../support/body-text.js';

const file = 'test/metadata/bodies.md';

function written(): string {
  const { image } = readAssembly(readFileSync('test/assemblies/Bodies.dll'), nodePlatform);
  const sections = (image?.code.types ?? []).flatMap((type) =>
    type.methods.flatMap((method) =>
      method.body ? [`## ${type.name}::${method.name}\n\n\`\`\`text\n${bodyText(method, method.body)}\`\`\`\n`] : [],
    ),
  );
  return `# Bodies\n\nWhat mcs makes of test/assemblies/Bodies.cs.\n\n${sections.join('\n')}`;
}

test('bodies are read as they are written down', () => {
  if (process.env['UPDATE'] === '1') writeFileSync(file, written());
  assert.equal(written(), readFileSync(file, 'utf8'));
});
