// What a run of mocha came to, for the process that started the editor.

import { told } from '../suite/told.js';

export interface TestResult {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly milliseconds?: number;
  readonly error?: string;
}

export interface Report {
  readonly failures: number;
  readonly results: readonly TestResult[];
  /** What is to be the same in every host. */
  readonly told: readonly string[];
}

export function reportOf(start: (done: (failures: number) => void) => Mocha.Runner): Promise<Report> {
  return new Promise((resolve) => {
    const results: TestResult[] = [];
    const runner = start((failures) => resolve({ failures, results, told }));
    runner.on('pass', (test) =>
      results.push({ title: test.fullTitle(), state: 'passed', milliseconds: test.duration ?? 0 }),
    );
    runner.on('fail', (test, error: unknown) =>
      results.push({ title: test.fullTitle(), state: 'failed', error: textOf(error) }),
    );
    runner.on('pending', (test) => results.push({ title: test.fullTitle(), state: 'skipped' }));
  });
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
