// The façade of the analysis: files in, findings and features out. The one mutable thing of the core.
import type { DocumentSymbol, Folding, Hover } from './features/feature.js';
import type { Finding, Severity } from './rules/rule.js';
import { targets, type Target, type TargetName } from './knowledge/targets.js';
import type { Platform } from './platform.js';

export { isBetweenTokens } from './features/between-tokens.js';

export interface Settings {
  readonly target: TargetName;
  /** Undefined: as the target has it by default. */
  readonly clrStrictSecurity?: boolean;
  /** By rule name; `off` silences a rule. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
}

export const defaultSettings: Settings = { target: 'sql-server-2022', rules: {} };

export function allTargets(): readonly Target[] {
  return targets;
}

/** Files are told apart by the end of their URI: .sql; .dll, .exe, .winmd; .cs; .csproj, .sqlproj. Text for text, bytes for images. */
export class Workspace {
  readonly #platform: Platform;
  #settings: Settings;

  constructor(platform: Platform, settings: Settings = defaultSettings) {
    this.#platform = platform;
    this.#settings = settings;
  }

  configure(settings: Settings): void {
    this.#settings = settings;
  }

  set(uri: string, content: string | Uint8Array): void {
    void [uri, content, this.#platform, this.#settings];
  }

  remove(uri: string): void {
    void uri;
  }

  /** In order of place. */
  findings(uri: string): readonly Finding[] {
    void uri;
    return [];
  }

  hover(uri: string, offset: number): Hover | undefined {
    void [uri, offset];
    return undefined;
  }

  /** The outline of a script. */
  symbols(uri: string): readonly DocumentSymbol[] {
    void uri;
    return [];
  }

  foldings(uri: string): readonly Folding[] {
    void uri;
    return [];
  }
}
