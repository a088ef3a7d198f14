// sqlclr-lint lint: files in, findings out, and the exit code.
import { defaultSettings, failureText, Workspace, type Settings } from '../analysis/workspace.js';
import type { Severity } from '../analysis/rules/rule.js';
import { nodePlatform } from '../platform-node.js';
import type { LintOptions } from './arguments.js';
import { applyBaseline, writeBaseline } from './baseline.js';
import { findConfiguration, readConfiguration, type Configuration } from './configuration.js';
import { applyFixes } from './fix.js';
import { formatGithub } from './github-format.js';
import { pageOf } from './pages.js';
import { readCSharp } from './csharp.js';
import { readInput } from './read.js';
import { reportOf, type Located } from './report.js';
import { formatSarif } from './sarif-format.js';
import { formatText, summary } from './text-format.js';
import { writeOutput } from './write.js';

const order: readonly Severity[] = ['hint', 'information', 'warning', 'error'];

export async function lint(options: LintOptions, version: string): Promise<number> {
  const configuration = configurationFor(options);
  const input = readInput(options.paths, options.codePage ?? configuration?.codePage);
  let failures = 0;
  const workspace = new Workspace(nodePlatform, settingsOf(options, configuration), (failure) => {
    failures++;
    process.stderr.write(`sqlclr-lint: ${failureText(failure)}\n`);
  });
  for (const { uri, content } of input.files) workspace.set(uri, content);
  await readCSharp(workspace);
  for (const line of input.unreadable) process.stderr.write(`sqlclr-lint: cannot read ${line}\n`);
  if (input.leftOut > 0)
    process.stderr.write(`sqlclr-lint: ${input.leftOut} C# files are not read, for there are too many\n`);
  const unreadSources = new Set(workspace.unreadSources());
  const unread = input.files.filter(({ uri }) => unreadSources.has(uri));
  for (const { path } of unread)
    process.stderr.write(`sqlclr-lint: cannot read ${path}: too large, or too much nested\n`);
  let unmended = 0;
  if (options.fix) {
    const { applied, failed } = applyFixes(
      workspace,
      input.files.filter(({ content }) => typeof content === 'string').map(({ uri }) => uri),
    );
    for (const line of failed) process.stderr.write(`sqlclr-lint: not fixed: ${line}\n`);
    process.stderr.write(`sqlclr-lint: ${applied} ${applied === 1 ? 'fix' : 'fixes'} applied\n`);
    unmended = failed.length;
  }
  const all = input.files
    .flatMap(({ uri }) => workspace.findings(uri))
    .map((finding): Located => ({ finding, reported: reportOf(workspace, finding) }));
  const located = baselined(options, all).filter(({ finding }) => !options.quiet || finding.severity === 'error');
  const output = format(options, workspace, located, input.files.length, version);
  if (options.output === undefined) process.stdout.write(output);
  else writeOutput(options.output, output);
  if (input.unreadable.length > 0 || unread.length > 0 || failures > 0 || unmended > 0) return 2;
  return fails(options, located) ? 1 : 0;
}

function configurationFor({ config, paths }: LintOptions): Configuration | undefined {
  const path = config ?? findConfiguration(paths[0] ?? '.');
  return path === undefined ? undefined : readConfiguration(path);
}

/** The command line outranks the configuration. */
function settingsOf(options: LintOptions, configuration: Configuration | undefined): Settings {
  const clrStrictSecurity = options.clrStrictSecurity ?? configuration?.clrStrictSecurity;
  return {
    target: options.target ?? configuration?.target ?? defaultSettings.target,
    rules: { ...configuration?.rules, ...options.rules },
    ...(clrStrictSecurity !== undefined && { clrStrictSecurity }),
  };
}

function baselined({ baseline, updateBaseline }: LintOptions, located: readonly Located[]): readonly Located[] {
  if (baseline === undefined) return located;
  if (updateBaseline) writeBaseline(baseline, located);
  const { kept, stale } = applyBaseline(baseline, located);
  for (const entry of stale)
    process.stderr.write(`sqlclr-lint: the baseline lists what is not found any more: ${entry}\n`);
  return kept;
}

function format(
  options: LintOptions,
  workspace: Workspace,
  located: readonly Located[],
  files: number,
  version: string,
): string {
  switch (options.format) {
    case 'json':
      return `${JSON.stringify(
        located.map(({ reported }) => reported),
        undefined,
        2,
      )}\n`;
    case 'sarif':
      return formatSarif(workspace, located, version, pageOf);
    case 'github':
      return formatGithub(located);
    case 'text': {
      const text = formatText(workspace, located, options.output === undefined && wantsColour());
      return `${text}${text === '' ? '' : '\n'}${summary(located, files)}`;
    }
  }
}

function wantsColour(): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  return (FORCE_COLOR !== undefined && FORCE_COLOR !== '0') || process.stdout.isTTY;
}

function fails({ failOn, maxWarnings }: LintOptions, located: readonly Located[]): boolean {
  if (maxWarnings !== undefined && located.filter(({ finding }) => finding.severity === 'warning').length > maxWarnings)
    return true;
  if (failOn === 'never') return false;
  // A limit on warnings is instead of failing on each of them.
  const level = maxWarnings !== undefined && failOn === 'warning' ? 'error' : failOn;
  return located.some(({ finding }) => order.indexOf(finding.severity) >= order.indexOf(level));
}
