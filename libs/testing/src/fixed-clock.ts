import { Clock } from '@zhijian/service-kit';

/** A clock that stands where the test puts it. */
export class FixedClock extends Clock {
  private at: number;

  constructor(instant: string) {
    super('');
    this.at = Date.parse(instant);
  }

  /** Moves to an instant with offset (`2023-04-16T00:00:00+08:00`), backwards too. */
  set(instant: string): void {
    this.at = Date.parse(instant);
  }

  override milliseconds(): number {
    return this.at;
  }
}

/** @param instant ISO with offset */
export const fixedClock = (instant = '2023-02-15T09:00:00+08:00'): FixedClock => new FixedClock(instant);
