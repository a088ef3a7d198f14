// The page of the link graph over the protocol: what it answers, and that its client is told once when it is another.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';
import {
  linksChangedNotification,
  linksRequest,
  reportChangedNotification,
  reportRequest,
  reportTextRequest,
  type LinksPage,
} from '../../server/protocol.js';
import { Client } from '../support/client.js';

const nonce = '0123456789abcdef0123456789abcdef';
const script = "CREATE ASSEMBLY Letters FROM 'Letters.dll' WITH PERMISSION_SET = SAFE;\n";

const started: Client[] = [];
afterEach(async () => {
  for (const client of started.splice(0)) await client.stop();
});

async function start(): Promise<{ client: Client; changes: () => number }> {
  const client = await Client.start({ workspace: new Workspace(nodePlatform) });
  started.push(client);
  let count = 0;
  client.connection.onNotification(linksChangedNotification, () => void count++);
  return { client, changes: () => count };
}

const pageOf = (client: Client, of = nonce): Promise<LinksPage | null> => client.request(linksRequest, { nonce: of });

test('the page is let in by the nonce that was given, and tells places by number', async () => {
  const { client } = await start();
  const uri = client.open('a.sql', `\n\n${script}`);
  const page = await pageOf(client);
  assert.ok(page);
  assert.ok(page.html.includes(`script-src 'nonce-${nonce}'`));
  assert.ok(page.html.includes('a.sql:3'));
  const [, number] = /data-place="(\d+)" title="a\.sql:3">a\.sql:3</.exec(page.html) ?? [];
  assert.deepEqual(page.places[Number(number)], { uri, position: { line: 2, character: 0 } });
});

test('the report is text as well', async () => {
  const { client } = await start();
  client.open('a.sql', `\n\n${script}`);
  const text = String(await client.request<string | null>(reportTextRequest, undefined));
  assert.ok(text.startsWith('# Capability report\n'), text);
  for (const told of ['Letters', 'a.sql:3']) assert.ok(text.includes(told), told);
});

test('a nonce that is none gets no page', async () => {
  const { client } = await start();
  for (const wrong of ["x' 'unsafe-inline", '', 'abc']) assert.equal(await pageOf(client, wrong), null);
});

test('a client that has the page is told once when it is another, and not of what makes no difference', async () => {
  const { client, changes } = await start();
  const uri = client.open('a.sql', script);
  client.change(uri, { text: `${script}-- nothing\n` });
  await pageOf(client);
  client.change(uri, { text: `${script}-- nothing else\n` });
  await new Promise((resolve) => setTimeout(resolve, 900));
  assert.equal(changes(), 0);
  client.change(uri, { text: script.replace('SAFE', 'UNSAFE') });
  await new Promise((resolve) => setTimeout(resolve, 900));
  assert.equal(changes(), 1);
  client.change(uri, { text: script });
  await new Promise((resolve) => setTimeout(resolve, 900));
  assert.equal(changes(), 1);
  assert.ok((await pageOf(client))?.html.includes('>SAFE<'));
});

test('the report is a page of its own, and of what changes it its client is told', async () => {
  const { client } = await start();
  let count = 0;
  client.connection.onNotification(reportChangedNotification, () => void count++);
  const uri = client.open('a.sql', script);
  const page: LinksPage | null = await client.request(reportRequest, { nonce });
  assert.ok(page);
  assert.ok(page.html.includes('<h2>Assembly <code>Letters</code></h2>'));
  assert.ok(page.html.includes(`script-src 'nonce-${nonce}'`));
  assert.ok(page.places.some((place) => place.uri === uri && place.position.line === 0));
  client.change(uri, { text: script.replace('SAFE', 'UNSAFE') });
  await new Promise((resolve) => setTimeout(resolve, 900));
  assert.equal(count, 1);
});
