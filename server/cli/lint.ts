// sqlclr-lint lint: files in, findings out, and the exit code.
import { allTargets, type Settings, type Workspace } from '../analysis/workspace.js';
import type { Finding, Severity } from '../analysis/rules/rule.js';
import type { LintOptions } from './arguments.js';
import { applyBaseline, writeBaseline } from './baseline.js';
import { changedSince } from './changed-files.js';
import { applyFixes } from './fix.js';
import { placeText } from './explain.js';
import { formatGithub } from './github-format.js';
import { formatAzure } from './azure-format.js';
import { formatCheckstyle } from './checkstyle-format.js';
import { formatGitlab } from './gitlab-format.js';
import { formatJunit } from './junit-format.js';
import { formatRdjson } from './rdjson-format.js';
import { diskAdvice, diskRulePages } from '../platform/disk.js';
import { open, tell } from './open.js';
import type { InputFile } from './read.js';
import { reportOf, type Located } from './report.js';
import { formatSarif } from './sarif-format.js';
import { formatText, summary } from './text-format.js';
import { writeOutput } from './write.js';

const order: readonly Severity[] = ['hint', 'information', 'warning', 'error'];

export async function lint(options: LintOptions, version: string): Promise<number> {
  const changed = options.since === undefined ? undefined : changedSince(options.since);
  const { workspace, files, isWhole } = await open(options, threadsFor(options));
  if (options.compareTarget !== undefined) return compare(options, options.compareTarget, workspace, isWhole);
  let unmended = 0;
  if (options.fix) {
    const { applied, failed } = applyFixes(
      diskAdvice(__dirname),
      workspace,
      files.filter(({ content, isPart }) => typeof content === 'string' && isPart !== true).map(({ uri }) => uri),
    );
    for (const line of failed) tell(`not fixed: ${line}`);
    tell(`${applied} ${applied === 1 ? 'fix' : 'fixes'} applied`);
    unmended = failed.length;
  }
  const parts = new Set(files.flatMap(({ uri, isPart }) => (isPart ? [uri] : [])));
  const all = files
    .flatMap(({ uri }) => workspace.findings(uri))
    .map((finding) => writable(finding, parts))
    .filter((finding) => !changed || isOf(changed, finding))
    .map((finding): Located => ({ finding, reported: reportOf(workspace, finding) }));
  const located = baselined(options, all).filter(({ finding }) => !options.quiet || finding.severity === 'error');
  const output = format(options, workspace, located, files, version);
  if (options.output === undefined) process.stdout.write(output);
  else writeOutput(options.output, output);
  if (!isWhole() || unmended > 0) return 2;
  return fails(options, located) ? 1 : 0;
}

/** What is found again and again as files change is found by one. */
function threadsFor({ threads, fix, compareTarget }: LintOptions): number {
  const alone = fix ? '--fix' : compareTarget !== undefined ? '--compare-target' : undefined;
  if (threads > 1 && alone !== undefined) tell(`${alone} runs in one thread`);
  return alone === undefined ? threads : 1;
}

/** The same files on another server. What breaks there counts. */
function compare(
  options: LintOptions,
  target: Settings['target'],
  workspace: Workspace,
  isWhole: () => boolean,
): number {
  const { comparisonText, compareTargets } = diskAdvice(__dirname);
  const other = workspace.copy();
  other.configure({ ...workspace.settings, target });
  const [all, there] = [workspace, other].map((one) => one.uris().flatMap((uri) => one.findings(uri)));
  const title = (name: string): string => allTargets().find((one) => one.name === name)?.title ?? name;
  const comparison = compareTargets(title(workspace.settings.target), all ?? [], title(target), there ?? []);
  const output =
    options.format === 'json'
      ? `${JSON.stringify(comparison, (_, value: unknown) => (isFinding(value) ? reportOf(workspace, value) : value), 2)}\n`
      : comparisonText(comparison, (finding) => placeText(workspace, finding));
  if (options.output === undefined) process.stdout.write(output);
  else writeOutput(options.output, output);
  if (!isWhole()) return 2;
  const worse = [...comparison.comes, ...comparison.changes.map(({ after }) => after)];
  return fails(
    options,
    worse.map((finding) => ({ finding, reported: reportOf(workspace, finding) })),
  )
    ? 1
    : 0;
}

function isFinding(value: unknown): value is Finding {
  return typeof value === 'object' && value !== null && 'rule' in value && 'span' in value;
}

/** Of a part of a package there is no file that a fix could be applied to. */
function writable(finding: Finding, parts: ReadonlySet<string>): Finding {
  if (parts.size === 0) return finding;
  const fixes = finding.fixes.filter(({ edits }) => !edits.some(({ uri = finding.uri }) => parts.has(uri)));
  return { ...finding, fixes };
}

/** What it is about, or one of its reasons, has changed. */
function isOf(changed: ReadonlySet<string>, { uri, related }: Finding): boolean {
  return changed.has(uri) || related.some((one) => changed.has(one.uri));
}

function baselined({ baseline, updateBaseline }: LintOptions, located: readonly Located[]): readonly Located[] {
  if (baseline === undefined) return located;
  if (updateBaseline) writeBaseline(baseline, located);
  const { kept, stale } = applyBaseline(baseline, located);
  for (const entry of stale) tell(`the baseline lists what is not found any more: ${entry}`);
  return kept;
}

function format(
  options: LintOptions,
  workspace: Workspace,
  located: readonly Located[],
  files: readonly InputFile[],
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
      return formatSarif(workspace, located, version, diskRulePages(__dirname));
    case 'github':
      return formatGithub(located);
    case 'gitlab':
      return formatGitlab(located);
    case 'azure':
      return formatAzure(located);
    case 'junit':
      return formatJunit(located, files);
    case 'checkstyle':
      return formatCheckstyle(located);
    case 'rdjson':
      return formatRdjson(workspace, located);
    case 'text': {
      const text = formatText(workspace, located, options.output === undefined && wantsColour());
      return `${text}${text === '' ? '' : '\n'}${summary(located, files.length)}`;
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
