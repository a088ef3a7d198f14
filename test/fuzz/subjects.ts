// What is tried with hostile input: each takes numbers at random and puts the product through everything that reads it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspections, Workspace } from '../../server/analysis/workspace.js';
import * as advice from '../../server/bundles/advice.js';
import { readConfiguration } from '../../server/configuration/configuration.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import * as links from '../../server/bundles/links.js';
import { nodePlatform } from '../../server/platform/node.js';
import { mutationsOf } from '../support/mutations.js';
import { mutated, wordsOf, type Random } from './mutate.js';
import { tryProtocol } from './protocol.js';

export interface Subject {
  /** `keep` is told what the input is, so that it can be told when it does harm. */
  (random: Random, keep: (files: Files) => void): void | Promise<void>;
}

export type Files = Readonly<Record<string, string | Uint8Array>>;

const pages = ['docs/rules', 'test/rules'].flatMap((folder) =>
  readdirSync(folder).flatMap((name) => (name.endsWith('.md') ? [readFileSync(join(folder, name), 'utf8')] : [])),
);
const fences = (language: string): readonly string[] =>
  pages.flatMap((page) =>
    [...page.matchAll(new RegExp(`^\`\`\`${language}(?: \\S+)?\\n([^]*?)^\`\`\``, 'gm'))].map(([, body = '']) => body),
  );
const images = readdirSync('test/assemblies', { recursive: true, encoding: 'utf8' }).flatMap((name) =>
  name.endsWith('.dll') ? [readFileSync(join('test/assemblies', name))] : [],
);
const hexOf = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString('hex').toUpperCase()}`;
const oneOf = <T>(random: Random, all: readonly T[]): T => all[random(all.length)] as T;

const sql = fences('sql').map((text, index) =>
  text.replace(/0x\{[\w.]+\}/g, () => hexOf(images[index % images.length] ?? new Uint8Array())),
);
const cs = fences('cs');
const xml = fences('xml');
const json = [
  '{ "target": "sql-server-2019", "clrStrictSecurity": false, "rules": { "*": "warning", "trustworthy-database": "off" } }',
  '{ "extends": ["strict", "./other.json"], "ignore": ["a/**", "!b"], "overrides": [{ "files": ["x/*"], "rules": {} }] }',
  '{ /* a */ "known": { "assemblies": ["A"], "sysadmins": ["sa"] }, "codePage": "windows-1252", "suppressions": true, }',
];

/** Fails where nothing would say so otherwise. */
function whole(seeds: readonly unknown[], what: string): void {
  if (seeds.length < 3) throw new Error(`There are no ${what} to begin with`);
}

export async function subjects(): Promise<Readonly<Record<string, Subject>>> {
  for (const [seeds, what] of [
    [sql, 'scripts'],
    [cs, 'sources'],
    [xml, 'projects'],
    [images, 'assemblies'],
  ] as const)
    whole(seeds, what);
  const language = await diskGrammar('dist-test');
  const workspaceOf = (files: Files): Workspace => {
    const workspace = new Workspace(nodePlatform, undefined, ({ rule, error }) => {
      throw new Error(`Rule ${rule} failed`, { cause: error });
    });
    workspace.useCSharp(language);
    for (const [name, content] of Object.entries(files)) workspace.set(`file:///w/${name}`, content);
    return workspace;
  };
  const tryFiles = (files: Files, random: Random, keep: (files: Files) => void): void => {
    keep(files);
    askEverything(workspaceOf(files), random);
  };
  const [sqlWords, csWords, xmlWords] = [sql, cs, xml].map(wordsOf);
  const project = {
    'a.csproj':
      '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><AssemblyName>a</AssemblyName></PropertyGroup></Project>',
  };
  const readable = cs.filter((text) => workspaceOf({ ...project, 'a.cs': text }).project().sourceCode.size > 0);
  whole(readable, 'sources for SQL Server');
  return {
    'T-SQL': (random, keep) => tryFiles({ 'a.sql': mutated(random, sql, sqlWords ?? []) }, random, keep),
    'assembly bytes': (random, keep) => {
      const [bytes = new Uint8Array()] = mutationsOf(oneOf(random, images), random(1 << 30), 1);
      const hex = hexOf(bytes.subarray(0, 1 + random(bytes.length)));
      const script = `CREATE ASSEMBLY a FROM ${random(2) === 0 ? hex : hexOf(bytes)} WITH PERMISSION_SET = UNSAFE;`;
      tryFiles({ 'a.dll': bytes, 'a.sql': script }, random, keep);
    },
    'C#': (random, keep) => tryFiles({ ...project, 'a.cs': mutated(random, cs, csWords ?? []) }, random, keep),
    'C# as it is typed': (random, keep) =>
      typed(workspaceOf(project), random, mutated(random, cs, csWords ?? []), csWords ?? [], keep),
    'project files': (random, keep) =>
      tryFiles(
        {
          'a.sqlproj': mutated(random, xml, xmlWords ?? []),
          'Directory.Build.props': mutated(random, xml, xmlWords ?? []),
          ...project,
          'a.cs': oneOf(random, cs),
        },
        random,
        keep,
      ),
    'a project of them all': (random, keep) => {
      const [bytes = new Uint8Array()] = mutationsOf(oneOf(random, images), random(1 << 30), 1);
      const text = (seeds: readonly string[], words: readonly string[] = []): string =>
        random(2) === 0 ? oneOf(random, seeds) : mutated(random, seeds, words);
      const files = {
        'a.dll': bytes,
        'a.sqlproj': text(xml, xmlWords),
        'a.cs': text(cs, csWords),
        'b.cs': text(cs, csWords),
      };
      tryFiles({ ...files, 'a.sql': text(sql, sqlWords), 'b.sql': text(sql, sqlWords) }, random, keep);
    },
    'sqlclr-lint.json': async (random, keep) => {
      const words = ['extends', 'rules', 'overrides', 'files', 'ignore', 'off', 'trustworthy-database', '*', 'sa'];
      const [text, other] = [mutated(random, json, words), mutated(random, json, words)];
      keep({ 'sqlclr-lint.json': text, 'other.json': other });
      const { configuration } = await readConfiguration('file:///w/sqlclr-lint.json', (uri) =>
        Promise.resolve(uri.endsWith('other.json') ? other : text),
      );
      const uri = `file:///w/${'a/'.repeat(random(200))}b.sql`;
      configuration.isIgnored(uri);
      configuration.overrides.forEach(({ holdsFor }) => holdsFor(uri));
    },
    requests: async (random, keep) => {
      const files = {
        'a.sql': mutated(random, sql, sqlWords ?? []),
        'a.cs': oneOf(random, cs),
        ...project,
        'a.sqlproj': oneOf(random, xml),
      };
      keep(files);
      await tryProtocol(random, files, language);
    },
  };
}

/** Whatever an editor or a shell may ask of a file. */
function askEverything(workspace: Workspace, random: Random): void {
  const project = workspace.project();
  for (const uri of workspace.uris()) {
    const { length } = workspace.textOf(uri);
    for (const { span, fixes } of workspace.findings(uri)) {
      const inside = 0 <= span.start && span.start <= span.end && span.end <= length;
      if (!inside) throw new Error(`A finding of ${uri} lies at ${span.start} to ${span.end} of ${length}`);
      if (fixes.some(({ edits }) => edits.some(({ at }) => at.start > at.end))) throw new Error('A fix is inside out');
    }
    workspace.symbols(uri);
    workspace.foldings(uri);
    workspace.lenses(uri);
    for (const [index] of workspace.assemblies(uri).entries()) void workspace.assemblyDocument(uri, index)?.text;
    for (let times = 0; times < 12; times++) askAt(workspace, uri, random(length + 2));
    inspections.inspect(workspace, uri);
    inspections.api(workspace, uri);
    if (random(8) === 0) inspections.syntax(workspace, uri);
  }
  for (const query of ['', 'a', '\0', 'constructor']) workspace.workspaceSymbols(query);
  for (const way of ['certificate', 'key', 'hash'] as const) advice.trustText(advice.trustScriptOf(project, way));
  const graph = links.linkGraphOf(project, workspace.uris(), (uri) => workspace.findings(uri));
  links.linksDot(graph);
  links.linksSvg(graph);
}

function askAt(workspace: Workspace, uri: string, offset: number): void {
  workspace.hover(uri, offset);
  workspace.completions(uri, offset);
  workspace.definitions(uri, offset);
  workspace.implementations(uri, offset);
  workspace.references(uri, offset);
  workspace.highlights(uri, offset);
  workspace.renamable(uri, offset);
  workspace.rename(uri, offset, 'Other');
  for (const node of workspace.callNodes(uri, offset)) {
    workspace.callItem(node);
    workspace.incomingCalls(node);
    workspace.outgoingCalls(node);
  }
}

/** One edit after another, as an editor sends them. */
function typed(
  workspace: Workspace,
  random: Random,
  begun: string,
  words: readonly string[],
  keep: (files: Files) => void,
): void {
  let text = begun;
  const uri = 'file:///w/a.cs';
  for (let times = 0; times < 6; times++) {
    const at = random(text.length + 1);
    const typed =
      random(3) === 0 ? '' : ([words[random(words.length)] ?? '', ';', '}', '(', '"', '\n#if A\n'][random(6)] ?? '');
    text = text.slice(0, at) + typed + text.slice(at + random(5));
    keep({ 'a.cs': text });
    workspace.set(uri, text);
    workspace.findings(uri);
    workspace.hover(uri, at);
    workspace.completions(uri, at);
  }
}
