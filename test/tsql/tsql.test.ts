// T-SQL in, its tree out as text: the pages beside this file. UPDATE=1 writes them anew; read the difference as behaviour.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { TokenKind, tokenize } from '../../server/analysis/tsql/lexer.js';
import { allStatements, type Script } from '../../server/analysis/tsql/nodes.js';
import { parseScript } from '../../server/analysis/tsql/parser.js';
import { syntaxReport } from '../../server/analysis/tsql/syntax-report.js';

const pages = ['assemblies', 'modules', 'security', 'execution', 'recovery'];

for (const page of pages) {
  const file = `test/tsql/${page}.md`;
  const source = readFileSync(file, 'utf8');
  const update = process.env['UPDATE'] === '1';
  let updated = source;
  for (const sample of source.matchAll(/^## (.+)\n[^]*?^```sql\n([^]*?)^```\n(?:\n```tree\n([^]*?)^```\n)?/gm)) {
    const [whole, title, sql = '', expected = ''] = sample;
    const tree = printed(parseScript(sql), sql);
    if (update) {
      const head = whole.slice(0, whole.indexOf('```sql'));
      updated = updated.replace(whole, () => `${head}\`\`\`sql\n${sql}\`\`\`\n\n\`\`\`tree\n${tree}\`\`\`\n`);
    } else test(`${page}: ${title}`, () => assert.equal(tree, expected));
  }
  if (update) writeFileSync(file, updated);
}

/** A line a statement, with what it says; errors last. A span is given as the text it covers. */
function printed(script: Script, text: string): string {
  const lines: string[] = [];
  for (const batch of script.batches) {
    lines.push(batch.count === undefined ? 'batch' : `batch × ${batch.count}`);
    for (const statement of batch.statements) lines.push(...node(statement, text, '  '));
  }
  for (const error of script.errors)
    lines.push(`error at '${text.slice(error.span.start, error.span.end)}': ${error.message}`);
  return `${lines.join('\n')}\n`;
}

function node(value: object, text: string, indent: string): string[] {
  const record = value as Record<string, unknown>;
  const parts: string[] = [];
  const nested: string[] = [];
  for (const [key, part] of Object.entries(record)) {
    if (key === 'kind' || key === 'constants' || (key === 'conditional' && part === false)) continue;
    if (key === 'body' && Array.isArray(part))
      for (const item of part) nested.push(...node(item as object, text, `${indent}  `));
    else if (key === 'executed')
      for (const item of allStatements(part as Script)) nested.push(...node(item, text, `${indent}  > `));
    else if (!(Array.isArray(part) && part.length === 0) && part !== false) parts.push(`${key}=${short(part, text)}`);
  }
  return [`${indent}${String(record['kind'])} ${parts.join(' ')}`, ...nested];
}

function short(value: unknown, text: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => short(item, text)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const record = value as Record<string, unknown>;
  if ('start' in record && 'end' in record)
    return `‹${text.slice(Number(record['start']), Number(record['end'])).replace(/\s+/g, ' ')}›`;
  if ('parts' in record && Array.isArray(record['parts']))
    return record['parts'].map((part: unknown) => (part ? short(part, text) : '')).join('.');
  if ('quote' in record) return String(record['value']);
  const { span: _, ...rest } = record;
  return `{${Object.entries(rest)
    .filter(([, part]) => part !== false)
    .map(([key, part]) => `${key}:${short(part, text)}`)
    .join(' ')}}`;
}

const pieces = fc.constantFrom(
  'CREATE ASSEMBLY a ',
  'FROM 0x4D5A',
  'WITH PERMISSION_SET = SAFE',
  '\nGO\n',
  "EXEC('",
  "'')",
  "'",
  '"',
  '[',
  ']',
  '/*',
  '*/',
  '-- x\n',
  '$(a',
  ')',
  '(',
  ';',
  ',',
  '.',
  '@v',
  'DECLARE @v nvarchar(max) = ',
  'SET @v += ',
  'IF 1=1 ',
  'BEGIN ',
  ' END ',
  'ELSE ',
  'EXTERNAL NAME a.b.c',
  ' AS ',
  'CREATE PROCEDURE p ',
  'GRANT UNSAFE ASSEMBLY TO ',
  '0x',
  '\\\n',
  ':r x\n',
  'N',
  'ALTER ',
  'DROP ',
  'CONVERT(varbinary(max), ',
  ' + ',
  '<a, b, c>',
  'CASE ',
  '\u00e9',
  '\ud800',
  '\0',
  'SELECT @v = ',
  'WITH (',
  'TRUSTWORTHY ON',
);
const scripts = fc.oneof(
  fc.string(),
  fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
  fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(' ')),
);

test('tokens and comments lie in order inside the text, and only white space between them', () => {
  fc.assert(
    fc.property(scripts, (text) => {
      const { kinds, starts, ends, count, comments } = tokenize(text);
      const spans: [number, number][] = [];
      for (let index = 0; index < count - 1; index++) spans.push([starts[index] ?? 0, ends[index] ?? 0]);
      for (let index = 0; index < comments.length; index += 3)
        spans.push([comments[index] ?? 0, comments[index + 1] ?? 0]);
      spans.sort((a, b) => a[0] - b[0]);
      let at = 0;
      for (const [start, end] of spans) {
        assert.ok(start >= at && end > start && end <= text.length);
        assert.match(text.slice(at, start), /^[\s\u200b\ufeff\u0085;]*$/);
        at = end;
      }
      assert.equal(kinds[count - 1], TokenKind.end);
    }),
    { numRuns: 600 },
  );
});

test('any text parses; spans lie inside it, and statements of a batch inside the batch', () => {
  fc.assert(
    fc.property(scripts, (text) => {
      const script = parseScript(text);
      for (const batch of script.batches) {
        for (const statement of batch.statements)
          assert.ok(batch.span.start <= statement.span.start && statement.span.end <= batch.span.end);
      }
      for (const { span } of [...allStatements(script), ...script.errors])
        assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length);
      syntaxReport(script, text);
    }),
    { numRuns: 600 },
  );
});

test('a megabyte of ordinary script takes under a second', () => {
  const text =
    'INSERT INTO dbo.Orders (id, name) SELECT o.id, o.name FROM staging.Orders AS o WHERE o.loaded = 0; -- once\n'.repeat(
      9_500,
    );
  parseScript(text.slice(0, 50_000));
  assert.ok(Math.min(elapsed(text), elapsed(text), elapsed(text)) < 1000);
});

test('no shape of text costs more than its length', () => {
  const shapes = [
    '/* /* ',
    "'",
    '(',
    'BEGIN ',
    'IF 1 = 1 ',
    "SET @v = @v + '4D5A';\n",
    "EXEC('EXEC(''SELECT 1'')');\n",
    'GO\n',
    '<a, ',
    '$(a',
    'CASE ',
    'a.',
    '@v=',
    'CREATE ASSEMBLY a FROM ',
    'GRANT a, ',
    '-- \n',
    '0x\\\n',
    '[',
    'CONVERT(',
    'CREATE PROCEDURE p AS EXTERNAL NAME a.b.c\n',
    '- ',
    'CAST(1 AS ',
  ];
  for (const shape of shapes) {
    // Quadratic work on 400 KB would take minutes; the bound leaves room for a busy machine.
    assert.ok(elapsed(shape.repeat(Math.ceil(400_000 / shape.length))) < 5000, JSON.stringify(shape));
  }
});

test('variables cost what is done with them, not what they hold', () => {
  const declared = Array.from({ length: 12_000 }, (_, index) => `@v${index} int = 1`).join(', ');
  const start = "DECLARE @v varchar(max) = '';\n";
  const scripts = [
    `DECLARE ${declared}\n${'IF 1 = 1 PRINT 1\n'.repeat(12_000)}`,
    start + "SET @v += 'x'; EXEC dbo.p @v;\n".repeat(12_000),
    start + "SET @v += 'x'; EXEC (@v);\n".repeat(12_000),
    start + "SET @v = 'x' + @v;\n".repeat(12_000),
  ];
  for (const script of scripts) assert.ok(elapsed(script) < 5000, script.slice(-40));
});

/** Milliseconds of processor time: what else the machine does is no matter. */
function elapsed(text: string): number {
  const start = process.cpuUsage();
  parseScript(text);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
