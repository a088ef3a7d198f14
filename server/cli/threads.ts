// lint --threads: those that lint beside this thread, and what becomes of a share that one of them did not do.
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Settings, Workspace } from '../analysis/workspace.js';
import type { InputFile } from './read.js';
import { Begun, shareOf, type Given, type Share, type Task } from './share.js';

export interface Threads {
  /** Afterwards the workspace knows what all of them have found. What nobody has found it finds itself when it is asked. */
  lint(workspace: Workspace): Promise<Outcome>;
}

interface Outcome {
  /** Of rules in other threads, in words. */
  readonly failures: readonly string[];
  /** Why threads have not done their share. */
  readonly lost: readonly string[];
}

/** Begins `count` threads, which read the files while this one does. */
export function startThreads(count: number, files: readonly InputFile[], settings: Settings): Threads {
  const counted = Begun.for(count + 1);
  const begun = new Begun(counted);
  const threads = startAll(count, { files, settings, begun: counted });
  return {
    async lint(workspace) {
      const { project } = shareOf(workspace, begun, 0);
      const shares = await Promise.all(
        // One that is not there yet finds nothing left to do.
        threads.map(({ share, stop }, index) => (begun.wasThere(index + 1) ? share : stop())),
      );
      const pieces = [...workspace.pieces()];
      const failures: string[] = [];
      const lost: string[] = [];
      for (const share of shares) {
        if (share === undefined) continue;
        if (share instanceof Error) lost.push(share.message);
        else if (share.project !== project) lost.push('it has not read all that this one has');
        else {
          for (const [number, found] of share.found) pieces[number]?.take(found);
          failures.push(...share.failures);
        }
      }
      return { failures, lost };
    },
  };
}

interface Started {
  readonly files: readonly InputFile[];
  readonly settings: Settings;
  readonly begun: SharedArrayBuffer;
}

function startAll(count: number, { files, settings, begun }: Started): readonly Thread[] {
  const { overrides = [], ...rest } = settings;
  try {
    const given = sharedCopy(
      serialize({
        files: files.map(({ uri, content }) => ({ uri, content })),
        settings: { ...rest, overrides: overrides.map(({ rules }) => ({ rules })) },
      } satisfies Given),
    );
    return Array.from({ length: count }, (_, index) => startThread({ given, begun, thread: index + 1 }));
  } catch (error) {
    // There is more than fits into one block of memory.
    return [notStarted(error)];
  }
}

function sharedCopy(bytes: Uint8Array): SharedArrayBuffer {
  const shared = new SharedArrayBuffer(bytes.length);
  new Uint8Array(shared).set(bytes);
  return shared;
}

interface Thread {
  /** Or why there is none; undefined where it was stopped. */
  readonly share: Promise<Share | Error | undefined>;
  stop(): Promise<Share | Error | undefined>;
}

function startThread(task: Task): Thread {
  let worker: Worker;
  try {
    worker = new Worker(join(__dirname, 'cli-thread.cjs'), { workerData: task });
  } catch (error) {
    return notStarted(error);
  }
  let isStopped = false;
  const share = new Promise<Share | Error | undefined>((resolve) => {
    worker.once('message', resolve);
    worker.once('messageerror', resolve);
    worker.once('error', (error) => resolve(errorOf(error)));
    worker.once('exit', (code) => resolve(isStopped ? undefined : new Error(`it ended with ${code}`)));
  });
  const stop = async (): Promise<Share | Error | undefined> => {
    isStopped = true;
    await worker.terminate();
    return share;
  };
  return { share, stop };
}

function notStarted(error: unknown): Thread {
  const share = Promise.resolve(errorOf(error));
  return { share, stop: () => share };
}

function errorOf(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
