// sqlclr-lint.json: found upward from what is linted, comments allowed, mistakes told by name and line.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse, parseTree, findNodeAtLocation, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { allRules, allTargets, type Settings } from '../analysis/workspace.js';
import type { Severity } from '../analysis/rules/rule.js';
import { levels, UsageError } from './arguments.js';
import { findEncoding } from './code-page.js';
import { isNetworkOrDevice } from './read.js';

export interface Configuration {
  readonly target?: Settings['target'];
  readonly clrStrictSecurity?: boolean;
  readonly rules: Settings['rules'];
  readonly codePage?: string;
}

export const configurationName = 'sqlclr-lint.json';

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
export function readConfiguration(path: string): Configuration {
  let text;
  try {
    text = readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error) throw new UsageError(`${path}:${lineAt(text, error.offset)}: ${printParseErrorCode(error.error)}`);
  const root = parseTree(text, [], { allowTrailingComma: true });
  const fail = (at: readonly string[], message: string): never => {
    const node = root && findNodeAtLocation(root, [...at]);
    throw new UsageError(`${path}:${lineAt(text, node?.offset ?? 0)}: ${message}`);
  };
  return checked(value, fail);
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function checked(value: unknown, fail: (at: readonly string[], message: string) => never): Configuration {
  if (!isRecord(value)) return fail([], 'the file must hold an object');
  let target: Settings['target'] | undefined;
  let clrStrictSecurity: boolean | undefined;
  let codePage: string | undefined;
  const rules: Record<string, Severity | 'off'> = {};
  for (const [key, given] of Object.entries(value)) {
    if (key === '$schema') continue;
    else if (key === 'target') {
      target =
        allTargets().find(({ name }) => name === given)?.name ??
        fail([key], `there is no target ${JSON.stringify(given)}`);
    } else if (key === 'clrStrictSecurity') {
      clrStrictSecurity = typeof given === 'boolean' ? given : fail([key], 'clrStrictSecurity is true or false');
    } else if (key === 'codePage') {
      codePage =
        (typeof given === 'string' ? findEncoding(given) : undefined) ??
        fail([key], 'codePage is the name of an encoding');
    } else if (key === 'rules') {
      if (!isRecord(given)) return fail([key], 'rules is an object of severities by rule');
      for (const [rule, level] of Object.entries(given)) {
        if (!allRules().some(({ name }) => name === rule)) fail([key, rule], `there is no rule ${rule}`);
        rules[rule] =
          [...levels, 'off' as const].find((one) => one === level) ??
          fail([key, rule], `${rule} is error, warning, information, hint or off`);
      }
    } else fail([key], `there is no setting ${key}`);
  }
  return {
    rules,
    ...(target && { target }),
    ...(clrStrictSecurity !== undefined && { clrStrictSecurity }),
    ...(codePage !== undefined && { codePage }),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
