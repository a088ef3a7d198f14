#!/usr/bin/env node
// Entry: lint from a shell.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspections, Workspace } from './analysis/workspace.js';
import { help, parseCommand, UsageError, type Command } from './cli/arguments.js';
import { capabilities } from './cli/capabilities.js';
import { readCSharp } from './cli/csharp.js';
import { explain } from './cli/explain.js';
import { extractAssemblies } from './cli/extract.js';
import { links } from './cli/links.js';
import { lint } from './cli/lint.js';
import { readInputFiles, reasonOf } from './cli/read.js';
import { trust } from './cli/trust.js';
import { nodePlatform } from './platform/node.js';

async function run(command: Command): Promise<number> {
  switch (command.kind) {
    case 'help':
      process.stdout.write(help);
      return 0;
    case 'version':
      process.stdout.write(`${version()}\n`);
      return 0;
    case 'explain':
      return explain(command.options);
    case 'lint':
      return lint(command.options, version());
    case 'links':
      return links(command.options);
    case 'report':
      return capabilities(command.options);
    case 'trust':
      return trust(command.options);
    case 'api':
    case 'inspect':
    case 'syntax':
      return describe(command);
  }
}

async function describe({
  kind,
  file: path,
  codePage,
  extract,
}: Extract<Command, { readonly kind: 'api' | 'inspect' | 'syntax' }>): Promise<number> {
  let files;
  try {
    files = readInputFiles(path, codePage);
  } catch (error) {
    process.stderr.write(`sqlclr-lint: cannot read ${path}: ${reasonOf(error)}\n`);
    return 2;
  }
  const workspace = new Workspace(nodePlatform);
  for (const { uri, content } of files) workspace.set(uri, content);
  await readCSharp(workspace);
  const [only, ...others] = files.map(({ uri }) => inspections[kind](workspace, uri));
  const described = Array.isArray(only) ? [only, ...others].flat() : only;
  process.stdout.write(`${JSON.stringify(described, undefined, 2)}\n`);
  if (extract === undefined) return 0;
  return extractAssemblies(
    workspace,
    files.map(({ uri }) => uri),
    extract,
  )
    ? 0
    : 2;
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
}

// A pipe that is closed early, by `head` say, is no failure.
process.stdout.on('error', (error) => {
  if ('code' in error && error.code === 'EPIPE') process.exit(0);
  throw error;
});

/** A command that makes no sense is told, and everything else is a defect. */
function failed(error: unknown): void {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`sqlclr-lint: ${error.message}\n`);
  process.exitCode = 2;
}

async function main(): Promise<void> {
  process.exitCode = await run(parseCommand(process.argv.slice(2)));
}

main().catch(failed);
