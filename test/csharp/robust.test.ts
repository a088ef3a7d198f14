// What must hold of any text: parsing ends in time, nodes lie inside the text and in order, and shapes that break others do not.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { CompilationUnit } from '../../server/analysis/csharp/nodes.js';
import { readCSharp } from '../../server/analysis/csharp/parse.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { inspections } from '../../server/analysis/workspace.js';
import { sourceUri, sourceWorkspaceOf } from '../support/api-agreement.js';
import { testGrammar } from '../support/grammar.js';

const grammar = await testGrammar();

const pieces = fc.constantFrom(
  ...[
    'class A',
    ' { ',
    ' } ',
    '(',
    ')',
    '[',
    ']',
    '<',
    '>',
    ';',
    ',',
    '.',
    '?.',
    '=>',
    ' = ',
    ' + ',
    ' - ',
    '"',
    '@"',
    '$"',
  ],
  ...[
    '{',
    '}',
    "'",
    '\\',
    '/*',
    '*/',
    '// \n',
    '#if A\n',
    '#else\n',
    '#endif\n',
    'public ',
    'static ',
    'void ',
    'int ',
    'x',
  ],
  ...[
    ' is ',
    ' as ',
    'null',
    ' or ',
    ' && ',
    ' ?? ',
    '1',
    '0x',
    '1.5m',
    'new ',
    'switch ',
    'case ',
    'default',
    'when ',
    'if ',
  ],
  ...[
    'else ',
    'for ',
    'foreach ',
    'in ',
    'try ',
    'catch ',
    'using ',
    'namespace ',
    'enum ',
    'delegate ',
    'operator ',
    'this',
  ],
  ...[
    'base',
    'from ',
    'select ',
    'await ',
    'async ',
    'ref ',
    'out ',
    'params ',
    '[A]',
    '[assembly: B]',
    '\u00e9',
    '\ud83d\ude00',
  ],
  ...[
    '\ud800',
    '\0',
    '\r\n',
    '\n',
    '"""',
    '=> x;',
    'global::',
    'goto ',
    'where ',
    ' : ',
    'get; ',
    'record ',
    '..',
    '^',
  ],
);
const texts = fc.oneof(
  fc.string(),
  fc.array(pieces, { maxLength: 80 }).map((parts) => parts.join('')),
  fc.array(pieces, { maxLength: 80 }).map((parts) => `class A { void M() { ${parts.join('')} } int x; }`),
  fc.array(pieces, { maxLength: 80 }).map((parts) => `class A { ${parts.join(' ')} } class B { }`),
);

test('any text is read, and every span lies inside of it', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const unit = readCSharp(grammar, text, [], 60_000).unit;
      assert.equal(unit.unread, undefined);
      for (const { start, end } of spansOf(unit)) assert.ok(0 <= start && start <= end && end <= text.length);
    }),
    { numRuns: 1500 },
  );
});

test('spans count UTF-16 units', () => {
  const text = 'class Ä { string s = "😀é"; /* 😀 */ int ü; }';
  const [type] = readCSharp(grammar, text, []).unit.members;
  assert.ok(type?.kind === 'class');
  const named = type.members.map(({ name }) => text.slice(name.span.start, name.span.end));
  assert.deepEqual([text.slice(type.name.span.start, type.name.span.end), ...named], ['Ä', 's', 'ü']);
});

test('nothing of the tree is held on to', () => {
  const unit = readCSharp(grammar, 'class A { int F() => 1 + 2; }', []).unit;
  assert.deepEqual(structuredClone(unit), unit);
});

suite('hazards', () => {
  const inMethod = (text: string): string => `class A { void M() { ${text} } void N() { } }`;
  const shapes: Readonly<Record<string, string>> = {
    'open generics': inMethod('a<'.repeat(8000)),
    'open generic types': `class A { ${'A<'.repeat(8000)} }`,
    'a long array': `class A { byte[] b = { ${'0x12,'.repeat(300_000)} }; }`,
    'deep parentheses': inMethod(`x = ${'('.repeat(20_000)}1${')'.repeat(20_000)};`),
    'open parentheses': inMethod('('.repeat(100_000)),
    'deep blocks': inMethod('{'.repeat(20_000) + '}'.repeat(20_000)),
    'deep statements': inMethod('if (a) '.repeat(20_000) + ';'),
    'a long sum': inMethod(`x = ${'"a" + '.repeat(20_000)}"";`),
    'long conditions': inMethod(`x = ${'a ? b : '.repeat(10_000)}c;`),
    'deep lambdas': inMethod('x => '.repeat(10_000) + '1;'),
    'a long chain': inMethod(`a${'.B(c)'.repeat(10_000)};`),
    'deep classes': 'class A { '.repeat(10_000),
    'deep namespaces': 'namespace A { '.repeat(10_000),
    'many ranks': `class A { int${'[]'.repeat(10_000)} a; }`,
    'many pointers': `class A { int${'*'.repeat(10_000)} a; }`,
    'deep casts': inMethod(`x = ${'(a)'.repeat(10_000)}b;`),
    'deep initializers': inMethod(`x = new A ${'{ B = '.repeat(5000)}1${'}'.repeat(5000)};`),
    'deep interpolations': inMethod(`x = ${'$"{'.repeat(500)}1${'}"'.repeat(500)};`),
    'deep patterns': inMethod(`x = a is ${'not '.repeat(10_000)}null;`),
    'deep attributes': `${'[A('.repeat(10_000)} class B { }`,
    'deep names': inMethod(`${'a.'.repeat(20_000)}b c;`),
    noise: inMethod('?.[]<>()&*'.repeat(10_000)),
  };
  for (const [name, text] of Object.entries(shapes)) {
    test(name, () => {
      const start = process.cpuUsage();
      const unit = readCSharp(grammar, text, []).unit;
      const { user, system } = process.cpuUsage(start);
      assert.ok((user + system) / 1000 < 5000);
      // Whoever walks the nodes does so in so many steps.
      assert.ok(depthOf(unit) < 4000);
    });
  }

  test('what is nested too deep is left out and said', () => {
    const unit = readCSharp(grammar, shapes['deep parentheses'] ?? '', []).unit;
    assert.deepEqual(unit.errors, []);
    assert.equal(unit.skipped.length, 1);
    const [type] = unit.members;
    assert.ok(type?.kind === 'class');
    assert.deepEqual(
      type.members.map(({ name }) => name.name),
      ['M', 'N'],
    );
  });

  test('a sum of a thousand is whole', () => {
    const unit = readCSharp(grammar, inMethod(`x = ${'"a" + '.repeat(990)}"";`), []).unit;
    assert.deepEqual([unit.errors, unit.skipped], [[], []]);
  });
});

test('what takes too long or is too large is not read, and says so', () => {
  const slow = `class A { int[] a = { ${'1,'.repeat(500_000)} }; }`;
  const late = readCSharp(grammar, slow, [], 1).unit;
  assert.equal(late.unread, 'effort');
  assert.deepEqual(late.errors, [{ start: 0, end: slow.length }]);
  // What was given up has no part in what comes next.
  assert.equal(readCSharp(grammar, 'class A { }', []).unit.members.length, 1);
  assert.equal(readCSharp(grammar, ' '.repeat((4 << 20) + 1), []).unit.unread, 'size');
});

// Read in full: what follows the parser is bounded by itself.
const frontEnd = await diskGrammar('dist-test', 60_000);

/** Bodies whose types, overloads or constants would cost the square of them, or never end. */
const costly: Readonly<Record<string, string>> = {
  'thousands of overloads called thousands of times': inClass(
    `static void M() { ${times(5000, () => 'F(null);')} } ${times(5000, (index) => `static void F(T${index} t) { } class T${index} { }`)}`,
  ),
  'hundreds of overloads called a hundred thousand times': inClass(
    `static void M() { ${times(100_000, () => 'F(null, 1, "a");')} } ${times(399, (index) => `static void F(T${index} t, int b, string c) { } class T${index} { }`)}`,
  ),
  'tuples of tuples, twice as large each': inClass(
    `static void M() { var x0 = (1, 2); ${times(60, (index) => `var x${index + 1} = (x${index}, x${index});`)} }`,
  ),
  'anonymous types of anonymous types': inClass(
    `static void M() { var x0 = new { A = 1, B = 2 }; ${times(60, (index) => `var x${index + 1} = new { A = x${index}, B = x${index} };`)} }`,
  ),
  'type arguments of type arguments': inClass(
    `static void M() { var x0 = Tuple.Create(1, 2); ${times(60, (index) => `var x${index + 1} = Tuple.Create(x${index}, x${index});`)} }`,
  ),
  'an enumeration of thousands': `${inClass(`static int M() { return ${times(2000, (index) => `(int)E.V${index} + `)} 0; }`)} enum E { ${times(10_000, (index) => `V${index},`)} }`,
  'a query of thousands of clauses': inClass(
    `static object M(string s) { return from a in s ${times(3000, (index) => `let b${index} = a`)} select a; }`,
  ),
  'a long chain of calls with lambdas': inClass(
    `static object M(string s) { return s${times(400, () => '.Where(y => true).Select(y => y)')}; }`,
  ),
};

suite('bodies that would cost too much', () => {
  for (const [name, text] of Object.entries(costly)) {
    test(name, () => {
      const start = process.cpuUsage();
      inspections.api(sourceWorkspaceOf(frontEnd, `using System; using System.Linq; ${text}`), sourceUri);
      const { user, system } = process.cpuUsage(start);
      assert.ok((user + system) / 1000 < 8000);
    });
  }
});

function inClass(members: string): string {
  return `class A { ${members} }`;
}

function times(count: number, text: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index)).join(' ');
}

function spansOf(unit: CompilationUnit): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('start' in value && 'end' in value) spans.push({ start: Number(value.start), end: Number(value.end) });
    else Object.values(value).forEach(walk);
  };
  walk(unit);
  return spans;
}

/** Of objects in objects, found without a stack of that depth. */
function depthOf(unit: CompilationUnit): number {
  let deepest = 0;
  const open: (readonly [unknown, number])[] = [[unit, 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [value, depth] = next;
    if (typeof value !== 'object' || value === null) continue;
    deepest = Math.max(deepest, depth);
    for (const part of Object.values(value)) open.push([part, depth + 1]);
  }
  return deepest;
}
