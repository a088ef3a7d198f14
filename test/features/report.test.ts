// The capability report: what is said of whom, in data, Markdown and the page; and that no name becomes markup.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { marked } from 'marked';
import { reportJson } from '../../server/analysis/features/report-json.js';
import { reportMarkdown } from '../../server/analysis/features/report-markdown.js';
import { reportPage } from '../../server/analysis/features/report-page.js';
import { reportOf, type CapabilityReport, type ReportedRoutine } from '../../server/analysis/features/report.js';
import { baselines } from '../../server/analysis/knowledge/baselines.js';
import { weaknessName } from '../../server/analysis/knowledge/weaknesses.js';
import type { Location } from '../../server/analysis/project/build-project.js';
import { allRules, positionOf, Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';

const sample = readdirSync('docs/sample')
  .filter((name) => name.endsWith('.sql'))
  .map((name) => [name, readFileSync(`docs/sample/${name}`, 'utf8')] as const);

function workspaceOf(files: Iterable<readonly [string, string]>): Workspace {
  const workspace = new Workspace(nodePlatform);
  for (const [name, text] of files) workspace.set(`file:///${name}`, text);
  return workspace;
}

function reported(workspace: Workspace): CapabilityReport {
  return reportOf(workspace.project(), workspace.uris(), (uri) => workspace.findings(uri));
}

function routine(report: CapabilityReport, name: string): ReportedRoutine {
  const found = [...report.assemblies.flatMap(({ routines }) => routines), ...report.unbound].filter(
    (one) => one.name === name,
  );
  assert.equal(found.length, 1);
  return found[0] ?? assert.fail();
}

const placeOf =
  (workspace: Workspace) =>
  ({ uri, span }: Location) => {
    const starts = workspace.lineStarts(uri);
    const [start, end] = [positionOf(starts, span.start), positionOf(starts, span.end)];
    return {
      file: uri.slice('file:///'.length),
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    };
  };
const weaknessesOf = (rule: string): readonly number[] =>
  allRules(nodePlatform).find(({ name }) => name === rule)?.cwe ?? [];

test('of a routine: whom scripts let use it, as whom it runs, and what it touches by which way', () => {
  const report = reported(workspaceOf(sample));
  const { callers, executeAs, needs, touches } = routine(report, 'dbo.WritePayslips');
  assert.equal(executeAs, 'OWNER');
  assert.equal(needs, 'EXTERNAL_ACCESS');
  assert.equal(callers.permission, 'EXECUTE');
  assert.equal(callers.owner, 'dbo');
  assert.deepEqual(
    touches.map(({ what, through, permissionSet, checkedAt, account, path }) => [
      what,
      through,
      permissionSet,
      checkedAt,
      account,
      path,
    ]),
    [
      [
        'files',
        'System.IO.File::WriteAllText(String,String)',
        'EXTERNAL_ACCESS',
        'call',
        "SQL Server's own account",
        ['Payroll.Export::WritePayslips'],
      ],
      [
        'data of the server',
        'System.Data.Common.DbConnection::Open()',
        undefined,
        undefined,
        undefined,
        ['Payroll.Export::WritePayslips'],
      ],
    ],
  );
  const trigger = routine(report, 'dbo.SalaryChanged');
  assert.equal(trigger.callers.permission, undefined);
  assert.equal(trigger.callers.table, 'dbo.Salary');
  assert.ok(!trigger.touches.some(({ what }) => what === 'files'), 'what another routine touches is none of its');
});

test('every finding of the sample is on an assembly, a routine, or the rest, and on one alone', () => {
  const workspace = workspaceOf(sample);
  const report = reported(workspace);
  const all = workspace.uris().flatMap((uri) => workspace.findings(uri));
  const told = [
    ...report.assemblies.flatMap(({ findings, routines }) => [...findings, ...routines.flatMap((one) => one.findings)]),
    ...report.unbound.flatMap((one) => one.findings),
    ...report.others,
  ];
  assert.equal(told.length, all.length);
  assert.equal(new Set(told).size, all.length);
});

test('grants on the object, its schema and the database count in the order of scripts; others do not', () => {
  const script = `CREATE ASSEMBLY A FROM 'a.dll' WITH PERMISSION_SET = SAFE;
GO
CREATE PROCEDURE app.P AS EXTERNAL NAME A.C.M;
GO
GRANT EXECUTE ON app.Q TO nobody;
GRANT EXECUTE ON SCHEMA::other TO nobody;
GRANT SELECT ON app.P TO nobody;
GRANT EXECUTE ON app.P TO one;
GRANT EXECUTE ON SCHEMA::app TO two;
GRANT EXECUTE TO public;
DENY EXECUTE ON OBJECT::app.P TO three;
`;
  const { callers } = routine(reported(workspaceOf([['a.sql', script]])), 'app.P');
  assert.deepEqual(
    callers.said.map(({ kind, principal, on }) => `${kind} ${principal} ${on}`),
    ['grant one object', 'grant two schema', 'grant public database', 'deny three object'],
  );
  assert.equal(callers.isPublic, true);
});

test('a procedure that runs it is told, with the identity it takes', () => {
  const script = `CREATE ASSEMBLY A FROM 'a.dll';
GO
CREATE PROCEDURE dbo.P AS EXTERNAL NAME A.C.M;
GO
CREATE PROCEDURE dbo.Front WITH EXECUTE AS 'boss' AS EXEC dbo.P;
`;
  const { callers } = routine(reported(workspaceOf([['a.sql', script]])), 'dbo.P');
  assert.deepEqual(
    callers.by.map(({ name, executeAs }) => [name, executeAs]),
    [['dbo.Front', 'boss']],
  );
});

test('baselines: what is against them, by findings and by assemblies', () => {
  const byId = new Map(reported(workspaceOf(sample)).baselines.map((one) => [one.baseline.id, one]));
  assert.ok((byId.get('CIS 2.17')?.findings.length ?? 0) > 0);
  assert.ok((byId.get('VA1102')?.findings.length ?? 0) > 0);
  assert.deepEqual(byId.get('CIS 6.2')?.assemblies, ['System.Drawing', 'Payroll.Export']);
  const safe = reported(workspaceOf([['a.sql', 'CREATE ASSEMBLY A FROM 0x00 WITH PERMISSION_SET = SAFE;\n']]));
  for (const { baseline, findings, assemblies } of safe.baselines) {
    assert.deepEqual(findings, [], baseline.id);
    assert.deepEqual(assemblies, baseline.assemblies === 'any' ? ['A'] : [], baseline.id);
  }
});

test('baselines name rules there are, each number once; every weakness of a rule has a name', () => {
  const names = new Set(allRules(nodePlatform).map(({ name }) => name));
  for (const { rules, id } of baselines) for (const rule of rules) assert.ok(names.has(rule), `${id}: ${rule}`);
  assert.equal(new Set(baselines.map(({ id }) => id)).size, baselines.length);
  for (const { name, cwe = [] } of allRules(nodePlatform))
    for (const id of cwe) assert.ok(weaknessName(id), `${name}: ${id}`);
});

const hostile = `CREATE ASSEMBLY [<img src=x onerror=alert(1)>|\`**a**\`] FROM '\\\\share\\a.dll' WITH PERMISSION_SET = UNSAFE;
GO
CREATE PROCEDURE dbo.[</code><script>|[x](command:y)] AS EXTERNAL NAME [<img src=x onerror=alert(1)>|\`**a**\`].[<b>].[m];
GO
GRANT EXECUTE ON dbo.[</code><script>|[x](command:y)] TO [https://evil.example/|<i>];
`;

test('no name becomes markup, in the page or in Markdown', () => {
  const workspace = workspaceOf([['a.sql', hostile]]);
  const report = reported(workspace);
  const place = placeOf(workspace);
  const page = reportPage(report, weaknessesOf, { placeOf: place, opens: true, admit: () => ({ source: "'none'" }) });
  const html = marked.parse(reportMarkdown(report, weaknessesOf, place), { async: false });
  for (const shown of [page.html.replace(/<(script|style)>[^]*?<\/\1>/g, ''), html]) {
    assert.doesNotMatch(shown, /<(?:img|script|i|b)\b/);
    assert.doesNotMatch(shown, /href="(?:command|https?):/);
  }
  const columns = [...html.matchAll(/<tr>([^]*?)<\/tr>/g)].map(([, row = '']) => row.match(/<t[dh]\b/g)?.length);
  assert.ok(columns.length > 10);
  for (const count of columns) assert.ok(count === 5 || count === 4 || count === 3, 'a bar in a name ends no cell');
});

test('the page tells places by number, and admits nothing that was not given', () => {
  const workspace = workspaceOf(sample);
  const page = reportPage(reported(workspace), weaknessesOf, {
    placeOf: placeOf(workspace),
    opens: true,
    admit: () => ({ source: "'nonce-abc'", nonce: 'abc' }),
  });
  const [, number] = /data-place="(\d+)" title="03-routines\.sql:16"/.exec(page.html) ?? [];
  assert.equal(page.places[Number(number)]?.uri, 'file:///03-routines.sql');
  assert.match(page.html, /default-src 'none'; style-src 'nonce-abc'; script-src 'nonce-abc'/);
});

test('JSON has a place, weaknesses and baselines for each finding', () => {
  const workspace = workspaceOf(sample);
  const { others } = JSON.parse(reportJson(reported(workspace), weaknessesOf, placeOf(workspace)));
  const strict = others.find(({ rule }: { rule: string }) => rule === 'clr-strict-security-disabled');
  assert.equal(strict.file, '01-trust.sql');
  assert.deepEqual([strict.cwe, strict.baselines], [[1188], ['CIS 2.17', 'CIS 2.18']]);
});

test('a thousand routines with as many grants cost no more than they are long', () => {
  const timeOf = (count: number): number => {
    const routines = Array.from(
      { length: count },
      (_, at) =>
        `CREATE PROCEDURE dbo.p${at} AS EXTERNAL NAME A.C.m${at};\nGO\nGRANT EXECUTE ON dbo.p${at} TO u${at};\n`,
    );
    const workspace = workspaceOf([['a.sql', `CREATE ASSEMBLY A FROM 'a.dll';\nGO\n${routines.join('')}`]]);
    const project = workspace.project();
    const before = process.cpuUsage();
    reportOf(project, [], () => []);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  timeOf(400);
  const least = (count: number): number => Math.min(...[1, 2, 3].map(() => timeOf(count)));
  assert.ok(least(1600) < 14 * Math.max(least(400), 10_000));
});
