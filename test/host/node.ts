// Runs the suite in an extension host on Node.js: desktop VS Code and the VS Code server.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { defineSuites } from '../suite/all.js';
import { reportOf } from './report.js';

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, reporter: Mocha.reporters.Base });
  // What mocha does around every file it loads; the suites are part of this bundle.
  mocha.suite.emit('pre-require', globalThis, 'suites', mocha);
  await defineSuites();
  mocha.suite.emit('post-require', globalThis, 'suites', mocha);
  const report = await reportOf((done) => mocha.run(done));
  const file = process.env.SQLCLR_EDITOR_REPORT;
  if (file) writeFileSync(file, JSON.stringify(report));
  if (report.failures > 0) throw new Error(`${report.failures} tests failed`);
}
