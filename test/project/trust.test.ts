// Who signed an assembly, where what is signed is no sample that a compiler makes: Authenticode.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform-node.js';
import { sampleAssembly } from '../support/sample-assembly.js';
import { withAuthenticode } from '../support/authenticode.js';

const certificate = '3082010A0A0B0C0D';
const login = `CREATE LOGIN l FROM CERTIFICATE c; GRANT UNSAFE ASSEMBLY TO l;`;

test('a certificate that stands in the signature trusts the assembly', () => {
  assert.deepEqual(trustIn(`CREATE CERTIFICATE c FROM BINARY = 0x${certificate}; ${login}`), 'signature');
});

test('another certificate does not', () => {
  assert.deepEqual(trustIn(`CREATE CERTIFICATE c FROM BINARY = 0x3082010A0A0B0C0E; ${login}`), 'other signer');
});

test('digits that begin in the middle of a byte are no certificate', () => {
  assert.deepEqual(trustIn(`CREATE CERTIFICATE c FROM BINARY = 0x082010A0A0B0C0D0; ${login}`), 'other signer');
});

test('of a certificate in a file nothing is known', () => {
  assert.deepEqual(trustIn(`CREATE CERTIFICATE c FROM FILE = 'c.cer'; ${login}`), 'not known');
});

test('without the right, the chain is not whole', () => {
  assert.deepEqual(
    trustIn(`CREATE CERTIFICATE c FROM BINARY = 0x${certificate}; CREATE LOGIN l FROM CERTIFICATE c`),
    'chain',
  );
});

function trustIn(script: string): string | undefined {
  const bytes = withAuthenticode(sampleAssembly(), Buffer.from(`30201122${certificate}D00D`, 'hex'));
  const workspace = new Workspace(nodePlatform);
  workspace.set(
    'file:///install.sql',
    `${script}\nCREATE ASSEMBLY Signed FROM 0x${Buffer.from(bytes).toString('hex')} WITH PERMISSION_SET = SAFE;`,
  );
  const [trust, ...others] = workspace.project().trusts;
  assert.equal(others.length, 0);
  return trust?.cause;
}
