// Runs the suite in the extension host of a browser: a worker, without files and without Node.js.
import 'mocha/mocha.js';
import { defineSuites } from '../suite/all.js';
import { reportOf } from './report.js';

export async function run(): Promise<void> {
  // Mocha reads ?grep= from an address, and this worker has none.
  Object.defineProperty(globalThis, 'location', { value: { search: '' }, configurable: true });
  // `reporter: undefined` keeps mocha from writing to a page that is not there.
  const options: Mocha.MochaInstanceOptions & { ui: 'tdd' } = { ui: 'tdd', timeout: 60_000 };
  mocha.setup({ ...options, reporter: undefined } as unknown as typeof options);
  await defineSuites();
  const report = await reportOf((done) => mocha.run(done));
  console.log(`SQLCLR_EDITOR_REPORT ${JSON.stringify(report)}`);
  if (report.failures > 0) throw new Error(`${report.failures} tests failed`);
}
