// The protocol, over an in-memory connection. The findings are those of `SpeakingWorkspace`.
import assert from 'node:assert/strict';
import { afterEach, suite, test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  CancellationTokenSource,
  LSPErrorCodes,
  ProgressType,
  type CodeAction,
  type Diagnostic,
  type TextDocumentEdit,
  type TextEdit,
} from 'vscode-languageserver/node';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';
import { ruleTimesRequest, type RuleTime } from '../../server/protocol.js';
import { SpeakingWorkspace } from '../support/speaking-workspace.js';
import { Client, folder, pulling, pushing, type ClientOptions } from '../support/client.js';

const wrong = 'PRINT 1; -- wrong\n';
const shared = 'PRINT 2; -- shared\n';
const started: Client[] = [];

async function start(options?: ClientOptions): Promise<Client> {
  const client = await Client.start(options);
  started.push(client);
  return client;
}

afterEach(async () => {
  for (const client of started.splice(0)) await client.stop();
});

function ofRule(rule: string, diagnostics: readonly Diagnostic[] = []): Diagnostic[] {
  return diagnostics.filter(({ code }) => code === rule);
}

const names = (diagnostics: readonly Diagnostic[]): unknown[] => diagnostics.map(({ code }) => code);

suite('pull', () => {
  test('a document is answered with its findings', async () => {
    const client = await start({ capabilities: pulling });
    assert.ok(client.initialized.capabilities.diagnosticProvider);
    const uri = client.open('a.sql', `-- Ünïcode 😀\r\n${wrong}`);
    const [found] = ofRule('repairable-word', await client.pull(uri));
    assert.deepEqual(found, {
      range: { start: { line: 1, character: 12 }, end: { line: 1, character: 17 } },
      severity: 2,
      code: 'repairable-word',
      codeDescription: {
        href: 'https://sqlclr-lint.github.io/sqlclr-lint/rules/repairable-word.html',
      },
      source: 'sqlclr',
      message: 'a repairable word',
    });
  });

  test('what did not change is not sent again', async () => {
    const client = await start();
    const uri = client.open('a.sql', wrong);
    const params = { textDocument: { uri } };
    const { resultId } = await client.request<{ resultId: string }>('textDocument/diagnostic', params);
    const again = await client.request('textDocument/diagnostic', { ...params, previousResultId: resultId });
    assert.deepEqual(again, { kind: 'unchanged', resultId });
  });

  test('edits are followed, many at once too', async () => {
    const client = await start();
    const uri = client.open('a.sql', wrong);
    const range = { start: { line: 0, character: 12 }, end: { line: 0, character: 17 } };
    client.change(uri, { range, text: 'right' });
    assert.deepEqual(ofRule('repairable-word', await client.pull(uri)), []);
    client.change(uri, { text: '' }, { range: { start: range.end, end: range.end }, text: wrong });
    assert.equal(ofRule('repairable-word', await client.pull(uri)).length, 1);
  });

  test('a finding names what it rests on in another file', async () => {
    const client = await start({ files: { 'a.sql': shared } });
    const uri = client.open('b.sql', `\n${shared}`);
    const pulled = await client.pull(uri);
    const [related] = ofRule('shared-word', pulled).flatMap(({ relatedInformation = [] }) => relatedInformation);
    assert.equal(related?.location.uri, `${folder}/a.sql`);
    assert.equal(related.location.range.start.line, 0);
  });

  test('what fades is tagged', async () => {
    const client = await start();
    const [found] = await client.pull(client.open('a.sql', 'faded'));
    assert.deepEqual([found?.severity, found?.tags], [4, [1, 2]]);
  });

  test('other files come along where the client takes them', async () => {
    const client = await start({
      capabilities: { ...pulling, textDocument: { diagnostic: { relatedDocumentSupport: true } } },
      files: { 'a.sql': wrong },
    });
    const uri = client.open('b.sql', 'SELECT 1;');
    const params = { textDocument: { uri } };
    const first = await client.request<{ relatedDocuments: object }>('textDocument/diagnostic', params);
    assert.deepEqual(Object.keys(first.relatedDocuments), [`${folder}/a.sql`]);
    const second = await client.request<{ relatedDocuments: object }>('textDocument/diagnostic', params);
    assert.deepEqual(second.relatedDocuments, {});
  });

  test('the workspace is answered with the files that have findings, then when something changes', async () => {
    const client = await start({ files: { 'a.sql': wrong, 'b.sql': 'SELECT 1;' } });
    type Items = { items: { uri: string; resultId: string; items: Diagnostic[] }[] };
    const first = await client.request<Items>('workspace/diagnostic', { previousResultIds: [] });
    assert.deepEqual(
      first.items.map(({ uri }) => uri),
      [`${folder}/a.sql`],
    );
    const previousResultIds = first.items.map(({ uri, resultId }) => ({ uri, value: resultId }));
    const second = client.request<Items>('workspace/diagnostic', { previousResultIds });
    client.open('a.sql', 'SELECT 1;');
    assert.deepEqual(
      (await second).items.map(({ uri, items }) => [uri, items]),
      [[`${folder}/a.sql`, []]],
    );
  });
});

suite('the workspace, as it is asked for', () => {
  interface Told {
    readonly uri: string;
    readonly items: readonly Diagnostic[];
  }

  /** What is told of the workspace, as `file count`, until the request is no longer wanted. */
  function following(client: Client): { readonly told: string[]; readonly ended: Promise<unknown>; stop(): void } {
    const told: string[] = [];
    const source = new CancellationTokenSource();
    const partial = new ProgressType<{ readonly items: readonly Told[] }>();
    client.connection.onProgress(partial, 'all', ({ items }) => {
      told.push(...items.map(({ uri, items: found }) => `${uri.slice(folder.length + 1)} ${found.length}`));
      client.happened();
    });
    const params = { previousResultIds: [], partialResultToken: 'all' };
    const ended = client.connection.sendRequest('workspace/diagnostic', params, source.token).catch(() => {});
    return { told, ended, stop: () => source.cancel() };
  }

  test('what is found is told as it is found, and again when it is another, in one answer', async () => {
    const client = await start({ files: { 'a.sql': wrong, 'b.sql': 'SELECT 1;' } });
    const { told, ended, stop } = following(client);
    await client.until(() => told.length > 0);
    client.open('b.sql', wrong.repeat(2));
    await client.until(() => told.length > 1);
    client.open('a.sql', 'SELECT 1;');
    await client.until(() => told.length > 2);
    assert.deepEqual(told, ['a.sql 1', 'b.sql 2', 'a.sql 0']);
    stop();
    await ended;
  });

  test('only what is open has findings where that is set, and all of it again where it is no longer', async () => {
    const client = await start({
      files: { 'a.sql': wrong, 'b.sql': wrong },
      settings: { diagnosticMode: 'openFiles' },
    });
    const { told, ended, stop } = following(client);
    const uri = client.open('b.sql', wrong);
    await client.until(() => told.length > 0);
    client.close(uri);
    await client.until(() => told.length > 1);
    assert.deepEqual(told, ['b.sql 1', 'b.sql 0']);
    assert.deepEqual(await client.pull(`${folder}/a.sql`), []);
    client.settings = {};
    await client.notify('workspace/didChangeConfiguration', { settings: {} });
    await client.until(() => told.length > 3);
    assert.deepEqual(told.slice(2).sort(), ['a.sql 1', 'b.sql 1']);
    stop();
    await ended;
  });

  test('what is typed changes nothing until it is saved, where that is set', async () => {
    const client = await start({ files: { 'a.sql': wrong, 'b.sql': 'SELECT 1;' }, settings: { run: 'onSave' } });
    const { told, ended, stop } = following(client);
    await client.until(() => told.length > 0);
    const uri = client.open('b.sql', 'SELECT 1;');
    assert.deepEqual(await client.pull(uri), []);
    client.change(uri, { text: wrong });
    assert.deepEqual(await client.pull(uri), []);
    client.save(uri);
    assert.equal((await client.pull(uri)).length, 1);
    await client.until(() => told.length > 1);
    client.change(uri, { text: 'SELECT 2;' });
    assert.equal((await client.pull(uri)).length, 1);
    client.change(uri, { text: wrong.repeat(2) });
    client.change(uri, { text: wrong });
    assert.equal((await client.pull(uri)).length, 1, 'as it was saved');
    client.change(uri, { text: 'SELECT 1;' });
    assert.equal((await client.pull(uri)).length, 1);
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
    await client.until(() => told.length > 2);
    client.change(uri, { text: wrong });
    assert.deepEqual(await client.pull(uri), [], 'the disk has it otherwise');
    client.save(uri);
    await client.until(() => told.length > 3);
    client.close(uri);
    await client.until(() => told.length > 4);
    assert.deepEqual(told, ['a.sql 1', 'b.sql 1', 'b.sql 0', 'b.sql 1', 'b.sql 0']);
    stop();
    await ended;
  });

  test('what is turned off is not found', async () => {
    const client = await start({ files: { 'a.sql': wrong }, settings: { diagnosticMode: 'none' } });
    assert.deepEqual(await client.pull(client.open('a.sql', wrong)), []);
  });

  test('a long check is shown, and can be stopped', async () => {
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`${index}.sql`, `${wrong}-- slow`]));
    const capabilities = { ...pulling, window: { workDoneProgress: true } };
    const client = await start({ capabilities, files, initializationOptions: { showsStatus: true } });
    const shown: unknown[] = [];
    client.connection.onRequest('window/workDoneProgress/create', ({ token }: { token: string }) => {
      client.connection.onProgress(
        new ProgressType<{ kind: string; title?: string; cancellable?: boolean }>(),
        token,
        (value) => {
          shown.push(value.kind === 'begin' ? [value.title, value.cancellable] : value.kind);
          if (value.kind === 'begin') void client.notify('window/workDoneProgress/cancel', { token });
          client.happened();
        },
      );
    });
    const { told, ended, stop } = following(client);
    await client.until(() => shown.includes('end'));
    assert.deepEqual(shown[0], ['SQLCLR: checking', true]);
    assert.ok(told.length > 0 && told.length < 40, told.join());
    await client.until(() => client.statuses.at(-1)?.problems.length === 1);
    assert.deepEqual(client.statuses.at(-1)?.problems, [
      { message: 'the check of the workspace was stopped', restarts: true },
    ]);
    stop();
    await ended;
  });
});

suite('pull, cancelled and spelled otherwise', () => {
  test('a request that waits ends when it is no longer wanted', async () => {
    const client = await start();
    const source = new CancellationTokenSource();
    const waiting = client.connection.sendRequest('workspace/diagnostic', { previousResultIds: [] }, source.token);
    await client.pull(`${folder}/a.sql`);
    source.cancel();
    await assert.rejects(waiting, { code: LSPErrorCodes.RequestCancelled });
  });

  test('a document is its file, however its URI is escaped', async () => {
    const client = await start({ files: { 'ab.sql': shared } });
    const uri = client.open('a%62.sql', shared);
    assert.deepEqual(await client.pull(uri), []);
    client.change(uri, { text: wrong });
    const { items } = await client.request<{ items: { uri: string; version: number }[] }>('workspace/diagnostic', {
      previousResultIds: [],
    });
    assert.deepEqual(
      items.map((item) => [item.uri, item.version]),
      [[uri, 2]],
    );
  });
});

suite('push', () => {
  test('diagnostics are sent as a document changes, and of other files too', async () => {
    const client = await start({ capabilities: pushing, files: { 'z.sql': shared } });
    assert.equal(client.initialized.capabilities.diagnosticProvider, undefined);
    const uri = client.open('b.sql', wrong);
    await client.until(() => ofRule('repairable-word', client.published.get(uri)).length === 1);
    client.change(uri, { text: shared });
    await client.until(() => ofRule('shared-word', client.published.get(`${folder}/z.sql`)).length === 1);
    assert.deepEqual(ofRule('repairable-word', client.published.get(uri)), []);
  });

  test('a document without findings is said to have none', async () => {
    const client = await start({ capabilities: pushing });
    const uri = client.open('a.sql', 'SELECT 1;');
    await client.until(() => client.published.has(uri));
    assert.deepEqual(client.published.get(uri), []);
  });

  test('a document that closes is what the disk has again, or gone', async () => {
    const client = await start({ capabilities: pushing, files: { 'a.sql': 'SELECT 1;' } });
    const uris = [client.open('a.sql', wrong), client.open('new.sql', wrong)];
    await client.until(() => uris.every((uri) => client.published.get(uri)?.length));
    for (const uri of uris) client.close(uri);
    await client.until(() => uris.every((uri) => client.published.get(uri)?.length === 0));
  });
});

suite('code actions', () => {
  interface Applied {
    readonly actions: readonly CodeAction[];
    readonly after: string;
    readonly left: readonly Diagnostic[];
  }

  async function apply(text: string, title: string, options?: ClientOptions): Promise<Applied> {
    const client = await start(options);
    const uri = client.open('a.sql', text);
    const [{ range } = { range: undefined }] = ofRule('repairable-word', await client.pull(uri));
    assert.ok(range);
    const params = { textDocument: { uri }, range, context: { diagnostics: [] } };
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', params);
    const action = actions.find((each) => each.title === title);
    const edits = editsOf(action, uri);
    const after = TextDocument.applyEdits(TextDocument.create(uri, 'sql', 1, text), edits);
    client.change(uri, { text: after });
    return { actions, after, left: ofRule('repairable-word', await client.pull(uri)) };
  }

  function editsOf(action: CodeAction | undefined, uri: string): TextEdit[] {
    const { changes, documentChanges } = action?.edit ?? {};
    const [versioned] = (documentChanges ?? []) as TextDocumentEdit[];
    return (changes?.[uri] ?? versioned?.edits ?? []) as TextEdit[];
  }

  test('a fix is preferred where it is the only one, and leaves no finding', async () => {
    const { actions, after, left } = await apply(wrong, 'Make it right');
    assert.equal(after, wrong.replace('wrong', 'right'));
    assert.equal(actions.find(({ title }) => title === 'Make it right')?.isPreferred, true);
    assert.deepEqual(left, []);
  });

  test('a client without versioned edits gets plain ones', async () => {
    const capabilities = { ...pulling, workspace: { configuration: true } };
    const { actions, left } = await apply(wrong, 'Make it right', { capabilities });
    assert.deepEqual(left, []);
    assert.ok(actions.every(({ edit }) => edit?.documentChanges === undefined));
  });

  test('all findings of a rule are fixed at once', async () => {
    const { after, left } = await apply(wrong.repeat(3), 'Fix all of repairable-word in this file');
    assert.equal(after, wrong.replace('wrong', 'right').repeat(3));
    assert.deepEqual(left, []);
  });

  test('a comment allows the rule on a line, indented as the line is', async () => {
    const { after, left } = await apply(`GO\r\n\t${wrong}`, 'Allow repairable-word on this line');
    assert.equal(after, `GO\r\n\t-- sqlclr-disable-next-line repairable-word\r\n\t${wrong}`);
    assert.deepEqual(left, []);
  });

  test('within a literal no comment is put above a line', async () => {
    const { actions } = await apply("EXEC('\n wrong');", 'Allow repairable-word in this file');
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Make it right', 'Allow repairable-word in this file'],
    );
  });

  test('a comment allows the rule in the file', async () => {
    const { after, left } = await apply(wrong.repeat(2), 'Allow repairable-word in this file');
    assert.equal(after, `/* sqlclr-disable repairable-word */\n${wrong.repeat(2)}`);
    assert.deepEqual(left, []);
  });

  /** Of the first place of a word in a text. */
  async function actionsAt(text: string, word: string, options: ClientOptions = {}, only?: string[]) {
    const client = await start(options);
    const uri = client.open('a.sql', text);
    await client.pull(uri);
    const character = text.indexOf(word);
    const range = { start: { line: 0, character }, end: { line: 0, character: character + word.length } };
    const context = { diagnostics: [], ...(only && { only }) };
    return client.request<CodeAction[]>('textDocument/codeAction', { textDocument: { uri }, range, context });
  }

  test('a fix that brings another finding is not offered', async () => {
    const actions = await actionsAt('a hopeless word', 'hopeless');
    assert.deepEqual(
      actions.map(({ title }) => title),
      [
        'Allow hopeless-word on this line',
        'Allow hopeless-word on this line for 90 days',
        'Allow hopeless-word in this file',
      ],
    );
  });

  test('a fix that needs a look asks for consent, or says so in its title', async () => {
    const workspaceEdit = { documentChanges: true, changeAnnotationSupport: {} };
    const capabilities = { ...pulling, workspace: { ...pulling.workspace, workspaceEdit } };
    const [asking] = await actionsAt('an unclear word', 'unclear', { capabilities });
    assert.equal(asking?.title, 'Make it clear');
    assert.equal(asking?.isPreferred, undefined);
    const [annotation] = Object.values(asking?.edit?.changeAnnotations ?? {});
    assert.equal(annotation?.needsConfirmation, true);
    const [saying] = await actionsAt('an unclear word', 'unclear');
    assert.equal(saying?.title, 'Make it clear (review it)');
  });

  test('all that is safe is applied on request, and nothing else', async () => {
    for (const kind of ['source.fixAll.sqlclr', 'source.fixAll', 'source']) {
      const [all, ...others] = await actionsAt('wrong hopeless unclear wrong', 'wrong', {}, [kind]);
      assert.deepEqual(others, []);
      assert.equal(all?.kind, 'source.fixAll.sqlclr');
      const after = TextDocument.applyEdits(
        TextDocument.create('', 'sql', 1, 'wrong hopeless unclear wrong'),
        editsOf(all, ''),
      );
      assert.equal(after, 'right hopeless unclear right');
    }
    assert.deepEqual(await actionsAt('wrong', 'wrong', {}, ['source.fixAll.other']), []);
  });

  test('a client that takes snippets gets a reason to type over', async () => {
    const workspace = { ...pulling.workspace, workspaceEdit: { documentChanges: true, snippetEditSupport: true } };
    const client = await start({ capabilities: { ...pulling, workspace } });
    const uri = client.open('a.sql', `\t${wrong}`);
    const [{ range } = { range: undefined }] = await client.pull(uri);
    const params = { textDocument: { uri }, range, context: { diagnostics: [] } };
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', params);
    const written = actions.flatMap(({ edit }) =>
      ((edit?.documentChanges ?? []) as TextDocumentEdit[]).flatMap(({ edits }) =>
        edits.map((one) => ('snippet' in one ? one.snippet.value : '')),
      ),
    );
    const until = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
    assert.deepEqual(written, [
      '',
      '\t-- sqlclr-disable-next-line repairable-word -- ${1:reason}\n',
      `\t-- sqlclr-disable-next-line repairable-word until ${until} -- \${1:reason}\n`,
      '/* sqlclr-disable repairable-word -- ${1:reason} */\n',
    ]);
  });

  test('the settings can do without actions that silence', async () => {
    const { actions } = await apply(wrong, 'Make it right', { settings: { suppressActions: false } });
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Make it right'],
    );
  });

  test('a client with a command for it turns a rule off in the workspace', async () => {
    const { actions } = await apply(wrong, 'Make it right', { initializationOptions: { silencesRules: true } });
    const [action] = actions.filter(({ title }) => title === 'Allow repairable-word in this workspace');
    assert.deepEqual(action?.command, {
      title: 'Allow repairable-word in this workspace',
      command: 'sqlclr.silenceRule',
      arguments: ['repairable-word', `${folder}/a.sql`],
    });
  });

  test('where nothing is found, and where only refactorings are asked for, there is none', async () => {
    const client = await start();
    const uri = client.open('a.sql', `SELECT 1;\n${wrong}`);
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const context = { diagnostics: [] };
    assert.deepEqual(await client.request('textDocument/codeAction', { textDocument: { uri }, range, context }), []);
    const all = { start: range.start, end: { line: 9, character: 0 } };
    const only = { ...context, only: ['refactor'] };
    assert.deepEqual(
      await client.request('textDocument/codeAction', { textDocument: { uri }, range: all, context: only }),
      [],
    );
  });
});

suite('features', () => {
  test('hover is Markdown over the span it is about', async () => {
    const client = await start();
    const uri = client.open('a.sql', wrong);
    const at = (character: number): object => ({ textDocument: { uri }, position: { line: 0, character } });
    assert.deepEqual(await client.request('textDocument/hover', at(14)), {
      contents: { kind: 'markdown', value: '**wrong**' },
      range: { start: { line: 0, character: 12 }, end: { line: 0, character: 17 } },
    });
    assert.equal(await client.request('textDocument/hover', at(2)), null);
  });

  test('a symbol holds its name', async () => {
    const client = await start();
    const uri = client.open('a.sql', wrong);
    const range = { start: { line: 0, character: 12 }, end: { line: 0, character: 17 } };
    assert.deepEqual(await client.request('textDocument/documentSymbol', { textDocument: { uri } }), [
      { name: 'wrong', detail: '', kind: 4, range, selectionRange: range, children: [] },
    ]);
  });

  test('what goes over lines is folded', async () => {
    const client = await start();
    const uri = client.open('a.sql', '1\n2\n3');
    assert.deepEqual(await client.request('textDocument/foldingRange', { textDocument: { uri } }), [
      { startLine: 0, endLine: 2, kind: 'region' },
    ]);
  });
});

suite('settings', () => {
  test('a change holds at once, and the client is told to ask again', async () => {
    const client = await start({ settings: { rules: { 'repairable-word': 'off' } } });
    const uri = client.open('a.sql', wrong);
    assert.deepEqual(ofRule('repairable-word', await client.pull(uri)), []);
    const { refreshes } = client;
    client.settings = { rules: { 'repairable-word': 'error' } };
    await client.notify('workspace/didChangeConfiguration', { settings: {} });
    await client.until(() => client.refreshes > refreshes);
    assert.deepEqual(
      ofRule('repairable-word', await client.pull(uri)).map(({ severity }) => severity),
      [1],
    );
  });

  test('a client that cannot be asked sends them', async () => {
    const client = await start({ capabilities: {} });
    const uri = client.open('a.sql', wrong);
    await client.until(() => ofRule('repairable-word', client.published.get(uri)).length === 1);
    const settings = { sqlclr: { rules: { 'repairable-word': 'off' } } };
    await client.notify('workspace/didChangeConfiguration', { settings });
    await client.until(() => ofRule('repairable-word', client.published.get(uri)).length === 0);
  });

  test('a client without requests of the server’s gives them at the start', async () => {
    const settings = { rules: { 'repairable-word': 'error' } };
    const client = await start({ capabilities: {}, initializationOptions: { settings } });
    const uri = client.open('a.sql', wrong);
    await client.until(() => client.published.get(uri)?.[0]?.severity === 1);
  });

  test('a malformed setting is said once', async () => {
    const client = await start({ settings: { target: 'oracle' } });
    await client.until(() => client.messages.length > 0);
    assert.match(client.messages.join(), /sqlclr\.target is "oracle"/);
    await client.notify('workspace/didChangeConfiguration', { settings: {} });
    await client.pull(`${folder}/a.sql`);
    assert.equal(client.messages.length, 1);
  });
});

suite('status', () => {
  test('a client that shows it is told the target and what was read', async () => {
    const client = await start({
      files: { 'a.sql': wrong, 'b.dll': new Uint8Array(4) },
      settings: { target: 'sql-server-2019', clrStrictSecurity: 'off' },
      initializationOptions: { showsStatus: true },
    });
    await client.until(() => client.statuses.length > 0);
    assert.deepEqual(client.statuses, [
      { target: 'SQL Server 2019', strictSecurity: false, scripts: 1, assemblies: 1, problems: [] },
    ]);
    client.settings = { target: 'sql-server-2016' };
    await client.notify('workspace/didChangeConfiguration', { settings: {} });
    await client.until(() => client.statuses.length > 1);
    assert.deepEqual(client.statuses[1], { target: 'SQL Server 2016', scripts: 1, assemblies: 1, problems: [] });
  });

  test('another is not', async () => {
    const client = await start();
    await client.until(() => client.refreshes > 0);
    assert.deepEqual(client.statuses, []);
  });
});

suite('files of the workspace', () => {
  test('a change on the disk is followed', async () => {
    const files: Record<string, string> = { 'a.sql': wrong };
    const client = await start({ files });
    const uri = `${folder}/a.sql`;
    assert.equal(ofRule('repairable-word', await client.pull(uri)).length, 1);
    files['a.sql'] = 'SELECT 1;';
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
    await client.until(() => client.refreshes > 1);
    assert.deepEqual(await client.pull(uri), []);
  });

  test('a file outside the workspace is not read, whoever says that it changed', async () => {
    const client = await start({ files: { 'a.sql': shared } });
    const uri = 'file://server/share/b.sql';
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 1 }] });
    await client.until(() => client.refreshes > 1);
    assert.deepEqual(await client.pull(uri), []);
  });

  test('folders come and go', async () => {
    const client = await start({ files: { 'a.sql': wrong } });
    await client.pull(`${folder}/a.sql`);
    const event = { added: [], removed: [{ uri: folder, name: 'workspace' }] };
    await client.notify('workspace/didChangeWorkspaceFolders', { event });
    await client.until(() => client.refreshes > 1);
    assert.deepEqual(await client.pull(`${folder}/a.sql`), []);
  });
});

suite('what rules take', () => {
  test('is told of each that ran, the longest first', async () => {
    const workspace = new Workspace(nodePlatform);
    const client = await start({ files: { 'a.sql': 'ALTER DATABASE Payroll SET TRUSTWORTHY ON;' }, workspace });
    const uri = `${folder}/a.sql`;
    assert.equal((await client.pull(uri)).length, 1);
    const times = await client.request<RuleTime[]>(ruleTimesRequest, null);
    assert.ok(times.some(({ rule }) => rule === 'trustworthy-database'));
    assert.deepEqual(
      times,
      times.toSorted((a, b) => b.milliseconds - a.milliseconds),
    );
    assert.equal((await client.pull(uri)).length, 1);
  });
});

suite('hostile input', () => {
  test('a failure of ours is logged with its stack, and the next request is answered', async () => {
    const client = await start();
    const uri = client.open('a.sql', 'explode');
    const params = {
      textDocument: { uri },
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    };
    assert.equal(await client.request('textDocument/codeAction', { ...params, context: { diagnostics: [] } }), null);
    await client.until(() =>
      client.messages.some((message) => message.includes('exploded') && message.includes(' at ')),
    );
    client.change(uri, { text: wrong });
    assert.equal((await client.pull(uri)).length, 1);
  });

  test('a failure of ours concerns one file', async () => {
    for (const capabilities of [pulling, pushing]) {
      const client = await start({ capabilities, files: { 'a.sql': 'explode' } });
      const uri = client.open('b.sql', wrong);
      if (capabilities === pulling) {
        const { items } = await client.request<{ items: object[] }>('workspace/diagnostic', { previousResultIds: [] });
        assert.equal(items.length, 1);
      } else await client.until(() => client.published.get(uri)?.length === 1);
      await client.until(() => client.messages.some((message) => message.startsWith(`${folder}/a.sql failed.`)));
    }
  });

  test('a file that cannot be taken in keeps no other out, and is told', async () => {
    class Poisoned extends SpeakingWorkspace {
      override set(uri: string, content: string | Uint8Array): void {
        if (uri.endsWith('/a.sql')) throw new Error('poison');
        super.set(uri, content);
      }
    }
    const client = await start({
      workspace: new Poisoned(),
      files: { 'a.sql': wrong, 'b.sql': wrong },
      initializationOptions: { showsStatus: true },
    });
    assert.equal((await client.pull(`${folder}/b.sql`)).length, 1);
    await client.until(() => client.statuses.length > 0);
    const [status] = client.statuses;
    assert.equal(status?.scripts, 1);
    assert.deepEqual(status.problems, [{ message: `${folder}/a.sql cannot be read: poison` }]);
  });

  const malformed: readonly [string, unknown][] = [
    ['textDocument/codeAction', {}],
    ['textDocument/hover', {}],
    ['textDocument/hover', { textDocument: { uri: 'file:///none.sql' }, position: { line: -1, character: 1e9 } }],
    ['textDocument/documentSymbol', {}],
    ['textDocument/foldingRange', { textDocument: 1 }],
    ['textDocument/codeAction', { textDocument: { uri: 'file:////x//y' }, range: 1, context: {} }],
    ['textDocument/diagnostic', { textDocument: { uri: '' } }],
    ['textDocument/diagnostic', { textDocument: { uri: 'file:///workspace/%' } }],
    ['textDocument/diagnostic', {}],
    ['workspace/diagnostic', {}],
    ['textDocument/unheardOf', {}],
  ];
  for (const [method, params] of malformed) {
    test(`${method} ${JSON.stringify(params)} does not end the server`, async () => {
      const client = await start();
      await client.request(method, params).catch(() => {});
      const uri = client.open('a.sql', wrong);
      assert.equal(ofRule('repairable-word', await client.pull(uri)).length, 1);
    });
  }

  test('changes of what was never opened, and impossible ranges, do not end the server', async () => {
    const client = await start();
    client.change(`${folder}/unknown.sql`, { text: 'x' });
    const uri = client.open('a.sql', wrong);
    const range = { start: { line: 99, character: 99 }, end: { line: 7, character: 0 } };
    client.change(uri, { range, text: '\n' });
    client.close(`${folder}/unknown.sql`);
    assert.equal(ofRule('repairable-word', await client.pull(uri)).length, 1);
  });

  test('a large document is answered at once', async () => {
    const client = await start();
    const uri = client.open('big.sql', `${`${'-- filler '.repeat(10)}\n`.repeat(50_000)}${wrong}`);
    const began = performance.now();
    assert.deepEqual(names(ofRule('repairable-word', await client.pull(uri))), ['repairable-word']);
    assert.ok(performance.now() - began < 10_000);
  });
});
