// A fix before it is offered: applied to a copy of the workspace, and linted again.
import { grouped } from '../project/grouped.js';
import type { Edit, Finding, Fix, Severity } from '../rules/rule.js';

/** As much of a workspace as a trial takes. */
export interface Linted {
  uris(): readonly string[];
  textOf(uri: string): string;
  findings(uri: string): readonly Finding[];
  set(uri: string, text: string): void;
  copy(): Linted;
}

/** A finding, and what is to mend it. */
export interface Mending {
  readonly finding: Finding;
  readonly fix: Fix;
}

export interface Outcome {
  /** How many findings are there no more. */
  readonly mends: number;
  readonly brings: readonly Finding[];
}

const order: readonly Severity[] = ['hint', 'information', 'warning', 'error'];

/** Of one workspace, for as long as nothing in it changes. */
export class Trials {
  readonly #workspace: Linted;
  #before: Tally | undefined;

  constructor(workspace: Linted) {
    this.#workspace = workspace;
  }

  /**
   * Undefined where a finding stays, or one comes that is as severe as one of those that are mended, where no other as severe has
   * gone.
   */
  outcomeOf(mendings: readonly Mending[]): Outcome | undefined {
    const edits = grouped(mendings.flatMap(editsOf), ({ uri }) => uri);
    return this.outcomeOfTexts(
      mendings.map(({ finding }) => finding),
      new Map([...edits].map(([uri, own]) => [uri, edited(this.#workspace.textOf(uri), own)])),
      edits,
    );
  }

  /** Likewise, of files as they would be. */
  outcomeOfTexts(
    wanted: readonly Finding[],
    texts: ReadonlyMap<string, string>,
    edits: ReadonlyMap<string, readonly Edit[]> = new Map(),
  ): Outcome | undefined {
    const before = (this.#before ??= tallyOf(this.#workspace));
    const copy = this.#workspace.copy();
    for (const [uri, text] of texts) copy.set(uri, text);
    const after = tallyOf(copy);
    if (!areGone(wanted, before, after)) return undefined;
    const brings = moreOf(after, before);
    const gone = moreOf(before, after);
    const startAfter = ({ uri, span: { start } }: Finding): number => start + growthBefore(start, edits.get(uri) ?? []);
    const mended = new Set(wanted.map(keyOf));
    const others = gone.filter((one) => !mended.has(keyOf(one)));
    if (!isOutweighed(brings, others, Math.min(...wanted.map(rankOf)), startAfter)) return undefined;
    return { mends: gone.length, brings };
  }

  /** Of fixes in one file those that can be applied together; what there is no more time for is left out. */
  accepted(mendings: readonly Mending[], isLate: () => boolean = () => false): readonly Mending[] {
    return this.#accepted([], withoutOverlaps(mendings), isLate);
  }

  /** All at once where that goes well, and else in halves: a few that do not cost few trials. */
  #accepted(base: readonly Mending[], candidates: readonly Mending[], isLate: () => boolean): readonly Mending[] {
    if (candidates.length === 0 || isLate()) return base;
    const all = [...base, ...candidates];
    if (this.outcomeOf(all)) return all;
    if (candidates.length === 1) return base;
    const middle = candidates.length >> 1;
    return this.#accepted(this.#accepted(base, candidates.slice(0, middle), isLate), candidates.slice(middle), isLate);
  }
}

/** A fix's title, with what comes of it where that is more than its finding. */
export function titleOf(title: string, { mends, brings }: Outcome): string {
  const said = [
    ...(mends > 1 ? [`mends ${mends} findings`] : []),
    ...(brings.length > 0 ? [`leaves ${[...new Set(brings.map(({ rule }) => rule))].join(', ')}`] : []),
  ];
  return said.length === 0 ? title : `${title} (${said.join(', ')})`;
}

/** The one way to mend a finding, where it needs no second look. */
export function safeFixOf({ fixes: [only, other] }: Finding): Fix | undefined {
  return only && !other && !only.needsReview && only.edits.length > 0 ? only : undefined;
}

/** Whatever touches an edit that is already in waits for the next time. */
export function withoutOverlaps(mendings: readonly Mending[]): readonly Mending[] {
  const taken = new Map<string, Edit[]>();
  return mendings.filter((mending) => {
    const edits = grouped(editsOf(mending), ({ uri }) => uri);
    if ([...edits].some(([uri, own]) => own.some((edit) => touchesAny(taken.get(uri) ?? [], edit)))) return false;
    for (const [uri, own] of edits) {
      const all = taken.get(uri) ?? [];
      for (const edit of own) all.splice(countBefore(all, edit), 0, edit);
      taken.set(uri, all);
    }
    return true;
  });
}

/** Of edits in order, no two of which touch unless they are of one fix. */
function touchesAny(all: readonly Edit[], edit: Edit): boolean {
  const next = countBefore(all, edit);
  return [all[next - 1], all[next]].some((other) => other && touches(other, edit));
}

/** How many begin before an edit does. */
function countBefore(all: readonly Edit[], { at }: Edit): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.at.start ?? 0) < at.start) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function edited(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  const hasCarriageReturns = text.includes('\r\n');
  let from = 0;
  for (const { at, text: replacement } of [...edits].sort((a, b) => a.at.start - b.at.start)) {
    parts.push(text.slice(from, at.start), hasCarriageReturns ? replacement.replace(/\r?\n/g, '\r\n') : replacement);
    from = at.end;
  }
  return parts.join('') + text.slice(from);
}

type PlacedEdit = Edit & { readonly uri: string };

function editsOf({ finding, fix }: Mending): readonly PlacedEdit[] {
  return fix.edits.map((edit) => ({ ...edit, uri: edit.uri ?? finding.uri }));
}

function touches(a: Edit, b: Edit): boolean {
  return a.at.start <= b.at.end && b.at.start <= a.at.end;
}

/** Findings by what they say: where they stand may be another place. */
type Tally = ReadonlyMap<string, readonly Finding[]>;

function tallyOf(workspace: Linted): Tally {
  return grouped(
    workspace.uris().flatMap((uri) => workspace.findings(uri)),
    keyOf,
  );
}

function keyOf({ rule, message }: Finding): string {
  return `${rule}: ${message}`;
}

/** What one has and the other has not, as often as it has it more. */
function moreOf(one: Tally, other: Tally): readonly Finding[] {
  return [...one].flatMap(([key, found]) => found.slice(other.get(key)?.length ?? 0));
}

/** UNSAFE that becomes EXTERNAL_ACCESS is told as that from then on: one comes where another goes, besides what is mended. */
function isOutweighed(
  brings: readonly Finding[],
  gone: readonly Finding[],
  mildest: number,
  startAfter: (finding: Finding) => number,
): boolean {
  return brings
    .filter((one) => rankOf(one) >= mildest)
    .every((one) =>
      gone.some(
        (other) => other.uri === one.uri && rankOf(other) >= rankOf(one) && startAfter(other) === one.span.start,
      ),
    );
}

/** By how much the text before an offset becomes longer. */
function growthBefore(offset: number, edits: readonly Edit[]): number {
  return edits
    .filter(({ at }) => at.start < offset)
    .reduce((sum, { at, text }) => sum + text.length - (at.end - at.start), 0);
}

function rankOf({ severity }: Finding): number {
  return order.indexOf(severity);
}

function areGone(wanted: readonly Finding[], before: Tally, after: Tally): boolean {
  const counts = grouped(wanted, keyOf);
  return [...counts].every(
    ([key, findings]) => (after.get(key)?.length ?? 0) <= (before.get(key)?.length ?? 0) - findings.length,
  );
}
