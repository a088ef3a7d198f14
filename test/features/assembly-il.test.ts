// Protected regions as blocks where they lie within one another, and as ranges where they do not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typeText } from '../../server/analysis/code/code-text.js';
import { writeIl } from '../../server/analysis/features/assembly-il.js';
import { DocumentOutput } from '../../server/analysis/features/document-output.js';
import type { HandlerRegion } from '../../server/analysis/metadata/disassemble.js';

const range = (start: number, end: number): { start: number; end: number } => ({ start, end });
const exception = { kind: 'named', name: 'System.Exception', assembly: 'mscorlib', arguments: [] } as const;

/** A method of `length` instructions of a byte each. */
function written(length: number, ...regions: readonly HandlerRegion[]): readonly string[] {
  const out = new DocumentOutput();
  const instructions = Array.from({ length }, (_, offset) => ({ offset, mnemonic: 'nop', operand: '' }));
  const il = { maxStack: 8, locals: [], instructions, regions, codeLength: length };
  assert.ok(writeIl(out, il, { typeRef: (type) => out.write(typeText(type)), isFull: () => false }));
  return out.text
    .trimEnd()
    .split('\n')
    .map((line) => line.slice(4));
}

test('handlers of one block follow it, and blocks lie in one another', () => {
  assert.deepEqual(
    written(
      6,
      { kind: 'catch', tried: range(0, 1), handler: range(1, 2), type: exception },
      { kind: 'filter', tried: range(0, 1), filter: 2, handler: range(3, 4) },
      { kind: 'finally', tried: range(0, 4), handler: range(4, 5) },
    ),
    [
      '.try {',
      '  .try {',
      '    IL_0000: nop',
      '  }',
      '  catch [mscorlib]System.Exception {',
      '    IL_0001: nop',
      '  }',
      '  filter {',
      '    IL_0002: nop',
      '  }',
      '  handler {',
      '    IL_0003: nop',
      '  }',
      '}',
      'finally {',
      '  IL_0004: nop',
      '}',
      'IL_0005: nop',
    ],
  );
});

test('a handler can be the end of the method', () => {
  const lines = written(2, { kind: 'fault', tried: range(0, 1), handler: range(1, 2) });
  assert.deepEqual(lines.slice(-3), ['fault {', '  IL_0001: nop', '}']);
});

test('regions that cross, are empty or lead nowhere are listed behind the instructions', () => {
  for (const [tried, handler] of [
    [range(0, 2), range(1, 3)],
    [range(0, 0), range(1, 2)],
    [range(0, 1), range(2, 9)],
    [range(0, 1), range(0, 1)],
  ] as const) {
    const lines = written(3, { kind: 'catch', tried, handler, type: exception });
    assert.equal(lines.length, 4);
    assert.match(
      lines[3] ?? '',
      /^\.try IL_000\d to IL_000\d catch \[mscorlib\]System\.Exception handler IL_000\d to IL_000\d$/,
    );
  }
});

test('however deep they lie, lines stay short', () => {
  const regions = Array.from({ length: 200 }, (_, index): HandlerRegion => ({
    kind: 'finally',
    tried: range(0, index + 1),
    handler: range(index + 1, index + 2),
  })).filter((_, index) => index % 2 === 0);
  assert.ok(Math.max(...written(300, ...regions).map((line) => line.length)) < 100);
});
