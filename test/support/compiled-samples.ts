// Samples in C# or IL on the rules' pages, and the assemblies they are compiled to: `npm run samples` compiles what changed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

export interface CompiledSample {
  /** The name of the fence's file without its ending; of the assembly too. */
  readonly name: string;
  readonly language: 'cs' | 'il';
  readonly source: string;
  /** Of a comment `// mcs: …` in the first line. */
  readonly options: readonly string[];
  /** The compiled assembly. */
  readonly path: string;
  /** Of all that decides what the assembly becomes. */
  readonly hash: string;
}

export const compiledFolder = 'test/assemblies/rules';
export const manifestPath = `${compiledFolder}/sources.json`;

/** The fences under one heading of a page. */
export function compiledSamplesIn(rule: string, title: string, section: string): readonly CompiledSample[] {
  return [...section.matchAll(/^```(cs|il) (\S+)\n([^]*?)^```$/gm)].map((fence) => {
    const [, language = '', file = '', source = ''] = fence;
    const name = file.replace(/\.\w+$/, '');
    const options = /^\/\/ mcs: (.*)\n/.exec(source)?.[1]?.split(' ') ?? [];
    const hash = createHash('sha256').update(`${language}\n${name}\n${source}`).digest('hex');
    const path = `${compiledFolder}/${rule}/${slugOf(title)}/${name}.dll`;
    return { name, language: language === 'il' ? 'il' : 'cs', source, options, path, hash };
  });
}

/** Of all pages given; each is told by its path and its text. */
export function compiledSamplesOf(pages: readonly string[]): readonly CompiledSample[] {
  return pages.flatMap((path) => {
    const page = readFileSync(path, 'utf8');
    const rule = /^# (.*)$/m.exec(page)?.[1] ?? '';
    return sectionsOf(page).flatMap(({ title, section }) => compiledSamplesIn(rule, title, section));
  });
}

export function sectionsOf(
  page: string,
): readonly { readonly title: string; readonly section: string; readonly at: number }[] {
  const headings = [...page.matchAll(/^## (.*)$/gm)];
  return headings.map(({ index, 1: title = '' }, order) => ({
    title,
    section: page.slice(index, headings[order + 1]?.index ?? page.length),
    at: index,
  }));
}

/** Hashes of the sources that the assemblies in the folder were compiled from, by path. */
export function compiledHashes(): Readonly<Record<string, string>> {
  return existsSync(manifestPath) ? JSON.parse(readFileSync(manifestPath, 'utf8')) : {};
}

function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
