import { Injectable } from '@nestjs/common';
import type { StepResult } from '@zhijian/contracts/activities';
import type { Caller } from '@zhijian/persistence';
import { DataSource } from 'typeorm';
import { rostersHere } from '../roster/frozen.store.js';
import { RosterArrivals } from '../roster/roster.arrivals.js';
import { StagesService } from './stages.service.js';

/**
 * So long the rosters under way are waited for (ms), and so often it is looked: seldom until one is told of, often from then
 * on until none has come for a while (`still`). Those that are here are opened when they are half of all, or when none has
 * joined them for that while.
 */
const patience = { whole: 10_000, first: 100, every: 8, still: 60 };

/** The start of a campaign, done for all its units at once. What fails or is missing here, each unit does by itself. */
@Injectable()
export class OpeningService {
  constructor(private readonly stages: StagesService, private readonly dataSource: DataSource, private readonly arrivals: RosterArrivals) {}

  /**
   * Plans all units and does what is due. Units whose rosters are under way are opened as the rosters arrive, half of them
   * while the others are still coming.
   * @returns what came of it, by unit
   */
  async open(campaignId: string, freezing: readonly string[], by: Caller): Promise<Record<string, StepResult>> {
    const [campaign] = await this.dataSource.query<{ jurisdiction: string }[]>('select jurisdiction from campaign where id = $1', [campaignId]);
    const caller = { actor: by.actor, cause: by.cause, jurisdiction: campaign?.jurisdiction ?? by.jurisdiction }; // without key: moments are done once, and the whole is not one transaction
    const results = await this.stages.advanceTogether(campaignId, null, caller);
    const left = new Set(freezing.filter((unit) => results[unit]?.next.kind === 'freeze-roster'));
    const half = Math.ceil(left.size / 2);
    const opening: Promise<void>[] = [];
    const failures: unknown[] = [];
    let [some, count, since] = [false, 0, Date.now()];
    for (const end = Date.now() + patience.whole; left.size > 0 && Date.now() < end; ) {
      const here = await rostersHere({ query: (sql, parameters) => this.dataSource.query(sql, parameters) }, campaignId, [...left]);
      if (here.length > count) [some, count, since] = [true, here.length, Date.now()];
      if (here.length > 0 && (here.length >= Math.min(half, left.size) || Date.now() - since >= patience.still)) {
        here.forEach((unit) => left.delete(unit));
        count = 0;
        opening.push(this.opened(campaignId, here, caller, results).catch((error: unknown) => { failures.push(error); }));
      } else if (some && Date.now() - since < patience.still) await new Promise((resolve) => setTimeout(resolve, patience.every));
      else {
        some = await this.arrivals.first(campaignId, some ? patience.still : patience.first);
        since = Date.now();
      }
    }
    await Promise.all(opening);
    if (failures.length > 0) throw failures[0];
    return results;
  }

  private async opened(campaignId: string, units: readonly string[], caller: Caller, results: Record<string, StepResult>): Promise<void> {
    for (const [unit, result] of Object.entries(await this.stages.advanceTogether(campaignId, units, caller))) results[unit] = joined(results[unit], result);
  }
}

function joined(first: StepResult | undefined, then: StepResult): StepResult {
  const did = [...(first?.did ?? []), ...(then.did ?? [])];
  return { ...first, ...then, ...(did.length && { did }) };
}
