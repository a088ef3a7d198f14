// Whatever is edited in whatever order, what is found is what a workspace finds that reads the files for the first time.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { defaultSettings, Workspace, type Settings } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { nodePlatform } from '../../server/platform/node.js';
import { sectionsOf } from '../support/compiled-samples.js';
import { samplesOf, workspaceOf } from '../support/rule-page.js';
import { sampleAssembly } from '../support/sample-assembly.js';

const language = await diskGrammar('dist-test');

/** Texts that belong together: of one section of a page. */
interface Material {
  readonly sql: readonly string[];
  readonly xml: readonly string[];
  readonly cs: readonly string[];
}

const materials: readonly Material[] = readdirSync('docs/rules').flatMap((name) => {
  const page = readFileSync(`docs/rules/${name}`, 'utf8');
  const sources = new Map(
    sectionsOf(page).map(({ title, section }) => [
      title,
      [...section.matchAll(/^```cs[^\n]*\n([^]*?)^```$/gm)].map(([, text = '']) => text),
    ]),
  );
  return samplesOf(page).map((sample): Material => {
    const workspace = workspaceOf(sample);
    const of = (wanted: string): readonly string[] =>
      sample.files.filter((file) => file.language === wanted).map(({ uri }) => workspace.textOf(uri));
    return { sql: of('sql'), xml: of('xml'), cs: sources.get(sample.title) ?? [] };
  });
});

type Kind = keyof Material;

const places: Readonly<Record<Kind, readonly string[]>> = {
  sql: ['a/1.sql', 'a/2.sql', 'b/1.sql', 'b/2.sql', 'b/3.sql'],
  xml: ['a/Payroll.sqlproj', 'b/Other.csproj'],
  cs: ['a/Payroll.cs', 'a/More.cs', 'b/Other.cs'],
};

const replacements: readonly (readonly [RegExp, string])[] = [
  [/\bSAFE\b/, 'UNSAFE'],
  [/\bUNSAFE\b/g, 'EXTERNAL_ACCESS'],
  [/PERMISSION_SET\s*=\s*\w+/, 'PERMISSION_SET = SAFE'],
  [/\bint\b/, 'nvarchar(10)'],
  [/\bSqlInt32\b/, 'SqlString'],
  [/\bpublic static\b/, 'static'],
  [/\bGRANT\b/, 'DENY'],
  [/\bCREATE ASSEMBLY\b/, 'DROP ASSEMBLY'],
  [/\bAUTHORIZATION \S+/, ''],
  [/EXTERNAL NAME \[?\w+/, 'EXTERNAL NAME Other'],
  [/<AssemblyName>/, '<AssemblyName>Other.'],
  [/^.*\n/, ''],
  [/^/, '\n'],
  [/^/, '-- sqlclr-disable\n'],
];

const settings: readonly Settings[] = [
  defaultSettings,
  { ...defaultSettings, target: 'sql-server-2012' },
  { ...defaultSettings, clrStrictSecurity: false, known: { assemblies: ['Payroll'] } },
  { ...defaultSettings, rules: { 'untrusted-assembly': 'off', '*-mismatch': 'hint' } },
];

const index = fc.nat(1000);
const kind = fc.constantFrom<Kind>('sql', 'sql', 'sql', 'cs', 'xml');
const edit = fc.oneof(
  fc.record({ does: fc.constant('write' as const), kind, place: index, text: index }),
  fc.record({ does: fc.constantFrom('replace', 'try', 'remove', 'move'), kind, place: index, text: index }),
  fc.record({ does: fc.constantFrom('configure', 'bytes'), kind, place: index, text: index }),
);

function at<T>(items: readonly T[], number: number): T {
  return items[number % items.length] ?? assert.fail('nothing to choose from');
}

test('after any edits, what is found is what is found from scratch', () => {
  const chosen = fc.array(index, { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(chosen, fc.array(edit, { minLength: 6, maxLength: 24 }), (of, edits) => {
      const material = of.map((number) => at(materials, number));
      const edited = new Edited(material);
      for (const one of edits) {
        edited.apply(one);
        edited.compare();
      }
    }),
    { seed: 77, numRuns: 25 },
  );
});

/** A workspace that is kept, and the files that another is made of. */
class Edited {
  readonly #workspace = new Workspace(nodePlatform);
  readonly #files = new Map<string, string | Uint8Array>();
  readonly #material: readonly Material[];
  #settings = defaultSettings;

  constructor(material: readonly Material[]) {
    this.#material = material;
    this.#workspace.useCSharp(language);
    for (const wanted of ['sql', 'xml', 'cs'] as const)
      for (const [number, text] of this.#texts(wanted).entries()) this.#set(at(places[wanted], number), text);
  }

  apply({ does, kind: of, place, text }: typeof edit extends fc.Arbitrary<infer T> ? T : never): void {
    const uri = at(places[of], place);
    const texts = this.#texts(of);
    const now = this.#files.get(uri);
    if (does === 'configure') this.#workspace.configure((this.#settings = at(settings, text)));
    else if (does === 'bytes') this.#set('b/sample.dll', sampleAssembly());
    else if (does === 'remove') this.#remove(uri);
    else if (typeof now !== 'string') return texts.length === 0 ? undefined : this.#set(uri, at(texts, text));
    else if (does === 'write') this.#set(uri, texts.length === 0 ? '' : at(texts, text));
    else if (does === 'move') {
      this.#remove(uri);
      this.#set(at(places[of], place + 1), now);
    } else if (does === 'replace') this.#set(uri, replaced(now, text));
    else this.#tryOut(uri, replaced(now, text));
  }

  compare(): void {
    const fresh = new Workspace(nodePlatform, this.#settings);
    fresh.useCSharp(language);
    for (const [uri, content] of this.#files) fresh.set(uri, content);
    for (const uri of fresh.uris()) assert.deepEqual(this.#workspace.findings(uri), fresh.findings(uri), uri);
  }

  #tryOut(uri: string, text: string): void {
    const copy = this.#workspace.copy();
    copy.set(uri, text);
    for (const one of copy.uris()) copy.findings(one);
  }

  #set(uri: string, content: string | Uint8Array): void {
    this.#files.set(uri, content);
    this.#workspace.set(uri, content);
  }

  #remove(uri: string): void {
    this.#files.delete(uri);
    this.#workspace.remove(uri);
  }

  #texts(of: Kind): readonly string[] {
    return this.#material.flatMap((one) => one[of]);
  }
}

function replaced(text: string, number: number): string {
  const [pattern, by] = at(replacements, number);
  return text.replace(pattern, by);
}
