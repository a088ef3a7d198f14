// An assembly as a document: a page of whole texts (UPDATE=1 writes it), what leads where, and that nothing in untrusted
// bytes passes for anything else.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { assemblyTypes } from '../../server/analysis/features/assembly-types.js';
import type { DocumentSymbol } from '../../server/analysis/features/feature.js';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { declarationAt, Workspace, type AssemblyDocument } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';
import { sampleAssembly } from '../support/sample-assembly.js';

const page = 'test/features/assembly-document.md';
const folder = 'file:///payroll';

function sampleWorkspace(): Workspace {
  const workspace = new Workspace(nodePlatform);
  for (const name of readdirSync('docs/sample').filter((each) => each.endsWith('.sql')))
    workspace.set(`${folder}/${name}`, readFileSync(`docs/sample/${name}`, 'utf8'));
  return workspace;
}

function documentOf(bytes: Uint8Array, name = 'a.dll'): AssemblyDocument {
  const workspace = new Workspace(nodePlatform);
  workspace.set(`${folder}/${name}`, bytes);
  const document = workspace.assemblyDocument(`${folder}/${name}`, 0);
  assert.ok(document);
  return document;
}

function sampleDocument(): AssemblyDocument {
  const document = sampleWorkspace().assemblyDocument(`${folder}/02-assembly.sql`, 0);
  assert.ok(document);
  return document;
}

const calls = readFileSync('test/assemblies/Calls.dll');

suite('text', () => {
  const documents: Readonly<Record<string, () => AssemblyDocument>> = {
    'An assembly that a script embeds and others bind': sampleDocument,
    'Generics, and what the compiler makes': () => documentOf(calls, 'Calls.dll'),
    'Bytes that are no assembly': () => documentOf(Uint8Array.of(0x4d, 0x5a), 'odd name.dll'),
  };
  const written = Object.entries(documents)
    .map(([title, make]) => `\n## ${title}\n\n\`\`\`text\n${make().text}\`\`\`\n`)
    .join('');
  const whole = `# Assemblies as documents\n\nWhat *Show Assembly* opens, in whole.\n${written}`;

  test('is that of the page', () => {
    if (process.env['UPDATE']) writeFileSync(page, whole);
    assert.equal(whole, readFileSync(page, 'utf8'));
  });

  test('of a script says where it is and what is bound to it', () => {
    const { text } = sampleDocument();
    assert.match(text, /^\/\/ Stands in {6}02-assembly\.sql, line \d+: CREATE ASSEMBLY Payroll\.Calculation$/m);
    assert.match(text, /^\/\/ Deployed as {4}Payroll\.Calculation, permission set SAFE, owner dbo$/m);
    assert.match(text, /^function dbo\.Html = Payroll\.Salary::Html {2}\/\/ 03-routines\.sql, line \d+$/m);
    assert.match(text, /^pinvoke kernel32\.dll GetTickCount = Payroll\.Salary::GetTickCount$/m);
  });

  test('stops where it is too long, and says so', () => {
    const { image } = readAssembly(sampleAssembly(), nodePlatform);
    assert.ok(image);
    for (const limit of [
      { lines: 30, characters: 1e9 },
      { lines: 1e9, characters: 1_000 },
    ]) {
      const cut = assemblyTypes(image, limit);
      assert.match(cut.text, /^\/\/ Cut here, for the document is too long: the rest of this method is not shown\.$/m);
      assert.match(cut.text, /^\/\/ Cut here.*: \d+ types more are not shown\.$/m);
      assert.ok(cut.lines < 50);
    }
  });
});

suite('what leads where', () => {
  function declared(document: AssemblyDocument, on: string, within = on): string | undefined {
    const at = document.text.indexOf(on) + on.indexOf(within) + 1;
    const { target } = declarationAt(document, at) ?? {};
    if (!target || target.uri !== undefined) return target?.uri;
    const lineStart = document.text.lastIndexOf('\n', target.span.start) + 1;
    return document.text.slice(lineStart, document.text.indexOf('\n', target.span.start)).trim();
  }

  test('a call leads to the method, a field access to the field', () => {
    const document = sampleDocument();
    assert.match(declared(document, 'call uint32 Payroll.Salary::GetTickCount', 'GetTickCount') ?? '', /^\.method /);
    assert.match(
      declared(document, 'stsfld [mscorlib]System.Decimal Payroll.Salary::lastRate', 'lastRate') ?? '',
      /^\.field .* lastRate$/,
    );
    assert.equal(declared(document, '::get_IsNull'), undefined);
  });

  test('a branch leads to its label, in the same method', () => {
    const document = sampleDocument();
    assert.equal(declared(document, 'leave IL_0013', 'IL_0013'), 'IL_0013: ret');
  });

  test('the overview leads to members and into scripts', () => {
    const document = sampleDocument();
    assert.match(declared(document, '= Payroll.Salary::Html', 'Html') ?? '', /^\.method public static .* Html\(/);
    assert.equal(declared(document, '03-routines.sql, line'), `${folder}/03-routines.sql`);
    const shown = document.links
      .slice(0, document.overview)
      .map(({ span }) => document.text.slice(span.start, span.end));
    assert.ok(shown.includes('Payroll.Median::Finalize'), shown.join());
  });

  test('what needs a permission set leads to the code', () => {
    const document = sampleDocument();
    assert.match(declared(document, 'UNSAFE Payroll.Salary::lastRate', 'Payroll') ?? '', /^\.field .* lastRate$/);
    assert.match(declared(document, 'UNSAFE Payroll.Median::Finalize', 'Payroll') ?? '', /^\.method .* Finalize\(/);
    const exported = sampleWorkspace().assemblyDocument(`${folder}/02-assembly.sql`, 1);
    assert.ok(exported);
    const reason = 'EXTERNAL_ACCESS Payroll.Export::WritePayslips -> System.IO.File::WriteAllText';
    assert.match(declared(exported, reason, 'Payroll') ?? '', /^\.method public static .* WritePayslips\(/);
  });

  test('links are in order and do not overlap', () => {
    for (const { links } of [sampleDocument(), documentOf(calls)])
      links.forEach(({ span }, index) => assert.ok(span.start >= (links[index - 1]?.span.end ?? 0)));
  });

  test('symbols lie in one another and hold their names; what folds ends with a line', () => {
    for (const { text, symbols, foldings } of [sampleDocument(), documentOf(calls)]) {
      const check = (inner: readonly DocumentSymbol[], start: number, end: number): void => {
        for (const { name, span, nameSpan, children = [] } of inner) {
          assert.ok(start <= span.start && span.end <= end, name);
          assert.ok(span.start <= nameSpan.start && nameSpan.end <= span.end, name);
          assert.equal(text.slice(nameSpan.start, nameSpan.end), name);
          check(children, span.start, span.end);
        }
      };
      check(symbols, 0, text.length);
      for (const { span } of foldings) assert.equal(text[span.end], '\n');
    }
  });
});

suite('the same document', () => {
  test('as long as nothing in it changes', () => {
    const workspace = sampleWorkspace();
    const ask = (): AssemblyDocument | undefined => workspace.assemblyDocument(`${folder}/02-assembly.sql`, 0);
    const first = ask();
    workspace.set(`${folder}/04-grants.sql`, 'SELECT 1;');
    assert.equal(ask(), first);
    workspace.set(`${folder}/03-routines.sql`, 'SELECT 1;');
    const second = ask();
    assert.notEqual(second, first);
    assert.doesNotMatch(second?.text ?? '', /Bound by T-SQL/);
    const script = readFileSync('docs/sample/02-assembly.sql', 'utf8');
    workspace.set(`${folder}/02-assembly.sql`, `-- one line more\n${script}`);
    assert.notEqual(ask()?.text, second?.text);
  });

  test('there is none of what is not there', () => {
    const workspace = sampleWorkspace();
    assert.equal(workspace.assemblyDocument(`${folder}/02-assembly.sql`, 9), undefined);
    assert.equal(workspace.assemblyDocument(`${folder}/none.sql`, 0), undefined);
    assert.deepEqual(workspace.assemblies(`${folder}/none.sql`), []);
  });
});

suite('hostile bytes', () => {
  /** The same length in UTF-8, so that nothing moves. */
  function renamed(bytes: Uint8Array, name: string, other: string): Uint8Array {
    assert.equal(Buffer.byteLength(other), name.length);
    const copy = Buffer.from(bytes);
    for (let at = copy.indexOf(name); at >= 0; at = copy.indexOf(name, at + 1)) copy.write(other, at);
    return copy;
  }

  test('names cannot fake a line, a comment or an instruction', () => {
    const evil = renamed(renamed(calls, 'Everything', 'x\n// y ret'), 'Content', '\u202e"//b');
    const { text, symbols } = documentOf(evil);
    assert.ok(text.includes("'x\\n// y ret'"), text);
    assert.ok(text.includes(`'\\u202E"//b'`));
    assert.doesNotMatch(text, /^\/\/ y ret/m);
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/);
    const names = symbols.flatMap(({ children = [] }) => children.flatMap((type) => type.children ?? []));
    assert.ok(names.some(({ name }) => name === "'x\\n// y ret'"));
  });

  test('whatever bytes are wrong, there is a document', () => {
    const change = fc.record({ at: fc.nat(calls.length - 1), to: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        const bytes = Uint8Array.from(calls);
        for (const { at, to } of changes) bytes[at] = to;
        const { text, foldings, symbols } = documentOf(bytes);
        assert.match(text, /^\/\/ SQLCLR assembly /);
        for (const { span } of [...foldings, ...symbols]) assert.ok(span.start <= span.end && span.end < text.length);
      }),
      { numRuns: 300 },
    );
  });
});
