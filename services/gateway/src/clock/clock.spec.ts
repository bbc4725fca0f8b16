import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { InstallationClock } from './clock.js';

describe('the clock on screen', () => {
  it('shows Beijing time, and says that it is real', () => {
    const { now, today, demonstration, scale } = new InstallationClock(undefined).state();
    expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(60_000);
    expect([now.slice(-6), today, demonstration, scale]).toEqual(['+08:00', now.slice(0, 10), false, 1]);
  });

  it('stands still at the end of the lease of the demonstration clock', () => {
    const folder = mkdtempSync(join(tmpdir(), 'clock-'));
    const anchorReal = Date.now() - 60_000;
    writeFileSync(join(folder, 'clock.json'), JSON.stringify({ anchorReal, anchorSimulated: Date.parse('2023-04-15T23:59:00+08:00'), scale: 60, cruise: 60, leaseUntilReal: anchorReal + 2000 }));
    expect(new InstallationClock(join(folder, 'clock.json')).state()).toEqual({ now: '2023-04-16T00:01:00.000+08:00', today: '2023-04-16', demonstration: true, scale: 60 });
    rmSync(folder, { recursive: true });
  });

  it('goes on at its pace until the instant at which a slower one begins', () => {
    const folder = mkdtempSync(join(tmpdir(), 'clock-'));
    const anchorReal = Date.now() + 60_000;
    const anchorSimulated = Date.parse('2023-04-16T12:00:00+08:00');
    writeFileSync(join(folder, 'clock.json'), JSON.stringify({ anchorReal, anchorSimulated, scaleBefore: 3600, scale: 1, cruise: 1, leaseUntilReal: anchorReal + 2000 }));
    const left = anchorSimulated - Date.parse(new InstallationClock(join(folder, 'clock.json')).state().now);
    expect(left).toBeGreaterThan(59 * 3600_000);
    expect(left).toBeLessThanOrEqual(60 * 3600_000);
    rmSync(folder, { recursive: true });
  });
});
