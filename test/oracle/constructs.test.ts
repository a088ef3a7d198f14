// Programs for each construct of C#: what mono's compiler makes them use of the framework, method by method, is found in the source.
// It cannot compile local functions, patterns in `case`, switch expressions, ranges, a deconstruction by `Deconstruct` or in
// `foreach`, indices in an initializer of a collection, and default members of interfaces: `test/csharp/*.md` has those.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { agreementOf, together, type Agreement } from '../support/api-agreement.js';
import { compile, compiledSymbols } from './mono.js';

const programs = 'test/csharp/constructs';
const references = [
  'System',
  'System.Core',
  'System.Data',
  'System.Data.DataSetExtensions',
  'System.Xml',
  'Microsoft.CSharp',
];
const language = await diskGrammar('dist-test');
const folder = mkdtempSync(join(tmpdir(), 'sqlclr-lint-constructs-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('what compiled constructs use of the framework is found in their source, and little else', () => {
  const agreements = readdirSync(programs).map((name): Agreement => {
    const source = readFileSync(join(programs, name), 'utf8');
    const library = join(folder, name.replace(/\.cs$/, '.dll'));
    assert.deepEqual([...compile([source], library, references)], [], name);
    const one = agreementOf(language, source, readFileSync(library), compiledSymbols);
    console.log(`${name}: ${said(one)}`);
    for (const use of one.missing) console.log(`  not found: ${use}`);
    for (const use of one.invented) console.log(`  not compiled: ${use}`);
    return one;
  });
  const { all, missing, invented } = together(agreements);
  console.log(said({ all, missing, invented }));
  assert.ok(missing.length <= all / 100, `${missing.length} of ${all} are not found`);
  assert.ok(invented.length <= all / 100, `${invented.length} beside ${all} are not compiled`);
});

function said({ all, missing, invented }: Agreement): string {
  return `${all - missing.length} of ${all} uses are found, ${invented.length} others beside them`;
}
