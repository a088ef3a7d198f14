// The command line as a value, or what is wrong with it.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { allTargets, isRuleName, levels as ruleLevels, type RuleLevels, type Settings } from '../analysis/workspace.js';
import type { Severity } from '../analysis/rules/rule.js';
import { findEncoding } from '../files/code-page.js';

export const formats = ['text', 'json', 'sarif', 'github', 'junit', 'gitlab', 'azure', 'checkstyle', 'rdjson'] as const;
export type Format = (typeof formats)[number];
export const levels = ['error', 'warning', 'information', 'hint'] as const;
export type FailOn = Severity | 'never';

/** What a project is read from, and for which server. */
export interface ProjectOptions {
  readonly paths: readonly string[];
  readonly target?: Settings['target'];
  readonly clrStrictSecurity?: boolean;
  readonly rules: Settings['rules'];
  readonly config?: string;
  readonly codePage?: string;
}

export interface LintOptions extends ProjectOptions {
  readonly format: Format;
  readonly baseline?: string;
  readonly updateBaseline: boolean;
  /** A revision: findings of files that have not changed since are left out. */
  readonly since?: string;
  readonly maxWarnings?: number;
  readonly output?: string;
  readonly fix: boolean;
  /** What comes and what goes there is told instead. */
  readonly compareTarget?: Settings['target'];
  readonly quiet: boolean;
  readonly failOn: FailOn;
  readonly threads: number;
}

export const linkFormats = ['json', 'dot', 'svg', 'html'] as const;

export interface LinksOptions extends ProjectOptions {
  readonly format: (typeof linkFormats)[number];
  readonly output?: string;
}

export const reportFormats = ['markdown', 'json', 'html'] as const;

export interface ReportOptions extends ProjectOptions {
  readonly format: (typeof reportFormats)[number];
  readonly output?: string;
}

export const trustWays = ['best', 'certificate', 'key', 'hash'] as const;

export interface TrustOptions extends ProjectOptions {
  readonly way: (typeof trustWays)[number];
  readonly output?: string;
}

export interface ExplainOptions {
  /** A rule, a number, or a routine. */
  readonly subject: string;
  /** Undefined where no files are named. */
  readonly project?: ProjectOptions;
}

export type Command =
  | { readonly kind: 'lint'; readonly options: LintOptions }
  | {
      readonly kind: 'api' | 'inspect' | 'syntax';
      readonly file: string;
      readonly codePage?: string;
      readonly extract?: string;
    }
  | { readonly kind: 'explain'; readonly options: ExplainOptions }
  | { readonly kind: 'links'; readonly options: LinksOptions }
  | { readonly kind: 'report'; readonly options: ReportOptions }
  | { readonly kind: 'trust'; readonly options: TrustOptions }
  | { readonly kind: 'help' | 'version' };

/** A wrong command line, in words for who typed it. */
export class UsageError extends Error {}

const options = {
  format: { type: 'string' },
  target: { type: 'string' },
  'compare-target': { type: 'string' },
  'clr-strict-security': { type: 'string' },
  severity: { type: 'string', multiple: true },
  config: { type: 'string' },
  baseline: { type: 'string' },
  'update-baseline': { type: 'boolean' },
  since: { type: 'string' },
  'max-warnings': { type: 'string' },
  output: { type: 'string', short: 'o' },
  fix: { type: 'boolean' },
  quiet: { type: 'boolean' },
  'fail-on': { type: 'string' },
  'code-page': { type: 'string' },
  threads: { type: 'string' },
  with: { type: 'string' },
  extract: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

export function parseCommand(argv: readonly string[]): Command {
  const { values, positionals } = parsed(argv);
  if (values.help) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  const [first, ...rest] = positionals;
  switch (first) {
    case 'api':
    case 'inspect':
    case 'syntax':
      if (values.extract !== undefined && first !== 'inspect') throw new UsageError('--extract is of inspect');
      return {
        kind: first,
        file: only(rest, `${first} FILE`),
        ...(values['code-page'] !== undefined && { codePage: codePageOption(values['code-page']) }),
        ...(values.extract !== undefined && { extract: values.extract }),
      };
    case 'explain':
      return { kind: 'explain', options: explainOptions(values, rest) };
    case 'links':
      return { kind: 'links', options: linksOptions(values, rest) };
    case 'report':
      return { kind: 'report', options: reportOptions(values, rest) };
    case 'trust':
      return { kind: 'trust', options: trustOptions(values, rest) };
    case 'help':
      return { kind: 'help' };
    case undefined:
      throw new UsageError('Name the files or folders to lint');
    default:
      return { kind: 'lint', options: lintOptions(values, first === 'lint' ? rest : positionals) };
  }
}

type Values = ReturnType<typeof parsed>['values'];

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('. ', 1)[0] ?? '') : String(error));
  }
}

function lintOptions(values: Values, paths: readonly string[]): LintOptions {
  if (values['update-baseline'] && values.baseline === undefined)
    throw new UsageError('--update-baseline needs --baseline FILE');
  const compared = values['compare-target'];
  const format = values.format === undefined ? 'text' : oneOf('--format', values.format, formats);
  if (compared !== undefined && format !== 'text' && format !== 'json')
    throw new UsageError('--compare-target is told as text or json');
  return {
    ...projectOptions(values, paths),
    format,
    ...(values.baseline !== undefined && { baseline: values.baseline }),
    updateBaseline: values['update-baseline'] ?? false,
    ...(values.since !== undefined && { since: values.since }),
    ...(values['max-warnings'] !== undefined && { maxWarnings: countOf(values['max-warnings']) }),
    ...(values.output !== undefined && { output: values.output }),
    fix: values.fix ?? false,
    ...(compared !== undefined && { compareTarget: targetOf(compared, '--compare-target') }),
    quiet: values.quiet ?? false,
    failOn:
      values['fail-on'] === undefined
        ? 'warning'
        : oneOf('--fail-on', values['fail-on'], [...levels, 'never'] as const),
    threads: values.threads === undefined ? 1 : threadsOf(values.threads),
  };
}

function projectOptions(values: Values, paths: readonly string[]): ProjectOptions {
  if (paths.length === 0) throw new UsageError('Name the files or folders to lint');
  const target = values.target === undefined ? undefined : targetOf(values.target);
  const strict = values['clr-strict-security'];
  return {
    paths,
    ...(target && { target }),
    ...(strict !== undefined && {
      clrStrictSecurity: oneOf('--clr-strict-security', strict, ['on', 'off'] as const) === 'on',
    }),
    rules: severitiesOf(values.severity ?? []),
    ...(values.config !== undefined && { config: values.config }),
    ...(values['code-page'] !== undefined && { codePage: codePageOption(values['code-page']) }),
  };
}

function linksOptions(values: Values, paths: readonly string[]): LinksOptions {
  return {
    ...projectOptions(values, paths),
    format: oneOf('--format', values.format ?? 'json', linkFormats),
    ...(values.output !== undefined && { output: values.output }),
  };
}

function reportOptions(values: Values, paths: readonly string[]): ReportOptions {
  return {
    ...projectOptions(values, paths),
    format: oneOf('--format', values.format ?? 'markdown', reportFormats),
    ...(values.output !== undefined && { output: values.output }),
  };
}

function trustOptions(values: Values, paths: readonly string[]): TrustOptions {
  return {
    ...projectOptions(values, paths),
    way: oneOf('--with', values.with ?? 'best', trustWays),
    ...(values.output !== undefined && { output: values.output }),
  };
}

function explainOptions(values: Values, rest: readonly string[]): ExplainOptions {
  // `explain Msg 6522`, as SQL Server writes it.
  const words = rest[0]?.toLowerCase() === 'msg' ? [rest.slice(0, 2).join(' '), ...rest.slice(2)] : rest;
  const [subject, ...paths] = words;
  if (subject === undefined) throw new UsageError('Usage: sqlclr-lint explain RULE|MSG|ROUTINE [PATH…]');
  return { subject, ...(paths.length > 0 && { project: projectOptions(values, paths) }) };
}

function only(rest: readonly string[], usage: string): string {
  const [file] = rest;
  if (file === undefined || rest.length > 1) throw new UsageError(`Usage: sqlclr-lint ${usage}`);
  return file;
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new UsageError(`${option} is ${allowed.join(', ')}; not '${value}'`);
  return found;
}

function targetOf(value: string, option = '--target'): Settings['target'] {
  return oneOf(
    option,
    value,
    allTargets().map(({ name }) => name),
  );
}

function countOf(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new UsageError(`--max-warnings is a number; not '${value}'`);
  return Number(value);
}

/** Each of them reads everything: more than a few are memory and little else, and on few cores there is nothing to gain. */
const mostThreads = 8;
const fewestCores = 4;

function threadsOf(value: string): number {
  if (value === 'auto') {
    const cores = availableParallelism();
    return cores < fewestCores ? 1 : Math.min(cores, mostThreads);
  }
  if (!/^\d$/.test(value) || Number(value) < 1 || Number(value) > mostThreads)
    throw new UsageError(`--threads is a number from 1 to ${mostThreads}, or auto; not '${value}'`);
  return Number(value);
}

function codePageOption(value: string): string {
  const encoding = findEncoding(value);
  if (encoding === undefined) throw new UsageError(`--code-page names no encoding known here: '${value}'`);
  return encoding;
}

/** `rule=level`, given any number of times. */
function severitiesOf(given: readonly string[]): RuleLevels {
  const rules: Record<string, RuleLevels[string]> = {};
  for (const one of given) {
    const [rule = '', level = ''] = one.split('=', 2);
    if (!isRuleName(rule)) throw new UsageError(`--severity names no rule: '${rule}'`);
    rules[rule] = oneOf(`--severity ${rule}`, level, ruleLevels);
  }
  return rules;
}

export const help = `sqlclr-lint: security of SQL Server CLR integration

  sqlclr-lint [lint] PATH…       lint files and folders as one project
  sqlclr-lint inspect FILE       what is inside the assemblies of a script or dll, as JSON
  sqlclr-lint api FILE           what the assemblies of a script or dll use of the .NET Framework, as JSON
  sqlclr-lint syntax FILE        batches, statements and errors of a script, as JSON
  sqlclr-lint links PATH…        who calls, binds and reaches what, with the permissions asked: the link graph
  sqlclr-lint report PATH…       who may call each routine, as whom it runs, what it can touch: the capability report
  sqlclr-lint trust PATH…        the T-SQL that makes SQL Server trust the assemblies, and what takes it back
  sqlclr-lint explain RULE|MSG [PATH…]    a rule's page, or what an error of SQL Server means, what of the files raises it, how to mend it
  sqlclr-lint explain ROUTINE PATH…       what SQL Server does with dbo.Name, step by step: who is asked for what

  --format text|json|sarif|github|junit|gitlab|azure|checkstyle|rdjson
                                        default: text; of links json (default), dot, svg or html; of report markdown (default), json or html
  --target T                            ${allTargets()
    .map(({ name }) => name)
    .reduce<string[]>((lines, name) => {
      const last = lines.at(-1);
      if (last !== undefined && last.length + name.length < 62) lines[lines.length - 1] = `${last}, ${name}`;
      else lines.push(name);
      return lines;
    }, [])
    .join(',\n                                        ')}
  --compare-target T                    what is found there and not here, and here and not there
  --clr-strict-security on|off          default: as the target has it
  --severity RULE=LEVEL                 error, warning, information, hint, off, default, downgrade, upgrade;
                                        * in RULE stands for any characters
  --with best|key|certificate|hash      of trust; default: best, who signed it, else its hash
  --extract FOLDER                      of inspect: writes the assemblies that a script holds as files there
  --config FILE                         instead of the sqlclr-lint.json found upward
  --baseline FILE [--update-baseline]   findings listed there are not reported
  --since REV                           findings of files that changed since, or point to one, as git has it
  --max-warnings N                      fail on more warnings than this
  --fail-on LEVEL                       error, warning (default), information, hint, never
  -o, --output FILE                     instead of standard output
  --fix                                 apply the fixes that are right as they are
  --quiet                               errors only
  --code-page NAME                      of files that are neither marked nor UTF-8; default: windows-1252
  --threads N|auto                      of lint: 1 (default) to 8, for large trees, or one a core from four cores on; below
                                        that there is nothing to gain, and it takes N times the memory

Exit: 0 clean, 1 findings at or above the fail level, 2 usage or unreadable input.
`;
