import { parentPort, workerData } from 'node:worker_threads';
import { localDate, type Calendar } from '@zhijian/calendar';
import type { BodyOf, gateway } from '@zhijian/contracts/http';
import { builtInPacks, Packs, rehearse, type Rehearsal } from '@zhijian/policy';

export interface ToPlay { pack: string; folder: string | undefined; calendar: Calendar; asked: BodyOf<typeof gateway.rehearsePack> }
export type Played = { report: Rehearsal } | { refused: string };

/** One rehearsal in a thread of its own: reads the pack, plays, answers, ends. */
async function played({ pack, folder, calendar, asked }: ToPlay): Promise<Played> {
  const { bodies, late, failing, seed, visitsAWeek, unitNames, dates } = asked;
  const read = await new Packs([folder ?? builtInPacks]).get(pack);
  try {
    return {
      report: rehearse(read, calendar, {
        bodies, assumptions: { late, seed, ...(failing === undefined ? {} : { failing }), ...(visitsAWeek === undefined ? {} : { visitsAWeek }) },
        ...(unitNames ? { unitNames } : {}), unitDates: dates.map(({ unit, duty, on }) => ({ city: unit, duty, on: localDate(on) })),
      }),
    };
  } catch (error) {
    if (error instanceof RangeError) return { refused: error.message };
    throw error;
  }
}

parentPort?.postMessage(await played(workerData as ToPlay));
