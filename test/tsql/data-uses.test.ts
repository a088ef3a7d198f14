// Tables and functions that ordinary statements name: text in, permissions out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataUsesOf } from '../../server/analysis/tsql/data-uses.js';
import { parseScript } from '../../server/analysis/tsql/parser.js';

const cases: readonly (readonly [text: string, ...uses: readonly string[]])[] = [
  ['SELECT a FROM dbo.T', 'SELECT dbo.T'],
  ['SELECT * FROM a, b AS x, [c d] WITH (NOLOCK), e (NOLOCK) f', 'SELECT a', 'SELECT b', 'SELECT c d', 'SELECT e'],
  [
    'SELECT * FROM a LEFT JOIN db..b ON a.x = b.x CROSS APPLY dbo.f(a.x) z',
    'SELECT a',
    'SELECT db..b',
    'SELECT dbo.f()',
  ],
  ['SELECT * FROM (SELECT x FROM dbo.inner_) q WHERE x IN (SELECT y FROM other)', 'SELECT dbo.inner_', 'SELECT other'],
  ['INSERT INTO t (a, b) VALUES (1, dbo.f(2))', 'EXECUTE dbo.f()', 'INSERT t'],
  ['INSERT TOP (5) t SELECT * FROM u', 'SELECT u', 'INSERT t'],
  ['UPDATE x SET a = 1 FROM dbo.T AS x', 'SELECT dbo.T', 'UPDATE dbo.T'],
  ['DELETE FROM dbo.T WHERE a IS DISTINCT FROM b', 'DELETE dbo.T'],
  ['DELETE x FROM dbo.T x', 'SELECT dbo.T', 'DELETE dbo.T'],
  ['WITH q (a) AS (SELECT a FROM t), r AS (SELECT 1) SELECT * FROM q JOIN r ON 1 = 1', 'SELECT t'],
  ['MERGE t USING s ON t.a = s.a WHEN MATCHED THEN UPDATE SET a = 1;', 'SELECT s', 'UPDATE t'],
  ['IF EXISTS (SELECT 1 FROM a) DELETE b', 'SELECT a', 'DELETE b'],
  ['SET @x = (SELECT TOP 1 a FROM t)', 'SELECT t'],
  ['SELECT a INTO #t FROM @v; SELECT * FROM #t, inserted, OPENJSON(@x)'],
  ["SELECT TRIM('x' FROM a), x.value('(/a)[1]', 'int') FROM t", 'EXECUTE x.value()', 'SELECT t'],
  ['UPDATE STATISTICS dbo.T; FETCH NEXT FROM c INTO @a; GRANT SELECT ON t TO x; REVOKE SELECT ON t FROM x'],
  ['CREATE TABLE t (a int REFERENCES u ON DELETE CASCADE); CREATE VIEW v AS SELECT * FROM t'],
  ["SELECT 'FROM x' -- FROM y\n FROM /* z, */ t", 'SELECT t'],
];

test('tables with the permission that each needs', () => {
  for (const [text, ...expected] of cases) {
    const found = dataUsesOf(text, parseScript(text)).map(
      ({ name, permission, isCall }) =>
        `${permission} ${name.parts.map((part) => part?.value ?? '').join('.')}${isCall ? '()' : ''}`,
    );
    assert.deepEqual(found, expected, text);
  }
});

test('long and deep statements cost what they are long', () => {
  const timeOf = (count: number): number => {
    const text = `SELECT ${'('.repeat(count)} FROM a ${'MERGE t USING s '.repeat(count)}`;
    const script = parseScript(text);
    const before = process.cpuUsage();
    dataUsesOf(text, script);
    return process.cpuUsage(before).user;
  };
  timeOf(500);
  assert.ok(timeOf(20_000) < 60 * Math.max(timeOf(2_000), 4_000));
});
