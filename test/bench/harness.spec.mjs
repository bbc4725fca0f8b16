import assert from 'node:assert/strict';
import { it } from 'node:test';
import { countsOf, judged, paired } from './harness.mjs';
import { randomFrom } from './statistics.mjs';

const verdict = (cost, anchor, bar) => judged('P', '', { cost: { median: cost[1], low: cost[0], high: cost[2] }, same: { median: anchor } }, bar).verdict;

it('passes when the whole interval clears the bar, fails when the median does not, says nothing between', () => {
  assert.equal(verdict([1, 1.1, 1.2], 1, { atMost: 1.3 }), 'pass');
  assert.equal(verdict([1, 1.1, 1.4], 1, { atMost: 1.3 }), 'no verdict');
  assert.equal(verdict([1.2, 1.4, 1.6], 1, { atMost: 1.3 }), 'fail');
  assert.equal(verdict([1 / 0.5, 1 / 0.45, 1 / 0.41], 1, { atLeast: 0.4 }), 'pass'); // speed is the other way round
  assert.equal(verdict([1 / 0.5, 1 / 0.45, 1 / 0.39], 1, { atLeast: 0.4 }), 'no verdict');
  assert.equal(verdict([1 / 0.5, 1 / 0.38, 1 / 0.3], 1, { atLeast: 0.4 }), 'fail');
});

it('an anchor that strays must be cleared too, whichever way it strays, and tells nothing beyond a tenth', () => {
  for (const anchor of [0.96, 1 / 0.96]) {
    assert.equal(verdict([0.9, 1, 1.2], anchor, { atMost: 1.3 }), 'pass, anchor off');
    assert.equal(verdict([0.9, 1, 1.26], anchor, { atMost: 1.3 }), 'no verdict');
    assert.equal(verdict([1.4, 1.5, 1.6], anchor, { atMost: 1.3 }), 'no verdict');
    assert.equal(verdict([1, 1, 1 / 0.64], anchor, { atLeast: 0.6 }), 'pass, anchor off');
    assert.equal(verdict([1, 1, 1 / 0.62], anchor, { atLeast: 0.6 }), 'no verdict');
  }
  assert.equal(verdict([0.5, 0.5, 0.5], 1.2, { atMost: 1.3 }), 'no verdict');
});

it('takes the pairs that were asked for, and finds what costs twice as much', async () => {
  assert.deepEqual(countsOf('full', 3, 8), { pairs: 75, warm: 2, same: 120 });
  assert.deepEqual(countsOf('smoke', 3, 8), countsOf('smoke'));
  const arms = { ours: 0, bare: 0 };
  const arm = (name, cost) => async () => { arms[name] += 1; return { figures: { time: cost, tail: { of: [cost, cost, 3 * cost], q: 0.99 }, parts: { of: [cost, 3 * cost], q: 0.99, together: 2 } } }; };
  const { figures, pairs } = await paired({ ours: arm('ours', 2), bare: arm('bare', 1), profile: 'smoke', random: randomFrom(1) });
  const { pairs: count, warm, same } = countsOf('smoke');
  assert.deepEqual(arms, { ours: count + warm, bare: count + warm + 2 * same });
  assert.equal(pairs.length, count + same);
  for (const figure of [figures.time, figures.tail, figures.parts]) assert.deepEqual([figure.cost.median, figure.same.median], [2, 1]);
});

it('a tail of several pairs in a row is not told by the one moment at which the machine stood still', async () => {
  let turn = 0;
  const arm = (cost) => async () => { turn += 1; const of = [cost, cost, turn === 3 ? 1000 : cost]; return { figures: { parts: { of, q: 0.99, together: 1 }, all: { of, q: 0.99 } } }; };
  const { figures: { parts, all } } = await paired({ ours: arm(1.2), bare: arm(1), profile: 'smoke', random: randomFrom(1) });
  assert.deepEqual([parts.cost.median, parts.cost.n], [1.2, 3]);
  assert.ok(all.cost.median > 100 || all.cost.median < 0.01); // whichever arm it was
});
