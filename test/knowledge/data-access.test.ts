// Tables about data access: sorted, unique, of types that the .NET Framework has; and what connection strings and queries say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changingRows, floatTypes } from '../../server/analysis/knowledge/changing-values.js';
import {
  commandTypes,
  connectionStringArguments,
  connectionTypes,
  serverIn,
  surplusKeywords,
} from '../../server/analysis/knowledge/context-connection.js';
import { credentialSetters } from '../../server/analysis/knowledge/default-credentials.js';
import { findFrameworkType } from '../../server/analysis/knowledge/framework-types.js';
import { hasNestedRepetition } from '../../server/analysis/knowledge/regular-expressions.js';
import { systemObjectIn } from '../../server/analysis/tsql/system-objects.js';

/** Of libraries that SQL Server does not load by itself: they are known by namespace alone. */
const byNamespace: readonly string[] = ['System.Net.Http.HttpClientHandler'];

test('every type is one of the .NET Framework, and rows are sorted', () => {
  const types = changingRows.map(([type]) => type);
  const members = [credentialSetters, connectionStringArguments].map((rows) =>
    rows.map(([type, member]) => `${type} ${member}`),
  );
  for (const keys of [types.map((type) => type.toLowerCase()), ...members])
    assert.deepEqual(keys, [...new Set(keys)].sort());
  const owners = [...credentialSetters, ...connectionStringArguments].map(([type]) => type);
  const all = [...types, ...owners, ...floatTypes, ...commandTypes, ...connectionTypes];
  assert.deepEqual(
    all.filter((type) => !findFrameworkType(type) && !byNamespace.includes(type)),
    [],
  );
});

test('keywords of a connection string', () => {
  assert.deepEqual(surplusKeywords('Context  Connection=true; Type System Version=Latest'), []);
  assert.deepEqual(surplusKeywords('context connection=true;Pooling=false;Enlist="no"'), ['Pooling', 'Enlist']);
  assert.equal(serverIn('Addr=one; Data Source = "two,1433" ;Database=x'), 'two,1433');
  assert.equal(serverIn('Database=x;Integrated Security=SSPI'), undefined);
});

test('tables of the system stand behind FROM, JOIN and APPLY', () => {
  assert.equal(systemObjectIn('SELECT * FROM master.sys.[databases]'), 'sys.databases');
  assert.equal(systemObjectIn('SELECT 1 FROM a CROSS APPLY sys.dm_exec_sql_text(h)'), 'sys.dm_exec_sql_text');
  assert.equal(systemObjectIn("SELECT sys.a FROM dbo.a AS sys WHERE b = ' FROM sys.c' -- JOIN sys.d"), undefined);
  assert.equal(systemObjectIn('EXEC sys.sp_executesql @sql'), undefined);
  assert.equal(systemObjectIn('SELECT 1 FROM '), undefined);
});

test('what repeats in what repeats, unless a character separates its rounds', () => {
  for (const pattern of ['(a+)+', '^(\\w+\\s?)*$', '(?:a*){2,}', '((a+)b?)*', '([\\w.]+\\.)+', '(a+|b)+', '(.*,)*'])
    assert.ok(hasNestedRepetition(pattern), pattern);
  for (const pattern of [
    'a+b*',
    '(a+)',
    '(\\w+\\.)+',
    '(,[^,]*)*',
    '(?:[a-z]+-)*',
    '[(a+)+]',
    '\\(a+\\)+',
    '(ab?)+|(a+)?',
  ])
    assert.ok(!hasNestedRepetition(pattern), pattern);
});
