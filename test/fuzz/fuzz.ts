// Hostile input against everything that reads it: `npm run test:fuzz`, in a box of time and memory.
//   --seconds 50    how long, shared among the subjects
//   --seed 1        where each begins; the same seed tries the same inputs in the same order
//   --most 1000     inputs of each subject at most, so that a fast machine tries the same as any other
//   --subject C#    one of them alone;  --case 17  one input of it alone
// What crashes, hangs or fills the memory is written to `dist-test/fuzz/`, with the command that does it again.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { randomOf } from '../support/mutations.js';
import { subjects, type Files } from './subjects.js';

/** In milliseconds of the processor: longer than this nobody waits for one input. */
const patience = 10_000;
/** In MB. */
const memory = 1_024;

interface Task {
  readonly subject: string;
  readonly seed: number;
  readonly first: number;
  /** The first that is not tried. */
  readonly behind: number;
  /** In milliseconds; one input at least is tried. */
  readonly time: number;
}

type Word =
  | { readonly kind: 'begun'; readonly number: number }
  | { readonly kind: 'input'; readonly files: Files }
  | { readonly kind: 'slow'; readonly number: number; readonly milliseconds: number }
  | { readonly kind: 'failed'; readonly number: number; readonly error: string }
  | { readonly kind: 'done'; readonly tried: number; readonly slowest: number; readonly slowestCase: number };

if (isMainThread) await main();
else await work(workerData as Task);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '50' },
      seed: { type: 'string', default: '1' },
      most: { type: 'string', default: '1000' },
      subject: { type: 'string' },
      case: { type: 'string' },
    },
  });
  const names = values.subject === undefined ? Object.keys(await subjects()) : [values.subject];
  const time = values.case === undefined ? (Number(values.seconds) * 1000) / names.length : 0;
  let failures = 0;
  for (const subject of names)
    failures += await watched({
      subject,
      seed: Number(values.seed),
      first: Number(values.case ?? 0),
      behind: Number(values.case ?? 0) + Number(values.most),
      time,
    });
  if (failures > 0) process.exitCode = 1;
}

/** In a thread, so that what never ends is ended; how many inputs did harm. */
async function watched(task: Task): Promise<number> {
  const until = performance.now() + task.time;
  let next = task.first;
  let failures = 0;
  do {
    const end = await once({ ...task, first: next, time: Math.max(0, until - performance.now()) });
    if (end.error === undefined) break;
    failures++;
    tell(task, end);
    next = end.number + 1;
  } while (performance.now() < until && next < task.behind && failures < 20);
  return failures;
}

interface End {
  readonly number: number;
  readonly files: Files;
  readonly error?: string;
}

function once(task: Task): Promise<End> {
  const worker = new Worker(new URL(import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: memory },
  });
  let files: Files = {};
  let number = task.first;
  let timer: NodeJS.Timeout | undefined;
  return new Promise((resolve) => {
    const end = (error?: string): void => {
      clearTimeout(timer);
      void worker.terminate();
      resolve({ number, files, ...(error !== undefined && { error }) });
    };
    worker.on('error', (error) => end(error.stack ?? error.message));
    worker.on('message', (word: Word) => {
      if (word.kind === 'begun') {
        number = word.number;
        clearTimeout(timer);
        // Of the clock: a machine with much to do takes longer, but not for ever.
        timer = setTimeout(() => end('it does not end'), 6 * patience);
      } else if (word.kind === 'input') ({ files } = word);
      else if (word.kind === 'failed') end(word.error);
      else if (word.kind === 'done') {
        const slowest = `${word.slowest.toFixed(0)} ms (case ${word.slowestCase})`;
        console.log(`${task.subject}: ${word.tried} inputs from case ${task.first}, slowest ${slowest}`);
        end();
      }
    });
  });
}

function tell({ subject, seed }: Task, { number, files, error }: End): void {
  const folder = join('dist-test', 'fuzz', `${subject.replace(/\W/g, '-')}-${seed}-${number}`);
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  console.error(`${subject}, case ${number}: ${error ?? ''}`);
  console.error(
    `  the input is in ${folder}; again: npm run test:fuzz -- --subject '${subject}' --seed ${seed} --case ${number}`,
  );
}

async function work({ subject, seed, first, behind, time }: Task): Promise<void> {
  const say = (word: Word): void => parentPort?.postMessage(word);
  const run = (await subjects())[subject];
  if (!run) throw new Error(`There is no subject ${subject}`);
  const until = performance.now() + time;
  let [number, slowest, slowestCase] = [first, 0, first];
  do {
    say({ kind: 'begun', number });
    const start = process.cpuUsage();
    try {
      await run(randomOf(seed * 1_000_003 + number), (files) => say({ kind: 'input', files }));
    } catch (error) {
      return say({ kind: 'failed', number, error: error instanceof Error ? textOf(error) : String(error) });
    }
    const { user, system } = process.cpuUsage(start);
    const milliseconds = (user + system) / 1000;
    if (milliseconds > slowest) [slowest, slowestCase] = [milliseconds, number];
    if (milliseconds > patience)
      return say({ kind: 'failed', number, error: `it takes ${milliseconds.toFixed(0)} ms` });
    number++;
  } while (performance.now() < until && number < behind);
  say({ kind: 'done', tried: number - first, slowest, slowestCase });
}

function textOf(error: Error): string {
  return `${error.stack ?? error.message}${error.cause instanceof Error ? `\n${error.cause.stack ?? ''}` : ''}`;
}
