// The statements that the fix of `unbound-routine` writes, and what it leaves to whoever reads the finding.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStatement, type Bindable } from '../../server/analysis/project/create-routine.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { unsafeWorkspace } from '../support/source-workspace.js';

const language = await diskGrammar('dist-test');

/** Of each method or class of `Numbers`, by its name. */
function statementsFor(members: string, others = ''): Record<string, string | undefined> {
  const source = `using System; using System.Collections; using System.Data.SqlTypes; using Microsoft.SqlServer.Server;
public static class Numbers { ${members} } ${others}`;
  const [assembly] = unsafeWorkspace(language, source).project().assemblies;
  const types = assembly?.code?.types ?? [];
  const bindable = types.flatMap((type): readonly Bindable[] =>
    type.name === 'Numbers' ? type.methods.map((method) => ({ type, method })) : [{ type }],
  );
  return Object.fromEntries(
    bindable.flatMap((one) => {
      const made = createStatement(one, 'My ]Assembly', 'hr');
      return one.method && one.method.attributes.length === 0
        ? []
        : [[one.method?.name ?? one.type.name, made?.text.replaceAll('\n', ' | ')]];
    }),
  );
}

test('procedures and functions, with the types that stand for managed ones and what SqlFacet says', () => {
  assert.deepEqual(
    statementsFor(`
      [SqlProcedure] public static void Nothing() { }
      [SqlProcedure(Name = "Set]it")] public static int Set(SqlString text, [SqlFacet(MaxSize = -1)] string all, out SqlDecimal back) { back = 0; return 0; }
      [SqlFunction] [return: SqlFacet(Precision = 9, Scale = 2)] public static SqlDecimal Price(int? id, [SqlFacet(MaxSize = 3, IsFixedLength = true)] SqlString code) { return 0; }`),
    {
      Nothing: 'CREATE PROCEDURE [hr].[Nothing] | AS EXTERNAL NAME [My ]]Assembly].[Numbers].[Nothing]',
      Set: 'CREATE PROCEDURE [hr].[Set]]it] |   @text nvarchar(4000), |   @all nvarchar(max), |   @back decimal(18, 0) OUTPUT | AS EXTERNAL NAME [My ]]Assembly].[Numbers].[Set]',
      Price:
        'CREATE FUNCTION [hr].[Price] (@id int, @code nchar(3)) | RETURNS decimal(9, 2) | AS EXTERNAL NAME [My ]]Assembly].[Numbers].[Price]',
    },
  );
});

test('tables as the attribute says, or as the rows are filled', () => {
  assert.deepEqual(
    statementsFor(`
      [SqlFunction(FillRowMethodName = "Fill", TableDefinition = "Id int, [Text] nvarchar(10) NULL")] public static IEnumerable Told() { return null; }
      [SqlFunction(FillRowMethodName = "Fill")] public static IEnumerable Filled(SqlInt32 count) { return null; }
      [SqlFunction(FillRowMethodName = "Missing")] public static IEnumerable Unknown() { return null; }
      [SqlFunction(FillRowMethodName = "Fill", TableDefinition = "Id int) AS EXTERNAL NAME a.b.c; DROP TABLE t; --")] public static IEnumerable Hostile() { return null; }
      public static void Fill(object row, out SqlInt32 id, out string text) { id = 0; text = ""; }`),
    {
      Told: 'CREATE FUNCTION [hr].[Told] () | RETURNS TABLE (Id int, [Text] nvarchar(10) NULL) | AS EXTERNAL NAME [My ]]Assembly].[Numbers].[Told]',
      Filled:
        'CREATE FUNCTION [hr].[Filled] (@count int) | RETURNS TABLE ([id] int, [text] nvarchar(4000)) | AS EXTERNAL NAME [My ]]Assembly].[Numbers].[Filled]',
      Unknown: undefined,
      Hostile: undefined,
    },
  );
});

test('triggers whose attribute tells where, types and aggregates', () => {
  assert.deepEqual(
    statementsFor(
      `[SqlTrigger(Name = "Audit", Target = "dbo.Salary", Event = "FOR INSERT, UPDATE")] public static void OnSalary() { }
       [SqlTrigger] public static void OnAnything() { }`,
      `[Serializable] [SqlUserDefinedAggregate(Format.Native)] public struct Longest { public void Init() { } public void Accumulate(SqlString value, SqlInt32 limit) { } public void Merge(Longest other) { } public SqlString Terminate() { return ""; } }
       [Serializable] [SqlUserDefinedType(Format.Native, Name = "point")] public struct Point { }`,
    ),
    {
      OnSalary:
        'CREATE TRIGGER [hr].[Audit] ON dbo.Salary | FOR INSERT, UPDATE | AS EXTERNAL NAME [My ]]Assembly].[Numbers].[OnSalary]',
      OnAnything: undefined,
      Longest:
        'CREATE AGGREGATE [hr].[Longest] (@value nvarchar(4000), @limit int) | RETURNS nvarchar(4000) | EXTERNAL NAME [My ]]Assembly].[Longest]',
      Point: 'CREATE TYPE [hr].[point] | EXTERNAL NAME [My ]]Assembly].[Point]',
    },
  );
});

test('what T-SQL has no type for is left to who reads the finding', () => {
  assert.deepEqual(
    statementsFor(`
      [SqlFunction] public static Uri Address(SqlString text) { return null; }
      [SqlFunction] public static int Given(Uri address) { return 0; }
      [SqlFunction] public static int Out(out int number) { number = 0; return 0; }
      [SqlProcedure] public static string Text() { return ""; }`),
    { Address: undefined, Given: undefined, Out: undefined, Text: undefined },
  );
});
