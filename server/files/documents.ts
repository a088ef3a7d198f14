// Documents as the editor has them, whatever it says of their changes: a place beyond the text is its end.
import type { Position, TextDocumentsConfiguration } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

export const documentTexts: TextDocumentsConfiguration<TextDocument> = {
  create: (uri, languageId, version, text) => TextDocument.create(uri, languageId, version, text),
  // The library goes through all lines up to the one that is named.
  update: (document, changes, version) =>
    changes.reduce((now, change) => {
      const at = (position: Position): Position => now.positionAt(now.offsetAt(position));
      const inside =
        'range' in change
          ? { range: { start: at(change.range.start), end: at(change.range.end) }, text: change.text }
          : change;
      return TextDocument.update(now, [inside], version);
    }, document),
};
