// The command line for tests: the built program in a folder of its own.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { TestContext } from 'node:test';

const program = resolve('dist-test/cli.cjs');

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'sqlclr-lint-'));

  constructor(test: TestContext, files: Readonly<Record<string, string | Uint8Array>> = {}) {
    test.after(() => rmSync(this.path, { recursive: true, force: true }));
    for (const [name, content] of Object.entries(files)) this.write(name, content);
  }

  write(name: string, content: string | Uint8Array): void {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  bytes(name: string): Buffer {
    return readFileSync(join(this.path, name));
  }

  text(name: string): string {
    return this.bytes(name).toString('utf8');
  }

  run(...args: readonly string[]): Outcome {
    return this.runWith({}, ...args);
  }

  runWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Outcome {
    const { PATH = '' } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
      cwd: this.path,
      env: { PATH, ...env },
      encoding: 'utf8',
      timeout: 30_000,
    });
    return { code: status, out: stdout, err: stderr };
  }

  /** What `--format json` reports, as `file:line:column rule`. */
  places(...args: readonly string[]): readonly string[] {
    return this.json(...args).map(({ file, line, column, rule }) => `${file}:${line}:${column} ${rule}`);
  }

  json(...args: readonly string[]): readonly Reported[] {
    const found: readonly Reported[] = JSON.parse(this.run(...args, '--format', 'json').out);
    return found;
  }
}

export interface Reported {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
}
