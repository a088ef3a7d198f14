// What ordinary T-SQL costs to read: as much as its length, however deep queries and calls stand in each other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readColumnUses } from '../../server/analysis/tsql/column-uses.js';
import { readOrdinary } from '../../server/analysis/tsql/ordinary.js';
import { parseScript } from '../../server/analysis/tsql/parser.js';

const most = 20_000;

const texts: Readonly<Record<string, string>> = {
  'calls in calls': 'SELECT 1 FROM dbo.F('.repeat(most),
  'members in members': 'SELECT dbo.T::M('.repeat(most),
  'members of columns in members': `SELECT ${'t.Place.M('.repeat(most)}`,
  'columns of many tables': `SELECT ${'x.Place.X, '.repeat(most)}1 FROM ${'t, '.repeat(most)}t`,
  'queries over nested statements': 'SELECT dbo.F(1) FROM (DELETE x) a WHERE dbo.F(1) = '.repeat(most),
  'WHERE behind queries in queries': `${'(SELECT 1 '.repeat(2 * most)}(${'WHERE 1 '.repeat(2 * most)}`,
  'OUTPUT without an end': 'INSERT t OUTPUT inserted.a '.repeat(most),
  'OUTPUT of one table': `UPDATE TOP (${'1 + '.repeat(most)}1) t SET a = 1 ${'OUTPUT inserted.a '.repeat(most)}`,
  'OUTPUT in TOP': 'UPDATE TOP (1 OUTPUT inserted.a, '.repeat(most),
};

for (const [name, text] of Object.entries(texts))
  test(name, () => {
    const script = parseScript(text);
    const start = process.cpuUsage();
    readOrdinary(text, script);
    readColumnUses(text, script);
    assert.ok(process.cpuUsage(start).user < 3e6);
  });

test('fifty deep calls are read all the same', () => {
  const text = `SELECT ${'dbo.F('.repeat(50)}1${')'.repeat(50)}`;
  assert.equal(readOrdinary(text, parseScript(text)).calls.length, 50);
});
