// What Microsoft's pages say of CLR integration, each held to the tool: scripts and C# with what is found in them, and what is
// not; or why nothing can be.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { defaultSettings, type Settings } from '../../server/analysis/workspace.js';
import { sourceWorkspace } from './source-workspace.js';

export type Fact = { readonly fact: string } & (Shown | { readonly whyNot: string });

interface Shown {
  /** `0x{Name}` is what `cs` has under the name. One text, or one a file. */
  readonly sql: string | readonly string[];
  /** C# by the name of its assembly; a name behind `:` in the key is what it references. */
  readonly cs?: Readonly<Record<string, string>>;
  /** A rule, or a rule and the number that it says SQL Server answers: `owner-mismatch 6548`. */
  readonly found?: readonly string[];
  readonly notFound?: readonly string[];
  readonly settings?: Partial<Settings>;
}

const language = await diskGrammar('dist-test');

export function holdFacts(facts: readonly Fact[]): void {
  for (const one of facts) {
    if ('whyNot' in one) continue;
    test(one.fact, () => {
      const said = findingsOf(one);
      for (const wanted of one.found ?? []) assert.ok(said.has(wanted), `${wanted} in ${[...said].join(', ')}`);
      for (const unwanted of one.notFound ?? [])
        assert.ok(!said.has(unwanted), `${unwanted} in ${[...said].join(', ')}`);
    });
  }
  test('each fact is shown, or says why not', () => {
    for (const one of facts)
      assert.ok('whyNot' in one ? one.whyNot.length > 20 : (one.found ?? one.notFound ?? []).length > 0, one.fact);
    assert.equal(new Set(facts.map(({ fact }) => fact)).size, facts.length);
  });
}

const usings =
  'using System; using System.Collections; using System.Data.SqlClient; using System.Data.SqlTypes; using System.IO; using System.Runtime.InteropServices; using System.Threading; using Microsoft.SqlServer.Server;\n';

function findingsOf({ sql, cs = {}, settings }: Shown): ReadonlySet<string> {
  const files = (typeof sql === 'string' ? [sql] : sql).map((text, index) => ({ uri: `file:///${index}.sql`, text }));
  const sources = Object.entries(cs).map(([key, source]) => {
    const [name = '', ...references] = key.split(':');
    return { name, source: usings + source, references: references.map((one) => ({ name: one })) };
  });
  const workspace = sourceWorkspace(language, { files, settings: { ...defaultSettings, ...settings } }, sources);
  const said = new Set<string>();
  for (const uri of workspace.uris())
    for (const { rule, sqlErrors } of workspace.findings(uri)) {
      said.add(rule);
      for (const number of sqlErrors) said.add(`${rule} ${number}`);
    }
  return said;
}

/** CREATE ASSEMBLY of what `cs` has under a name. */
export function made(name: string, set = 'SAFE', owner = ''): string {
  const authorization = owner === '' ? '' : ` AUTHORIZATION ${owner}`;
  return `CREATE ASSEMBLY ${name}${authorization} FROM 0x{${name}} WITH PERMISSION_SET = ${set};\nGO\n`;
}

/** A class `P` with the methods that a routine may be. */
export function methods(text: string): string {
  return `public static class P { ${text} }`;
}
