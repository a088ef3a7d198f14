// Uses of the framework read from the C# of the rules' pages, against those in what it compiles to, method by method.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { agreementOf, together } from '../support/api-agreement.js';
import { compiledSamplesOf, pagesWithSamples } from '../support/compiled-samples.js';

const language = await diskGrammar('dist-test');

test('what compiled code uses of the framework is found in its source, and little else', (context) => {
  const samples = compiledSamplesOf(pagesWithSamples()).filter(
    ({ language: of, source }) => of === 'cs' && !source.includes('// references:'),
  );
  const { all, missing, invented } = together(
    samples.map(({ source, path }) => agreementOf(language, source, readFileSync(path))),
  );
  const found = all - missing.length;
  context.diagnostic(`${found} of ${all} uses are found in the sources of ${samples.length} samples`);
  for (const use of missing) context.diagnostic(`not found: ${use}`);
  for (const use of invented) context.diagnostic(`not compiled: ${use}`);
  assert.ok(found / all > 0.99, `${found} of ${all}`);
  assert.ok(invented.length / all < 0.01, `${invented.length} of ${all}`);
});
