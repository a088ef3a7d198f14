// Which sources are worth parsing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { speaksOfSqlServer } from '../../server/analysis/csharp/probe.js';

test('sources that speak of SQL Server', () => {
  for (const text of [
    'using Microsoft.SqlServer.Server;',
    'SqlContext.Pipe.Send("x");',
    '[SqlProcedure]',
    '[Microsoft.SqlServer.Server.SqlFunctionAttribute(IsDeterministic = true)]',
    '[SqlUserDefinedType(Format.Native)]',
    '[return: SqlFacet(MaxSize = -1)]',
    'using SqlClient; [SqlTrigger]',
  ])
    assert.ok(speaksOfSqlServer(text), text);
});

test('sources that do not', () => {
  for (const text of [
    '',
    'using System.Data.SqlClient;',
    'new SqlConnection("x")',
    'SqlMethods.Like(a, b)',
    'class MySqlFunction {}',
    'Microsoft.SqlServer.Servers',
    'SqlFunctionAttributes',
    'SqlContextΩ',
  ])
    assert.ok(!speaksOfSqlServer(text), text);
});
