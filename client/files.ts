// The files of the workspace, for a server that cannot read them itself: in the browser, and in virtual workspaces.
import { Uri, workspace, type Disposable } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { listFilesRequest, readFileRequest, type ListFilesParams, type ReadFileParams } from '../server/protocol.js';

export function answerFileRequests(client: BaseLanguageClient): readonly Disposable[] {
  return [
    client.onRequest(listFilesRequest, listFiles),
    client.onRequest<string | undefined, void>(readFileRequest, readFile),
  ];
}

async function listFiles({ extensions, skipped, limit }: ListFilesParams): Promise<readonly string[]> {
  const pattern = `**/*.{${extensions.flatMap((extension) => [extension, extension.toUpperCase()]).join(',')}}`;
  const found = await workspace.findFiles(pattern, `**/{${skipped.join(',')}}/**`, limit);
  return found.map((uri) => uri.toString());
}

/** Only what lies in the workspace: the server cannot make the editor read anything else. */
async function readFile({ uri, limit }: ReadFileParams): Promise<string | undefined> {
  const file = Uri.parse(uri, true);
  if (!workspace.getWorkspaceFolder(file)) return undefined;
  const { size } = await workspace.fs.stat(file);
  if (size > limit) return undefined;
  return base64Of(await workspace.fs.readFile(file));
}

function base64Of(bytes: Uint8Array): string {
  const step = 0x8000;
  let binary = '';
  for (let at = 0; at < bytes.length; at += step) binary += String.fromCharCode(...bytes.subarray(at, at + step));
  return btoa(binary);
}
