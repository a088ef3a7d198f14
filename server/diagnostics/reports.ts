// The diagnostics of a file, and whether they are those that were reported before.
import type { Diagnostic } from 'vscode-languageserver';
import type { Finding } from '../analysis/rules/rule.js';
import { diagnosticOf } from '../convert.js';
import type { Sources } from '../sources.js';

export interface Report {
  /** The same as long as the diagnostics are. */
  readonly id: string;
  readonly diagnostics: Diagnostic[];
}

interface Last extends Report {
  readonly content: string;
  /** What it was made of; undefined where nothing is shown, or the analysis failed. */
  readonly findings: readonly Finding[] | undefined;
}

export class Reports {
  readonly #sources: Sources;
  readonly #last = new Map<string, Last>();
  readonly #shows: (uri: string) => boolean;
  readonly #waits: () => boolean;
  readonly #failed: (error: unknown, uri: string) => void;
  #count = 0;

  /**
   * `shows`: of which files anything is reported; `waits`: whether what was reported stays for now. A failure of ours concerns one
   * file; the others are reported.
   */
  constructor(
    sources: Sources,
    shows: (uri: string) => boolean,
    waits: () => boolean,
    failed: (error: unknown, uri: string) => void,
  ) {
    this.#sources = sources;
    this.#shows = shows;
    this.#waits = waits;
    this.#failed = failed;
  }

  /** Whether the file would be reported otherwise than the last time. */
  isNews(uri: string): boolean {
    const before = this.#last.get(uri)?.id;
    const { id, diagnostics } = this.reportOf(uri);
    return before === undefined ? diagnostics.length > 0 : before !== id;
  }

  /** Whether the analysis is asked for it. */
  isLookedAt(uri: string): boolean {
    return this.#shows(uri) && !(this.#last.has(uri) && this.#waits());
  }

  /** By canonical URI; of a file that is gone there is nothing to report. */
  reportOf(uri: string): Report {
    const last = this.#last.get(uri);
    if (last && this.#waits()) return last;
    const findings = this.#findingsOf(uri);
    // The same list is about the same texts.
    if (last && findings && last.findings === findings) return last;
    const diagnostics = (findings ?? []).map((finding) => diagnosticOf(finding, (of) => this.#sources.linesOf(of)));
    const content = JSON.stringify(diagnostics);
    const report =
      last?.content === content ? { ...last, findings } : { id: String(++this.#count), diagnostics, content, findings };
    this.#last.set(uri, report);
    return report;
  }

  #findingsOf(uri: string): readonly Finding[] | undefined {
    if (!this.#shows(uri)) return undefined;
    try {
      return this.#sources.workspace.findings(uri);
    } catch (error) {
      this.#failed(error, uri);
      return undefined;
    }
  }
}
