// What the command line prints: text, JSON, SARIF, GitHub's annotations.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import ajvFormats from 'ajv-formats';
import Ajv from 'ajv-draft-04';
import { SaxesParser } from 'saxes';
import { Folder } from '../support/command-line.js';

const script = 'SELECT 1;\nALTER DATABASE Payroll SET TRUSTWORTHY ON;\n';

interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: {
          readonly rules: readonly { readonly id: string; readonly help: { readonly markdown: string } }[];
        };
      };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly partialFingerprints: Readonly<Record<string, string>>;
        readonly fixes?: readonly object[];
        readonly codeFlows?: readonly CodeFlow[];
      }[];
    },
  ];
}

interface CodeFlow {
  readonly threadFlows: readonly [{ readonly locations: readonly FlowStep[] }];
}

interface FlowStep {
  readonly location: {
    readonly physicalLocation: { readonly region: { readonly startLine: number } };
    readonly message: { readonly text: string };
  };
}

function sarifOf(folder: Folder, ...args: readonly string[]): Sarif {
  return JSON.parse(folder.run(...args, '--format', 'sarif').out);
}

test('text points at the code and offers the fix', (t) => {
  const folder = new Folder(t, { 'a.sql': script });
  assert.equal(
    folder.run('a.sql').out,
    `a.sql:2:28 warning TRUSTWORTHY is ON for database Payroll [trustworthy-database]
  2 | ALTER DATABASE Payroll SET TRUSTWORTHY ON;
    |                            ^^^^^^^^^^^^^^
  help Set TRUSTWORTHY OFF

1 warning in 1 file
`,
  );
});

test('the problem matcher of the manifest reads the text', (t) => {
  const folder = new Folder(t, { 'sub folder/a.sql': `CREATE ASSEMBLY x FROM 'x.dll';\n${script}` });
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const [{ pattern }] = manifest.contributes.problemMatchers;
  const { file, line, column, severity, message, code } = pattern;
  const expression = new RegExp(pattern.regexp);
  const { out } = folder.run('.', '--severity', 'trustworthy-database=error');
  const read = out.split('\n').flatMap((each) => {
    const match = expression.exec(each);
    return match ? [[file, line, column, severity, code, message].map((index) => match[index])] : [];
  });
  assert.equal(read.length, folder.json('.').length);
  assert.deepEqual(read.at(-1), [
    ...['sub folder/a.sql', '3', '28', 'error', 'trustworthy-database', 'TRUSTWORTHY is ON for database Payroll'],
  ]);
});

test('a long line is cut around what it is about', (t) => {
  const pad = '/*' + 'x'.repeat(1_500_000) + '*/';
  const folder = new Folder(t, { 'a.sql': `${pad}ALTER DATABASE Payroll SET TRUSTWORTHY ON;${pad}` });
  const lines = folder.run('a.sql').out.split('\n');
  const [code = '', carets = ''] = lines.slice(1);
  assert.ok(lines.every((line) => line.length < 200));
  assert.equal(code.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1), 'TRUSTWORTHY ON');
});

test('colour is for terminals, or where it is asked for', (t) => {
  const folder = new Folder(t, { 'a.sql': script });
  const coloured = (env: Readonly<Record<string, string>>): boolean =>
    folder.runWith(env, 'a.sql').out.includes('\u001b[');
  assert.equal(coloured({}), false);
  assert.equal(coloured({ FORCE_COLOR: '1' }), true);
  assert.equal(coloured({ FORCE_COLOR: '1', NO_COLOR: '1' }), false);
});

test('JSON has the fields that scripts rely on, counted from 1', (t) => {
  const folder = new Folder(t, { 'sub/a.sql': script });
  assert.deepEqual(folder.json('sub'), [
    {
      file: 'sub/a.sql',
      line: 2,
      column: 28,
      endLine: 2,
      endColumn: 42,
      rule: 'trustworthy-database',
      severity: 'warning',
      message: 'TRUSTWORTHY is ON for database Payroll',
      sqlErrors: [],
      phase: 'review',
      related: [],
    },
  ]);
});

test('GitHub annotations escape what they carry', (t) => {
  const folder = new Folder(t, { 'a,b:%.sql': script });
  assert.equal(
    folder.run('.', '--format', 'github').out,
    '::warning file=a%2Cb%3A%25.sql,line=2,col=28,endLine=2,endColumn=42,title=trustworthy-database::TRUSTWORTHY is ON for database Payroll\n',
  );
});

test('a hostile name in a script is printed, not obeyed', (t) => {
  const folder = new Folder(t, { 'a.sql': 'ALTER DATABASE [a\u001b[31m\u202e] SET TRUSTWORTHY ON;\n' });
  for (const format of ['text', 'github']) {
    const { out } = folder.run('a.sql', '--format', format);
    assert.match(out, /database a\ufffd\[31m\ufffd/, format);
    assert.doesNotMatch(out, /[\u001b\u202e]/, format);
  }
});

test('SARIF of the sample is valid, and its rules have their pages', () => {
  const schema: object = JSON.parse(
    readFileSync('node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', 'utf8'),
  );
  const addFormats = ajvFormats.default;
  const ajv = new Ajv({ strict: false, unicodeRegExp: false });
  addFormats(ajv as unknown as Parameters<typeof addFormats>[0]);
  const validate = ajv.compile(schema);
  const log = sampleLog();
  assert.ok(validate(log), JSON.stringify(validate.errors?.slice(0, 3)));
  const [{ tool, results }] = log.runs;
  assert.ok(results.length > 10);
  assert.ok(results.some(({ fixes }) => fixes));
  for (const { ruleId, ruleIndex } of results) assert.equal(tool.driver.rules[ruleIndex]?.id, ruleId);
  for (const { id, help } of tool.driver.rules) assert.ok(help.markdown.startsWith(`# ${id}\n`), `page of ${id}`);
  assert.equal(validate({ ...log, version: '3' }), false);
});

function sampleLog(): Sarif {
  const args = ['dist-test/cli.cjs', 'docs/sample', '--format', 'sarif', '--fail-on', 'never'];
  return JSON.parse(spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout);
}

test('a fingerprint stays where lines move, and tells two of a kind apart', (t) => {
  const folder = new Folder(t, { 'a.sql': script + script });
  const prints = (): readonly (string | undefined)[] =>
    sarifOf(folder, 'a.sql').runs[0].results.map(({ partialFingerprints }) => Object.values(partialFingerprints)[0]);
  const before = prints();
  assert.equal(new Set(before).size, 2);
  folder.write('a.sql', `-- moved\n\n${script}${script}`);
  assert.deepEqual(prints(), before);
});

test('SARIF has the way to a finding step by step', (t) => {
  const folder = new Folder(t, {
    'a.sql': "CREATE ASSEMBLY A FROM 'A.dll' WITH PERMISSION_SET = SAFE;",
    'a.csproj':
      '<Project><PropertyGroup><AssemblyName>A</AssemblyName></PropertyGroup><ItemGroup><Compile Include="a.cs" /></ItemGroup></Project>',
    'a.cs': `using System.Data.SqlTypes;
public class A {
  [Microsoft.SqlServer.Server.SqlProcedure] public static void Run(SqlString name) { Read(name.Value); }
  static void Read(string path) { System.IO.File.ReadAllText(path); }
}`,
  });
  const flows = sarifOf(folder, '.').runs[0].results.map(({ ruleId, codeFlows: [flow] = [] }) => {
    const steps = flow?.threadFlows[0].locations.map(({ location: { physicalLocation, message } }) => {
      return `${physicalLocation.region.startLine} ${message.text}`;
    });
    return [ruleId, steps ?? []] as const;
  });
  const [steps = []] = flows.flatMap(([rule, found]) => (rule === 'unvalidated-path' ? [found] : []));
  assert.deepEqual(steps, [
    '3 T-SQL gives parameter name of A::Run',
    '3 A::Run hands it to A::Read',
    '4 A::Read hands it to System.IO.File::ReadAllText',
    '4 A::Read uses parameter name of A::Run as a path in System.IO.File::ReadAllText',
  ]);
});

test('JUnit has a suite for each file, and a test that fails for each finding', (t) => {
  const name = 'a<&">\u001b.sql';
  const folder = new Folder(t, { [name]: `${script}-- sqlclr-disable-next-line nothing\n`, 'clean.sql': 'SELECT 1;' });
  const { out } = folder.run('.', '--format', 'junit');
  const seen: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => assert.fail(error.message));
  parser.on('opentag', ({ name: tag, attributes }) => seen.push(`${tag} ${JSON.stringify(attributes)}`));
  parser.on('text', (text) => text.trim() !== '' && seen.push(text));
  parser.write(out).close();
  const file = 'a<&">\\u001b.sql';
  assert.deepEqual(seen, [
    'testsuites {"name":"sqlclr-lint","tests":"3","failures":"2","errors":"0"}',
    `testsuite ${JSON.stringify({ name: file, tests: '2', failures: '2', errors: '0', time: '0' })}`,
    `testcase ${JSON.stringify({ name: 'trustworthy-database 2:28', classname: file, time: '0' })}`,
    'failure {"type":"warning","message":"TRUSTWORTHY is ON for database Payroll"}',
    `${file}:2:28`,
    `testcase ${JSON.stringify({ name: 'unused-suppression 3:29', classname: file, time: '0' })}`,
    'failure {"type":"hint","message":"Rule nothing finds nothing here"}',
    `${file}:3:29`,
    'testsuite {"name":"clean.sql","tests":"1","failures":"0","errors":"0","time":"0"}',
    'testcase {"name":"clean.sql","classname":"sqlclr-lint","time":"0"}',
  ]);
});

test('GitLab has fingerprints that lines above leave as they are', (t) => {
  const folder = new Folder(t, { 'a.sql': `${script}${script}` });
  const issues = (): { fingerprint: string; location: { lines: { begin: number } } }[] =>
    JSON.parse(folder.run('.', '--format', 'gitlab').out);
  const [first, second] = issues();
  assert.deepEqual(first, {
    description: 'TRUSTWORTHY is ON for database Payroll',
    check_name: 'trustworthy-database',
    fingerprint: first?.fingerprint,
    severity: 'major',
    location: { path: 'a.sql', lines: { begin: 2, end: 2 } },
  });
  assert.match(first?.fingerprint ?? '', /^[0-9a-f]{32}$/);
  assert.notEqual(first?.fingerprint, second?.fingerprint);
  folder.write('a.sql', `-- one line more\n${script}${script}`);
  const after = issues();
  assert.equal(after[0]?.location.lines.begin, 3);
  assert.deepEqual(
    after.map(({ fingerprint }) => fingerprint),
    [first?.fingerprint, second?.fingerprint],
  );
});

test('Azure Pipelines has issues for errors and warnings, and lines for what is less', (t) => {
  const folder = new Folder(t, { 'a;].sql': `${script}-- sqlclr-disable-next-line nothing\n` });
  const { out } = folder.run('.', '--format', 'azure');
  assert.deepEqual(out.split('\n'), [
    '##vso[task.logissue type=warning;sourcepath=a%3B%5D.sql;linenumber=2;columnnumber=28;code=trustworthy-database;]TRUSTWORTHY is ON for database Payroll',
    'a;].sql:3:29 hint Rule nothing finds nothing here [unused-suppression]',
    '',
  ]);
});

test('Checkstyle has an element for each file with findings, and severities of its own', (t) => {
  const name = 'a<&">.sql';
  const folder = new Folder(t, { [name]: `${script}-- sqlclr-disable-next-line nothing\n`, 'clean.sql': 'SELECT 1;' });
  const seen: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => assert.fail(error.message));
  parser.on('opentag', ({ name: tag, attributes }) => seen.push(`${tag} ${JSON.stringify(attributes)}`));
  parser.write(folder.run('.', '--format', 'checkstyle').out).close();
  const error = (line: string, column: string, severity: string, message: string, rule: string): string =>
    `error ${JSON.stringify({ line, column, severity, message, source: `sqlclr-lint.${rule}` })}`;
  assert.deepEqual(seen, [
    'checkstyle {"version":"4.3"}',
    `file ${JSON.stringify({ name })}`,
    error('2', '28', 'warning', 'TRUSTWORTHY is ON for database Payroll', 'trustworthy-database'),
    error('3', '29', 'info', 'Rule nothing finds nothing here', 'unused-suppression'),
  ]);
});

test('reviewdog counts columns in bytes of UTF-8, and gets fixes that are one edit', (t) => {
  // "é" has two bytes, "€" three, and what takes two UTF-16 units four.
  const lead = `/* é€𐐀 ${'€'.repeat(5000)} */ `;
  const folder = new Folder(t, { 'a.sql': `-- ü\n${lead}${script.slice(script.indexOf('ALTER'))}` });
  const { source, diagnostics } = JSON.parse(folder.run('.', '--format', 'rdjson').out);
  const { url } = diagnostics[0].code;
  const column = Buffer.byteLength(lead) + 28;
  const range = { start: { line: 2, column }, end: { line: 2, column: column + 'TRUSTWORTHY ON'.length } };
  assert.equal(source.name, 'sqlclr-lint');
  assert.deepEqual(diagnostics, [
    {
      message: 'TRUSTWORTHY is ON for database Payroll',
      location: { path: 'a.sql', range },
      severity: 'WARNING',
      code: { value: 'trustworthy-database', url },
      suggestions: [{ range, text: 'TRUSTWORTHY OFF' }],
    },
  ]);
  assert.match(url, /^https:.*\/trustworthy-database/);
});
