// Findings as settings and comments leave them: off, milder or more severe, suppressed, in order of place.
import type { Platform } from '../platform.js';
import { rules } from '../rules/index.js';
import { Levels } from '../rules/levels.js';
import type { Finding, Rule } from '../rules/rule.js';
import { runSuppressionRules, type RuleFailure, type Run } from '../rules/runner.js';
import { applySuppressions, suppressionsOf } from '../rules/suppressions.js';
import type { WorkspaceFiles } from './files.js';
import type { Settings } from './settings.js';

/** Of one set of settings: others make it anew. */
export class Publishing {
  readonly #settings: Settings;
  readonly #levels: Levels;
  readonly run: Run;

  constructor(platform: Platform, settings: Settings, failed: (failure: RuleFailure) => void) {
    this.#settings = settings;
    this.#levels = new Levels(settings.rules, settings.overrides);
    const on = (all: readonly Rule[]): readonly Rule[] => all.filter(({ name }) => this.#levels.isOn(name));
    let codeRules: readonly Rule[] | undefined;
    this.run = { rules: on(rules), codeRules: () => (codeRules ??= on(platform.code().codeRules)), failed };
  }

  /** What is told of all that was found in a file. */
  of(uri: string, files: WorkspaceFiles, found: readonly Finding[]): readonly Finding[] {
    const all = this.#levels.applied(uri, found);
    const file = files.textFile(uri);
    const { suppressions = true, today } = this.#settings;
    if (!file || !suppressions) return all.sort(byPlace);
    const { kept, unused } = applySuppressions(all, suppressionsOf(file.text, files.commentsOf(file)), today);
    const needless = this.#levels.applied(uri, runSuppressionRules(this.run, uri, unused));
    return [...kept, ...needless].sort(byPlace);
  }
}

function byPlace(a: Finding, b: Finding): number {
  return a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
