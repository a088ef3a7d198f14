// Code actions: the fixes that came with the findings of a range, and comments that silence them.
import { CodeActionKind, type CodeAction, type CodeActionParams } from 'vscode-languageserver';
import type { Finding, Fix } from './analysis/rules/rule.js';
import type { Span } from './analysis/text/span.js';
import { isBetweenTokens, type Workspace } from './analysis/workspace.js';
import { codeActionOf, diagnosticOf, spanOf, type EditOptions } from './convert.js';
import { canonicalUri, isProjectFile, isSource } from './files.js';
import type { Sources } from './sources.js';

/** Of one rule, this many of its findings are worth an action that repairs all. */
const several = 2;

export function codeActionsOf(
  params: CodeActionParams,
  sources: Sources,
  options: Omit<EditOptions, 'linesOf'>,
): CodeAction[] {
  const { textDocument, range, context } = params;
  const document = sources.openDocument(textDocument.uri);
  if (!document || (context.only && !context.only.some(isQuickFix))) return [];
  const uri = canonicalUri(textDocument.uri);
  const all = sources.workspace.findings(uri);
  const wanted = spanOf(document, range);
  const here = all.filter(({ span }) => span.start <= wanted.end && wanted.start <= span.end);
  const text = document.getText();
  const by = { ...options, linesOf: (file: string) => sources.linesOf(file) };
  return [
    ...here.flatMap((finding) => fixActions(finding, by)),
    ...fixAllActions(here, all, by),
    ...distinctByLine(here, text).flatMap((finding) => suppressionActions(finding, text, sources.workspace, by)),
  ];
}

/** A request for `quickfix.x` is none for ours. */
function isQuickFix(kind: string): boolean {
  return kind === '' || kind === CodeActionKind.QuickFix;
}

function fixActions(finding: Finding, by: EditOptions): CodeAction[] {
  const actions = finding.fixes.map((fix) => actionOf(fix, finding, by));
  const [only] = actions;
  if (only && isAlone(finding)) only.isPreferred = true;
  return actions;
}

/** The one way to mend it, and one that needs no second look. */
function isAlone({ fixes: [only, other] }: Finding): boolean {
  return only !== undefined && !other && !only.needsReview;
}

function fixAllActions(here: readonly Finding[], all: readonly Finding[], by: EditOptions): CodeAction[] {
  const rules = new Set(here.filter(isAlone).map(({ rule }) => rule));
  return [...rules].flatMap((rule) => {
    const findings = all.filter((finding) => finding.rule === rule && isAlone(finding));
    const [first] = findings;
    if (!first || findings.length < several) return [];
    const fix = { title: `Fix all of ${rule} in this file`, edits: withoutOverlaps(findings) };
    return [
      codeActionOf(
        fix,
        first.uri,
        by,
        findings.map((each) => diagnosticOf(each, by.linesOf)),
      ),
    ];
  });
}

/** Whatever touches an edit that is already in waits for the next time. */
function withoutOverlaps(findings: readonly Finding[]): Fix['edits'] {
  const taken: (Fix['edits'][number] & { readonly uri: string })[] = [];
  for (const { uri, fixes } of findings) {
    const edits = fixes.flatMap((fix) => fix.edits.map((edit) => ({ ...edit, uri: edit.uri ?? uri })));
    if (!edits.some((edit) => taken.some((other) => other.uri === edit.uri && touches(other.at, edit.at))))
      taken.push(...edits);
  }
  return taken;
}

function touches(one: Span, other: Span): boolean {
  return one.start <= other.end && other.start <= one.end;
}

function suppressionActions(finding: Finding, text: string, workspace: Workspace, by: EditOptions): CodeAction[] {
  const { rule, span } = finding;
  const line = lineStart(text, span.start);
  const indentation = /^[ \t]*/.exec(text.slice(line, span.start))?.[0] ?? '';
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const comments = isProjectFile(finding.uri) ? xmlComments : isSource(finding.uri) ? csharpComments : sqlComments;
  const onLine: Fix = {
    title: `Allow ${rule} on this line`,
    edits: [
      { at: { start: line, end: line }, text: indentation + comments.line(`sqlclr-disable-next-line ${rule}`) + end },
    ],
  };
  const head = comments.head(text, workspace);
  const inFile: Fix = {
    title: `Allow ${rule} in this file`,
    edits: [{ at: { start: head, end: head }, text: comments.whole(`sqlclr-disable ${rule}`) + end }],
  };
  // Within a literal, executed text say, a comment would be part of it.
  return (comments.canStand(text, line, workspace) ? [onLine, inFile] : [inFile]).map((fix) =>
    actionOf(fix, finding, by),
  );
}

const sqlComments = {
  line: (body: string): string => `-- ${body}`,
  whole: (body: string): string => `/* ${body} */`,
  head: (_text: string, _workspace: Workspace): number => 0,
  canStand: (text: string, line: number, _workspace: Workspace): boolean => isBetweenTokens(text, line),
};

const csharpComments = {
  ...sqlComments,
  line: (body: string): string => `// ${body}`,
  // What is found is found in code, and a line of code begins outside of a string but for one of several lines.
  canStand: (_text: string, _line: number): boolean => true,
};

const xmlComments = {
  line: (body: string): string => `<!-- ${body} -->`,
  whole: (body: string): string => `<!-- ${body} -->`,
  head: (text: string, workspace: Workspace): number => workspace.startOfRoot(text),
  canStand: (text: string, line: number, workspace: Workspace): boolean => workspace.isBetweenTags(text, line),
};

function actionOf(fix: Fix, finding: Finding, by: EditOptions): CodeAction {
  return codeActionOf(fix, finding.uri, by, [diagnosticOf(finding, by.linesOf)]);
}

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
