import { readFileSync } from 'node:fs';
import { demonstratedAt, type DemonstrationClock } from '@zhijian/contracts';

const beijing = (milliseconds: number): string => new Date(milliseconds + 8 * 3600_000).toISOString().replace('Z', '+08:00');

/** The installation's time for people to see: real, or that of the demonstration clock's file. Tokens and sessions never use it. */
export class InstallationClock {
  constructor(private readonly file: string | undefined) {}

  now(): string {
    return this.state().now;
  }

  state(): { now: string; today: string; demonstration: boolean; scale: number } {
    const clock = this.file ? (JSON.parse(readFileSync(this.file, 'utf8')) as DemonstrationClock) : undefined;
    const real = Date.now();
    const now = beijing(clock ? demonstratedAt(clock, real) : real);
    return { now, today: now.slice(0, 10), demonstration: clock !== undefined, scale: clock?.scale ?? 1 };
  }
}
