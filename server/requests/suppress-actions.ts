// Code actions that silence a finding: by a comment on its line or in its file, or for the whole workspace.
import type { CodeAction, SnippetTextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { Finding } from '../analysis/rules/rule.js';
import { isBetweenTokens, type Workspace } from '../analysis/workspace.js';
import { codeActionOf, diagnosticOf, type EditOptions, type Lines } from '../convert.js';
import { isProjectFile, isSource } from '../files.js';

export interface SuppressOptions extends EditOptions {
  /** The client takes edits with a part to type over. */
  readonly snippetEdits: boolean;
  /** Silences a rule in the workspace; undefined where it cannot be. */
  readonly inWorkspace: (rule: string, uri: string) => Silencing | undefined;
  /** Days are counted from here. */
  readonly today: Date;
}

/** What an action does. */
export type Silencing = Pick<CodeAction, 'edit' | 'command'>;

/** How long a comment holds that is to hold for some time, in days: a quarter of a year. */
const days = 90;

export function suppressActions(
  findings: readonly Finding[],
  text: string,
  workspace: Workspace,
  by: SuppressOptions,
): CodeAction[] {
  return distinctByLine(findings, text).flatMap((finding) => [
    ...inText(finding, text, workspace, by),
    ...inWorkspace(finding, by),
  ]);
}

function inText(finding: Finding, text: string, workspace: Workspace, by: SuppressOptions): CodeAction[] {
  const { rule, span, uri } = finding;
  const line = lineStart(text, span.start);
  const indentation = /^[ \t]*/.exec(text.slice(line, span.start))?.[0] ?? '';
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const comments = isProjectFile(uri) ? xmlComments : isSource(uri) ? csharpComments : sqlComments;
  const inserting = (title: string, at: number, comment: string): CodeAction => {
    const fix = { title, edits: [{ at: { start: at, end: at }, text: comment + end }] };
    const action = codeActionOf(fix, uri, by, [diagnosticOf(finding, by.linesOf)]);
    return by.snippetEdits ? { ...action, edit: asSnippet(comment + end, at, by.linesOf(uri)) } : action;
  };
  // Typed where the client selects it; elsewhere there is none.
  const reason = by.snippetEdits ? '${1:reason}' : undefined;
  const onLine = (directive: string): string =>
    indentation + comments.line(`sqlclr-disable-next-line ${directive}`, reason);
  const inFile = comments.head(text, workspace);
  return [
    // Within a literal, executed text say, a comment would be part of it.
    ...(comments.canStand(text, line, workspace)
      ? [
          inserting(`Allow ${rule} on this line`, line, onLine(rule)),
          inserting(
            `Allow ${rule} on this line for ${days} days`,
            line,
            onLine(`${rule} until ${dayAfter(by.today, days)}`),
          ),
        ]
      : []),
    inserting(`Allow ${rule} in this file`, inFile, comments.whole(`sqlclr-disable ${rule}`, reason)),
  ];
}

function inWorkspace({ rule, uri, ...finding }: Finding, by: SuppressOptions): CodeAction[] {
  const how = by.inWorkspace(rule, uri);
  const diagnostics = [diagnosticOf({ rule, uri, ...finding }, by.linesOf)];
  return how ? [{ title: `Allow ${rule} in this workspace`, kind: 'quickfix', diagnostics, ...how }] : [];
}

function asSnippet(value: string, at: number, lines: Lines): WorkspaceEdit {
  const position = lines.positionAt(at);
  const edit: SnippetTextEdit = { range: { start: position, end: position }, snippet: { kind: 'snippet', value } };
  return { documentChanges: [{ textDocument: { uri: lines.uri, version: lines.version ?? null }, edits: [edit] }] };
}

type Comment = (body: string, reason: string | undefined) => string;

const behind = (mark: string, reason: string | undefined): string => (reason === undefined ? '' : mark + reason);

const sqlComments = {
  line: ((body, reason) => `-- ${body}${behind(' -- ', reason)}`) satisfies Comment,
  whole: ((body, reason) => `/* ${body}${behind(' -- ', reason)} */`) satisfies Comment,
  head: (_text: string, _workspace: Workspace): number => 0,
  canStand: (text: string, line: number, _workspace: Workspace): boolean => isBetweenTokens(text, line),
};

const csharpComments = {
  ...sqlComments,
  line: ((body, reason) => `// ${body}${behind(' -- ', reason)}`) satisfies Comment,
  // What is found is found in code, and a line of code begins outside of a string but for one of several lines.
  canStand: (_text: string, _line: number): boolean => true,
};

/** A hyphen may not follow another in there. */
const xmlComment: Comment = (body, reason) => `<!-- ${body}${behind(': ', reason)} -->`;

const xmlComments = {
  line: xmlComment,
  whole: xmlComment,
  head: (text: string, workspace: Workspace): number => workspace.startOfRoot(text),
  canStand: (text: string, line: number, workspace: Workspace): boolean => workspace.isBetweenTags(text, line),
};

/** One comment silences a rule for all of a line. */
function distinctByLine(findings: readonly Finding[], text: string): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ rule, span }) => {
    const key = `${rule} ${lineStart(text, span.start)}`;
    return seen.has(key) ? false : seen.add(key);
  });
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

function dayAfter(from: Date, count: number): string {
  return new Date(from.getTime() + count * 86_400_000).toISOString().slice(0, 10);
}
