// Findings, spans and fixes to protocol values, and back. Lines and columns begin here.
import {
  CodeActionKind,
  DiagnosticSeverity,
  DiagnosticTag,
  type CodeAction,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  type Position,
  type Range,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Edit, Finding, Fix, Severity } from './analysis/rules/rule.js';
import type { Span } from './analysis/text/span.js';
import { rulePage } from './analysis/workspace.js';

/** What a file's offsets are counted in; an assembly file has none and everything is at its start. */
export interface Lines {
  /** As the client spells it. */
  readonly uri: string;
  /** Undefined for a file that is not open. */
  readonly version: number | undefined;
  positionAt(offset: number): Position;
  offsetAt(position: Position): number;
}

export type LinesOf = (uri: string) => Lines;

export const source = 'sqlclr';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const tags = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated };

export function rangeOf(lines: Lines, span: Span): Range {
  return { start: lines.positionAt(span.start), end: lines.positionAt(span.end) };
}

export function spanOf(lines: Lines, range: Range): Span {
  return { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
}

export function diagnosticOf(finding: Finding, linesOf: LinesOf): Diagnostic {
  return {
    range: rangeOf(linesOf(finding.uri), finding.span),
    severity: severities[finding.severity],
    code: finding.rule,
    codeDescription: { href: rulePage(finding.rule) },
    source,
    message: finding.message,
    ...(finding.tags.length > 0 && { tags: finding.tags.map((tag) => tags[tag]) }),
    ...(finding.related.length > 0 && { relatedInformation: relatedOf(finding, linesOf) }),
  };
}

function relatedOf({ related }: Finding, linesOf: LinesOf): DiagnosticRelatedInformation[] {
  return related.map(({ uri, span, message }) => {
    const lines = linesOf(uri);
    return { location: { uri: lines.uri, range: rangeOf(lines, span) }, message };
  });
}

export interface EditOptions {
  readonly linesOf: LinesOf;
  /** The client takes edits that name the version of the document they are for. */
  readonly versionedEdits: boolean;
  /** The client asks for consent where an edit says that it needs it. */
  readonly confirmedEdits?: boolean;
}

/** A quick fix; `uri` is the file of edits that name none. */
export function codeActionOf(fix: Fix, uri: string, options: EditOptions, diagnostics: Diagnostic[]): CodeAction {
  const edit = workspaceEditOf(fix.edits, uri, options);
  const { needsReview = false } = fix;
  return {
    title: needsReview && !isConfirmed(options) ? `${fix.title} (review it)` : fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    edit: needsReview && isConfirmed(options) ? confirmed(edit, fix.title) : edit,
  };
}

function isConfirmed({ versionedEdits, confirmedEdits }: EditOptions): boolean {
  return versionedEdits && confirmedEdits === true;
}

/** The same edit, which is shown before it is applied. */
function confirmed({ documentChanges = [] }: WorkspaceEdit, label: string): WorkspaceEdit {
  const annotationId = 'review';
  return {
    documentChanges: documentChanges.map((change) =>
      'edits' in change ? { ...change, edits: change.edits.map((edit) => ({ ...edit, annotationId })) } : change,
    ),
    changeAnnotations: {
      [annotationId]: { label, needsConfirmation: true, description: 'Changes what the code does' },
    },
  };
}

/** `uri` is the file of edits that name none. */
export function workspaceEditOf(edits: readonly Edit[], uri: string, options: EditOptions): WorkspaceEdit {
  const documents = documentEditsOf(edits, uri, options.linesOf);
  return options.versionedEdits
    ? { documentChanges: documents }
    : { changes: Object.fromEntries(documents.map((one) => [one.textDocument.uri, one.edits])) };
}

function documentEditsOf(edits: readonly Edit[], uri: string, linesOf: LinesOf): PlainDocumentEdit[] {
  const files = new Set(edits.map((edit) => edit.uri ?? uri));
  return [...files].map((file) => {
    const lines = linesOf(file);
    const ofFile = edits.filter((edit) => (edit.uri ?? uri) === file);
    return {
      textDocument: { uri: lines.uri, version: lines.version ?? null },
      edits: ofFile.map(({ at, text }) => ({ range: rangeOf(lines, at), newText: text })),
    };
  });
}

type PlainDocumentEdit = TextDocumentEdit & { edits: TextEdit[] };
