// Samples in C# or IL on the rules' pages, and the assemblies they are compiled to: `npm run samples` compiles what changed.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface CompiledSample {
  /** The name of the fence's file without its ending; of the assembly too. */
  readonly name: string;
  readonly language: 'cs' | 'il';
  readonly source: string;
  /** Of a comment `// mcs: …` in the first lines. */
  readonly options: readonly string[];
  /** Those of a comment `// references: …` there: fences before this one. */
  readonly references: readonly CompiledSample[];
  /** The compiled assembly. */
  readonly path: string;
  /** Of all that decides what the assembly becomes. */
  readonly hash: string;
}

export const compiledFolder = 'test/assemblies/rules';
export const manifestPath = `${compiledFolder}/sources.json`;

/** Pages whose fences are compiled. */
export function pagesWithSamples(): readonly string[] {
  return ['docs/rules', 'test/code', 'test/rules'].flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.md'))
      .map((file) => `${folder}/${file}`),
  );
}

/** The fences under one heading of a page. */
export function compiledSamplesIn(rule: string, title: string, section: string): readonly CompiledSample[] {
  const samples: CompiledSample[] = [];
  for (const fence of section.matchAll(/^```(cs|il) (\S+)\n([^]*?)^```$/gm)) {
    const [, language = '', file = '', source = ''] = fence;
    const name = file.replace(/\.\w+$/, '');
    const references = wordsSaid(source, 'references').map((reference) => {
      const referenced = samples.find((sample) => sample.name === reference);
      if (!referenced)
        throw new Error(`${rule}, ${title}: ${file} references ${reference}, which no fence before it is`);
      return referenced;
    });
    const decisive = [`${language}\n${name}\n${source}`, ...references.map((reference) => reference.hash)].join('\n');
    samples.push({
      name,
      language: language === 'il' ? 'il' : 'cs',
      source,
      options: wordsSaid(source, 'mcs'),
      references,
      path: `${compiledFolder}/${rule}/${slugOf(title)}/${name}.dll`,
      hash: createHash('sha256').update(decisive).digest('hex'),
    });
  }
  return samples;
}

/** What a comment `// key: …` says, if the source begins with it or with others of its kind. */
function wordsSaid(source: string, key: string): readonly string[] {
  const head = /^(?:\/\/ \w+: .*\n)*/.exec(source)?.[0].split('\n') ?? [];
  const start = `// ${key}: `;
  return head.filter((line) => line.startsWith(start)).flatMap((line) => line.slice(start.length).split(' '));
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

/** Every assembly that lies in the folder, by path. */
export function compiledFiles(): readonly string[] {
  if (!existsSync(compiledFolder)) return [];
  return readdirSync(compiledFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.dll'))
    .map((file) => `${compiledFolder}/${file.replaceAll('\\', '/')}`)
    .sort();
}

export const remedy = 'npm run samples, where mono-mcs and mono-devel are installed, compiles what changed';

export function compiledDigits(path: string): string {
  if (!existsSync(path)) throw new Error(`${path} is missing: ${remedy}`);
  return readFileSync(path).toString('hex').toUpperCase();
}

function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
