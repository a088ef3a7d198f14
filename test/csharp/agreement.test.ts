// Uses of the framework read from the C# of the rules' pages, against those in what it compiles to, method by method.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Workspace } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/grammar-node.js';
import { nodePlatform } from '../../server/platform-node.js';
import { compiledSamplesOf, pagesWithSamples, type CompiledSample } from '../support/compiled-samples.js';

const language = await diskGrammar('dist-test');

/**
 * What mcs calls of itself for closures, iterators and async methods, and Roslyn does not or elsewhere; and expression trees,
 * which are left open in a source.
 */
const compilersOwn =
  / -> System\.(?:Object::\.ctor\(\)|NotSupportedException::\.ctor\(\)|Threading\.Interlocked::|Runtime\.CompilerServices\.Async|Linq\.Expressions\.Expression::|Reflection\.\w+::Get(?:Method|Field)FromHandle)/;

test('what compiled code uses of the framework is found in its source, and little else', (context) => {
  const samples = compiledSamplesOf(pagesWithSamples()).filter(
    ({ language: of, source }) => of === 'cs' && !source.includes('// references:'),
  );
  let all = 0;
  let found = 0;
  const missing: string[] = [];
  const invented: string[] = [];
  for (const sample of samples) {
    const compiled = usesOfBytes(sample);
    const source = usesOfSource(sample);
    for (const use of compiled) {
      all++;
      if (source.has(use)) found++;
      else missing.push(use);
    }
    for (const use of source) if (!compiled.has(use)) invented.push(use);
  }
  context.diagnostic(`${found} of ${all} uses are found in the sources of ${samples.length} samples`);
  for (const use of missing) context.diagnostic(`not found: ${use}`);
  for (const use of invented) context.diagnostic(`not compiled: ${use}`);
  assert.ok(found / all > 0.99, `${found} of ${all}`);
  assert.ok(invented.length / all < 0.01, `${invented.length} of ${all}`);
});

function usesOfBytes({ path }: CompiledSample): ReadonlySet<string> {
  const workspace = new Workspace(nodePlatform);
  workspace.set('file:///a.dll', new Uint8Array(readFileSync(path)));
  return usesIn(workspace, 'file:///a.dll');
}

function usesOfSource({ source }: CompiledSample): ReadonlySet<string> {
  const workspace = new Workspace(nodePlatform);
  workspace.useCSharp(language);
  workspace.set(
    'file:///a/a.csproj',
    '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><Configuration>Release</Configuration></PropertyGroup></Project>',
  );
  // The name that a script creates is read whatever the source speaks of.
  workspace.set('file:///a/a.sql', "CREATE ASSEMBLY a FROM 'a.dll';");
  workspace.set('file:///a/a.cs', source);
  return usesIn(workspace, 'file:///a/a.cs');
}

/** An accessor counts as its property. */
function usesIn(workspace: Workspace, uri: string): ReadonlySet<string> {
  return new Set(
    workspace
      .api(uri)
      .map(({ method, member }) => `${method.replace(/::(?:get|set|add|remove)_/, '::')} -> ${member}`)
      .filter((use) => !compilersOwn.test(use)),
  );
}
