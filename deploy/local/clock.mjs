// The demonstration clock: one per data folder. This process is the only one that writes it; every other reads the file.
import { join } from 'node:path';
import { readText, writeAtomically } from './files.mjs';

const leaseLength = 5000; // ms of real time; when nobody renews it the clock stands still
const renewEvery = 1000;
/** Readers look at the file every 50 ms: a slower pace begins when each of them knows of it, or their time would run backwards. */
const known = 100; // ms of real time

/** Simulated instant (ms) that a clock file means at the real instant `now` (ms); up to its anchor the pace before it holds. */
export const simulatedAt = (clock, now) => {
  const at = Math.min(now, clock.leaseUntilReal);
  return Math.floor(clock.anchorSimulated + (at - clock.anchorReal) * (at < clock.anchorReal ? (clock.scaleBefore ?? clock.scale) : clock.scale));
};

/**
 * Owns `clock.json` in `folder`: goes on from where the last owner's lease ended, at scale 1, or begins at `begin` (ISO instant).
 * `change({ scale?, cruise?, jumpTo? })` answers `{ ok, error?, clock }`, a slower pace begins at `clock.anchorReal`; `stop()` makes time stand still at once.
 */
export function ownClock({ folder, begin, now = Date.now }) {
  const file = join(folder, 'clock.json');
  const before = readText(file);
  const old = before === undefined ? undefined : JSON.parse(before);
  let clock;

  const write = (next) => {
    writeAtomically(file, JSON.stringify(next));
    clock = next;
  };
  const anchor = (instant, { scale, cruise }, real = now(), scaleBefore = scale) => {
    write({ anchorReal: real, anchorSimulated: Math.ceil(instant), scaleBefore, scale, cruise, leaseUntilReal: now() + leaseLength });
  };
  // The cruising speed of an interrupted run stays: timers asked for before the run goes on must not come late.
  anchor(old ? simulatedAt(old, now()) : Date.parse(begin), { scale: 1, cruise: old?.cruise ?? 1 });

  const renew = () => {
    const real = now();
    // A lease that ran out (this machine slept) must not let the missed time pass at a stroke.
    if (real > clock.leaseUntilReal) anchor(simulatedAt(clock, real), clock);
    else write({ ...clock, leaseUntilReal: real + leaseLength });
  };
  const timer = setInterval(renew, renewEvery);
  timer.unref();

  function change({ scale, cruise, jumpTo }) {
    const refused = (error) => ({ ok: false, error, clock });
    const instant = simulatedAt(clock, now());
    const target = jumpTo === undefined ? instant : typeof jumpTo === 'number' ? jumpTo : Date.parse(jumpTo);
    const nextScale = scale ?? clock.scale;
    const nextCruise = cruise ?? Math.max(clock.cruise, nextScale);
    if (!Number.isFinite(target)) return refused(`jumpTo 不是时刻: ${jumpTo}`);
    if (target < instant) return refused('演示时钟只能向前');
    if (!(nextScale >= 0 && Number.isFinite(nextScale))) return refused(`scale 无效: ${scale}`);
    if (!(nextCruise > 0 && nextCruise >= nextScale && Number.isFinite(nextCruise))) return refused(`cruise 无效: ${cruise}`);
    const pace = { scale: nextScale, cruise: nextCruise };
    const running = now() < clock.anchorReal ? clock.scaleBefore : clock.scale;
    if (target > instant || nextScale >= running) anchor(target, pace);
    else anchor(instant + known * running, pace, now() + known, running);
    return { ok: true, clock };
  }

  return {
    file,
    change,
    read: () => clock,
    stop() {
      clearInterval(timer);
      const real = now();
      anchor(simulatedAt(clock, real), { scale: 1, cruise: clock.cruise });
      write({ ...clock, leaseUntilReal: clock.anchorReal });
    },
  };
}

/** Answers a child's requests `{ type: 'clock', id, scale?, cruise?, jumpTo? }` by `{ type: 'clock', id, ok, error?, clock }`. */
export function serveClock(child, clock) {
  child.on('message', (message) => {
    if (message?.type !== 'clock') return;
    const answer = { type: 'clock', id: message.id, ...clock.change(message) };
    child.send(answer, (error) => void error); // the child may have ended meanwhile
  });
}
