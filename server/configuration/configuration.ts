// sqlclr-lint.json, as every host reads it: comments allowed, and what is wrong with it told at its place.
import { createScanner, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { URI, Utils } from 'vscode-uri';
import {
  allTargets,
  isRuleName,
  levels,
  type Override,
  type RuleLevels,
  type Settings,
} from '../analysis/workspace.js';
import { findEncoding } from '../files/code-page.js';
import { holds, parseIgnore } from '../files/gitignore.js';
import { presets } from './presets.js';

/** A file and those it extends, in one. */
export interface Configuration {
  readonly target?: Settings['target'];
  readonly clrStrictSecurity?: boolean;
  readonly suppressions?: boolean;
  readonly known?: NonNullable<Settings['known']>;
  /** As the platform calls it. */
  readonly codePage?: string;
  /** In the order in which they are applied. */
  readonly overrides: readonly Override[];
  /** Of files that are not read. */
  readonly isIgnored: (uri: string) => boolean;
}

export interface ConfigurationProblem {
  readonly uri: string;
  /** Of the file's text, in UTF-16 units. */
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly message: string;
}

export interface ReadConfiguration {
  readonly configuration: Configuration;
  readonly problems: readonly ConfigurationProblem[];
  /** The file and all that it extends, read or not. */
  readonly uris: readonly string[];
}

/** `read` has no answer for what is not there, or may not be read. */
export type ReadText = (uri: string) => Promise<string | undefined>;

/** One file extends another, and that a third; at some point it is a mistake. */
const deepest = 10;
/** Read for one configuration, a file as often as it is extended. */
const mostFiles = 50;

/** What is longer, or nested deeper, is no configuration; and nobody mends more problems of a file at once. */
const longest = 256 << 10;
const mostNested = 100;
const mostProblems = 100;

export async function readConfiguration(uri: string, read: ReadText): Promise<ReadConfiguration> {
  const reader = new Reader(read);
  const text = await read(uri);
  const configuration =
    text === undefined ? (reader.unreadable(uri), nothing) : await reader.configurationOf(uri, text, []);
  return { configuration, problems: reader.problems, uris: [...reader.uris] };
}

/** Of those, later ones outrank earlier ones. */
export function merged(configurations: readonly Configuration[]): Configuration {
  return configurations.reduce(
    (below, above) => ({
      ...below,
      ...above,
      ...((below.known ?? above.known) && { known: { ...below.known, ...above.known } }),
      overrides: [...below.overrides, ...above.overrides],
      isIgnored: (uri) => below.isIgnored(uri) || above.isIgnored(uri),
    }),
    nothing,
  );
}

const nothing: Configuration = { overrides: [], isIgnored: () => false };

class Reader {
  readonly problems: ConfigurationProblem[] = [];
  readonly uris = new Set<string>();
  readonly #read: ReadText;
  #files = 0;

  constructor(read: ReadText) {
    this.#read = read;
  }

  unreadable(uri: string): void {
    this.uris.add(uri);
    this.problems.push({ uri, offset: 0, length: 0, line: 1, message: 'it cannot be read' });
  }

  async configurationOf(uri: string, written: string, above: readonly string[]): Promise<Configuration> {
    this.uris.add(uri);
    const text = written.replace(/^\ufeff/, '');
    const errors: ParseError[] = [];
    let said = 0;
    const say = (message: string, offset = 0, length = 0): void => {
      if (said++ >= mostProblems) return;
      const line = text.slice(0, offset).split('\n').length;
      this.problems.push({ uri, offset, length, line, message });
    };
    const refused = text.length > longest ? 'the file is too long' : nestedTooDeep(text);
    if (refused !== undefined) {
      say(refused);
      return nothing;
    }
    const root = parseTree(text, errors, { allowTrailingComma: true });
    for (const { error, offset, length } of errors) say(printParseErrorCode(error), offset, length);
    if (errors.length > 0) return nothing;
    if (root?.type !== 'object') {
      say('the file must hold an object', root?.offset, root?.length);
      return nothing;
    }
    const own = ownConfiguration(new Checked(root, say), uri);
    const extended: Configuration[] = [];
    for (const { value, node } of extendedBy(new Checked(root, say))) {
      const found = await this.#extended(value, uri, [...above, uri]);
      if (typeof found === 'string') say(found, node.offset, node.length);
      else extended.push(found);
    }
    return merged([...extended, own]);
  }

  /** A preset, or the file of a relative path; a sentence where it is neither. */
  async #extended(name: string, uri: string, above: readonly string[]): Promise<Configuration | string> {
    const preset = Object.hasOwn(presets, name) ? presets[name] : undefined;
    if (preset) {
      const { rules, suppressions } = preset;
      return { ...nothing, overrides: [forAll(rules)], ...(suppressions !== undefined && { suppressions }) };
    }
    // Half of a character is in no address.
    if (!/^\.{1,2}\//.test(name) || /\\|\p{Surrogate}/u.test(name))
      return `extends is ${Object.keys(presets).join(', ')}, or a path that begins with ./ or ../; not ${JSON.stringify(name)}`;
    const path = Utils.resolvePath(Utils.dirname(URI.parse(uri)), name).toString();
    if (above.includes(path)) return `${name} extends this file`;
    if (above.length > deepest) return `more than ${deepest} files extend one another`;
    if (++this.#files > mostFiles) return `more than ${mostFiles} files are extended in all`;
    this.uris.add(path);
    const text = await this.#read(path);
    return text === undefined ? `${name} cannot be read` : this.configurationOf(path, text, above);
  }
}

/** The parser goes down by calls of its own. */
function nestedTooDeep(text: string): string | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (scanner.scan(); scanner.getPosition() < text.length; scanner.scan()) {
    const bracket = scanner.getTokenLength() === 1 ? text[scanner.getTokenOffset()] : '';
    if (bracket === '{' || bracket === '[') depth++;
    else if (bracket === '}' || bracket === ']') depth--;
    if (depth > mostNested) return 'too much is nested in the file';
  }
  return undefined;
}

function extendedBy(root: Checked): readonly { readonly value: string; readonly node: Node }[] {
  const node = root.at('extends');
  if (!node) return [];
  const items = node.type === 'array' ? (node.children ?? []) : [node];
  return items.flatMap((item) =>
    item.type === 'string'
      ? [{ value: String(item.value), node: item }]
      : (root.refuse(item, 'extends is a name, or a list of names') ?? []),
  );
}

function ownConfiguration(root: Checked, uri: string): Configuration {
  root.knows([
    '$schema',
    'extends',
    'target',
    'clrStrictSecurity',
    'suppressions',
    'known',
    'codePage',
    'ignore',
    'rules',
    'overrides',
  ]);
  const target = root.oneOf(
    'target',
    allTargets().map(({ name }) => name),
  );
  const clrStrictSecurity = root.truth('clrStrictSecurity');
  const suppressions = root.truth('suppressions');
  const codePage = encodingOf(root);
  const known = root.object('known');
  known?.knows(['assemblies', 'sysadmins']);
  const rules = rulesOf(root);
  const ignore = root.texts('ignore');
  const matches = patternsFrom(uri);
  return {
    ...(target !== undefined && { target }),
    ...(clrStrictSecurity !== undefined && { clrStrictSecurity }),
    ...(suppressions !== undefined && { suppressions }),
    ...(codePage !== undefined && { codePage }),
    ...(known && { known: knownIn(known) }),
    overrides: [
      ...(rules ? [forAll(rules)] : []),
      ...root.objects('overrides').flatMap((override) => {
        override.knows(['files', 'rules']);
        const files = override.texts('files');
        if (!files) return override.refuse(override.node, 'an override says which files it holds for') ?? [];
        return { holdsFor: matches(files), rules: rulesOf(override) ?? {} };
      }),
    ],
    isIgnored: ignore ? matches(ignore) : () => false,
  };
}

function encodingOf(root: Checked): string | undefined {
  const name = root.text('codePage');
  const node = root.at('codePage');
  if (name === undefined || !node) return undefined;
  return findEncoding(name) ?? root.refuse(node, `codePage names no encoding known here: ${JSON.stringify(name)}`);
}

function knownIn(known: Checked): NonNullable<Configuration['known']> {
  const assemblies = known.texts('assemblies');
  const sysadmins = known.texts('sysadmins');
  return { ...(assemblies && { assemblies }), ...(sysadmins && { sysadmins }) };
}

function forAll(rules: RuleLevels): Override {
  return { holdsFor: () => true, rules };
}

/** Patterns as in .gitignore, from the folder of the file that has them. */
function patternsFrom(uri: string): (patterns: readonly string[]) => (file: string) => boolean {
  const folder = folderOf(uri);
  return (patterns) => {
    const rules = parseIgnore(patterns.join('\n'));
    return (file) =>
      file.startsWith(folder) &&
      holds(
        rules,
        URI.parse(`x:/${file.slice(folder.length)}`)
          .path.slice(1)
          .split('/'),
      );
  };
}

/** Of a file, with a slash at its end: that of a file at the root of all has one already. */
export function folderOf(uri: string): string {
  return Utils.dirname(URI.parse(uri)).toString().replace(/\/?$/, '/');
}

function rulesOf(of: Checked): RuleLevels | undefined {
  const rules = of.object('rules');
  if (!rules) return undefined;
  const given: Record<string, RuleLevels[string]> = {};
  for (const name of rules.keys()) {
    if (!isRuleName(name)) rules.refuseKey(name, `there is no rule ${name}`);
    const level = rules.oneOf(name, levels);
    if (level !== undefined) given[name] = level;
  }
  return given;
}

/** An object of JSON whose parts are asked for by kind; what is of another kind is told, and absent. */
class Checked {
  readonly node: Node;
  readonly #say: (message: string, offset?: number, length?: number) => void;
  /** By their keys, the first of each. */
  readonly #properties = new Map<string, readonly [key: Node, value: Node | undefined]>();

  constructor(node: Node, say: (message: string, offset?: number, length?: number) => void) {
    this.node = node;
    this.#say = say;
    for (const { children: [key, value] = [] } of node.children ?? [])
      if (key && !this.#properties.has(String(key.value))) this.#properties.set(String(key.value), [key, value]);
  }

  keys(): readonly string[] {
    return [...this.#properties.keys()];
  }

  knows(names: readonly string[]): void {
    for (const key of this.keys()) if (!names.includes(key)) this.refuseKey(key, `there is no setting ${key}`);
  }

  at(name: string): Node | undefined {
    return this.#properties.get(name)?.[1];
  }

  refuse(node: Node, message: string): undefined {
    this.#say(message, node.offset, node.length);
    return undefined;
  }

  refuseKey(name: string, message: string): void {
    this.refuse(this.#properties.get(name)?.[0] ?? this.node, message);
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const node = this.at(name);
    return node && (allowed.find((each) => each === node.value) ?? this.refuse(node, `${name} is ${listed(allowed)}`));
  }

  truth(name: string): boolean | undefined {
    const node = this.at(name);
    if (!node) return undefined;
    return typeof node.value === 'boolean' ? node.value : this.refuse(node, `${name} is true or false`);
  }

  text(name: string): string | undefined {
    const node = this.at(name);
    if (!node) return undefined;
    return typeof node.value === 'string' ? node.value : this.refuse(node, `${name} is a text`);
  }

  texts(name: string): readonly string[] | undefined {
    const node = this.at(name);
    if (!node) return undefined;
    const items = node.type === 'array' ? (node.children ?? []) : undefined;
    if (items?.every(({ type }) => type === 'string')) return items.map(({ value }) => String(value));
    return this.refuse(node, `${name} is a list of texts`);
  }

  object(name: string): Checked | undefined {
    const node = this.at(name);
    if (!node) return undefined;
    return node.type === 'object' ? new Checked(node, this.#say) : this.refuse(node, `${name} is an object`);
  }

  objects(name: string): readonly Checked[] {
    const node = this.at(name);
    if (!node) return [];
    const items = node.type === 'array' ? (node.children ?? []) : undefined;
    if (items?.every(({ type }) => type === 'object')) return items.map((item) => new Checked(item, this.#say));
    return this.refuse(node, `${name} is a list of objects`) ?? [];
  }
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
}
