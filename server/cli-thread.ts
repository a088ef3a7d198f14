// Entry of a thread of the command line: reads the files that it is given, finds what nobody else finds, and says so once.
import { deserialize } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { failureText, Workspace } from './analysis/workspace.js';
import { readAllCSharp } from './cli/csharp.js';
import { Begun, shareOf, type Given, type Share, type Task } from './cli/share.js';
import { nodePlatform } from './platform/node.js';

async function share({ given, begun, thread }: Task): Promise<Share> {
  const { files, settings }: Given = deserialize(new Uint8Array(given));
  const failures: string[] = [];
  const overrides = settings.overrides.map(({ rules }) => ({ rules, holdsFor: () => true }));
  const workspace = new Workspace(nodePlatform, { ...settings, overrides }, (failure) =>
    failures.push(failureText(failure)),
  );
  for (const { uri, content } of files) workspace.set(uri, content);
  await readAllCSharp(workspace);
  workspace.project();
  const pieces = new Begun(begun);
  pieces.isThere(thread);
  return { ...shareOf(workspace, pieces, thread), failures };
}

void share(workerData).then((done) => parentPort?.postMessage(done));
