/**
 * What is done turn after turn until it is stopped. A turn rests by `pause`, which a call of `wake` or `stop` ends at once;
 * it catches its own errors: one that escapes ends the loop, and `stop` throws it.
 */
export class Loop {
  private going = true;
  private ended: Promise<void> | undefined;
  private awaken: () => void = () => undefined;

  constructor(private readonly turn: () => Promise<void>) {}

  /** Whether it has not been told to stop. */
  get running(): boolean {
    return this.going;
  }

  start(): void {
    this.ended = this.turns();
  }

  /** Lets the turn under way come to its end. */
  async stop(): Promise<void> {
    this.going = false;
    this.awaken();
    await this.ended;
  }

  /** Ends the rest under way; nothing happens when there is none. */
  wake(): void {
    this.awaken();
  }

  /** Rests so many milliseconds, or until woken; not at all once it is to stop. */
  pause(milliseconds: number): Promise<void> {
    if (!this.going) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.awaken = () => { clearTimeout(timer); resolve(); };
    });
  }

  private async turns(): Promise<void> {
    while (this.going) await this.turn();
  }
}
