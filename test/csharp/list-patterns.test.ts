// A list pattern is not read: whether it fits is not known, either way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { flowText } from '../support/flow-text.js';

const language = await diskGrammar('dist-test');

/** What a method calls first, and what it knows where it calls something. */
function flowOf(body: string): readonly string[] {
  const text = `class A { static void Fits() { } static void Fails() { } static void F(int[] x) { ${body} } }`;
  const { unit } = language.read(text, []);
  const { types } = language.assemble(
    { name: 'A', sources: [], missing: [], symbols: [], isCertain: true },
    [{ uri: 'file:///a.cs', unit, text }],
    [],
  );
  const method = types.flatMap(({ methods }) => methods).find(({ name }) => name === 'F');
  assert.ok(method);
  return flowText(method).filter((line) => line.startsWith('start') || line.includes(' where '));
}

test('what is called where one fits may be called, and what is called where it does not', () => {
  const neither = ['start → A::Fails, A::Fits'];
  assert.deepEqual(flowOf('if (x is [1, ..]) Fits(); else Fails();'), neither);
  assert.deepEqual(flowOf('if (x is not [_, ..]) Fails(); else Fits();'), neither);
  assert.deepEqual(flowOf('switch (x) { case []: Fits(); break; default: Fails(); break; }'), neither);
  assert.deepEqual(flowOf('if (x != null ? x is [1, ..] : throw null) Fits(); else Fails();'), [
    'A::Fails where x ne none',
    'A::Fits where x ne none',
    'start → A::Fails, A::Fits, throw',
  ]);
  // A pattern that fits whatever it is asked of.
  assert.deepEqual(flowOf('if (x != null ? x is var y : throw null) Fits(); else Fails();'), [
    'A::Fits where x ne none',
    'start → A::Fits, throw',
  ]);
});
