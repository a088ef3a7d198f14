// Code actions: the fixes that came with the findings of a range, tried before they are offered, and comments that silence them.
import { CodeActionKind, type CodeAction, type CodeActionParams, type WorkspaceEdit } from 'vscode-languageserver';
import type { Advice } from '../bundles/advice.js';
import { routineAt } from './advice-requests.js';
import type { Mending, Outcome, Trials } from '../analysis/features/trials.js';
import type { Finding, Fix } from '../analysis/rules/rule.js';
import { codeActionOf, diagnosticOf, spanOf, type EditOptions } from '../convert.js';
import { canonicalUri } from '../files.js';
import { explainCommand, explainRoutineCommand, openDocumentCommand } from '../protocol.js';
import type { Sources } from '../sources.js';
import { suppressActions, type SuppressOptions } from './suppress-actions.js';

/** Of one rule, this many of its findings are worth an action that repairs all. */
const several = 2;
/** In milliseconds. What is not tried by then is tried when it is chosen, where the client asks again. */
const patience = 70;
/** Of a request that the user waits for. */
const longPatience = 5_000;

const fixAll = `${CodeActionKind.SourceFixAll}.sqlclr`;
export const codeActionKinds = [CodeActionKind.QuickFix, fixAll];

/** What a client is told about an action that is tried when it is chosen. */
interface Postponed {
  readonly uri: string;
  readonly rule: string;
  readonly start: number;
  /** Of the fix; undefined of the script that makes assemblies trusted. */
  readonly title?: string;
}

interface ActionOptions extends Omit<SuppressOptions, 'linesOf' | 'today'> {
  /** Whether there are any that silence. */
  readonly isSilencing: () => boolean;
  /** The client asks again for the edit of an action that is chosen. */
  readonly resolves: boolean;
  /** The client makes files where an edit says so. */
  readonly createsFiles: boolean;
  /** The client has the commands that explain, and that open a document. */
  readonly explains: boolean;
}

export class CodeActions {
  readonly #sources: Sources;
  readonly #load: () => Advice;
  readonly #by: EditOptions & ActionOptions;
  /** Of the workspace as it is: what was tried, and what came of it. */
  #tried:
    | {
        readonly revision: number;
        readonly trials: Trials;
        readonly outcomes: Map<Fix, Outcome | undefined>;
        readonly inlined: Map<Finding, Fix | undefined>;
      }
    | undefined;
  #trust: { readonly revision: number; readonly text: string } | undefined;
  /** In milliseconds, of the last trial: where one takes too long, none is begun while the user waits. */
  #cost = 0;

  constructor(sources: Sources, load: () => Advice, options: ActionOptions) {
    this.#sources = sources;
    this.#load = load;
    this.#by = { ...options, linesOf: (file: string) => sources.linesOf(file) };
  }

  of({ textDocument, range, context: { only } }: CodeActionParams): CodeAction[] {
    const document = this.#sources.openDocument(textDocument.uri);
    const wantsAll = only?.some((kind) => kind !== '' && `${fixAll}.`.startsWith(`${kind}.`)) ?? false;
    const wantsFixes = only?.some(isQuickFix) ?? true;
    if (!document || !(wantsAll || wantsFixes)) return [];
    const uri = canonicalUri(textDocument.uri);
    const isPart = this.#isPart(uri);
    const all = this.#sources.workspace.findings(uri).map((finding) => this.#writable(finding));
    if (wantsAll) return this.#allSafe(all);
    const wanted = spanOf(document, range);
    const here = all.filter(({ span }) => span.start <= wanted.end && wanted.start <= span.end);
    const isLate = this.#lateAfter(patience);
    return [
      ...here.flatMap((finding) => this.#fixes(finding, isLate)),
      ...this.#fixesOfRules(here, all, isLate),
      ...(isPart ? [] : here.flatMap((finding) => this.#inlined(finding, isLate))),
      ...this.#trustScript(here, isLate),
      ...(this.#by.isSilencing() && !isPart
        ? suppressActions(here, document.getText(), this.#sources.workspace, { ...this.#by, today: new Date() })
        : []),
      ...this.#explanations(here),
      ...this.#routineSteps(uri, wanted.start, range.start),
    ];
  }

  /** The edit of an action that was offered before it was tried. Undefined where it is not to be applied. */
  resolve(action: CodeAction): CodeAction | undefined {
    const { uri, rule, start, title } = postponedOf(action.data) ?? {};
    if (uri === undefined) return action;
    const finding = this.#sources.workspace.findings(uri).find((one) => one.rule === rule && one.span.start === start);
    if (!finding) return undefined;
    if (title === undefined) return this.#outcomeOfTrust(finding) && { ...action, edit: this.#trustEdit(finding) };
    const fix = [...finding.fixes, this.#inlinedOf(finding)].find((one) => one?.title === title);
    if (!fix || !this.#outcome({ finding, fix })) return undefined;
    const { edit } = actionOf(fix, finding, this.#by);
    return { ...action, ...(edit && { edit }) };
  }

  #fixes(finding: Finding, isLate: () => boolean): CodeAction[] {
    const { safeFixOf, titleOf } = this.#load();
    const alone = safeFixOf(finding);
    return finding.fixes.flatMap((fix) => {
      const isPreferred = fix === alone && { isPreferred: true };
      const action = { ...actionOf(fix, finding, this.#by), ...isPreferred };
      if (!this.#outcomes.has(fix) && isLate())
        return this.#postponed(action, { ...placeOf(finding), title: fix.title });
      const outcome = this.#outcome({ finding, fix });
      return outcome ? [{ ...action, title: titleOf(action.title, outcome) }] : [];
    });
  }

  /** An edit of megabytes is handed out when it is chosen. */
  #inlined(finding: Finding, isLate: () => boolean): CodeAction[] {
    const fix = this.#inlinedOf(finding);
    if (!fix) return [];
    const action = actionOf({ ...fix, edits: [] }, finding, this.#by);
    const data = { ...placeOf(finding), title: fix.title };
    if (!this.#outcomes.has(fix) && isLate()) return this.#postponed(action, data);
    const outcome = this.#outcome({ finding, fix });
    return outcome ? this.#postponed({ ...action, title: this.#load().titleOf(action.title, outcome) }, data) : [];
  }

  #inlinedOf(finding: Finding): Fix | undefined {
    const { inlined } = this.#now;
    if (!inlined.has(finding))
      inlined.set(finding, this.#load().inlinedBytesOf(this.#sources.workspace.project(), finding));
    return inlined.get(finding);
  }

  /** Nobody writes to what is in a package. */
  #writable(finding: Finding): Finding {
    const fixes = finding.fixes.filter(({ edits }) => !edits.some(({ uri = finding.uri }) => this.#isPart(uri)));
    return fixes.length === finding.fixes.length ? finding : { ...finding, fixes };
  }

  #isPart(uri: string): boolean {
    return this.#sources.packages.packageOf(uri) !== undefined;
  }

  #fixesOfRules(here: readonly Finding[], all: readonly Finding[], isLate: () => boolean): CodeAction[] {
    const { safeFixOf } = this.#load();
    const rules = new Set(here.filter(safeFixOf).map(({ rule }) => rule));
    return [...rules].flatMap((rule) => {
      const accepted = this.#accepted(
        all.filter((finding) => finding.rule === rule),
        isLate,
      );
      if (accepted.length < several) return [];
      return this.#together(accepted, `Fix all of ${rule} in this file`);
    });
  }

  #allSafe(all: readonly Finding[]): CodeAction[] {
    const accepted = this.#accepted(all, this.#lateAfter(longPatience));
    return this.#together(accepted, 'Fix all that is safe in this file').map((action) => ({ ...action, kind: fixAll }));
  }

  #accepted(findings: readonly Finding[], isLate: () => boolean): readonly Mending[] {
    const { safeFixOf } = this.#load();
    const mendings = findings.flatMap((finding) => {
      const fix = safeFixOf(finding);
      return fix ? [{ finding, fix }] : [];
    });
    return this.#trials.accepted(mendings, isLate);
  }

  #together(mendings: readonly Mending[], title: string): CodeAction[] {
    const [first] = mendings;
    if (!first) return [];
    const edits = mendings.flatMap(({ finding: { uri }, fix }) =>
      fix.edits.map((edit) => ({ ...edit, uri: edit.uri ?? uri })),
    );
    const diagnostics = mendings.map(({ finding }) => diagnosticOf(finding, this.#by.linesOf));
    return [codeActionOf({ title, edits }, first.finding.uri, this.#by, diagnostics)];
  }

  /** A file beside the script that would not be let in. */
  #trustScript(here: readonly Finding[], isLate: () => boolean): CodeAction[] {
    const finding = here.find(({ rule, uri }) => ofTrust.has(rule) && /\.sql$/i.test(uri));
    if (!finding || !this.#by.resolves || !this.#by.createsFiles) return [];
    const trust = this.#trustText(finding);
    if (!trust) return [];
    const name = trust.uri.slice(trust.uri.lastIndexOf('/') + 1);
    const action: CodeAction = {
      title: `Write ${name}, the script that makes SQL Server trust these assemblies`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnosticOf(finding, this.#by.linesOf)],
      ...(this.#by.explains && {
        command: { title: 'Open', command: openDocumentCommand, arguments: [trust.uri] },
      }),
    };
    if (!isLate() && !this.#outcomeOfTrust(finding)) return [];
    return this.#postponed(action, placeOf(finding));
  }

  /** By whoever signed them, or by hash; undefined where nothing can be done. */
  #trustText({ uri }: Finding): { readonly uri: string; readonly text: string } | undefined {
    const { revision, workspace } = this.#sources;
    if (this.#trust?.revision !== revision) {
      const { trustScriptOf, trustText } = this.#load();
      this.#trust = { revision, text: trustText(trustScriptOf(workspace.project(), 'best')) };
    }
    const beside = this.#sources.packages.packageOf(uri) ?? uri;
    const folder = beside.slice(0, beside.lastIndexOf('/') + 1);
    const names = new Set(this.#sources.uris);
    const free = trustNames.map((name) => `${folder}${name}.sql`).find((one) => !names.has(one));
    const { text } = this.#trust;
    return text === '' || free === undefined ? undefined : { uri: free, text };
  }

  #outcomeOfTrust(finding: Finding): Outcome | undefined {
    const trust = this.#trustText(finding);
    return trust && this.#trials.outcomeOfTexts([finding], new Map([[trust.uri, trust.text]]));
  }

  #trustEdit(finding: Finding): WorkspaceEdit {
    const { uri, text } = this.#trustText(finding) ?? { uri: '', text: '' };
    const start = { line: 0, character: 0 };
    return {
      documentChanges: [
        { kind: 'create', uri, options: { overwrite: false } },
        { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: text }] },
      ],
    };
  }

  #explanations(here: readonly Finding[]): CodeAction[] {
    if (!this.#by.explains) return [];
    return [...new Set(here.map(({ rule }) => rule))].map((rule) => ({
      title: `Explain ${rule}`,
      kind: CodeActionKind.QuickFix,
      diagnostics: here.filter((one) => one.rule === rule).map((one) => diagnosticOf(one, this.#by.linesOf)),
      command: { title: 'Explain', command: explainCommand, arguments: [rule] },
    }));
  }

  #routineSteps(uri: string, offset: number, position: CodeActionParams['range']['start']): CodeAction[] {
    const routine = this.#by.explains && routineAt(this.#sources.workspace, uri, offset);
    if (!routine) return [];
    const title = `Explain step by step what SQL Server does with ${routine.name.last.value}`;
    const command = { title: 'Explain', command: explainRoutineCommand, arguments: [uri, position] };
    return [{ title, kind: CodeActionKind.QuickFix, command }];
  }

  /** A client that does not ask again waits for as long as it takes, within reason. */
  #lateAfter(milliseconds: number): () => boolean {
    const end = Date.now() + (this.#by.resolves ? milliseconds : longPatience);
    return () => Date.now() + this.#cost > end;
  }

  #postponed({ edit: _, ...action }: CodeAction, data: Postponed): CodeAction[] {
    return this.#by.resolves ? [{ ...action, data }] : [];
  }

  #outcome(mending: Mending): Outcome | undefined {
    const outcomes = this.#outcomes;
    if (!outcomes.has(mending.fix)) {
      const begin = Date.now();
      outcomes.set(mending.fix, this.#trials.outcomeOf([mending]));
      this.#cost = Date.now() - begin;
    }
    return outcomes.get(mending.fix);
  }

  get #outcomes(): Map<Fix, Outcome | undefined> {
    return this.#now.outcomes;
  }

  get #trials(): Trials {
    return this.#now.trials;
  }

  get #now() {
    const { revision, workspace } = this.#sources;
    if (this.#tried?.revision !== revision) {
      const { Trials } = this.#load();
      this.#tried = { revision, trials: new Trials(workspace), outcomes: new Map(), inlined: new Map() };
    }
    return this.#tried;
  }
}

const trustNames = ['trust', ...Array.from({ length: 99 }, (_, index) => `trust-${index + 2}`)];

/** What the script of `trust` takes away. */
const ofTrust = new Set([
  'incomplete-trust-chain',
  'insufficient-assembly-grant',
  'unsigned-assembly',
  'untrusted-assembly',
]);

function placeOf({ uri, rule, span }: Finding): Postponed {
  return { uri, rule, start: span.start };
}

/** Whatever a client sends back. */
function postponedOf(data: unknown): Postponed | undefined {
  if (typeof data !== 'object' || !data || !('uri' in data && 'rule' in data && 'start' in data)) return undefined;
  const { uri, rule, start } = data;
  if (typeof uri !== 'string' || typeof rule !== 'string' || typeof start !== 'number') return undefined;
  return { uri, rule, start, ...('title' in data && typeof data.title === 'string' && { title: data.title }) };
}

/** A request for `quickfix.x` is none for ours. */
function isQuickFix(kind: string): boolean {
  return kind === '' || kind === CodeActionKind.QuickFix;
}

function actionOf(fix: Fix, finding: Finding, by: EditOptions): CodeAction {
  return codeActionOf(fix, finding.uri, by, [diagnosticOf(finding, by.linesOf)]);
}
