// Fixes in C# against the compiler: what the sources of the rules' pages become, mcs takes.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import type { Edit } from '../../server/analysis/rules/rule.js';
import { withEdits } from '../support/check-fix.js';
import type { CompiledSample } from '../support/compiled-samples.js';
import { sourceSamples } from '../support/source-samples.js';
import { sourceUri, sourceWorkspace } from '../support/source-workspace.js';

const folder = mkdtempSync(join(tmpdir(), 'sqlclr-lint-fixes-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const language = await diskGrammar('dist-test');

/** As `npm run samples` compiles them. */
const libraries = [
  'Configuration',
  'Data',
  'Management',
  'Net.Http',
  'Runtime.Serialization',
  'Security',
  'Transactions',
  'Xml.Linq',
];

test('what a fix makes of a source compiles', (context) => {
  let count = 0;
  for (const { name, sample, compiled } of sourceSamples()) {
    const workspace = sourceWorkspace(language, sample, compiled);
    for (const finding of workspace.uris().flatMap((uri) => workspace.findings(uri))) {
      for (const { title, edits } of finding.fixes) {
        for (const one of compiled.filter((each) =>
          edits.some((edit) => (edit.uri ?? finding.uri) === sourceUri(each.name)),
        )) {
          const own: readonly Edit[] = edits.filter((edit) => (edit.uri ?? finding.uri) === sourceUri(one.name));
          assert.equal(refused(one, withEdits(one.source, own)), '', `${name}: ${title}`);
          count++;
        }
      }
    }
  }
  context.diagnostic(`${count} of ${count} mended sources compile`);
  assert.ok(count > 0);
});

function refused(sample: CompiledSample, source: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${sample.name}.cs`);
  writeFileSync(path, source);
  const { status, stdout, stderr } = spawnSync(
    'mcs',
    [
      ...['-sdk:4.8-api', '-target:library', '-warn:0', `-out:${join(folder, `${sample.name}.dll`)}`, path],
      ...libraries.map((library) => `-r:System.${library}.dll`),
      ...sample.references.map((reference) => `-r:${reference.path}`),
      ...sample.options,
    ],
    { encoding: 'utf8' },
  );
  return status === 0 ? '' : stdout + stderr;
}
