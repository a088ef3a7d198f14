// Suppressions, and rules, where a script is made of them: each costs no more because there are others.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings, Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';

const uri = 'file:///deploy.sql';
const isOn = 'ALTER DATABASE Payroll SET TRUSTWORTHY ON;';

function rulesFoundIn(text: string, settings = defaultSettings): readonly string[] {
  const workspace = new Workspace(nodePlatform, settings);
  workspace.set(uri, text);
  return workspace.findings(uri).map(({ rule }) => rule);
}

for (const [name, end] of Object.entries({ LF: '\n', CRLF: '\r\n', CR: '\r' })) {
  test(`the next line is silenced and the one behind it is not, lines ending in ${name}`, () => {
    const text = `/* sqlclr-disable-next-line trustworthy-database */${end}${isOn}${end}${isOn}${end}`;
    assert.deepEqual(rulesFoundIn(text), ['trustworthy-database']);
  });
}

test('a region ends at the enable of its rule, or of all', () => {
  for (const enable of ['sqlclr-enable trustworthy-database', 'sqlclr-enable']) {
    const text = `/* sqlclr-disable trustworthy-database */ ${isOn}\n/* ${enable} */ ${isOn}`;
    assert.deepEqual(rulesFoundIn(text), ['trustworthy-database']);
  }
  const text = `/* sqlclr-disable trustworthy-database */ ${isOn}\n/* sqlclr-enable native-call */ ${isOn}`;
  assert.deepEqual(rulesFoundIn(text), []);
});

test('a region that is not ended silences what is missing at the end of the text', () => {
  const text = 'CREATE ASSEMBLY Payroll';
  assert.ok(rulesFoundIn(text).includes('syntax-error'));
  assert.ok(!rulesFoundIn(`/* sqlclr-disable syntax-error */ ${text}`).includes('syntax-error'));
});

test('until a day a finding is silenced, and after it found again', () => {
  const text = `-- sqlclr-disable-next-line trustworthy-database until 2026-11-25 -- agreed\n${isOn}`;
  const on = (today: string): readonly string[] => rulesFoundIn(text, { ...defaultSettings, today });
  assert.deepEqual(on('2026-11-25'), []);
  assert.deepEqual(on('2026-11-26'), ['unused-suppression', 'trustworthy-database']);
  // Nobody has said which day it is.
  assert.deepEqual(rulesFoundIn(text), []);
  const undated = `/* sqlclr-disable until further notice */ ${isOn}`;
  assert.deepEqual(rulesFoundIn(undated), ['unused-suppression', 'trustworthy-database']);
});

const repeated = {
  'disabled lines': `-- sqlclr-disable-next-line trustworthy-database\n${isOn}\n`,
  'unused regions': '/* sqlclr-disable native-call */\n',
  'assemblies of one name': 'CREATE ASSEMBLY Payroll FROM 0x4D5A WITH PERMISSION_SET = SAFE;\n',
  'assemblies raised again': 'ALTER ASSEMBLY Payroll WITH PERMISSION_SET = UNSAFE;\n',
};

for (const [what, text] of Object.entries(repeated)) {
  test(`ten thousand ${what} take seconds at most`, () => {
    const before = process.cpuUsage().user;
    rulesFoundIn(`CREATE ASSEMBLY Payroll FROM 0x4D5A WITH PERMISSION_SET = SAFE;\n${text.repeat(10_000)}`);
    const seconds = (process.cpuUsage().user - before) / 1e6;
    assert.ok(seconds < 4, `${seconds} s of processor time`);
  });
}
