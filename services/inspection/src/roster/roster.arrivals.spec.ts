import type { EventEmitter } from 'node:events';
import { expect, it } from '@jest/globals';
import { RosterArrivals } from './roster.arrivals.js';

it('whoever waits for a campaign is woken by its first roster, by no other campaign, and by patience', async () => {
  const arrivals = new RosterArrivals();
  arrivals.told('mine'); // nobody waits yet
  const both = Promise.all([arrivals.first('mine', 60_000), arrivals.first('mine', 60_000)]);
  const other = arrivals.first('other', 20);
  arrivals.told('mine');
  expect(await both).toEqual([true, true]);
  expect(await other).toBe(false);
  expect((arrivals as unknown as { campaigns: EventEmitter }).campaigns.eventNames()).toEqual([]);
});
