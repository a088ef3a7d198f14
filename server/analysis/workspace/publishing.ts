// Findings as settings and comments leave them: off, milder or more severe, suppressed, in order of place.
import type { Platform } from '../platform.js';
import { rules } from '../rules/index.js';
import { Levels } from '../rules/levels.js';
import { mostTold } from './most-told.js';
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

  /** What is told of all that is found in a file, list by list; after one analysis it is looked for once. */
  of(uri: string, files: WorkspaceFiles, analysis: object, find: () => Told['found']): readonly Finding[] {
    const last = this.#last.get(uri);
    if (last?.analysis === analysis) return last.told;
    const file = files.textFile(uri);
    const comments = file && files.commentsOf(file);
    const found = find();
    if (last && last.file === file && last.comments === comments && isSame(last.found, found, 1)) {
      last.analysis = analysis;
      return last.told;
    }
    const told = this.#told(uri, found.flat(), file, comments);
    this.#last.set(uri, { analysis, file, comments, found, told });
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
    if (!file || !comments || !suppressions) return mostTold(all.sort(byPlace));
    const { kept, unused } = applySuppressions(all, suppressionsOf(file.text, suppressingIn(file, comments)), today);
    const needless = this.#levels.applied(uri, runSuppressionRules(this.run, uri, unused));
    return mostTold([...kept, ...needless].sort(byPlace));
  }
}

/** The same file, with the same found in it, is told in the same way. */
interface Told {
  /** The last one that told it. */
  analysis: object;
  readonly file: TextFile | undefined;
  readonly comments: ReturnType<WorkspaceFiles['commentsOf']> | undefined;
  readonly found: readonly (readonly Finding[])[];
  readonly told: readonly Finding[];
}

function suppressingIn(
  file: TextFile,
  comments: ReturnType<WorkspaceFiles['commentsOf']>,
): readonly SuppressingComment[] {
  return comments.map((one) => {
    if ('kind' in one) return one;
    return { kind: 'comments' in file ? 'xml' : file.text.startsWith('/*', one.start) ? 'block' : 'line', span: one };
  });
}

function byPlace(a: Finding, b: Finding): number {
  return a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
