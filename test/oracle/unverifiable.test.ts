// Methods that we say no verifier accepts, against the verifier of mono-utils: `pedump --verify all`.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { unverifiableIn } from '../../server/analysis/code/unverifiable.js';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { nodePlatform } from '../../server/platform/node.js';

const folder = '/usr/lib/mono/4.5';
const run = promisify(execFile);

test('no method is called unverifiable that pedump finds verifiable', async (context) => {
  let named = 0;
  let refused = 0;
  const wrong: string[] = [];
  const missed = new Map<string, number>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.dll'))) {
    const { image } = readAssembly(readFileSync(join(folder, file)), nodePlatform);
    if (!image) continue;
    const theirs = await refusedBy(join(folder, file));
    const ours = new Set<string>();
    for (const node of image.code.graph.nodes.values())
      if (unverifiableIn(node).length > 0) ours.add(methodName(node.type.name, node.method.name));
    named += ours.size;
    refused += theirs.size;
    for (const name of ours) if (!theirs.has(name)) wrong.push(`${file} ${name}`);
    for (const [name, causes] of theirs)
      if (!ours.has(name)) for (const cause of causes) missed.set(cause, (missed.get(cause) ?? 0) + 1);
  }
  context.diagnostic(`${named - wrong.length} of ${named} methods are refused by pedump, which refuses ${refused}`);
  for (const [cause, count] of [...missed].sort((a, b) => b[1] - a[1]))
    context.diagnostic(`not looked for: ${count} × ${cause}`);
  assert.deepEqual(wrong, []);
  assert.ok(named > 700, `only ${named} methods are named`);
});

/** Method names, each with the kinds of causes; overloads are one. */
async function refusedBy(file: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const result = run('pedump', ['--verify', 'all', file], { maxBuffer: 1 << 28 });
  // It leaves with 2 where something is not verifiable.
  const { stdout, stderr } = await result.catch((error: { stdout: string; stderr: string }) => error);
  const methods = new Map<string, Set<string>>();
  let causes = new Set<string>();
  for (const line of `${stdout}${stderr}`.split('\n')) {
    const name = /^In method: (.*?)::(.*?)(?:\(.*)?$/.exec(line);
    if (name) {
      const known = methodName(keywords[name[1] ?? ''] ?? name[1] ?? '', name[2] ?? '');
      causes = methods.get(known) ?? new Set();
      methods.set(known, causes);
    } else if (line.startsWith('Not Verifiable: ')) causes.add(causeOf(line.slice('Not Verifiable: '.length)));
  }
  return methods;
}

/** As both can say it: nested types with `/`, without type arguments. */
function methodName(type: string, method: string): string {
  return `${type.replaceAll('+', '/')}::${method}`.replace(/<[^>]*>/g, '');
}

/** Without names, types and offsets. */
function causeOf(text: string): string {
  return text.replace(/'[^']*'|\(.*?\)|0x\w+|\b\d+\b/g, '…').slice(0, 80);
}

const keywords: Readonly<Record<string, string>> = {
  string: 'System.String',
  object: 'System.Object',
  char: 'System.Char',
  bool: 'System.Boolean',
  byte: 'System.Byte',
  sbyte: 'System.SByte',
  int16: 'System.Int16',
  uint16: 'System.UInt16',
  int: 'System.Int32',
  uint: 'System.UInt32',
  long: 'System.Int64',
  ulong: 'System.UInt64',
  single: 'System.Single',
  double: 'System.Double',
  intptr: 'System.IntPtr',
  uintptr: 'System.UIntPtr',
};
