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
  type WorkspaceDiagnosticReport,
  type WorkspaceFullDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { canonicalUri } from './files.js';
import type { Report, Reports } from './reports.js';
import type { Sources } from './sources.js';
import { pause, turnsEvery } from './turn.js';

/** Between two answers about the workspace, so that typing does not cause one at each key. */
const quiet = 200;

export interface PullOptions {
  /** The client takes what an edit changed in other files along with the document's own. */
  readonly relatedDocuments: boolean;
  /** Resolves when what the first answers need is read. */
  readonly ready: () => Promise<void>;
}

export function answerPulls(connection: Connection, sources: Sources, reports: Reports, options: PullOptions): void {
  const { diagnostics } = connection.languages;
  diagnostics.on((params, token) => documentReport(params, token, sources, reports, options));
  diagnostics.onWorkspace((params, token) => workspaceReport(params, token, sources, reports, options));
}

async function documentReport(
  { textDocument, previousResultId }: DocumentDiagnosticParams,
  token: CancellationToken,
  sources: Sources,
  reports: Reports,
  { relatedDocuments, ready }: PullOptions,
): Promise<RelatedFullDocumentDiagnosticReport | RelatedUnchangedDocumentDiagnosticReport> {
  await ready();
  if (token.isCancellationRequested) throw cancelled();
  const uri = canonicalUri(textDocument.uri);
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

/** Answers once there is something to say: until then the request is kept open. */
async function workspaceReport(
  { previousResultIds }: WorkspaceDiagnosticParams,
  token: CancellationToken,
  sources: Sources,
  reports: Reports,
  { ready }: PullOptions,
): Promise<WorkspaceDiagnosticReport> {
  const known = new Map(previousResultIds.map(({ uri, value }) => [canonicalUri(uri), value]));
  await ready();
  while (!token.isCancellationRequested) {
    const { revision } = sources;
    const items = await changedReports(known, token, sources, reports);
    if (items.length > 0) return { items };
    await sources.changeAfter(revision, (wake) => token.onCancellationRequested(wake));
    await pause(quiet);
  }
  throw cancelled();
}

async function changedReports(
  known: ReadonlyMap<string, string>,
  token: CancellationToken,
  sources: Sources,
  reports: Reports,
): Promise<WorkspaceFullDocumentDiagnosticReport[]> {
  const items: WorkspaceFullDocumentDiagnosticReport[] = [];
  const makeWay = turnsEvery(8);
  for (const uri of new Set([...sources.uris, ...known.keys()])) {
    if (token.isCancellationRequested) break;
    const { id, diagnostics } = reports.reportOf(uri);
    const { uri: spelled, version = null } = sources.linesOf(uri);
    const isNews = known.has(uri) ? known.get(uri) !== id : diagnostics.length > 0;
    if (isNews) items.push({ kind: 'full', uri: spelled, version, resultId: id, items: diagnostics });
    await makeWay();
  }
  return items;
}

/** The client asks again when it still wants to know. */
function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}
