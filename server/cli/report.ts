// A finding as every format prints it: paths relative to where the command runs, lines and columns from 1.
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { positionOf, type Workspace } from '../analysis/workspace.js';
import type { Finding, Related } from '../analysis/rules/rule.js';
import type { Span } from '../analysis/text/span.js';

export interface Reported {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly rule: string;
  readonly severity: Finding['severity'];
  readonly message: string;
  readonly sqlErrors: readonly number[];
  readonly phase: Finding['phase'];
  readonly related: readonly ReportedRelated[];
}

export interface ReportedRelated {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
}

export interface Located {
  readonly finding: Finding;
  readonly reported: Reported;
}

export function reportOf(workspace: Workspace, finding: Finding): Reported {
  const { rule, severity, message, sqlErrors, phase, related, uri, span } = finding;
  return {
    file: fileOf(uri),
    ...placeOf(workspace, uri, span),
    rule,
    severity,
    message,
    sqlErrors,
    phase,
    related: related.map((one) => relatedOf(workspace, one)),
  };
}

function relatedOf(workspace: Workspace, { uri, span, message }: Related): ReportedRelated {
  return { file: fileOf(uri), ...placeOf(workspace, uri, span), message };
}

export function placeOf(
  workspace: Workspace,
  uri: string,
  span: Span,
): { readonly line: number; readonly column: number; readonly endLine: number; readonly endColumn: number } {
  const starts = workspace.lineStarts(uri);
  const start = positionOf(starts, span.start);
  const end = positionOf(starts, span.end);
  return { line: start.line + 1, column: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
}

/** With `/`, whatever the machine writes. */
export function fileOf(uri: string): string {
  return relative(process.cwd(), fileURLToPath(uri)).replaceAll('\\', '/');
}
