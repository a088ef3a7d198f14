// Tables about data access: sorted, unique, of types that the .NET Framework has; and what connection strings and queries say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changingRows, floatTypes } from '../../server/analysis/knowledge/changing-values.js';
import {
  commandTypes,
  connectionTypes,
  serverIn,
  surplusKeywords,
} from '../../server/analysis/knowledge/context-connection.js';
import { findFrameworkType } from '../../server/analysis/knowledge/framework-types.js';
import { systemObjectIn } from '../../server/analysis/tsql/system-objects.js';

test('every type is one of the .NET Framework, and rows are sorted', () => {
  const types = changingRows.map(([type]) => type);
  assert.deepEqual(
    types.map((type) => type.toLowerCase()),
    [...new Set(types.map((type) => type.toLowerCase()))].sort(),
  );
  for (const type of [...types, ...floatTypes, ...commandTypes, ...connectionTypes])
    assert.ok(findFrameworkType(type), type);
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
