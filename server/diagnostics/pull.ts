// Diagnostics the client asks for: of a document, and of the whole workspace.
import {
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type Connection,
  type DocumentDiagnosticParams,
  type FullDocumentDiagnosticReport,
  type RelatedFullDocumentDiagnosticReport,
  type RelatedUnchangedDocumentDiagnosticReport,
  type UnchangedDocumentDiagnosticReport,
  type WorkspaceDiagnosticParams,
  type ResultProgressReporter,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceFullDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { canonicalUri } from '../files.js';
import { Checks } from './checks.js';
import type { Report, Reports } from './reports.js';
import type { Sources } from '../sources.js';
import { pause, turnsEvery } from '../turn.js';

/** Between two answers about the workspace, so that typing does not cause one at each key. */
const quiet = 200;

export interface PullOptions {
  /** The client takes what an edit changed in other files along with the document's own. */
  readonly relatedDocuments: boolean;
  /** The client shows how far the check of the workspace is. */
  readonly progress: boolean;
  /** Resolves when what the first answers need is read. */
  readonly ready: () => Promise<void>;
  /** Told when somebody stops the check of the workspace. */
  readonly stopped: (isStopped: boolean) => void;
}

export function answerPulls(connection: Connection, sources: Sources, reports: Reports, options: PullOptions): void {
  const { diagnostics } = connection.languages;
  diagnostics.on((params, token) => documentReport(params, token, sources, reports, options));
  const checks = new Checks(connection, sources, options);
  diagnostics.onWorkspace((params, token, _workDone, partial) =>
    workspaceReport(params, token, { sources, reports, checks, ready: options.ready, partial }),
  );
}

async function documentReport(
  { textDocument, previousResultId }: DocumentDiagnosticParams,
  token: CancellationToken,
  sources: Sources,
  reports: Reports,
  { relatedDocuments, ready }: PullOptions,
): Promise<RelatedFullDocumentDiagnosticReport | RelatedUnchangedDocumentDiagnosticReport> {
  await unlessCancelled(ready(), token);
  const uri = canonicalUri(textDocument.uri);
  if (reports.isLookedAt(uri)) await sources.prepare(() => token.isCancellationRequested);
  if (token.isCancellationRequested) throw cancelled();
  const own = documentReportOf(reports.reportOf(uri), previousResultId);
  return relatedDocuments ? { ...own, relatedDocuments: relatedReports(uri, sources, reports) } : own;
}

function documentReportOf(
  { id, diagnostics }: Report,
  previous: string | undefined,
): FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport {
  return id === previous ? { kind: 'unchanged', resultId: id } : { kind: 'full', resultId: id, items: diagnostics };
}

function relatedReports(uri: string, sources: Sources, reports: Reports): Record<string, FullDocumentDiagnosticReport> {
  const related: Record<string, FullDocumentDiagnosticReport> = {};
  for (const other of sources.uris) {
    if (other === uri || !reports.isNews(other)) continue;
    const { id, diagnostics } = reports.reportOf(other);
    related[sources.linesOf(other).uri] = { kind: 'full', resultId: id, items: diagnostics };
  }
  return related;
}

interface WorkspacePull {
  readonly sources: Sources;
  readonly reports: Reports;
  readonly checks: Checks;
  readonly ready: () => Promise<void>;
  /** Takes what is found while more is looked for. */
  readonly partial: ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined;
}

/** Tells what is found as it is found, as long as it is asked for; where it can answer but once, when there is something to say. */
async function workspaceReport(
  { previousResultIds }: WorkspaceDiagnosticParams,
  token: CancellationToken,
  pull: WorkspacePull,
): Promise<WorkspaceDiagnosticReport> {
  const { sources } = pull;
  const known = new Map(previousResultIds.map(({ uri, value }) => [canonicalUri(uri), value]));
  await unlessCancelled(pull.ready(), token);
  if (sources.uris.some((uri) => pull.reports.isLookedAt(uri)))
    await sources.prepare(() => token.isCancellationRequested);
  while (!token.isCancellationRequested) {
    const { revision } = sources;
    const items = await changedReports(known, token, pull);
    if (items.length > 0) return { items };
    await sources.changeAfter(revision, (wake) => token.onCancellationRequested(wake));
    await pause(quiet);
  }

  throw cancelled();
}

/** Those that could not be told as they were found. */
async function changedReports(
  known: Map<string, string>,
  token: CancellationToken,
  { sources, reports, checks, partial }: WorkspacePull,
): Promise<WorkspaceFullDocumentDiagnosticReport[]> {
  const items: WorkspaceFullDocumentDiagnosticReport[] = [];
  const tell = (): void => {
    if (items.length > 0) partial?.report({ items: items.splice(0) });
  };
  const makeWay = turnsEvery(8);
  const uris = [...new Set([...sources.uris, ...known.keys()])];
  const check = checks.begin(uris.length);
  for (const [index, uri] of uris.entries()) {
    if (token.isCancellationRequested) break;
    if (check.isStopped() && !sources.isOpen(uri)) continue;
    const { id, diagnostics } = reports.reportOf(uri);
    const { uri: spelled, version = null } = sources.linesOf(uri);
    const isNews = known.has(uri) ? known.get(uri) !== id : diagnostics.length > 0;
    if (isNews) {
      items.push({ kind: 'full', uri: spelled, version, resultId: id, items: diagnostics });
      if (partial) known.set(uri, id);
    }
    const way = makeWay();
    if (!way) continue;
    tell();
    check.done(index + 1);
    await way;
  }
  check.end();
  tell();
  return items;
}

/** What is begun goes on for those who ask next. */
async function unlessCancelled(begun: Promise<void>, token: CancellationToken): Promise<void> {
  await Promise.race([begun, new Promise<void>((resolve) => token.onCancellationRequested(() => resolve()))]);
  if (token.isCancellationRequested) throw cancelled();
}

/** The client asks again when it still wants to know. */
function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}
