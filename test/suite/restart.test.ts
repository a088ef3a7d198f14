// A server that dies: the client starts another, which knows what is open and not saved.
import * as assert from 'assert';
import * as vscode from 'vscode';
import { findings, noFindings, open, settled } from './editor.js';

/** Of the extension host where it is one of Node.js. */
const host = (globalThis as { process?: { pid: number; kill?: (pid: number, signal: string) => void } }).process;

// A browser has no process to end.
if (host?.kill)
  suite('restart', () => {
    test('after the server was killed, with what was not saved', async () => {
      const servers = await serverProcesses();
      assert.ok(servers.length > 0, 'no server runs');
      const document = await open('plain.sql');
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), 'ALTER DATABASE Unsaved SET TRUSTWORTHY ON;\n');
      await vscode.workspace.applyEdit(edit);
      await findings(document, 'trustworthy-database');
      for (const pid of servers) host.kill?.(pid, 'SIGKILL');
      while (!(await serverProcesses()).some((pid) => !servers.includes(pid))) await settled();
      await findings(document, 'trustworthy-database');
      const back = new vscode.WorkspaceEdit();
      back.delete(document.uri, new vscode.Range(0, 0, 1, 0));
      await vscode.workspace.applyEdit(back);
      await document.save();
      await noFindings(document, 'trustworthy-database');
    });
  });

/** Children of the extension host that run our server; none where there is no such thing as `/proc`. */
async function serverProcesses(): Promise<readonly number[]> {
  if (!host?.kill) return [];
  const proc = vscode.Uri.file('/proc');
  const read = async (path: string): Promise<string> => {
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(proc, path)));
    } catch {
      return '';
    }
  };
  const names = await vscode.workspace.fs.readDirectory(proc).then(
    (entries) => entries.map(([name]) => name).filter((name) => /^\d+$/.test(name)),
    () => [],
  );
  const found: number[] = [];
  for (const name of names) {
    if (!(await read(`${name}/cmdline`)).includes('dist/server/node.cjs')) continue;
    const parent = / (?:\S) (\d+) /.exec((await read(`${name}/stat`)).replace(/^.*\)/s, ''))?.[1];
    if (Number(parent) === host.pid) found.push(Number(name));
  }
  return found;
}
