// What writes the level of a rule into a sqlclr-lint.json, as it is laid out.
import { modify } from 'jsonc-parser';
import type { TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Level } from '../analysis/workspace.js';

/** Behind all others, so that it holds. */
export function levelEdits(text: string, rule: string, level: Level): TextEdit[] {
  const document = TextDocument.create('', 'jsonc', 0, text);
  const indentation = /^[ \t]+(?=")/m.exec(text)?.[0] ?? '  ';
  const formattingOptions = {
    insertSpaces: !indentation.startsWith('\t'),
    tabSize: indentation.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
  return modify(text, ['rules', rule], level, { formattingOptions }).map(({ offset, length, content }) => ({
    range: { start: document.positionAt(offset), end: document.positionAt(offset + length) },
    newText: content,
  }));
}
