// Renaming: what can be renamed at a place, the edits in all files, and in words why there are none.
import {
  LSPErrorCodes,
  ResponseError,
  type ClientCapabilities,
  type Connection,
  type Range,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { rangeOf, workspaceEditOf } from '../convert.js';
import { canonicalUri } from '../files.js';
import { answering } from '../guard.js';
import type { Sources } from '../sources.js';

export function answerRenames(connection: Connection, sources: Sources, { workspace }: ClientCapabilities): void {
  const versionedEdits = workspace?.workspaceEdit?.documentChanges === true;
  const linesOf = (uri: string) => sources.linesOf(uri);
  connection.onPrepareRename(
    answering(connection, ({ textDocument, position }): { range: Range; placeholder: string } | undefined => {
      const uri = canonicalUri(textDocument.uri);
      const lines = linesOf(uri);
      const found = sources.workspace.renamable(uri, lines.offsetAt(position));
      return found && { range: rangeOf(lines, found.span), placeholder: found.name };
    }),
  );
  connection.onRenameRequest(
    answering(connection, ({ textDocument, position, newName }): WorkspaceEdit | ResponseError | undefined => {
      const uri = canonicalUri(textDocument.uri);
      const renamed = sources.workspace.rename(uri, linesOf(uri).offsetAt(position), newName);
      if (renamed?.refused !== undefined) return new ResponseError(LSPErrorCodes.RequestFailed, renamed.refused);
      const part = renamed?.edits.find((edit) => sources.packages.packageOf(edit.uri) !== undefined);
      if (part) {
        const { path } = URI.parse(sources.packages.packageOf(part.uri) ?? '');
        const name = path.slice(path.lastIndexOf('/') + 1);
        return new ResponseError(LSPErrorCodes.RequestFailed, `${name} has the name as well, and cannot be edited`);
      }
      return renamed && workspaceEditOf(renamed.edits, uri, { linesOf, versionedEdits });
    }),
  );
}
