// Assemblies as documents, on every assembly of Debian's mono-devel: each has one, and as many instructions as monodis
// prints, where the document holds them all (`npm run test:oracle`).
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';

function assemblies(): readonly string[] {
  const listed = execFileSync('dpkg', ['--listfiles', 'mono-devel'], { encoding: 'utf8', maxBuffer: 1 << 26 });
  const paths = listed.split('\n').filter((path) => /\.(dll|exe)$/.test(path));
  return [...new Set(paths.map((path) => realpathSync(path)))].filter((path) => statSync(path).isFile()).sort();
}

const few = ['al.exe', 'ikdasm.exe', 'ilasm.exe', 'monop.exe', 'mkbundle.exe', 'sqlmetal.exe'];

test('every assembly has a document, whose spans are within it', () => {
  let slowest = { path: '', milliseconds: 0 };
  let count = 0;
  for (const path of assemblies()) {
    const workspace = new Workspace(nodePlatform);
    const uri = `file://${path}`;
    workspace.set(uri, readFileSync(path));
    const start = performance.now();
    const document = workspace.assemblyDocument(uri, 0);
    const milliseconds = performance.now() - start;
    if (milliseconds > slowest.milliseconds) slowest = { path, milliseconds };
    assert.ok(document, path);
    assert.match(document.text, /^\/\/ SQLCLR assembly \S/, path);
    const { length } = document.text;
    for (const { span } of [...document.links, ...document.foldings, ...document.symbols])
      assert.ok(span.start < span.end && span.end <= length, path);
    // ASCII but for letters, punctuation and symbols of strings.
    assert.doesNotMatch(document.text, /[^\n\P{C}]|[\p{Zl}\p{Zp}\p{Bidi_C}]/u, path);
    count++;
  }
  console.log(`${count} assemblies; the slowest, ${slowest.path}: ${slowest.milliseconds.toFixed(0)} ms`);
  assert.ok(count > 1000, 'mono-devel is not wholly installed');
});

test('a document has the instructions that monodis prints', () => {
  const paths = assemblies().filter((path) => few.some((name) => path.endsWith(`/4.5/${name}`)));
  assert.equal(paths.length, few.length);
  for (const path of paths) {
    const workspace = new Workspace(nodePlatform);
    workspace.set(`file://${path}`, readFileSync(path));
    const text = workspace.assemblyDocument(`file://${path}`, 0)?.text ?? '';
    assert.doesNotMatch(text, /^\/\/ Cut here/m, path);
    const { stdout } = spawnSync('monodis', [path], { encoding: 'utf8', maxBuffer: 1 << 28 });
    const instructions = (listing: string): number => [...listing.matchAll(/^\s*IL_[0-9a-f]+: /gm)].length;
    console.log(`${instructions(text)} instructions of ${path}`);
    assert.equal(instructions(text), instructions(stdout), path);
  }
});
