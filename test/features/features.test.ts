// Hover, outline and folding on small scripts, through the workspace.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';
import { sampleAssembly } from '../support/sample-assembly.js';

const uri = 'file:///a.sql';
const digits = Buffer.from(sampleAssembly()).toString('hex').toUpperCase();

/** The hover at `|`, which is taken out. */
function hoverAt(marked: string): { readonly on: string; readonly markdown: string } | undefined {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const workspace = workspaceOf(text);
  const hover = workspace.hover(uri, offset);
  return hover && { on: text.slice(hover.span.start, hover.span.end), markdown: hover.markdown };
}

function workspaceOf(text: string): Workspace {
  const workspace = new Workspace(nodePlatform);
  workspace.set(uri, text);
  return workspace;
}

test('hover on a permission set says what it lets do, and that strict security does not ask for it', () => {
  const hover = hoverAt("CREATE ASSEMBLY a FROM 'a.dll' WITH PERMISSION_SET = EXTERNAL_|ACCESS;");
  assert.equal(hover?.on, 'PERMISSION_SET = EXTERNAL_ACCESS');
  assert.match(hover.markdown, /files, the network/);
  assert.match(hover.markdown, /clr strict security/);
});

test('hover on bytes says what is inside', () => {
  const hover = hoverAt(`CREATE ASSEMBLY a FROM 0x4D|${digits.slice(2)} WITH PERMISSION_SET = SAFE;`);
  assert.equal(hover?.on, `0x${digits.slice(0, 32)}`);
  for (const part of [
    'Payroll\\.Calculation',
    '3\\.2\\.0\\.0',
    'GetTickCount in kernel32.dll',
    'Payroll.Salary::NetPay',
    'Payroll.Median::Finalize',
    '**Needs UNSAFE**, and is declared SAFE',
  ]) {
    assert.ok(hover.markdown.includes(part), part);
  }
});

test('hover on the name of an assembly says whether anything trusts it', () => {
  const create = `CREATE ASSEMBLY Pay|roll FROM 0x${digits} WITH PERMISSION_SET = SAFE;`;
  assert.match(hoverAt(create)?.markdown ?? '', /\*\*Refused\*\* on SQL Server 2022 with Msg 10343: it is not signed/);
  const hash = createHash('sha512').update(digits, 'hex').digest('hex');
  assert.match(
    hoverAt(`EXEC sys.sp_add_trusted_assembly 0x${hash}; ${create}`)?.markdown ?? '',
    /\*\*Trusted\*\* on SQL Server 2022: its hash is trusted/,
  );
  assert.match(
    hoverAt("CREATE ASSEMBLY Pay|roll FROM 'C:\\Payroll.dll';")?.markdown ?? '',
    /Whether SQL Server 2022 trusts it is not known/,
  );
});

test('hover on bytes that are no image says why', () => {
  assert.match(hoverAt('CREATE ASSEMBLY a FROM 0x50|4B;')?.markdown ?? '', /No assembly.*not begin with MZ/s);
});

test('hover on EXTERNAL NAME says what each part is bound to', () => {
  const script = `CREATE ASSEMBLY [Payroll.Calculation] FROM 0x${digits} WITH PERMISSION_SET = SAFE;\nGO\nCREATE FUNCTION f (@a money, @b int) RETURNS money AS EXTERNAL NAME `;
  assert.match(hoverAt(`${script}[Payroll|.Calculation].[Payroll.Salary].NetPay`)?.markdown ?? '', /SAFE/);
  assert.match(
    hoverAt(`${script}[Payroll.Calculation].[Payroll.|Salary].NetPay`)?.markdown ?? '',
    /class `Payroll.Salary`, public/,
  );
  assert.match(
    hoverAt(`${script}[Payroll.Calculation].[Payroll.Salary].Net|Pay`)?.markdown ?? '',
    /public static method .* with 2 parameters/,
  );
});

test('hover on a trusted hash says whose it is', () => {
  const hash = Buffer.from(nodePlatform.sha512(sampleAssembly())).toString('hex');
  const script = `CREATE ASSEMBLY a FROM 0x${digits};\nEXEC sys.sp_add_trusted_assembly 0x`;
  assert.match(hoverAt(`${script}|${hash};`)?.markdown ?? '', /bytes of \*\*Payroll/);
  assert.match(hoverAt(`${script}|${'00'.repeat(64)};`)?.markdown ?? '', /no bytes of this workspace/);
});

test('hover is silent on ordinary statements', () => {
  assert.equal(hoverAt('SELECT |1'), undefined);
});

test('names of the workspace are escaped in hovers', () => {
  const hover = hoverAt(
    'CREATE ASSEMBLY [x](command:evil)`<b>] FROM 0x4D5A; CREATE ASSEMBLY [a`]](command:evil)|] FROM 0x4D5A;',
  );
  assert.ok(hover);
  assert.doesNotMatch(hover.markdown.replace(/(`+).*?\1/gs, ''), /\]\(command:/);
});

test('the outline names statements of the field, with what they say', () => {
  const text =
    "CREATE ASSEMBLY a FROM 'a.dll';\nGO\nCREATE PROCEDURE dbo.p AS EXTERNAL NAME a.[N.C].M;\nGO\nSELECT 1;\nCREATE LOGIN l FROM CERTIFICATE c;";
  const outline = workspaceOf(text).symbols(uri);
  assert.deepEqual(
    outline.map(({ kind, name, detail }) => `${kind} ${name} ${detail}`),
    ['assembly a SAFE', 'procedure dbo.p a.N.C.M', 'principal l login'],
  );
});

test('bytes, block comments and statements of the field fold', () => {
  const text = 'CREATE ASSEMBLY a FROM 0x4D5A\\\n90\nWITH PERMISSION_SET = SAFE\n/* a\nb */\nSELECT 1';
  const kinds = workspaceOf(text)
    .foldings(uri)
    .map(({ kind, span }) => `${kind} ${text.slice(span.start, span.end).split('\n').length}`);
  assert.deepEqual(kinds, ['literal 2', 'comment 2', 'statement 3']);
});
