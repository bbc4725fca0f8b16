import { readFileSync, statSync } from 'node:fs';
import { demonstratedAt, type DemonstrationClock } from '@zhijian/contracts';

/** An instant as it is written everywhere: Beijing time with its offset. */
export const beijing = (milliseconds: number): string => new Date(milliseconds + 8 * 3600_000).toISOString().replace('Z', '+08:00');

/**
 * The time of the installation. With `DEMONSTRATION_CLOCK` (refused in production) it is the demonstration clock, which
 * the starter owns: it only moves forward, and stands still while its lease is not renewed.
 */
export class Clock {
  private read: { at: number; mtime: number; clock: DemonstrationClock } | undefined;

  constructor(private readonly file = process.env['DEMONSTRATION_CLOCK']) {
    if (file && process.env['NODE_ENV'] === 'production') throw new Error('a demonstration clock is refused in production');
  }

  get demonstration(): boolean {
    return Boolean(this.file);
  }

  get scale(): number {
    return this.demonstrated()?.scale ?? 1;
  }

  milliseconds(): number {
    const clock = this.demonstrated();
    return clock ? demonstratedAt(clock, Date.now()) : Date.now();
  }

  now(): string {
    return beijing(this.milliseconds());
  }

  passed(instant: string): boolean {
    return this.milliseconds() >= Date.parse(instant);
  }

  /**
   * The real instant to wait for, at the clock's cruising speed: a timer is never late; one that fires early asks again.
   * Real and demonstrated time are equal without a demonstration clock.
   */
  wakeAt(instant: string): string {
    return this.file ? beijing(Date.now() + this.wait(instant)) : instant;
  }

  /** Real milliseconds until the instant, at the clock's cruising speed; 0 when it has passed. */
  wait(instant: string): number {
    const left = Date.parse(instant) - this.milliseconds();
    const clock = this.demonstrated();
    const fastest = clock ? Math.max(1, clock.cruise, Date.now() < clock.anchorReal ? (clock.scaleBefore ?? 1) : 1) : 1;
    return Math.max(0, Math.ceil(left / fastest));
  }

  private demonstrated(): DemonstrationClock | undefined {
    if (!this.file) return undefined;
    if (this.read && Date.now() - this.read.at < 50) return this.read.clock;
    const { mtimeMs } = statSync(this.file);
    if (this.read?.mtime !== mtimeMs) this.read = { at: Date.now(), mtime: mtimeMs, clock: JSON.parse(readFileSync(this.file, 'utf8')) as DemonstrationClock };
    else this.read.at = Date.now();
    return this.read.clock;
  }
}
