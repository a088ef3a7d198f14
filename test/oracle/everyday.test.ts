// What code of a database does every day, compiled by mono's compiler: it asks for nothing, and nothing of it is unknown.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { apiUsesOf } from '../../server/analysis/project/api-uses.js';
import { requirementsOf } from '../../server/analysis/project/requirements.js';
import { nodePlatform } from '../../server/platform/node.js';
import { compile } from './mono.js';

const folder = mkdtempSync(join(tmpdir(), 'sqlclr-lint-everyday-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('collections, exceptions, XML in memory and arrays of two dimensions ask for nothing', () => {
  const needs = needsOf(
    'safe',
    'var byName = new Dictionary<string, int> { { "a", 1 } };',
    'foreach (var pair in byName) byName.TryGetValue(pair.Key, out var value);',
    'new LinkedList<int>().AddLast(1);',
    'var grid = new int[2, 3]; grid[0, 0] = grid[1, 1];',
    'Func<int> one = () => 1; one += () => 2; one();',
    'try { if (text == null) throw new ArgumentNullException("text"); }',
    'catch (SqlException e) { throw new InvalidOperationException(e.Number + e.Message, e.InnerException); }',
    'catch (ArgumentException e) { throw new Exception(e.ParamName + e.StackTrace, e); }',
    'XElement.Parse(text).Element("a").Attribute("b").Value.ToString();',
  );
  assert.deepEqual(needs, []);
});

test('a file that is read as XML needs EXTERNAL_ACCESS, serialization too', () => {
  assert.deepEqual(needsOf('file', 'XElement.Load(text);'), [
    'EXTERNAL_ACCESS at call: FileIOPermission / WebPermission',
  ]);
  const serialize = 'new DataSet().GetObjectData(null, new System.Runtime.Serialization.StreamingContext());';
  assert.deepEqual(needsOf('serialized', serialize), [
    'EXTERNAL_ACCESS at jit: SecurityPermission(SerializationFormatter) LinkDemand',
  ]);
});

/** What calls into the framework need, and what is not known of them. That mcs was told `-unsafe` is none of it. */
function needsOf(name: string, ...statements: readonly string[]): readonly string[] {
  const library = join(folder, `${name}.dll`);
  const refused = compile(
    [
      'using System; using System.Collections.Generic; using System.Data.SqlClient; using System.Xml.Linq;',
      'using DataSet = System.Data.DataSet;',
      'public static class Routines { [Microsoft.SqlServer.Server.SqlProcedure] public static void Run(string text) {',
      ...statements,
      '} }',
    ],
    library,
    ['System', 'System.Core', 'System.Data', 'System.Xml', 'System.Xml.Linq'],
  );
  assert.deepEqual([...refused], []);
  const { image } = readAssembly(readFileSync(library), nodePlatform);
  const { code } = image ?? assert.fail(library);
  const { reasons, assumptions } = requirementsOf(code, apiUsesOf(code), []);
  const needs = reasons.filter(({ api }) => api !== undefined);
  return [
    ...needs.map((need) => `${need.permissionSet} at ${need.checkedAt}: ${need.why}`),
    ...assumptions.map(({ text }) => text),
  ];
}
