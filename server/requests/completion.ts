// Completion: what can stand at a place, as the protocol has it.
import { CompletionItemKind, type CompletionItem, type TextDocumentPositionParams } from 'vscode-languageserver';
import type { Completion } from '../analysis/features/completion.js';
import { rangeOf } from '../convert.js';
import { canonicalUri } from '../files.js';
import type { Sources } from '../sources.js';

/** Of a name the next part, of a clause its value, and what is quoted. */
export const completionTriggers = ['.', '[', ':', '=', "'", '"'];

const kinds: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  assembly: CompletionItemKind.Module,
  class: CompletionItemKind.Class,
  method: CompletionItemKind.Method,
  key: CompletionItemKind.Reference,
  keyword: CompletionItemKind.Keyword,
  option: CompletionItemKind.Value,
};

export function completionsAt(
  { textDocument, position }: TextDocumentPositionParams,
  sources: Sources,
): CompletionItem[] {
  const uri = canonicalUri(textDocument.uri);
  const lines = sources.linesOf(uri);
  return sources.workspace
    .completions(uri, lines.offsetAt(position))
    .map(({ label, kind, detail, replaced, text, rank }) => ({
      label,
      kind: kinds[kind],
      detail,
      // What is typed so far is held against it: a delimiter too.
      filterText: text,
      sortText: `${rank} ${label}`,
      textEdit: { range: rangeOf(lines, replaced), newText: text },
    }));
}
