import { Injectable } from '@nestjs/common';

/** Tells this process, and it alone, that a campaign's frozen rosters begin to arrive; another process finds them when it looks. */
@Injectable()
export class RosterArrivals {
  private readonly waiting = new Map<string, Set<() => void>>();

  /** Something of the campaign is here, or will be with the commit of whoever says so. */
  told(campaignId: string): void {
    for (const wake of this.waiting.get(campaignId) ?? []) wake();
  }

  /** Waits until one is told of, at most so long (ms). @returns whether one was */
  async first(campaignId: string, most: number): Promise<boolean> {
    const waiting = this.waiting.get(campaignId) ?? new Set();
    this.waiting.set(campaignId, waiting);
    let wake = (): void => undefined;
    const told = await new Promise<boolean>((resolve) => {
      const patience = setTimeout(() => resolve(false), most);
      wake = () => { clearTimeout(patience); resolve(true); };
      waiting.add(wake);
    });
    waiting.delete(wake);
    if (waiting.size === 0 && this.waiting.get(campaignId) === waiting) this.waiting.delete(campaignId);
    return told;
  }
}
