import { EventEmitter, once } from 'node:events';
import { Injectable } from '@nestjs/common';

/** Tells this process, and it alone, that a campaign's frozen rosters begin to arrive; another process finds them when it looks. */
@Injectable()
export class RosterArrivals {
  private readonly campaigns = new EventEmitter().setMaxListeners(0);

  /** Something of the campaign is here, or will be with the commit of whoever says so. */
  told(campaignId: string): void {
    this.campaigns.emit(campaignId);
  }

  /** Waits until one is told of, at most so long (ms). @returns whether one was */
  first(campaignId: string, most: number): Promise<boolean> {
    return once(this.campaigns, campaignId, { signal: AbortSignal.timeout(most) }).then(() => true, () => false);
  }
}
