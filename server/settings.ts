// The editor's settings under `sqlclr`, to those of the analysis. What is malformed is said, and the default holds.
import { allTargets, defaultSettings, levels, type Level, type Settings } from './analysis/workspace.js';

export interface EditorSettings {
  readonly settings: Settings;
  /** Whether lenses are shown. */
  readonly codeLens: boolean;
  readonly inlayHints: boolean;
  readonly problems: readonly string[];
}

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
  const switchOf = (name: string): boolean => isOn(name, section[name], refuse);
  return { settings, codeLens: switchOf('codeLens'), inlayHints: switchOf('inlayHints'), problems };
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

/** On where it is not turned off. */
function isOn(name: string, value: unknown, refuse: Refuse): boolean {
  if (isUnset(value)) return true;
  return typeof value === 'boolean' ? value : (refuse(name, value, 'true, false') ?? true);
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
