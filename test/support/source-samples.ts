// The sections of the rules' pages whose code is C# alone.
import { readdirSync, readFileSync } from 'node:fs';
import { compiledSamplesIn, sectionsOf, type CompiledSample } from './compiled-samples.js';
import { samplesOf, type Sample } from './rule-page.js';

export interface SourceSample {
  /** Of the page. */
  readonly rule: string;
  /** `rule: the heading`. */
  readonly name: string;
  readonly sample: Sample;
  readonly compiled: readonly CompiledSample[];
}

export function sourceSamples(): readonly SourceSample[] {
  return ['docs/rules', 'test/rules'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.md'))
      .flatMap((file) => samplesIn(readFileSync(`${folder}/${file}`, 'utf8'))),
  );
}

function samplesIn(page: string): readonly SourceSample[] {
  const rule = /^# (.*)$/m.exec(page)?.[1];
  if (rule === undefined) return [];
  const samples = samplesOf(page);
  return sectionsOf(page).flatMap(({ title, section }) => {
    const compiled = compiledSamplesIn(rule, title, section);
    const sample = samples.find((one) => one.title === title);
    if (!sample || compiled.length === 0 || compiled.some((one) => one.language === 'il')) return [];
    return [{ rule, name: `${rule}: ${title.replaceAll("'", '’')}`, sample, compiled }];
  });
}
