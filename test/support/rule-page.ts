// A rule's page as tests: each heading with fences in SQL or XML is one project; what is found is underlined in comments.
//   -- ^^^^ warning: the message
//   <!-- ^^^^ warning: the message --> in a fence ```xml Database.sqlproj
// A fence ```json settings sets the target; `0x{name}` stands for the bytes of what a fence ```cs name.cs or ```il name.il of the
// same section compiles to, or of an assembly of docs/sample; `0x{name:sha512}` for their hash.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { constantOf } from '../../server/analysis/tsql/constants.js';
import { statementsOf } from '../../server/analysis/tsql/nodes.js';
import { parseScript } from '../../server/analysis/tsql/parser.js';
import type { Finding } from '../../server/analysis/rules/rule.js';
import { defaultSettings, Workspace, type Settings } from '../../server/analysis/workspace.js';
import { compiledDigits, compiledSamplesIn, sectionsOf } from './compiled-samples.js';
import { nodePlatform } from '../../server/platform/node.js';

export interface Sample {
  readonly title: string;
  readonly settings: Settings;
  readonly files: readonly SampleFile[];
  /** Paths of what the section's fences in C# and IL compile to, by name. */
  readonly assemblies: ReadonlyMap<string, string>;
}

export interface SampleFile {
  readonly uri: string;
  /** `sql` or `xml`. */
  readonly language: string;
  /** As the page has it, markers included. */
  readonly written: string;
  /** Where that begins in the page. */
  readonly at: number;
  /** Without markers, placeholders kept. */
  readonly text: string;
}

/** What a marker of a finding begins and ends with, by the language of the fence. */
const markers: Readonly<Record<string, { readonly open: string; readonly close: string; readonly line: RegExp }>> = {
  sql: { open: '--', close: '', line: /^ *--[ ]*\^.*\n/gm },
  xml: { open: '<!--', close: ' -->', line: /^ *<!--[ ]*\^.*-->\n/gm },
};

/** Sections without such a fence are prose. */
export function samplesOf(page: string): readonly Sample[] {
  const rule = /^# (.*)$/m.exec(page)?.[1] ?? '';
  return sectionsOf(page).flatMap(({ title, section, at: index }) => {
    const assemblies = new Map(compiledSamplesIn(rule, title, section).map(({ name, path }) => [name, path]));
    const files: SampleFile[] = [];
    let settings = defaultSettings;
    for (const fence of section.matchAll(/^```(\w+)(?: (\S+))?\n([^]*?)^```$/gm)) {
      const [whole, language, name = '', body = ''] = fence;
      if (language === 'json' && name === 'settings') settings = { ...defaultSettings, ...JSON.parse(body) };
      const marker = markers[language ?? ''];
      if (!marker) continue;
      files.push({
        uri: `file:///${name === '' ? `${files.length}.sql` : name}`,
        language: language ?? '',
        written: body,
        at: index + fence.index + whole.indexOf('\n') + 1,
        text: body.replace(marker.line, ''),
      });
    }
    return files.length === 0 ? [] : [{ title, settings, files, assemblies }];
  });
}

/** The prose under a heading; empty where there is no such section. */
export function sectionOf(page: string, title: string): string {
  const start = page.indexOf(`\n## ${title}\n`);
  if (start < 0) return '';
  const end = page.indexOf('\n## ', start + 1);
  return page.slice(start, end < 0 ? page.length : end);
}

export function workspaceOf({ files, settings, assemblies }: Sample): Workspace {
  const workspace = new Workspace(nodePlatform, settings);
  for (const { uri, text } of files) workspace.set(uri, expanded(text, assemblies).text);
  return workspace;
}

/** The file with the findings of one rule underlined. */
export function marked(file: SampleFile, { assemblies }: Sample, findings: readonly Finding[]): string {
  const { back } = expanded(file.text, assemblies);
  const { open = '', close = '' } = markers[file.language] ?? {};
  let at = 0;
  const lines = file.text.split('\n').map((line) => {
    const start = at;
    at += line.length + 1;
    const under = findings
      .map((finding) => ({ finding, from: back(finding.span.start) - start, to: back(finding.span.end) - start }))
      .filter(({ from }) => from >= 0 && from <= line.length)
      .map(({ finding, from, to }) => {
        const left = Math.max(open.length, from);
        const carets = '^'.repeat(Math.max(1, Math.min(to, line.length) - left));
        return `${open}${' '.repeat(left - open.length)}${carets} ${finding.severity}: ${finding.message}${close}`;
      });
    return [line, ...under].join('\n');
  });
  return lines.join('\n');
}

/** Placeholders replaced by bytes, and the way back for offsets. */
function expanded(
  text: string,
  assemblies: Sample['assemblies'],
): { readonly text: string; readonly back: (offset: number) => number } {
  const shifts: { readonly from: number; readonly by: number; readonly start: number; readonly end: number }[] = [];
  let grown = 0;
  const result = text.replace(
    /0x\{([\w.]+)(:sha512)?\}/g,
    (placeholder, name: string, hash: string | undefined, offset: number) => {
      const compiled = assemblies.get(name);
      const bytes = compiled === undefined ? digitsOf(name) : compiledDigits(compiled);
      const digits = `0x${hash === undefined ? bytes : createHash('sha512').update(bytes, 'hex').digest('hex')}`;
      shifts.push({ from: offset + grown, by: digits.length, start: offset, end: offset + placeholder.length });
      grown += digits.length - placeholder.length;
      return digits;
    },
  );
  const back = (offset: number): number => {
    let shift = 0;
    for (const { from, by, start, end } of shifts) {
      if (offset < from) break;
      if (offset === from) return start;
      if (offset <= from + by) return end;
      shift = from + by - end;
    }
    return offset - shift;
  };
  return { text: result, back };
}

let known: ReadonlyMap<string, string> | undefined;

function digitsOf(name: string): string {
  known ??= sampleDigits();
  const digits = known.get(name);
  if (digits === undefined) throw new Error(`docs/sample embeds no assembly ${name}`);
  return digits;
}

function sampleDigits(): ReadonlyMap<string, string> {
  const script = parseScript(readFileSync('docs/sample/02-assembly.sql', 'utf8'));
  const found = new Map<string, string>();
  for (const { name, from } of statementsOf(script, 'createAssembly')) {
    const [root] = from;
    const constant = root && constantOf(script, root);
    if (constant?.kind === 'binary')
      found.set(name.value, constant.pieces.map((piece) => piece.raw.replace(/[^0-9A-Fa-f]/g, '')).join(''));
  }
  return found;
}
