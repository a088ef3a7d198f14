// Lenses in the protocol: what a click does, that they are asked for again when they are others, and that they can be turned off.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { CodeLens } from 'vscode-languageserver/node';
import { Workspace } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { nodePlatform } from '../../server/platform/node.js';
import type { InitializationOptions } from '../../server/protocol.js';
import { sampleAssembly } from '../support/sample-assembly.js';
import { Client, folder, pulling } from '../support/client.js';

const source = `using System.IO;
using Microsoft.SqlServer.Server;

public class Letters
{
    [SqlFunction]
    public static string Body(string path)
    {
        return File.ReadAllText(path);
    }
}
`;
const script = `CREATE ASSEMBLY Letters FROM 'Letters.dll' WITH PERMISSION_SET = SAFE;
GO
CREATE FUNCTION dbo.Body(@path nvarchar(260)) RETURNS nvarchar(max) AS EXTERNAL NAME Letters.Letters.Body;
`;
const files = {
  'Letters.cs': source,
  'Letters.csproj': '<Project><ItemGroup><Compile Include="Letters.cs" /></ItemGroup></Project>',
  'install.sql': script,
};
const uri = `${folder}/Letters.cs`;
const started: Client[] = [];

async function start(
  initializationOptions: InitializationOptions = { showsAssemblies: true, showsLocations: true },
  settings: unknown = {},
): Promise<Client> {
  const client = await Client.start({
    capabilities: { ...pulling, workspace: { ...pulling.workspace, codeLens: { refreshSupport: true } } },
    files,
    settings,
    initializationOptions,
    workspace: new Workspace(nodePlatform),
    language: () => diskGrammar('dist-test'),
  });
  started.push(client);
  await client.until(() => client.refreshes > 0);
  return client;
}

afterEach(async () => {
  for (const client of started.splice(0)) await client.stop();
});

const lensesOf = (client: Client, file = uri): Promise<CodeLens[]> =>
  client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: file } });

const titles = (lenses: readonly CodeLens[]): readonly string[] =>
  lenses.map(({ range, command }) => `${range.start.line} ${command?.title ?? ''}`);

/** Once C# is read. */
async function until(client: Client, expected: readonly string[]): Promise<readonly CodeLens[]> {
  for (let tries = 0; tries < 100; tries++) {
    const lenses = await lensesOf(client);
    if (titles(lenses).join() === expected.join()) return lenses;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.deepEqual(titles(await lensesOf(client)), expected);
  return [];
}

const bound = ['3 needs EXTERNAL_ACCESS', '3 declared SAFE', '6 bound by dbo.Body'];

test('a click on a lens in C# leads to the script, and to the call', async () => {
  const client = await start();
  assert.ok(client.initialized.capabilities.codeLensProvider);
  const [needs, , by] = await until(client, bound);
  assert.deepEqual(by?.command, {
    title: 'bound by dbo.Body',
    command: 'sqlclr.showLocations',
    arguments: [
      uri,
      { line: 6, character: 25 },
      [
        {
          uri: `${folder}/install.sql`,
          range: { start: { line: 2, character: 16 }, end: { line: 2, character: 24 } },
        },
      ],
    ],
  });
  const [, , [call]] = needs?.command?.arguments ?? [];
  assert.deepEqual(call.range.start, { line: 8, character: 15 });
});

test('what a script changes is shown in the source: the client is told to ask again', async () => {
  const client = await start();
  client.open('Letters.cs', source);
  await until(client, bound);
  const before = client.lensRefreshes;
  client.open('install.sql', script.replace(/CREATE FUNCTION.*\n/, ''));
  await client.until(() => client.lensRefreshes > before);
  assert.deepEqual(titles(await lensesOf(client)), [...bound.slice(0, 2), '6 bound by no script']);
});

test('an edit that changes none of them asks for nothing', async () => {
  const client = await start();
  client.open('Letters.cs', source);
  await until(client, bound);
  const before = client.lensRefreshes;
  client.open('install.sql', `${script}-- a comment\n`);
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.equal(client.lensRefreshes, before);
});

test('the setting turns them off, while the server runs', async () => {
  const client = await start(undefined, { codeLens: false });
  await client.pull(uri);
  assert.deepEqual(await lensesOf(client), []);
  client.settings = { codeLens: true };
  void client.notify('workspace/didChangeConfiguration', { settings: {} });
  await until(client, bound);
});

test('above bytes, what they need leads to their document', async () => {
  const client = await start();
  const bytes = Buffer.from(sampleAssembly()).toString('hex').toUpperCase();
  const file = client.open('bytes.sql', `CREATE ASSEMBLY Payroll FROM 0x${bytes};`);
  const [needs, show] = await lensesOf(client, file);
  assert.equal(needs?.command?.title, 'needs UNSAFE');
  assert.equal(needs.command.command, 'sqlclr.showAssembly');
  assert.deepEqual(needs.command.arguments, show?.command?.arguments);
});

test('a client without the command shows them as text, and one without any has none', async () => {
  const text = await start({ showsAssemblies: true });
  for (const { command } of await until(text, bound)) assert.equal(command?.command, '');
  const none = await start({});
  assert.equal(none.initialized.capabilities.codeLensProvider, undefined);
});
