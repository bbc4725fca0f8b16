import { readFileSync } from 'node:fs';
import { demonstratedAt, type DemonstrationClock } from '@zhijian/contracts';

/** The Beijing day it is: of the real clock, or of the demonstration clock's file. */
export function todayOf(file = process.env['DEMONSTRATION_CLOCK']): string {
  const real = Date.now();
  const clock = file ? (JSON.parse(readFileSync(file, 'utf8')) as DemonstrationClock) : undefined;
  const now = clock ? demonstratedAt(clock, real) : real;
  return new Date(now + 8 * 3600_000).toISOString().slice(0, 10);
}
