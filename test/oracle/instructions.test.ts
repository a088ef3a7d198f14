// The instructions of every method body under /usr/lib/mono, as monodis prints them (`npm run test:oracle`).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Bytes } from '../../server/analysis/metadata/bytes.js';
import { InstructionReader, readMethodBytes } from '../../server/analysis/metadata/il.js';
import { readPe } from '../../server/analysis/metadata/pe.js';
import { Table } from '../../server/analysis/metadata/schema.js';
import { readMetadata } from '../../server/analysis/metadata/tables.js';
import { monoFolder } from './mono.js';

interface Counts {
  instructions: number;
  /** `call`, `callvirt` and `calli`. */
  calls: number;
  newobjs: number;
}

interface Printed extends Counts {
  /** Rows of MethodDef whose code monodis leaves out: it does not find the type of a local or parameter. */
  readonly leftOut: ReadonlySet<number>;
}

/** As many at once as the machine spares. */
const atOnce = 2;

test('instructions, calls and constructions are those that monodis prints', async () => {
  const paths = assembliesUnder(monoFolder());
  const sum = { instructions: 0, calls: 0, newobjs: 0 };
  const wrong: string[] = [];
  const failed: string[] = [];
  let leftOut = 0;
  const started = performance.now();
  await eachOf(paths, async (path) => {
    const printed = await printedByMonodis(path);
    if (typeof printed === 'string') {
      failed.push(`${path}: ${printed}`);
      return;
    }
    const { leftOut: without, ...expected } = printed;
    leftOut += without.size;
    sum.instructions += expected.instructions;
    sum.calls += expected.calls;
    sum.newobjs += expected.newobjs;
    try {
      assert.deepEqual(countInstructions(readFileSync(path), without), expected);
    } catch (error) {
      wrong.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
  const seconds = Math.round((performance.now() - started) / 1000);
  const right = paths.length - failed.length - wrong.length;
  console.log(`${right} of ${paths.length} assemblies, in ${seconds} s`);
  console.log(`${sum.instructions} instructions, ${sum.calls} calls, ${sum.newobjs} constructions`);
  console.log(`monodis leaves out the code of ${leftOut} methods, and fails on ${failed.length} assemblies`);
  for (const one of failed.sort()) console.log(`  ${one}`);
  assert.deepEqual(wrong, []);
  assert.ok(right > 1400, 'mono-devel is not wholly installed');
});

function countInstructions(bytes: Uint8Array, without: ReadonlySet<number>): Counts {
  const counts = { instructions: 0, calls: 0, newobjs: 0 };
  const pe = readPe(new Bytes(bytes));
  const rvas = readMetadata(pe.metadata).table(Table.MethodDef).column('rva');
  for (let row = 1; row <= rvas.count; row++) {
    const rva = rvas.at(row);
    if (rva === 0 || without.has(row)) continue;
    const reader = new InstructionReader(readMethodBytes(pe.at(rva)).code);
    while (reader.next()) countOne(reader.opcode.mnemonic, counts);
  }
  return counts;
}

function countOne(mnemonic: string, counts: Counts): void {
  counts.instructions++;
  if (mnemonic === 'newobj') counts.newobjs++;
  else if (mnemonic === 'call' || mnemonic === 'callvirt' || mnemonic === 'calli') counts.calls++;
}

/** One path for each content: the folders of older frameworks hold many copies. */
function assembliesUnder(folder: string): readonly string[] {
  const byContent = new Map<string, string>();
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/\.(dll|exe)$/.test(file)) continue;
    const path = realpathSync(join(folder, file));
    if (!statSync(path).isFile()) continue;
    const content = createHash('sha1').update(readFileSync(path)).digest('hex');
    if (!byContent.has(content)) byContent.set(content, path);
  }
  return [...byContent.values()];
}

async function eachOf(paths: readonly string[], visit: (path: string) => Promise<void>): Promise<void> {
  const left = [...paths];
  const work = async (): Promise<void> => {
    for (let path = left.shift(); path !== undefined; path = left.shift()) await visit(path);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

/** Why there is nothing where monodis fails. */
function printedByMonodis(path: string): Promise<Printed | string> {
  const child = spawn('monodis', [path], { stdio: ['ignore', 'pipe', 'pipe'] });
  const counts = { instructions: 0, calls: 0, newobjs: 0 };
  const leftOut = new Set<number>();
  let method = 0;
  let isLeftOut = false;
  const read = (line: string): void => {
    const instruction = /^\s+IL_[0-9a-f]{4,}:\s+(\S+)/.exec(line)?.[1];
    if (instruction !== undefined) return countOne(instruction, counts);
    const comment = /^\s*(?:\} )?\/\/ (method line (\d+)|Method begins at RVA (?!0x0$)|Code size|end of method)/.exec(
      line,
    );
    if (comment?.[2] !== undefined) method = Number(comment[2]);
    else if (comment?.[1] === 'Method begins at RVA ') isLeftOut = true;
    else if (comment?.[1] === 'Code size') isLeftOut = false;
    else if (comment && isLeftOut) {
      leftOut.add(method);
      isLeftOut = false;
    }
  };
  let rest = '';
  child.stdout.setEncoding('latin1').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) read(line);
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve({ ...counts, leftOut });
      else resolve(signal ?? `exit ${code}: ${said.trim().split('\n', 1)[0] ?? ''}`);
    });
  });
}
