import { readFileSync } from 'node:fs';

interface Demonstration { anchorReal: number; anchorSimulated: number; scale: number; leaseUntilReal: number }

/** The Beijing day it is: of the real clock, or of the demonstration clock's file. */
export function todayOf(file = process.env['DEMONSTRATION_CLOCK']): string {
  const real = Date.now();
  const clock = file ? (JSON.parse(readFileSync(file, 'utf8')) as Demonstration) : undefined;
  const now = clock ? clock.anchorSimulated + (Math.min(real, clock.leaseUntilReal) - clock.anchorReal) * clock.scale : real;
  return new Date(now + 8 * 3600_000).toISOString().slice(0, 10);
}
