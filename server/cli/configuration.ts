// The sqlclr-lint.json of a command line: found upward from what is linted; a mistake in it ends the command.
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readConfiguration, type Configuration } from '../configuration/configuration.js';
import { configurationName } from '../files.js';
import { UsageError } from './arguments.js';
import { isNetworkOrDevice, reasonOf } from './read.js';

/** The nearest file above a path; undefined where there is none. */
export function findConfiguration(from: string): string | undefined {
  if (isNetworkOrDevice(from)) return undefined;
  let folder = resolve(from);
  if (existsSync(folder) && !statSync(folder).isDirectory()) folder = dirname(folder);
  for (;;) {
    const path = join(folder, configurationName);
    if (existsSync(path)) return path;
    const above = dirname(folder);
    if (above === folder) return undefined;
    folder = above;
  }
}

/** Throws UsageError for a file that cannot be used. */
export async function configurationAt(path: string): Promise<Configuration> {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${reasonOf(error)}`);
  }
  const { configuration, problems } = await readConfiguration(pathToFileURL(path).href, readText);
  const [problem] = problems;
  if (problem) throw new UsageError(`${fileURLToPath(problem.uri)}:${problem.line}: ${problem.message}`);
  return configuration;
}

function readText(uri: string): Promise<string | undefined> {
  try {
    return Promise.resolve(readFileSync(fileURLToPath(uri), 'utf8'));
  } catch {
    // Whoever asked says that it cannot be read.
    return Promise.resolve(undefined);
  }
}
