// The sqlclr-lint.json files of a workspace's folders as one: what each says holds in its folder, over the editor's settings.
import type { Diagnostic } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Settings } from '../analysis/workspace.js';
import { folderOf, readConfiguration, type Configuration, type ReadText } from './configuration.js';

export interface ConfigurationHost {
  readonly read: ReadText;
  /** What is wrong with a file, in place of what was said of it before. */
  readonly show: (uri: string, diagnostics: Diagnostic[]) => void;
}

export class WorkspaceConfiguration {
  readonly #host: ConfigurationHost;
  /** As last read without a mistake, or else as far as it could be read; by the file of a folder, in the folders' order. */
  #held: ReadonlyMap<string, Configuration> = new Map();
  #broken = new Set<string>();
  #uris: ReadonlySet<string> = new Set();
  #texts: ReadonlyMap<string, TextDocument> = new Map();

  constructor(host: ConfigurationHost) {
    this.#host = host;
  }

  /** Those files and no others; while one of them is broken, what it said before holds. */
  async read(files: readonly string[]): Promise<void> {
    const held = new Map<string, Configuration>();
    const uris = new Set<string>();
    const diagnostics = new Map<string, Diagnostic[]>();
    this.#broken = new Set();
    const texts = new Map<string, TextDocument>();
    for (const file of files) {
      const found = await readConfiguration(file, async (uri) => {
        const text = await this.#host.read(uri);
        if (text !== undefined) texts.set(uri, TextDocument.create(uri, 'jsonc', 0, text.replace(/^\ufeff/, '')));
        return text;
      });
      for (const { uri, offset, length, message } of found.problems) {
        const text = texts.get(uri) ?? TextDocument.create(uri, 'jsonc', 0, '');
        const range = { start: text.positionAt(offset), end: text.positionAt(offset + length) };
        diagnostics.set(uri, [...(diagnostics.get(uri) ?? []), { range, severity: error, source: 'sqlclr', message }]);
        this.#broken.add(uri);
      }
      for (const uri of found.uris) uris.add(uri);
      const before = this.#held.get(file);
      held.set(file, found.problems.length > 0 && before ? before : found.configuration);
    }
    for (const uri of new Set([...this.#uris, ...uris])) this.#host.show(uri, diagnostics.get(uri) ?? []);
    this.#held = held;
    this.#texts = texts;
    this.#uris = uris;
  }

  /** As last read. */
  textOf(file: string): string | undefined {
    return this.#texts.get(file)?.getText();
  }

  /** The files and all that they extend, read or not. */
  get uris(): ReadonlySet<string> {
    return this.#uris;
  }

  /** Those with a mistake in them. */
  get broken(): readonly string[] {
    return [...this.#broken];
  }

  /** The file that says the target. */
  get targetFrom(): string | undefined {
    return [...this.#held].find(([, { target }]) => target !== undefined)?.[0];
  }

  /** What the editor says holds where no file says anything; what there is one of, the first folder that says it decides. */
  over(settings: Settings): Settings {
    const all = [...this.#held.values()];
    const target = all.find((one) => one.target !== undefined)?.target;
    const strict = all.find((one) => one.clrStrictSecurity !== undefined)?.clrStrictSecurity;
    const known = all.flatMap((one) => one.known ?? []);
    const overrides = [...this.#held].flatMap(([file, configuration]) =>
      configuration.overrides.map(({ holdsFor, rules }) => ({
        holdsFor: (uri: string) => this.fileFor(uri) === file && holdsFor(uri),
        rules,
      })),
    );
    return {
      ...settings,
      ...(target !== undefined && { target }),
      ...(strict !== undefined && { clrStrictSecurity: strict }),
      ...(all.some(({ suppressions }) => suppressions === false) && { suppressions: false }),
      ...(known.length > 0 && {
        known: {
          assemblies: known.flatMap(({ assemblies = [] }) => assemblies),
          sysadmins: known.flatMap(({ sysadmins = [] }) => sysadmins),
        },
      }),
      overrides: [...(settings.overrides ?? []), ...overrides],
    };
  }

  isIgnored(uri: string): boolean {
    return this.#configurationFor(uri)?.isIgnored(uri) ?? false;
  }

  codePageOf(uri: string): string | undefined {
    return this.#configurationFor(uri)?.codePage;
  }

  #configurationFor(uri: string): Configuration | undefined {
    const file = this.fileFor(uri);
    return file === undefined ? undefined : this.#held.get(file);
  }

  /** The nearest above a file. */
  fileFor(uri: string): string | undefined {
    return [...this.#held.keys()]
      .filter((file) => uri.startsWith(folderOf(file)))
      .sort((a, b) => b.length - a.length)[0];
  }
}

/** As the protocol counts severities. */
const error = 1;
