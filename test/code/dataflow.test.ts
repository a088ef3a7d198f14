// The cost of control flow and of facts along it in bodies made to be large, and bodies that no compiler writes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Block, Body, End, Operand, Operation, Region } from '../../server/analysis/code/body.js';
import { Conditions } from '../../server/analysis/code/conditions.js';
import { controlFlowOf } from '../../server/analysis/code/control-flow.js';
import { eachState, solve, type Analysis } from '../../server/analysis/code/dataflow.js';

const zero: Operand = { kind: 'constant', value: 0 };
/** Can throw. */
const work: Operation = { kind: 'newArray', at: 0, element: { kind: 'unknown' }, length: zero, result: 0 };

function bodyOf(ends: readonly End[], regions: readonly Region[] = []): Body {
  const blocks = ends.map((end, index): Block => ({ index, operations: [work], end }));
  return { blocks, regions, locals: [], temporaries: 1, unknown: [] };
}

const at = 0;
const jump = (to: number): End => ({ kind: 'jump', at, to });
const leave = (to: number): End => ({ kind: 'leave', at, to });
const branch = (then: number, otherwise: number): End => ({
  kind: 'branch',
  at,
  operator: undefined,
  left: zero,
  right: undefined,
  then,
  otherwise,
});
const returns: End = { kind: 'return', at, value: undefined };
const endFinally: End = { kind: 'endFinally', at };

/** How many operations lie behind, at most: ever more on the way round a loop, so that it has to stop by itself. */
const longest: Analysis<number> = {
  start: 0,
  join: (known, arriving) => Math.max(known, Math.min(arriving, 3)),
  after: (_, state) => state + 1,
};

test('a finally handler that a thousand ways lead through costs no thousand copies of it', () => {
  // b0 switches to n blocks, each leaves to one of its own; the handler has n blocks.
  for (const n of [500, 2_000]) {
    const ends: End[] = [
      { kind: 'switch', at, value: zero, cases: Array.from({ length: n }, (_, i) => i + 1), otherwise: 1 },
    ];
    for (let i = 0; i < n; i++) ends.push(leave(2 * n + 1 + i));
    for (let i = 0; i < n; i++) ends.push(i === n - 1 ? endFinally : jump(n + 2 + i));
    for (let i = 0; i < n; i++) ends.push(returns);
    const tried = { first: 0, end: n + 1 };
    const flow = controlFlowOf(bodyOf(ends, [{ kind: 'finally', tried, handler: { first: n + 1, end: 2 * n + 1 } }]));
    assert.equal(flow.isExact, false);
    assert.ok(flow.nodes.length < 16 * ends.length, `${flow.nodes.length} nodes of ${ends.length} blocks`);
    const targets = new Set(
      flow.nodes.filter(({ block }) => block.end.kind === 'return').map(({ block }) => block.index),
    );
    assert.equal(targets.size, n, 'every way goes on where it was going');
    assert.ok(solve(flow, longest).isComplete);
  }
});

test('finally handlers inside of finally handlers', () => {
  const depth = 200;
  const ends: End[] = [];
  const regions: Region[] = [];
  // try { b0 } finally { try { b1 } finally { … } }: each handler is the rest.
  for (let i = 0; i < depth; i++) ends.push(i === 0 ? leave(2 * depth) : leave(2 * depth - i));
  ends.push(endFinally);
  for (let i = 0; i < depth; i++) ends.push(i === depth - 1 ? returns : endFinally);
  for (let i = depth - 1; i >= 0; i--)
    regions.push({ kind: 'finally', tried: { first: i, end: i + 1 }, handler: { first: i + 1, end: 2 * depth - i } });
  const flow = controlFlowOf(bodyOf(ends, regions));
  assert.ok(flow.nodes.length < 20 * ends.length, `${flow.nodes.length} nodes`);
  assert.ok(solve(flow, longest).isComplete);
});

test('handlers that lead into themselves, overlap, or lie nowhere', () => {
  const range = (first: number, end: number): Region['tried'] => ({ first, end });
  const ends = [leave(3), leave(0), endFinally, branch(1, 9), jump(0)];
  const regions: Region[] = [
    { kind: 'finally', tried: range(0, 3), handler: range(1, 3) },
    { kind: 'filter', tried: range(1, 4), handler: range(2, 3), filter: 2 },
    { kind: 'fault', tried: range(2, 5), handler: range(0, 1) },
    { kind: 'catch', tried: range(0, 5), handler: range(77, 78) },
  ];
  const flow = controlFlowOf(bodyOf(ends, regions));
  assert.ok(flow.nodes.length > 0);
  assert.ok(solve(flow, longest).isComplete);
  new Conditions(flow);
  assert.equal(controlFlowOf(bodyOf([])).nodes.length, 0);
});

test('flow and facts cost what a body has', (context) => {
  const times = [10_000, 40_000].map((n) => {
    const ends: End[] = [];
    const regions: Region[] = [];
    for (let i = 0; i < n; i += 4) {
      ends.push(branch(i + 1, i + 3), leave(i + 3), endFinally, branch(i + 4, i));
      regions.push({ kind: 'finally', tried: { first: i + 1, end: i + 2 }, handler: { first: i + 2, end: i + 3 } });
    }
    ends.push(returns);
    const body = bodyOf(ends, regions);
    // Of the processor: other processes have it too.
    const start = process.cpuUsage();
    const flow = controlFlowOf(body);
    assert.ok(flow.isExact);
    const solution = solve(flow, longest);
    assert.ok(solution.isComplete);
    let seen = 0;
    eachState(solution, longest, () => seen++);
    assert.ok(seen >= n);
    new Conditions(flow);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  const [small = 1, large = 0] = times;
  context.diagnostic(times.map((time) => `${time.toFixed(0)} ms`).join(', '));
  assert.ok(large / Math.max(small, 20) < 16, times.join());
});
