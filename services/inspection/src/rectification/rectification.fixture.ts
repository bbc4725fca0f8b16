import type { Fact } from '@zhijian/contracts';
import { theRoom } from '../campaign/campaign.fixture.js';
import { inTree, Year } from './colours.fixture.js';

type Room = Awaited<ReturnType<typeof theRoom>>;

/** The room with the municipality and its district in the tree, on the day on which the colours of 2024 become public. */
export async function colouredRoom(): Promise<Room> {
  const room = await theRoom('2024-09-24T09:00:00+08:00');
  await inTree(room);
  return room;
}

/** What was stated of a body's duty to report and to rectify: `rectificationFacts(room, 'ordered', id)`. */
export const rectificationFacts = async (room: Room, type: string, institutionId: string): Promise<Fact<Record<string, unknown>>[]> =>
  (await room.facts(`inspection.rectification-${type}`)).filter(({ subject }) => subject === institutionId);

/** A body whose colour is published at an instant, in a year of its own. */
export async function coloured(room: Room, { colour = 'red', on, year }: { colour?: string; on: string; year: number }): Promise<{ play: Year; institutionId: string }> {
  room.clock.set(on);
  const play = new Year(room, year);
  const institutionId = await play.body();
  await play.published(institutionId, colour);
  return { play, institutionId };
}
