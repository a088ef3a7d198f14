// What ordinary T-SQL costs to read: as much as its length, however deep calls stand in calls.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOrdinary } from '../../server/analysis/tsql/ordinary.js';
import { parseScript } from '../../server/analysis/tsql/parser.js';

const shapes: Readonly<Record<string, string>> = {
  'calls in calls': 'SELECT 1 FROM dbo.F(',
  'members in members': 'SELECT dbo.T::M(',
  'queries over nested statements': 'SELECT dbo.F(1) FROM (DELETE x) a WHERE dbo.F(1) = ',
  'OUTPUT without an end': 'INSERT t OUTPUT inserted.a ',
};

for (const [name, shape] of Object.entries(shapes))
  test(name, () => {
    const text = shape.repeat(20_000);
    const script = parseScript(text);
    const start = process.cpuUsage();
    readOrdinary(text, script);
    assert.ok(process.cpuUsage(start).user < 3e6);
  });

test('fifty deep calls are read all the same', () => {
  const text = `SELECT ${'dbo.F('.repeat(50)}1${')'.repeat(50)}`;
  assert.equal(readOrdinary(text, parseScript(text)).calls.length, 50);
});
