import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { ownClock, simulatedAt } from './clock.mjs';

const begin = '2023-03-01T08:00:00+08:00';
const start = Date.parse(begin);
const folder = () => mkdtempSync(join(tmpdir(), 'zhijian-clock-'));

it('begins at the given instant and runs at scale 1', () => {
  let real = 1_000_000;
  const clock = ownClock({ folder: folder(), begin, now: () => real });
  real += 700;
  assert.equal(simulatedAt(clock.read(), real), start + 700);
  clock.stop();
});

it('runs fast after a change, and keeps the instant at which the change was made', () => {
  let real = 0;
  const clock = ownClock({ folder: folder(), begin, now: () => real });
  real = 100;
  assert.equal(clock.change({ scale: 3600 }).ok, true);
  real = 1100;
  assert.equal(simulatedAt(clock.read(), real), start + 100 + 3_600_000);
  assert.equal(clock.read().cruise, 3600);
  clock.stop();
});

it('brakes only when every reader knows of it: whoever still reads the old file is never ahead of the new one', () => {
  let real = 0;
  const clock = ownClock({ folder: folder(), begin, now: () => real });
  clock.change({ scale: 100_000 });
  const stale = clock.read();
  real = 1000;
  const { clock: braked } = clock.change({ scale: 60 });
  for (real = 1000; real <= 1100; real += 10) assert.equal(simulatedAt(braked, real), simulatedAt(stale, real)); // nobody looks less often
  assert.equal(simulatedAt(braked, 2100), start + 1100 * 100_000 + 1000 * 60);
  real = 1050;
  clock.change({ scale: 1 }); // braked again before the first took effect
  assert.equal(simulatedAt(clock.read(), 1150), start + 1150 * 100_000);
  clock.stop();
});

it('jumps forward only', () => {
  const clock = ownClock({ folder: folder(), begin, now: () => 0 });
  assert.equal(clock.change({ jumpTo: '2023-04-01T00:00:00+08:00' }).ok, true);
  const refused = clock.change({ jumpTo: begin });
  assert.deepEqual([refused.ok, refused.error], [false, '演示时钟只能向前']);
  assert.equal(simulatedAt(clock.read(), 0), Date.parse('2023-04-01T00:00:00+08:00'));
  clock.stop();
});

it('refuses a cruise slower than the scale, and nonsense', () => {
  const clock = ownClock({ folder: folder(), begin, now: () => 0 });
  for (const wrong of [{ scale: 10, cruise: 5 }, { scale: -1 }, { scale: Number.NaN }, { jumpTo: 'soon' }]) assert.equal(clock.change(wrong).ok, false);
  assert.equal(clock.read().scale, 1);
  clock.stop();
});

it('stands still when its owner is gone, and the next owner goes on from there at scale 1', () => {
  const where = folder();
  const killed = ownClock({ folder: where, begin, now: () => 0 });
  killed.change({ scale: 1000 });
  const standing = simulatedAt(killed.read(), 60_000);
  assert.equal(standing, start + 5_000 * 1000); // the lease
  const next = ownClock({ folder: where, begin, now: () => 60_000 });
  assert.deepEqual([simulatedAt(next.read(), 60_000), next.read().scale], [standing, 1]);
  killed.stop();
  next.stop();
});

it('never runs backwards when a new owner comes before the old lease is over', () => {
  const where = folder();
  const old = ownClock({ folder: where, begin, now: () => 0 });
  old.change({ scale: 1000 });
  const seen = simulatedAt(old.read(), 2_000);
  const next = ownClock({ folder: where, begin, now: () => 2_001 });
  assert.ok(simulatedAt(next.read(), 2_001) >= seen);
  old.stop();
  next.stop();
});
