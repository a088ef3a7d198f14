// The protocol, over an in-memory connection.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Client, folder, pulling, pushing } from '../support/client.js';

suite('initialize', () => {
  test('a client that can pull is offered it', async () => {
    const client = await Client.start({ capabilities: pulling });
    assert.equal(client.initialized.capabilities.diagnosticProvider !== undefined, true);
    assert.equal(client.initialized.capabilities.textDocumentSync !== undefined, true);
    await client.stop();
  });

  test('a client that cannot is sent diagnostics', async () => {
    const client = await Client.start({ capabilities: pushing });
    assert.equal(client.initialized.capabilities.diagnosticProvider, undefined);
    const uri = client.open('a.sql', 'SELECT 1;');
    await client.until(() => client.published.has(uri));
    assert.deepEqual(client.published.get(uri), []);
    await client.stop();
  });
});

suite('settings', () => {
  test('a malformed setting is said once', async () => {
    const client = await Client.start({ settings: { target: 'oracle' } });
    await client.until(() => client.messages.length > 0);
    assert.match(client.messages.join(), /sqlclr\.target is "oracle"/);
    await client.notify('workspace/didChangeConfiguration', { settings: {} });
    await client.pull(`${folder}/a.sql`);
    assert.equal(client.messages.length, 1);
    await client.stop();
  });
});
