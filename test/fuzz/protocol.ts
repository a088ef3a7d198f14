// A client that asks for what no editor would: places beyond the text, documents that are not there, values of other kinds.
import { Workspace, type CSharpFrontEnd } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';
import { Client, folder } from '../support/client.js';
import type { Random } from './mutate.js';

const atPlace: readonly string[] = [
  ...[
    'hover',
    'completion',
    'definition',
    'implementation',
    'references',
    'documentHighlight',
    'prepareRename',
    'rename',
  ],
  ...['prepareCallHierarchy'],
];
const ofDocument: readonly string[] = [
  'documentSymbol',
  'foldingRange',
  'codeLens',
  'documentLink',
  'diagnostic',
  'codeAction',
];
const uris: readonly string[] = [
  ...[
    'a.sql',
    'a.cs',
    'a.csproj',
    'gone.sql',
    'a.sql/',
    '../../../etc/passwd.sql',
    'a%00.sql',
    '%2e%2e/%2e%2e/b.sql',
  ].map((name) => `${folder}/${name}`),
  ...[
    '',
    'a',
    'file:',
    'file://host/share/a.sql',
    'file:////host/share/a.dll',
    'untitled:Untitled-1',
    'sqlclr-assembly:/A.il',
    '%',
  ],
  ...[
    'sqlclr-assembly:/A.il?{"uri":"file:////host/share/a.dll","index":-1}',
    'sqlclr-assembly:/A.il?{',
    'file:///dev/zero.sql',
  ],
];
/** As the protocol has them: whole, not below zero, 31 bits. */
const numbers: readonly number[] = [0, 1, 2, 7, 40, 1e6, 2 ** 31 - 2, 2 ** 31 - 1];
const strange: readonly unknown[] = [
  null,
  1,
  '',
  [],
  {},
  { textDocument: null },
  { textDocument: { uri: 1 } },
  [[[]]],
  true,
];

export async function tryProtocol(
  random: Random,
  files: Readonly<Record<string, string>>,
  language: CSharpFrontEnd,
): Promise<void> {
  const failures: unknown[] = [];
  const workspace = new Workspace(nodePlatform, undefined, ({ error }) => failures.push(error));
  const client = await Client.start({ workspace, files, language: () => Promise.resolve(language) });
  const one = <T>(all: readonly T[]): T => all[random(all.length)] as T;
  const position = (): object => ({ line: one(numbers), character: one(numbers) });
  const range = (): object => ({ start: position(), end: position() });
  // An error is an answer as well.
  const ask = (method: string, params: unknown): Promise<unknown> =>
    client.request(method, params).catch(() => undefined);
  const opened = client.open('a.sql', files['a.sql'] ?? '');
  client.open('odd.sql', '\ud800\0\r\r\n');
  for (let times = 0; times < 30; times++) {
    const textDocument = { uri: random(3) === 0 ? one(uris) : opened };
    switch (random(6)) {
      case 0:
        await ask(`textDocument/${one(ofDocument)}`, { textDocument, range: range(), context: { diagnostics: [] } });
        break;
      case 1:
        client.change(opened, { range: range() as never, text: one(['', 'x', "'", '\n', '0x4D5A']) });
        break;
      case 2:
        await ask(one(['sqlclr/assemblies', 'sqlclr/links', 'workspace/textDocumentContent']), {
          uri: one(uris),
          nonce: one(['', '0'.repeat(32), '"><script>']),
        });
        break;
      case 3:
        await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: one(uris), type: 1 + random(3) }] });
        break;
      default:
        await ask(`textDocument/${one(atPlace)}`, {
          textDocument,
          position: position(),
          newName: one(['b', '', '0', "a'b", '\0']),
          context: { includeDeclaration: true },
        });
    }
  }
  await client.request('textDocument/diagnostic', { textDocument: { uri: opened } });
  const told = client.messages.filter((message) => /failed/i.test(message));
  if (told.length > 0 || failures.length > 0) throw new Error([...told, ...failures.map(String)].join('\n'));
  for (let times = 0; times < 8; times++) {
    const method = one(
      [...atPlace, ...ofDocument].map((name) => `textDocument/${name}`).concat('workspace/symbol', 'sqlclr/links'),
    );
    await ask(method, one(strange));
  }
  for (const method of ['textDocument/didClose', 'workspace/didChangeWatchedFiles', 'no/such'])
    await client.notify(method, one(strange.slice(3, 6)));
  await client.request('textDocument/diagnostic', { textDocument: { uri: opened } });
  await client.stop();
}
