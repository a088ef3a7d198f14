// What the core knows of a document, to protocol values: hover, outline, folding.
import {
  FoldingRangeKind,
  MarkupKind,
  SymbolKind,
  type DocumentSymbol,
  type FoldingRange,
  type Hover,
  type TextDocumentPositionParams,
} from 'vscode-languageserver';
import type { DocumentSymbol as Outline, Folding } from '../analysis/features/feature.js';
import { finishLinks } from '../analysis/workspace.js';
import { rangeOf, type Lines } from '../convert.js';
import { canonicalUri, isProjectFile, isSource } from '../files.js';
import type { Sources } from '../sources.js';

/** `moreOn`: what else there is to say, of an assembly on whose bytes the hover is. */
export function hoverAt(
  { textDocument, position }: TextDocumentPositionParams,
  sources: Sources,
  moreOn: (uri: string, assembly: number) => string,
): Hover | undefined {
  const uri = canonicalUri(textDocument.uri);
  const lines = sources.linesOf(uri);
  const hover = sources.workspace.hover(uri, lines.offsetAt(position));
  if (!hover) return undefined;
  const more = hover.assembly === undefined ? '' : moreOn(uri, hover.assembly);
  const markdown = withAddresses(hover.markdown, sources);
  return { contents: { kind: MarkupKind.Markdown, value: markdown + more }, range: rangeOf(lines, hover.span) };
}

/** With links to places as editors take them. */
export function withAddresses(markdown: string, sources: Sources): string {
  return finishLinks(markdown, (uri, offset) => addressOf(sources.linesOf(uri), offset));
}

/** As editors take it: the line and the column, from 1. */
function addressOf(lines: Lines, offset: number): string {
  const { uri } = lines;
  const { line, character } = lines.positionAt(offset);
  return `${uri}#L${line + 1},${character + 1}`;
}

export function symbolsOf(uri: string, sources: Sources): DocumentSymbol[] {
  const canonical = canonicalUri(uri);
  const lines = sources.linesOf(canonical);
  return sources.workspace.symbols(canonical).map((symbol) => symbolOf(symbol, lines));
}

export const symbolKinds: Readonly<Record<Outline['kind'], SymbolKind>> = {
  assembly: SymbolKind.Package,
  procedure: SymbolKind.Method,
  function: SymbolKind.Function,
  trigger: SymbolKind.Event,
  aggregate: SymbolKind.Operator,
  type: SymbolKind.Class,
  key: SymbolKind.Key,
  certificate: SymbolKind.Key,
  principal: SymbolKind.Object,
  database: SymbolKind.Namespace,
  section: SymbolKind.Namespace,
  class: SymbolKind.Class,
  struct: SymbolKind.Struct,
  interface: SymbolKind.Interface,
  enum: SymbolKind.Enum,
  delegate: SymbolKind.Event,
  field: SymbolKind.Field,
  property: SymbolKind.Property,
  method: SymbolKind.Method,
};

/** A client refuses a symbol without a name, and one whose name lies outside of it. */
export function symbolOf({ name, detail, kind, span, nameSpan, children = [] }: Outline, lines: Lines): DocumentSymbol {
  return {
    name: name.trim() === '' ? kind : name,
    detail,
    kind: symbolKinds[kind],
    range: rangeOf(lines, { start: Math.min(span.start, nameSpan.start), end: Math.max(span.end, nameSpan.end) }),
    selectionRange: rangeOf(lines, nameSpan),
    children: children.map((child) => symbolOf(child, lines)),
  };
}

/** Undefined for project files and C#: the editor folds them as it would without us. */
export function foldingsOf(uri: string, sources: Sources): FoldingRange[] | undefined {
  const canonical = canonicalUri(uri);
  if (isProjectFile(canonical) || isSource(canonical)) return undefined;
  const lines = sources.linesOf(canonical);
  return sources.workspace.foldings(canonical).flatMap((folding) => foldingOf(folding, lines) ?? []);
}

/** Only what goes over lines can be folded. */
export function foldingOf({ span, kind }: Folding, lines: Lines): FoldingRange | undefined {
  const { start, end } = rangeOf(lines, span);
  if (start.line >= end.line) return undefined;
  return {
    startLine: start.line,
    endLine: end.line,
    ...(kind === 'comment' && { kind: FoldingRangeKind.Comment }),
    ...(kind === 'literal' && { kind: FoldingRangeKind.Region }),
  };
}
