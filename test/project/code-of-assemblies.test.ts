// Which code EXTERNAL NAME means: of projects that no script deploys, under another name, and of several builds of one assembly.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { markedWorkspace, placeText } from '../support/marked-workspace.js';

const frontEnd = await diskGrammar('dist-test');

const source = `using System.Data.SqlTypes;
using Microsoft.SqlServer.Server;
namespace Shop
{
    public class Prices
    {
        [SqlFunction]
        public static SqlMoney Net(SqlMoney gross) { return gross; }
    }
}
`;
const project = (name: string, ...compiled: readonly string[]): string =>
  `<Project><PropertyGroup><AssemblyName>${name}</AssemblyName></PropertyGroup><ItemGroup>${compiled
    .map((file) => `<Compile Include="${file}" />`)
    .join('')}</ItemGroup></Project>`;
const net = (assembly: string, member = '[Shop.Prices].Net'): string =>
  `CREATE FUNCTION dbo.Net(@gross money) RETURNS money AS EXTERNAL NAME [${assembly}].${member};\nGO\n`;

/** Where the last word of the script's EXTERNAL NAME leads, and what is found in the script. */
function bound(files: Readonly<Record<string, string>>): { readonly to: readonly string[]; readonly found: unknown } {
  const script = files['net.sql'] ?? '';
  const offset = script.lastIndexOf(';');
  const marked = `${script.slice(0, offset)}|${script.slice(offset)}`;
  const {
    workspace,
    uri,
    offset: at,
  } = markedWorkspace({ 'Prices.cs': source, ...files, 'net.sql': marked }, frontEnd);
  return {
    to: (workspace.definitions(uri, at)?.to ?? []).map((place) => placeText(workspace, place)),
    found: workspace
      .findings(uri)
      .filter(({ rule }) => rule.startsWith('unresolved'))
      .map(({ rule, message, sqlErrors }) => `${rule} ${message} ${sqlErrors.join()}`),
  };
}

suite('code that no script gives', () => {
  const method = ['Prices.cs:8 Net'];

  test('a database project deploys its assembly under its own name', () => {
    assert.deepEqual(bound({ 'net.sql': net('Shop'), 'Db.sqlproj': project('Shop', 'Prices.cs') }), {
      to: method,
      found: [],
    });
  });

  test('and is held against the scripts', () => {
    const files = { 'Db.sqlproj': project('Shop', 'Prices.cs') };
    assert.deepEqual(bound({ ...files, 'net.sql': net('Shop', '[Shop.Prices].Gross') }).found, [
      'unresolved-method Class Shop.Prices has no method Gross 6506',
    ]);
    assert.deepEqual(bound({ ...files, 'net.sql': net('Shop', '[Store.Prices].Net') }).found, [
      'unresolved-class Assembly Shop has no class Store.Prices; there is Shop.Prices 6505',
    ]);
  });

  test('nothing is missing in an assembly of which not all sources are here', () => {
    const files = { 'Db.sqlproj': project('Shop', 'Prices.cs', 'Elsewhere.cs') };
    assert.deepEqual(bound({ ...files, 'net.sql': net('Shop', '[Store.Prices].Net') }).found, []);
    assert.deepEqual(bound({ ...files, 'net.sql': net('Shop', '[Shop.Prices].Gross') }).found, []);
  });

  test('a name that nothing has means the only code that has all members', () => {
    const files = { 'Shop.Clr.csproj': project('Shop.Clr', 'Prices.cs') };
    assert.deepEqual(bound({ ...files, 'net.sql': net('Shop_Clr') }), { to: method, found: [] });
    const created = `CREATE ASSEMBLY Shop_Clr FROM $(Bits);\nGO\n${net('Shop_Clr')}`;
    assert.deepEqual(bound({ ...files, 'net.sql': created }), { to: method, found: [] });
  });

  test('but none that lacks one, and none of two', () => {
    const files = { 'Shop.Clr.csproj': project('Shop.Clr', 'Prices.cs') };
    assert.deepEqual(
      bound({ ...files, 'net.sql': `${net('Shop_Clr', '[Shop.Prices].Gross')}${net('Shop_Clr')}` }).to,
      [],
    );
    const twice = { ...files, 'Other.csproj': project('Other', 'Prices.cs') };
    assert.deepEqual(bound({ ...twice, 'net.sql': net('Shop_Clr') }).to, []);
  });

  test('what is created, and what a database project deploys, has its own name', () => {
    const files = { 'Shop.csproj': project('Shop', 'Prices.cs'), 'a.sql': 'CREATE ASSEMBLY Shop FROM 0x4D5A;' };
    assert.deepEqual(bound({ ...files, 'net.sql': net('Shop_Clr') }).to, []);
    assert.deepEqual(bound({ 'Db.sqlproj': project('Shop', 'Prices.cs'), 'net.sql': net('Shop_Clr') }).to, []);
  });

  test('of several scripts that create it each leads to the sources', () => {
    const create = `CREATE ASSEMBLY Shop FROM 'Shop.dll';\n`;
    const files = { 'Shop.csproj': project('Shop', 'Prices.cs'), 'a.sql': create, 'b.sql': create };
    assert.deepEqual(bound({ ...files, 'net.sql': net('Shop') }), { to: method, found: [] });
  });
});
