// Signature help: the routine or method at a caret, as the protocol has it.
import { MarkupKind, type SignatureHelp, type TextDocumentPositionParams } from 'vscode-languageserver';
import { withAddresses } from './features.js';
import { canonicalUri } from '../files.js';
import type { Sources } from '../sources.js';

export const signatureTriggers = ['(', ','];

export function signatureHelpAt(
  { textDocument, position }: TextDocumentPositionParams,
  sources: Sources,
): SignatureHelp | undefined {
  const uri = canonicalUri(textDocument.uri);
  const found = sources.workspace.signature(uri, sources.linesOf(uri).offsetAt(position));
  if (!found) return undefined;
  const { label, parameters, documentation, active } = found;
  return {
    signatures: [
      {
        label,
        documentation: { kind: MarkupKind.Markdown, value: withAddresses(documentation, sources) },
        parameters: parameters.map((one) => ({
          label: one.label,
          documentation: { kind: MarkupKind.Markdown, value: one.documentation },
        })),
      },
    ],
    activeSignature: 0,
    // Behind the last there is none: an editor marks nothing then.
    activeParameter: active ?? parameters.length,
  };
}
