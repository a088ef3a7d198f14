// The files and folders of a command line as one workspace; what could not be read is told on standard error.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultSettings, failureText, Workspace, type Settings } from '../analysis/workspace.js';
import { nodePlatform } from '../platform/node.js';
import type { ProjectOptions } from './arguments.js';
import type { Configuration } from '../configuration/configuration.js';
import { configurationAt, findConfiguration } from './configuration.js';
import { readCSharp } from './csharp.js';
import { readInput, type InputFile } from './read.js';

export interface Opened {
  readonly workspace: Workspace;
  readonly files: readonly InputFile[];
  /** Whether all was read, and no rule has failed so far. */
  isWhole(): boolean;
}

/** From so many characters and bytes on it is worth starting threads. */
const worthThreads = 1 << 20;

/** With what several threads find beforehand, where there is enough to find it in. */
export async function open(options: ProjectOptions, threads = 1): Promise<Opened> {
  const configuration = await configurationFor(options);
  const { files, leftOut, unreadable } = readInput(options.paths, {
    codePage: options.codePage ?? configuration?.codePage,
    isIgnored: (path) => configuration?.isIgnored(pathToFileURL(path).href) ?? false,
  });
  let failures = 0;
  const failed = (failure: string): void => {
    failures++;
    tell(failure);
  };
  const settings = settingsOf(options, configuration);
  const isWorthIt = threads > 1 && files.reduce((sum, { content }) => sum + content.length, 0) >= worthThreads;
  const others = isWorthIt ? (await import('./threads.js')).startThreads(threads - 1, files, settings) : undefined;
  const workspace = new Workspace(nodePlatform, settings, (failure) => failed(failureText(failure)));
  for (const { uri, content } of files) workspace.set(uri, content);
  await readCSharp(workspace);
  for (const line of unreadable) tell(`cannot read ${line}`);
  if (leftOut > 0) tell(`${leftOut} C# files are not read, for there are too many`);
  const unreadSources = new Set(workspace.unreadSources());
  const unread = files.filter(({ uri }) => unreadSources.has(uri));
  for (const { path } of unread) tell(`cannot read ${path}: too large, or too much nested`);
  const found = await others?.lint(workspace);
  found?.failures.forEach(failed);
  for (const reason of found?.lost ?? []) tell(`a thread has failed, and the first one does its share: ${reason}`);
  return { workspace, files, isWhole: () => unreadable.length === 0 && unread.length === 0 && failures === 0 };
}

export function tell(line: string): void {
  process.stderr.write(`sqlclr-lint: ${line}\n`);
}

async function configurationFor({ config, paths }: ProjectOptions): Promise<Configuration | undefined> {
  const path = config ?? findConfiguration(paths[0] ?? '.');
  return path === undefined ? undefined : configurationAt(resolve(path));
}

/** The command line outranks the configuration. */
function settingsOf(options: ProjectOptions, configuration: Configuration | undefined): Settings {
  const {
    target = defaultSettings.target,
    clrStrictSecurity,
    suppressions,
    known,
    overrides = [],
  } = configuration ?? {};
  const strict = options.clrStrictSecurity ?? clrStrictSecurity;
  return {
    target: options.target ?? target,
    rules: {},
    today: new Date().toISOString().slice(0, 10),
    overrides: [...overrides, { holdsFor: () => true, rules: options.rules }],
    ...(strict !== undefined && { clrStrictSecurity: strict }),
    ...(suppressions !== undefined && { suppressions }),
    ...(known && { known }),
  };
}
