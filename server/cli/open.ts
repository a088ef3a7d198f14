// The files and folders of a command line as one workspace; what could not be read is told on standard error.
import { defaultSettings, failureText, Workspace, type Settings } from '../analysis/workspace.js';
import { nodePlatform } from '../platform-node.js';
import type { ProjectOptions } from './arguments.js';
import { findConfiguration, readConfiguration, type Configuration } from './configuration.js';
import { readCSharp } from './csharp.js';
import { readInput, type InputFile } from './read.js';

export interface Opened {
  readonly workspace: Workspace;
  readonly files: readonly InputFile[];
  /** Whether all was read, and no rule has failed so far. */
  isWhole(): boolean;
}

export async function open(options: ProjectOptions): Promise<Opened> {
  const configuration = configurationFor(options);
  const { files, leftOut, unreadable } = readInput(options.paths, options.codePage ?? configuration?.codePage);
  let failures = 0;
  const workspace = new Workspace(nodePlatform, settingsOf(options, configuration), (failure) => {
    failures++;
    tell(failureText(failure));
  });
  for (const { uri, content } of files) workspace.set(uri, content);
  await readCSharp(workspace);
  for (const line of unreadable) tell(`cannot read ${line}`);
  if (leftOut > 0) tell(`${leftOut} C# files are not read, for there are too many`);
  const unreadSources = new Set(workspace.unreadSources());
  const unread = files.filter(({ uri }) => unreadSources.has(uri));
  for (const { path } of unread) tell(`cannot read ${path}: too large, or too much nested`);
  return { workspace, files, isWhole: () => unreadable.length === 0 && unread.length === 0 && failures === 0 };
}

export function tell(line: string): void {
  process.stderr.write(`sqlclr-lint: ${line}\n`);
}

function configurationFor({ config, paths }: ProjectOptions): Configuration | undefined {
  const path = config ?? findConfiguration(paths[0] ?? '.');
  return path === undefined ? undefined : readConfiguration(path);
}

/** The command line outranks the configuration. */
function settingsOf(options: ProjectOptions, configuration: Configuration | undefined): Settings {
  const clrStrictSecurity = options.clrStrictSecurity ?? configuration?.clrStrictSecurity;
  return {
    target: options.target ?? configuration?.target ?? defaultSettings.target,
    rules: { ...configuration?.rules, ...options.rules },
    ...(clrStrictSecurity !== undefined && { clrStrictSecurity }),
  };
}
