// lint --threads: whoever finds it, what is told is what one thread tells, byte for byte.
import assert from 'node:assert/strict';
import { cpSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { parseCommand, UsageError } from '../../server/cli/arguments.js';
import { Folder, type Outcome } from '../support/command-line.js';

const configuration = {
  target: 'sql-server-2019',
  rules: { 'external-access-permission-set': 'off' },
  overrides: [
    { files: ['other/**'], rules: { '*': 'downgrade', 'sql-injection': 'error' } },
    { files: ['other/more/**'], rules: { 'excessive-permission-set': 'off' } },
  ],
};

/** Projects that refer to one another, assemblies in scripts and beside them, silenced and not, and enough of it for threads. */
function tree(context: TestContext): Folder {
  const folder = new Folder(context, {
    'sqlclr-lint.json': JSON.stringify(configuration),
    'other/silenced.sql': `-- sqlclr-disable-next-line trustworthy-database
ALTER DATABASE Payroll SET TRUSTWORTHY ON;
-- sqlclr-disable-next-line trustworthy-database
SELECT 1;
`,
    'other/more/twice.sql': "CREATE ASSEMBLY Numbers FROM 'C:\\Numbers.dll' WITH PERMISSION_SET = UNSAFE;\n",
    'other/more/half.sql':
      "CREATE FUNCTION dbo.Half() RETURNS int AS EXTERNAL NAME Numbers.[Numbers].Half;\nGO\nEXEC ('",
    'large.sql': `${'-- Nothing to be found here, and much of it, so that several threads are worth it.\n'.repeat(16_000)}ALTER DATABASE Payroll SET TRUSTWORTHY ON;\n`,
  });
  cpSync('docs/sample', join(folder.path, 'sample'), { recursive: true });
  for (const rule of ['sql-injection/a-check-that-is-none', 'impersonation-not-undone'])
    cpSync(join('test/assemblies/rules', rule), join(folder.path, 'other/assemblies', rule), { recursive: true });
  folder.write('huge.sql', '');
  truncateSync(join(folder.path, 'huge.sql'), (64 << 20) + 1);
  return folder;
}

/** Loaded into every thread; `first` is run in the first, `others` in the others. */
function within(folder: Folder, first: string, others: string): Readonly<Record<string, string>> {
  const script = `const threads = require('node:worker_threads');
const { appendFileSync, rmSync, writeFileSync } = require('node:fs');
if (threads.isMainThread) { ${first} } else { ${others} }`;
  folder.write('within.cjs', script);
  return { NODE_OPTIONS: `--require=${join(folder.path, 'within.cjs')}` };
}

/** The first thread waits for all others to have read the files, and leaves each piece to them. */
const leavesAllToOthers = `
const add = Atomics.add;
Atomics.add = (numbers, index, value) => {
  const wait = new Int32Array(new SharedArrayBuffer(4));
  for (let turns = 0; turns < 4_000 && numbers.subarray(1).includes(0n); turns++) Atomics.wait(wait, 0, 0, 5);
  return 1n << 31n;
};`;

/** The first rule that looks into code. */
const breaksARule = `
const Module = require('node:module');
const load = Module._load;
Module._load = (name, ...rest) => {
  const loaded = load(name, ...rest);
  if (/code\\.js$/.test(name)) loaded.codeRules.find(({ on }) => on === 'code').check = () => { throw new Error('broken'); };
  return loaded;
};`;

/** What is told goes to a file, for it is large. */
function inThreads(folder: Folder, count: number, args: readonly string[], env = {}): Outcome {
  const command = ['lint', '.', 'gone.sql', '--threads', String(count), '--output', 'out.txt', ...args];
  return { ...folder.runWith(env, ...command), out: folder.text('out.txt') };
}

/** What one thread tells of the tree, by its format. */
class Expected {
  readonly #folder: Folder;
  readonly #known = new Map<string, Outcome>();

  constructor(folder: Folder) {
    this.#folder = folder;
  }

  as(format: string): Outcome {
    const outcome = this.#known.get(format) ?? inThreads(this.#folder, 1, ['--format', format]);
    this.#known.set(format, outcome);
    return outcome;
  }
}

const told = /^sqlclr-lint: a thread has failed, and the first one does its share: (.*)\n/gm;

const failing: readonly (readonly [when: string, first: string, others: string, reason: RegExp])[] = [
  ['at its start', '', `throw new Error('on purpose');`, /^on purpose$/],
  ['before that', `require('node:v8').serialize = () => { throw new RangeError('too much'); };`, '', /^too much$/],
  [
    'halfway',
    leavesAllToOthers,
    `const add = Atomics.add; let count = 0; Atomics.add = (...all) => { if (++count > 5) throw new Error('halfway'); return add(...all); };`,
    /^halfway$/,
  ],
  [
    'for want of memory',
    `${leavesAllToOthers}
const { Worker } = threads;
threads.Worker = class extends Worker {
  constructor(path, options) {
    super(path, { ...options, resourceLimits: { maxOldGenerationSizeMb: 128 } });
  }
};`,
    `const kept = []; Atomics.add = () => { for (;;) kept.push(new Array(1e4).fill(0)); };`,
    /memory limit/,
  ],
  ['and leaves', leavesAllToOthers, `Atomics.add = () => process.exit(3);`, /^it ended with 3$/],
];

test('what is told is what one thread tells', async (context) => {
  const folder = tree(context);
  const one = new Expected(folder);
  const formats: readonly (readonly [format: string, count: number, first: string])[] = [
    ['text', 2, ''],
    ['json', 3, ''],
    ['sarif', 3, leavesAllToOthers],
  ];
  for (const [format, count, first] of formats) {
    await context.test(`as ${format}, in ${count}`, () => {
      const { code, out, err } = one.as(format);
      assert.equal(code, 2);
      assert.match(err, /huge\.sql: larger than 64 MiB\n.*cannot read gone\.sql: /);
      assert.ok(out.includes('sql-injection') && out.includes('unused-suppression'), out.slice(0, 2_000));
      assert.deepEqual(inThreads(folder, count, ['--format', format], within(folder, first, '')), one.as(format));
    });
  }

  await context.test('with a baseline, errors alone, and levels of the command line', () => {
    folder.run('lint', 'sample', '--baseline', 'b.json', '--update-baseline');
    const args = ['--baseline', 'b.json', '--quiet', '--severity', 'trustworthy-database=error', '--format', 'json'];
    const expected = inThreads(folder, 1, args);
    assert.match(expected.out, /trustworthy-database/);
    assert.deepEqual(inThreads(folder, 2, args, within(folder, leavesAllToOthers, '')), expected);
  });

  for (const [what, first, others, reason] of failing) {
    await context.test(`although a thread fails ${what}, which is said`, () => {
      const two = inThreads(folder, 2, ['--format', 'json'], within(folder, first, others));
      assert.deepEqual([two.code, two.out], [one.as('json').code, one.as('json').out]);
      const losses = [...two.err.matchAll(told)].map(([, words = '']) => words);
      assert.equal(losses.length, 1, two.err);
      assert.match(losses.join(), reason);
      assert.equal(two.err.replace(told, ''), one.as('json').err);
    });
  }

  await context.test('of rules that fail as well', () => {
    const lines = ({ err }: Outcome): readonly string[] => [...(err.match(/^sqlclr-lint: .*/gm) ?? [])].sort();
    const args = ['--format', 'json'];
    const expected = inThreads(folder, 1, args, within(folder, breaksARule, ''));
    const two = inThreads(folder, 2, args, within(folder, breaksARule + leavesAllToOthers, breaksARule));
    assert.deepEqual([two.code, two.out, lines(two)], [2, expected.out, lines(expected)]);
    assert.match(two.err, /Rule \S+ failed on file:\S+: Error: broken/);
  });

  await context.test('whatever becomes of the files once they are read', () => {
    const expected = one.as('text');
    const gone = `for (const name of ['sample/02-assembly.sql', 'other/more/half.sql']) rmSync(name, { force: true });
writeFileSync('large.sql', 'DROP');`;
    assert.deepEqual(inThreads(folder, 2, [], within(folder, leavesAllToOthers, gone)), expected);
    assert.equal(folder.text('large.sql'), 'DROP');
    assert.throws(() => folder.bytes('sample/02-assembly.sql'), /ENOENT/);
  });
});

test('a small tree takes one thread, and so do fixes and comparisons, which say so', (context) => {
  const folder = new Folder(context, { 'a.sql': 'ALTER DATABASE Payroll SET TRUSTWORTHY ON;\n' });
  const env = within(folder, '', `appendFileSync('threads.txt', 'one')`);
  assert.equal(folder.runWith(env, 'a.sql', '--threads', '4').code, 1);
  assert.throws(() => folder.bytes('threads.txt'));
  assert.match(folder.runWith(env, 'a.sql', '--threads', '2', '--fix').err, /^sqlclr-lint: --fix runs in one thread\n/);
  const compared = ['a.sql', '--threads', '2', '--compare-target', 'sql-server-2022'];
  assert.match(folder.runWith(env, ...compared).err, /^sqlclr-lint: --compare-target runs in one thread\n/);
});

test('a number of threads that is none', (context) => {
  for (const wrong of ['0', '-1', 'abc', '1000', '9', '1.5', '', ' 2'])
    assert.throws(
      () => parseCommand(['a.sql', `--threads=${wrong}`]),
      (error) =>
        error instanceof UsageError && error.message === `--threads is a number from 1 to 8, or auto; not '${wrong}'`,
      wrong,
    );
  const folder = new Folder(context, { 'a.sql': 'SELECT 1;\n' });
  const { code, out, err } = folder.run('a.sql', '--threads', '1000');
  assert.deepEqual([code, out], [2, '']);
  assert.equal(err, "sqlclr-lint: --threads is a number from 1 to 8, or auto; not '1000'\n");
  const chosen = parseCommand(['a.sql', '--threads', 'auto']);
  assert.ok(chosen.kind === 'lint' && chosen.options.threads >= 1 && chosen.options.threads <= 8);
});
