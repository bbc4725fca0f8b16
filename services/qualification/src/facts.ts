import type { Fact } from '@zhijian/contracts';
import {
  campaignApproved, campaignFinished, campaignPackMoved, colourPublished, colourWithdrawn, rectificationAccepted, rectificationMissed, rectificationOverdue, rectificationReleased, rectificationSubmitted, rectificationVerified, redYearsCounted, type redYearsCountedFirst, unitFinished,
} from '@zhijian/contracts/facts';
import type { Handlers } from '@zhijian/messaging';
import type { Tx } from '@zhijian/persistence';
import type { z } from 'zod';
import { dropColour, keepColour } from './colour/colour.store.js';
import type { ReviewOpening } from './review/review.opening.js';

type Data<K extends { data: unknown }> = K extends { data: z.ZodType<infer T> } ? T : never;

/**
 * What this room does on hearing of others. Of a campaign it keeps its own copy, so that a roster can be frozen without asking
 * anybody; of colours and of reports that are missing, what somebody must look at.
 */
export const handlers = (reviews: ReviewOpening): Handlers => ({
  [colourPublished.type]: async (fact: Fact<Data<typeof colourPublished>>, tx: Tx) => {
    await keepColour(fact, tx);
    await reviews.recoloured(fact, tx);
  },
  [colourWithdrawn.type]: (fact: Fact<Data<typeof colourWithdrawn>>, tx: Tx) => dropColour(fact, tx),
  [redYearsCounted.type]: (fact: Fact<Data<typeof redYearsCounted | typeof redYearsCountedFirst>>, tx: Tx) => reviews.redYears(fact, tx),
  [rectificationOverdue.type]: (fact: Fact<Data<typeof rectificationOverdue>>, tx: Tx) => reviews.overdue(fact, tx),
  [rectificationMissed.type]: (fact: Fact<Data<typeof rectificationMissed>>, tx: Tx) => reviews.missed(fact, tx),
  [rectificationVerified.type]: (fact: Fact<Data<typeof rectificationVerified>>, tx: Tx) => reviews.verified(fact, tx),
  [rectificationSubmitted.type]: (fact: Fact<Data<typeof rectificationSubmitted>>, tx: Tx) => reviews.submitted(fact, tx),
  [rectificationAccepted.type]: (fact: Fact<Data<typeof rectificationAccepted>>, tx: Tx) => reviews.accepted(fact, tx),
  [rectificationReleased.type]: (fact: Fact<Data<typeof rectificationReleased>>, tx: Tx) => reviews.released(fact, tx),

  [campaignApproved.type]: async ({ data }: Fact<Data<typeof campaignApproved>>, tx: Tx) => tx.execute(
    `insert into campaign (id, name, jurisdiction, units, pack, pack_version, finished_at)
     select $1, $2, $3, $4, $5, greatest($6, (select l.pack_version from campaign_later l where l.id = $1 and l.pack = $5)), (select l.finished_at from campaign_later l where l.id = $1) on conflict (id) do nothing`,
    [data.campaignId, data.name, data.jurisdiction, JSON.stringify(data.units), data.policy.pack, data.policy.version]),

  /** From now on lists are changed as the later version says. */
  [campaignPackMoved.type]: async ({ data }: Fact<Data<typeof campaignPackMoved>>, tx: Tx) => {
    await later(tx, data.campaignId, data.policy);
    await tx.execute('update campaign set pack_version = $2 where id = $1 and pack = $3 and pack_version < $2', [data.campaignId, data.policy.version, data.policy.pack]);
  },

  /** What is finished is not amended any more. */
  [unitFinished.type]: async ({ data }: Fact<Data<typeof unitFinished>>, tx: Tx) =>
    tx.execute('update roster set finished_at = $3 where campaign_id = $1 and unit = $2', [data.campaignId, data.unit, tx.now]),

  [campaignFinished.type]: async ({ data, time }: Fact<Data<typeof campaignFinished>>, tx: Tx) => {
    await later(tx, data.campaignId, null, time);
    await tx.execute('update campaign set finished_at = $2 where id = $1', [data.campaignId, time]);
  },
});

/** Keeps what is said of a campaign, whether its approval has been heard or not: the highest version, the end. */
const later = (tx: Tx, id: string, policy: { pack: string; version: number } | null, finishedAt: string | null = null): Promise<number> => tx.execute(
  `insert into campaign_later (id, pack, pack_version, finished_at) values ($1, $2, $3, $4)
   on conflict (id) do update set pack = coalesce(excluded.pack, campaign_later.pack), pack_version = greatest(excluded.pack_version, campaign_later.pack_version), finished_at = coalesce(excluded.finished_at, campaign_later.finished_at)`,
  [id, policy?.pack ?? null, policy?.version ?? null, finishedAt]);
