// The editor's settings under `sqlclr`, to those of the analysis. What is malformed is said, and the default holds.
import {
  allTargets,
  defaultSettings,
  levels,
  type Level,
  type Override,
  type RuleLevels,
  type Settings,
} from '../analysis/workspace.js';
import { isInFolders } from '../files.js';

export interface EditorSettings {
  readonly settings: Settings;
  /** Whether lenses are shown. */
  readonly codeLens: boolean;
  readonly inlayHints: boolean;
  /** Of which files there are diagnostics. */
  readonly diagnosticMode: DiagnosticMode;
  /** Whether findings follow what is typed, or what is saved. */
  readonly run: Run;
  /** Whether there are quick fixes that silence. */
  readonly suppressActions: boolean;
  readonly problems: readonly string[];
}

export type DiagnosticMode = 'workspace' | 'openFiles' | 'none';
const diagnosticModes: readonly DiagnosticMode[] = ['workspace', 'openFiles', 'none'];

export type Run = 'onType' | 'onSave';
const runs: readonly Run[] = ['onType', 'onSave'];

/** Any value a client may send. `problems` are sentences for its user. */
export function settingsOf(sent: unknown): EditorSettings {
  const problems: string[] = [];
  const refuse = (name: string, value: unknown, wanted: string): undefined => {
    problems.push(`sqlclr.${name} is ${JSON.stringify(value)}; it can be ${wanted}`);
    return undefined;
  };
  const section = isRecord(sent) ? sent : {};
  const target = targetOf(section['target'], refuse) ?? defaultSettings.target;
  const strict = strictSecurityOf(section['clrStrictSecurity'], refuse);
  const settings = {
    target,
    rules: rulesOf(section['rules'], refuse),
    ...(strict !== undefined && { clrStrictSecurity: strict }),
  };
  return {
    settings,
    codeLens: truthOf('codeLens', section, refuse),
    inlayHints: truthOf('inlayHints', section, refuse),
    diagnosticMode: oneOf('diagnosticMode', diagnosticModes, section, refuse) ?? 'workspace',
    run: oneOf('run', runs, section, refuse) ?? 'onType',
    suppressActions: truthOf('suppressActions', section, refuse),
    problems,
  };
}

/** Of several folders each has its own rules, which are not applied over the window's but in their place. */
export function inFolders(
  settings: Settings,
  folders: readonly (readonly [folder: string, rules: RuleLevels])[],
): Settings {
  if (folders.length < 2) return settings;
  const uris = folders.map(([folder]) => folder).sort((a, b) => b.length - a.length);
  const folderOf = (uri: string): string | undefined => uris.find((folder) => isInFolders(uri, [folder]));
  const overrides = folders.map(([folder, rules]): Override => ({
    holdsFor: (uri) => folderOf(uri) === folder,
    rules,
  }));
  const outside: Override = { holdsFor: (uri) => folderOf(uri) === undefined, rules: settings.rules };
  return { ...settings, rules: {}, overrides: [outside, ...overrides] };
}

type Refuse = (name: string, value: unknown, wanted: string) => undefined;

function targetOf(value: unknown, refuse: Refuse): Settings['target'] | undefined {
  if (isUnset(value)) return undefined;
  const names = allTargets().map(({ name }) => name);
  return names.find((name) => name === value) ?? refuse('target', value, names.join(', '));
}

function strictSecurityOf(value: unknown, refuse: Refuse): boolean | undefined {
  if (isUnset(value) || value === 'default') return undefined;
  if (value === 'on' || value === 'off') return value === 'on';
  return refuse('clrStrictSecurity', value, 'default, on, off');
}

function truthOf(name: string, section: Readonly<Record<string, unknown>>, refuse: Refuse): boolean {
  const value = section[name];
  if (isUnset(value)) return true;
  return typeof value === 'boolean' ? value : (refuse(name, value, 'true, false') ?? true);
}

function oneOf<T extends string>(
  name: string,
  values: readonly T[],
  section: Readonly<Record<string, unknown>>,
  refuse: Refuse,
): T | undefined {
  const value = section[name];
  const found = values.find((each) => each === value);
  return found ?? (isUnset(value) ? undefined : refuse(name, value, values.join(', ')));
}

function rulesOf(value: unknown, refuse: Refuse): Settings['rules'] {
  if (isUnset(value)) return {};
  if (!isRecord(value)) return refuse('rules', value, 'an object of rule names and levels') ?? {};
  const rules: Record<string, Level> = {};
  for (const [rule, sent] of Object.entries(value)) {
    const level = levels.find((each) => each === sent) ?? refuse(`rules.${rule}`, sent, levels.join(', '));
    if (level !== undefined) rules[rule] = level;
  }
  return rules;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && !isUnset(value) && !Array.isArray(value);
}

/** JSON has the `null` that we do not. */
function isUnset(value: unknown): value is undefined {
  return (value ?? undefined) === undefined;
}
