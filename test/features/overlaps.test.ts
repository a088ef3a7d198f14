// Fixes that are applied together: none touches one that came before it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { withoutOverlaps, type Mending } from '../../server/analysis/features/trials.js';

function mendingAt(...spans: readonly (readonly [start: number, end: number])[]): Mending {
  const edits = spans.map(([start, end]) => ({ at: { start, end }, text: '' }));
  const finding = {
    rule: '',
    severity: 'hint',
    message: '',
    uri: 'file:///a.sql',
    span: { start: 0, end: 0 },
  } as const;
  const fix = { title: '', edits };
  return { finding: { ...finding, related: [], fixes: [fix], sqlErrors: [], phase: 'review', tags: [] }, fix };
}

/** By what the words say, whatever it costs. */
function plainly(mendings: readonly Mending[]): readonly Mending[] {
  const kept: Mending[] = [];
  const spansOf = (one: Mending) => one.fix.edits.map(({ at }) => at);
  for (const one of mendings) {
    const taken = kept.flatMap(spansOf);
    if (!spansOf(one).some((a) => taken.some((b) => a.start <= b.end && b.start <= a.end))) kept.push(one);
  }
  return kept;
}

test('of fixes that touch, the first is in, wherever their edits stand', () => {
  const span = fc.tuple(fc.nat(60), fc.nat(4)).map(([start, length]) => [start, start + length] as const);
  // Edits of one fix do not touch one another.
  const fix = fc.array(span, { minLength: 1, maxLength: 3 }).filter((spans) => {
    const sorted = spans.toSorted(([a], [b]) => a - b);
    return sorted.every(([start], index) => index === 0 || start > (sorted[index - 1]?.[1] ?? -1));
  });
  fc.assert(
    fc.property(fc.array(fix, { maxLength: 12 }), (fixes) => {
      const mendings = fixes.map((spans) => mendingAt(...spans));
      assert.deepEqual(withoutOverlaps(mendings), plainly(mendings));
    }),
  );
});

test('many fixes cost no more each', () => {
  const mendings = Array.from({ length: 50_000 }, (_, index) => mendingAt([index * 10, index * 10 + 5]));
  const before = process.cpuUsage();
  assert.equal(withoutOverlaps(mendings).length, mendings.length);
  const { user, system } = process.cpuUsage(before);
  assert.ok(user + system < 3e6, `${(user + system) / 1e6} s of processor time`);
});
