// sqlclr-lint.json: what it says, and where it is wrong.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readConfiguration, type ReadConfiguration } from '../../server/configuration/configuration.js';
import { presets } from '../../server/configuration/presets.js';
import { isRuleName } from '../../server/analysis/workspace.js';
import { Levels } from '../../server/analysis/rules/levels.js';
import type { Finding, Severity } from '../../server/analysis/rules/rule.js';

const own = 'file:///p/sqlclr-lint.json';

function read(files: Readonly<Record<string, string>>): Promise<ReadConfiguration> {
  return readConfiguration(own, (uri) => Promise.resolve(files[uri.slice('file:///p/'.length)]));
}

/** How severe a warning of a rule is in a file. */
function severityOf({ configuration }: ReadConfiguration, uri: string, rule: string): Severity | undefined {
  const finding: Finding = {
    rule,
    severity: 'warning',
    message: '',
    uri,
    span: { start: 0, end: 0 },
    related: [],
    fixes: [],
    sqlErrors: [],
    phase: 'review',
    tags: [],
  };
  return new Levels({}, configuration.overrides).applied(uri, [finding])[0]?.severity;
}

suite('configuration', () => {
  test('everything there is to say', async () => {
    const { configuration, problems, uris } = await read({
      'sqlclr-lint.json': `// ours
{
  "$schema": "https://example.org/schema.json",
  "target": "sql-server-2016",
  "clrStrictSecurity": false,
  "suppressions": false,
  "codePage": "gbk",
  "known": { "assemblies": ["Base"], "sysadmins": ["CORP\\\\dba"] },
  "rules": {},
}`,
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(uris, [own]);
    const { overrides, isIgnored, ...rest } = configuration;
    assert.deepEqual(rest, {
      target: 'sql-server-2016',
      clrStrictSecurity: false,
      suppressions: false,
      codePage: 'gbk',
      known: { assemblies: ['Base'], sysadmins: ['CORP\\dba'] },
    });
    assert.equal(overrides.length, 1);
    assert.equal(isIgnored('file:///p/a.sql'), false);
  });

  test('files below are outranked by those that extend them, in their order', async () => {
    const found = await read({
      'sqlclr-lint.json': `{ "extends": ["./a.json", "./team/b.json"], "rules": { "weak-*": "hint" } }`,
      'a.json': '{ "target": "sql-server-2012", "rules": { "clr-enabled": "off", "native-call": "error" } }',
      'team/b.json': '{ "extends": "../c.json", "rules": { "clr-enabled": "default", "weak-tls": "error" } }',
      'c.json': '{ "target": "sql-server-2019", "clrStrictSecurity": true }',
    });
    assert.deepEqual(found.problems, []);
    assert.deepEqual(found.uris, [own, 'file:///p/a.json', 'file:///p/team/b.json', 'file:///p/c.json']);
    const { target, clrStrictSecurity } = found.configuration;
    assert.deepEqual({ target, clrStrictSecurity }, { target: 'sql-server-2019', clrStrictSecurity: true });
    const levels = ['clr-enabled', 'native-call', 'weak-tls', 'finalizer'].map((rule) => severityOf(found, own, rule));
    assert.deepEqual(levels, ['warning', 'error', 'hint', 'warning']);
  });

  test('of what the server has, a file outranks only what it says itself', async () => {
    const found = await read({
      'sqlclr-lint.json': '{ "extends": "./base.json", "known": { "assemblies": ["Own"] } }',
      'base.json': '{ "known": { "assemblies": ["Base"], "sysadmins": ["dba"] } }',
    });
    assert.deepEqual(found.configuration.known, { assemblies: ['Own'], sysadmins: ['dba'] });
  });

  test('an override holds for the files its patterns name, and the last that names one decides', async () => {
    const found = await read({
      'sqlclr-lint.json': `{
  "rules": { "*": "downgrade", "finalizer": "off" },
  "overrides": [
    { "files": ["tests/", "*.demo.sql"], "rules": { "*": "off" } },
    { "files": ["/tests/live/**", "!/tests/live/old.sql"], "rules": { "finalizer": "upgrade" } }
  ]
}`,
    });
    assert.deepEqual(found.problems, []);
    const of = (rule: string, ...files: readonly string[]): readonly (Severity | undefined)[] =>
      files.map((file) => severityOf(found, `file:///p/${file}`, rule));
    const files = ['a.sql', 'tests/a.sql', 'deep/a.demo.sql', 'tests/live/a.sql', 'tests/live/old.sql'];
    assert.deepEqual(of('native-call', ...files), ['information', undefined, undefined, undefined, undefined]);
    assert.deepEqual(of('finalizer', ...files), [undefined, undefined, undefined, 'error', undefined]);
  });

  test('a file at the root of all has patterns as any other', async () => {
    const text = '{ "ignore": ["old/"] }';
    const { configuration } = await readConfiguration('vscode-vfs://mount/sqlclr-lint.json', () =>
      Promise.resolve(text),
    );
    const ignored = ['old/a.sql', 'new/a.sql'].map((name) => configuration.isIgnored(`vscode-vfs://mount/${name}`));
    assert.deepEqual(ignored, [true, false]);
  });

  test('presets', async () => {
    for (const [preset, severity, suppressions] of [
      ['recommended', 'warning', undefined],
      ['strict', 'error', undefined],
      ['audit', 'warning', false],
    ] as const) {
      const found = await read({ 'sqlclr-lint.json': `{ "extends": "${preset}" }` });
      assert.equal(severityOf(found, own, 'finalizer'), severity);
      assert.equal(found.configuration.suppressions, suppressions);
    }
  });

  test('what a baseline asks is an error, and nothing else changes', async () => {
    const found = await read({
      'sqlclr-lint.json': '{ "extends": ["cis", "stig"], "rules": { "clr-enabled": "hint" } }',
    });
    const severities = ['trustworthy-database', 'unsafe-permission-set', 'clr-enabled', 'finalizer'].map((rule) =>
      severityOf(found, own, rule),
    );
    assert.deepEqual(severities, ['error', 'error', 'hint', 'warning']);
    const stig = await read({ 'sqlclr-lint.json': '{ "extends": "stig" }' });
    assert.equal(severityOf(stig, own, 'routine-granted-to-public'), 'error');
    assert.equal(severityOf(stig, own, 'clr-strict-security-disabled'), 'warning');
  });

  test('every rule that a preset names is one', () => {
    for (const { rules } of Object.values(presets))
      for (const name of Object.keys(rules)) assert.ok(isRuleName(name), name);
  });

  const wrong: readonly (readonly [text: string, says: readonly (string | RegExp)[]])[] = [
    ['[]', ['1: the file must hold an object']],
    ['', ['1: ValueExpected']],
    ['{ "target": ', ['1: ValueExpected', '1: CloseBraceExpected']],
    ['{\n  "target": "oracle"\n}', [/^2: target is sql-server-2005, .* or amazon-rds$/]],
    ['{\n\n  "colour": 1 }', ['3: there is no setting colour']],
    [
      '{ "clrStrictSecurity": "on",\n"suppressions": 1 }',
      ['1: clrStrictSecurity is true or false', '2: suppressions is true or false'],
    ],
    ['{ "codePage": 1252 }', ['1: codePage is a text']],
    ['{ "rules": [] }', ['1: rules is an object']],
    [
      '{ "rules": { "no-such-rule": "off",\n"no-*-rule": "off" } }',
      ['1: there is no rule no-such-rule', '2: there is no rule no-*-rule'],
    ],
    [
      '{ "rules": {\n "finalizer": 1 } }',
      ['2: finalizer is error, warning, information, hint, off, default, downgrade or upgrade'],
    ],
    ['{ "overrides": [{ "rules": {} }] }', ['1: an override says which files it holds for']],
    [
      '{ "overrides": [{ "files": "a" }] }',
      ['1: files is a list of texts', '1: an override says which files it holds for'],
    ],
    ['{ "overrides": {} }', ['1: overrides is a list of objects']],
    ['{ "known": { "logins": [] } }', ['1: there is no setting logins']],
    ['{ "ignore": [1] }', ['1: ignore is a list of texts']],
    ['{ "extends": 1 }', ['1: extends is a name, or a list of names']],
    ['{ "extends": "./gone.json" }', ['1: ./gone.json cannot be read']],
    ['{ "extends": "./sqlclr-lint.json" }', ['1: ./sqlclr-lint.json extends this file']],
    ...[
      'constructor',
      '//server/share/a.json',
      '\\\\\\\\server\\\\share',
      'C:/a.json',
      '/etc/a.json',
      'https://example.org/a.json',
      './a\\\\b.json',
      './\\ud800.json',
    ].map((name): (typeof wrong)[number] => [
      `{ "extends": "${name}" }`,
      [`1: extends is recommended, strict, audit, cis, stig, or a path that begins with ./ or ../; not "${name}"`],
    ]),
  ];
  for (const [text, says] of wrong) {
    test(JSON.stringify(text), async () => {
      const { problems } = await read({ 'sqlclr-lint.json': text });
      const said = problems.map(({ line, message }) => `${line}: ${message}`);
      assert.equal(said.length, says.length, said.join('\n'));
      for (const [index, one] of said.entries()) {
        const wanted = says[index];
        if (wanted instanceof RegExp) assert.match(one, wanted);
        else assert.equal(one, wanted);
      }
    });
  }

  test('files that extend one another end somewhere', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`${index}.json`, `{ "extends": "./${index + 1}.json" }`]),
    );
    const { problems } = await read({ ...files, 'sqlclr-lint.json': '{ "extends": "./0.json" }' });
    assert.deepEqual(
      problems.map(({ message }) => message),
      ['more than 10 files extend one another'],
    );
  });

  test('files that extend many, which extend many, are not all read', async () => {
    const many = (next: number): string =>
      JSON.stringify({ extends: Array.from({ length: 200 }, () => `./${next}.json`) });
    const files = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`${index}.json`, many(index + 1)]));
    const { problems } = await read({ ...files, 'sqlclr-lint.json': many(0) });
    assert.ok(problems.some(({ message }) => message === 'more than 50 files are extended in all'));
  });

  test('a file that is not there', async () => {
    assert.deepEqual(
      (await read({})).problems.map(({ message }) => message),
      ['it cannot be read'],
    );
  });

  test('what is too long, nested too deep, or wrong all over is told once and costs little', async () => {
    const start = process.cpuUsage();
    const deep = await read({ 'sqlclr-lint.json': `{ "target": ${'['.repeat(100_000)} }` });
    assert.deepEqual(
      deep.problems.map(({ message }) => message),
      ['too much is nested in the file'],
    );
    const long = await read({ 'sqlclr-lint.json': `{ "target": "${'x'.repeat(300_000)}" }` });
    assert.deepEqual(
      long.problems.map(({ message }) => message),
      ['the file is too long'],
    );
    const keys = Array.from({ length: 20_000 }, (_, index) => `"k${index}": 1`).join(',\n');
    assert.equal((await read({ 'sqlclr-lint.json': `{ ${keys} }` })).problems.length, 100);
    assert.ok(process.cpuUsage(start).user < 3e6);
  });
});
