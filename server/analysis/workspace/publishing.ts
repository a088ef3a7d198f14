// Findings as settings and comments leave them: off, milder or more severe, suppressed, in order of place.
import type { Platform } from '../platform.js';
import { rules } from '../rules/index.js';
import { Levels } from '../rules/levels.js';
import type { Finding, Rule } from '../rules/rule.js';
import { runSuppressionRules, type RuleFailure, type Run } from '../rules/runner.js';
import { applySuppressions, suppressionsOf, type SuppressingComment } from '../rules/suppressions.js';
import type { TextFile, WorkspaceFiles } from './files.js';
import { isSame } from '../project/watch.js';
import type { Settings } from './settings.js';

/** Of one set of settings: others make it anew. */
export class Publishing {
  readonly #settings: Settings;
  readonly #levels: Levels;
  readonly run: Run;
  readonly #last = new Map<string, Told>();

  constructor(platform: Platform, settings: Settings, failed: (failure: RuleFailure) => void) {
    this.#settings = settings;
    this.#levels = new Levels(settings.rules, settings.overrides);
    const on = (all: readonly Rule[]): readonly Rule[] => all.filter(({ name }) => this.#levels.isOn(name));
    let codeRules: readonly Rule[] | undefined;
    this.run = { rules: on(rules), codeRules: () => (codeRules ??= on(platform.code().codeRules)), failed };
  }

  /** What is told of all that was found in a file, list by list. */
  of(uri: string, files: WorkspaceFiles, found: readonly (readonly Finding[])[]): readonly Finding[] {
    const file = files.textFile(uri);
    const last = this.#last.get(uri);
    const comments = file && files.commentsOf(file);
    if (last && last.file === file && last.comments === comments && isSame(last.found, found, 1)) return last.told;
    const told = this.#told(uri, found.flat(), file, comments);
    this.#last.set(uri, { file, comments, found, told });
    return told;
  }

  forget(uri: string): void {
    this.#last.delete(uri);
  }

  #told(
    uri: string,
    found: readonly Finding[],
    file: TextFile | undefined,
    comments: Told['comments'],
  ): readonly Finding[] {
    const all = this.#levels.applied(uri, found);
    const { suppressions = true, today } = this.#settings;
    if (!file || !comments || !suppressions) return all.sort(byPlace);
    const { kept, unused } = applySuppressions(all, suppressionsOf(file.text, comments), today);
    const needless = this.#levels.applied(uri, runSuppressionRules(this.run, uri, unused));
    return [...kept, ...needless].sort(byPlace);
  }
}

/** The same file, with the same found in it, is told in the same way. */
interface Told {
  readonly file: TextFile | undefined;
  readonly comments: readonly SuppressingComment[] | undefined;
  readonly found: readonly (readonly Finding[])[];
  readonly told: readonly Finding[];
}

function byPlace(a: Finding, b: Finding): number {
  return a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
