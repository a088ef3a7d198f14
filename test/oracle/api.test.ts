// The tables of API permissions against compiled code: C# that calls a member of each row, made by mono's compiler.
// Only what C# can say is asked: the other rows are listed by cause (`npm run test:oracle`).
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { knowledgeRows } from '../support/csv.js';
import { documentedSubject, permissionSubject, type Candidate, type Subject } from './api-subjects.js';
import { hostProtectionIn, lookUpIn, type CsvRow, type Tables } from './api-tables.js';
import { readFramework } from './framework.js';
import { compile, referenceFolder } from './mono.js';
import { callsIn } from './monodis.js';
import { readFramework as readFrameworkMembers } from '../../server/analysis/csharp/framework-table.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { sourceUsesIn, usesIn, type ApiUse } from './uses.js';

/** Rows that are covered today: fewer is a loss. */
const floor: Readonly<Record<Subject['table'], number>> = {
  'api-permissions.csv': 2002,
  'disallowed-members.csv': 428,
};

/** Classes tried at once for one row, and rounds of it. */
const atOnce = 5;
const rounds = 12;

const folder = mkdtempSync(join(tmpdir(), 'sqlclr-lint-api-'));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Covered {
  readonly subject: Subject;
  readonly candidate: Candidate;
  /** The library it is in, and the class. */
  readonly library: string;
  readonly className: string;
}

const members = readFrameworkMembers(readFileSync('dist-test/framework-members.bin'));
// A file of thousands of classes.
const language = await diskGrammar('dist-test', 60_000);

test('what the tables say of a member is found for a call in compiled code, and in its source', () => {
  const permissions = [...knowledgeRows('api-permissions'), ...knowledgeRows('reviewed-members')];
  const documented = knowledgeRows('disallowed-members');
  const references = referenceFolder();
  const named = [...permissions.flatMap((row) => (row['assembly'] ?? '').split('|')), ...documented.map(assemblyOf)];
  const framework = readFramework(references, new Set(named));
  const tables: Tables = {
    framework,
    lookUp: lookUpIn(permissions),
    hostProtection: hostProtectionIn(knowledgeRows('hpa')),
  };
  const subjects = [
    ...permissions.map((row) => permissionSubject(row, tables)),
    ...documented.map((row) => documentedSubject(row, tables)),
  ];
  const { covered, refused } = compileAll(subjects, framework.assemblies);

  const libraries = new Set(covered.map(({ library }) => library));
  const usesOf = new Map([...libraries].map((library) => [library, usesIn(library)]));
  const sources = new Map([...libraries].map((library) => [library, readSource(library)]));
  for (const table of Object.keys(floor) as Subject['table'][]) {
    const all = subjects.filter((subject) => subject.table === table);
    const done = covered.filter(({ subject }) => subject.table === table);
    console.log(`${table}: ${done.length} of ${all.length} rows compiled`);
    report(
      all.filter((subject) => !done.some((one) => one.subject === subject)),
      refused,
    );
    const wrong = done.flatMap((one) => wrongIn(one, usesOf.get(one.library) ?? []));
    console.log(`${table}: ${done.length - wrong.length} of ${done.length} calls as the table says`);
    assert.deepEqual(wrong, []);
    const named = done.filter(({ candidate }) => members.findType(candidate.attempt.member.replace(/::.*/, '')));
    const misread = named.flatMap((one) => misreadIn(one, sources.get(one.library)));
    console.log(
      `${table}: ${named.length - misread.length} of ${named.length} calls as the table says in C#, on their lines`,
    );
    console.log(`${table}: ${done.length - named.length} calls of types that data/framework-members.bin leaves out`);
    assert.deepEqual(misread, []);
    assert.ok(done.length >= floor[table], `${table}: ${done.length} rows, no longer ${floor[table]}`);
  }
});

function assemblyOf(row: CsvRow): string {
  return (row['assembly'] ?? '').replace(/\.dll$/, '');
}

/** Tries the candidates of each subject until one calls what it should. */
function compileAll(
  subjects: readonly Subject[],
  references: readonly string[],
): { readonly covered: readonly Covered[]; readonly refused: ReadonlyMap<Subject, string> } {
  const covered = new Map<Subject, Covered>();
  const refused = new Map<Subject, string>();
  for (let round = 0; round < rounds; round++) {
    const tried = subjects
      .map((subject, number) => ({ subject, number }))
      .filter(({ subject }) => !covered.has(subject))
      .flatMap(({ subject, number }) =>
        subject.candidates
          .slice(round * atOnce, (round + 1) * atOnce)
          .map((candidate, index) => ({ subject, candidate, className: `M${number}_${index}` })),
      );
    if (tried.length === 0) break;
    const library = join(folder, `round${round}.dll`);
    const kept = compileKept(tried, library, references, (one, message) => {
      if (!refused.has(one.subject)) refused.set(one.subject, message);
    });
    if (kept.length === 0) continue;
    const calls = callsIn(library);
    for (const { subject, candidate, className } of kept) {
      const { member, caller } = candidate.attempt;
      const called = calls.get(`${className}::${caller}`) ?? calls.get(className) ?? [];
      if (called.some((one) => isSame(one, member))) {
        if (!covered.has(subject)) covered.set(subject, { subject, candidate, library, className });
      } else {
        refused.set(subject, `C# makes it ${called.join(' ')}`);
      }
    }
  }
  return { covered: [...covered.values()], refused };
}

/** What monodis does not find it cannot tell: `?` is any parameter. */
function isSame(called: string, member: string): boolean {
  const parts = called.split(/[(,)]/);
  const expected = member.split(/[(,)]/);
  return parts.length === expected.length && parts.every((part, index) => part === '?' || part === expected[index]);
}

interface Tried {
  readonly subject: Subject;
  readonly candidate: Candidate;
  readonly className: string;
}

/** Compiles what mcs accepts of it. */
function compileKept(
  tried: readonly Tried[],
  library: string,
  references: readonly string[],
  onRefused: (one: Tried, message: string) => void,
): readonly Tried[] {
  let kept = tried;
  while (kept.length > 0) {
    const lines = kept.map(({ candidate, className }) => candidate.attempt.sourceOf(className));
    const refused = compile(lines, library, references);
    if (refused.size === 0) return kept;
    for (const [line, message] of refused) {
      const one = kept[line];
      if (one) onRefused(one, message);
    }
    kept = kept.filter((_, line) => !refused.has(line));
  }
  return kept;
}

/** What is found for the call, where it is not what the tables say. */
function wrongIn({ subject, candidate, className }: Covered, uses: readonly ApiUse[]): readonly string[] {
  const { attempt, expected } = candidate;
  const ours = uses.filter(
    ({ method, member }) => method === `${className}::${attempt.caller}` && member === attempt.member,
  );
  const found = ours.map(({ permissionSet, reason }) => `${permissionSet} ${reason}`);
  const wanted = expected ? `${expected.permissionSet} ${expected.reason}` : 'unknown ';
  return found.length > 0 && found.every((one) => one === wanted)
    ? []
    : [`${subject.text}: ${attempt.member} is ${found.join(' and ') || 'not found'}, not ${wanted}`];
}

interface ReadSource {
  readonly uses: readonly ApiUse[];
  /** By class. */
  readonly lines: ReadonlyMap<string, number>;
}

function readSource(library: string): ReadSource {
  const source = readFileSync(library.replace(/\.dll$/, '.cs'), 'utf8');
  const lines = source
    .split('\n')
    .flatMap((text, index) =>
      [...text.matchAll(/\bclass (M\d+_\d+)\b/g)].map(([, name = '']) => [name, index + 1] as const),
    );
  return { uses: sourceUsesIn(language, source), lines: new Map(lines) };
}

/** What is wrong with the call read from the source. */
function misreadIn(one: Covered, source: ReadSource | undefined): readonly string[] {
  const line = source?.lines.get(one.className);
  return wrongIn(
    one,
    (source?.uses ?? []).filter((use) => use.line === line),
  );
}

function report(subjects: readonly Subject[], refused: ReadonlyMap<Subject, string>): void {
  const byCause = new Map<string, string[]>();
  for (const subject of subjects) {
    const why = subject.cause ?? refused.get(subject) ?? 'not tried';
    const cause = why.startsWith('C# makes it ') ? 'C# calls another declaration' : why.replace(/^(CS\d+):.*$/, '$1');
    const text = subject.cause === undefined ? `${subject.text}  ${why}` : subject.text;
    const same = byCause.get(cause);
    if (same) same.push(text);
    else byCause.set(cause, [text]);
  }
  for (const [cause, texts] of [...byCause].sort((a, b) => b[1].length - a[1].length)) {
    console.log(`  ${texts.length} ${cause}`);
    for (const text of texts) console.log(`    ${text}`);
  }
}
