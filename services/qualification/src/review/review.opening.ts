import { Injectable } from '@nestjs/common';
import { decidedByRule } from '@zhijian/audit/rules';
import { addDays, localDate } from '@zhijian/calendar';
import { newId, type Fact, type FactKind, type InstitutionKind, type PolicyRef } from '@zhijian/contracts';
import { reviewGrounds, reviewOpened, type colourPublished, type rectificationAccepted, type rectificationMissed, type rectificationOverdue, type rectificationReleased, type rectificationSubmitted, type rectificationVerified, type redYearsCounted, type redYearsCountedFirst } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';
import { escalationOf } from '@zhijian/policy';
import { PackShelf } from '@zhijian/service-kit';
import { reread } from '../institution/institution.rows.js';
import { becauseMissed, becauseOverdue, becauseRedYears, looksOf, recounted, rectifiedNote } from './review.rules.js';

type DataOf<K> = K extends FactKind<infer T> ? T : never;
type Ground = (typeof reviewGrounds)[number];
interface Opening { institutionId: string; line: InstitutionKind | null; ground: Ground; year: number; jurisdiction: string; because: string; seen: { redYears: number | null; dueOn: string | null }; policy: PolicyRef }

/** What other rooms say of a body, and whether its qualification is to be looked at for it (CQ-2024-20). Nothing ends by it. */
@Injectable()
export class ReviewOpening {
  constructor(private readonly packs: PackShelf) {}

  /** The last red year in a row opens a review; one that only warns does not. A count that became another is noted where one was opened. */
  async redYears({ data, jurisdiction, time }: Fact<DataOf<typeof redYearsCounted> | DataOf<typeof redYearsCountedFirst>>, tx: Tx): Promise<void> {
    const { institutionId, line, year, redYears, policy } = data;
    const before = 'before' in data ? data.before : null;
    const opened = data.step === 'propose' && (await this.open(tx, { institutionId, line, ground: 'red-years', year, jurisdiction, because: becauseRedYears(year, redYears), seen: { redYears, dueOn: null }, policy }));
    if (before && !opened) await noted(tx, { institutionId, jurisdiction, year }, 'red-years', { at: time, what: 'red-years-recounted', detail: recounted(year, before.redYears, redYears) });
  }

  async overdue({ data: { institutionId, jurisdiction, year, dueOn, policy } }: Fact<DataOf<typeof rectificationOverdue>>, tx: Tx): Promise<void> {
    await this.open(tx, { institutionId, line: null, ground: 'rectification-overdue', year, jurisdiction, because: becauseOverdue(year, dueOn), seen: { redYears: null, dueOn }, policy });
  }

  submitted({ data, time }: Fact<DataOf<typeof rectificationSubmitted>>, tx: Tx): Promise<void> {
    return noted(tx, data, 'rectification-overdue', { at: time, what: 'report-submitted', detail: `第${data.version}份，${data.late ? '逾期' : '按时'}` });
  }

  accepted({ data, time }: Fact<DataOf<typeof rectificationAccepted>>, tx: Tx): Promise<void> {
    return noted(tx, data, 'rectification-overdue', { at: time, what: 'report-accepted', detail: null });
  }

  /** A limit that an agency wrote has ended unrectified: a review where the pack's table proposes one, whatever the red years (those open one of their own). */
  async missed({ data: { institutionId, jurisdiction, year, limitOn, policy } }: Fact<DataOf<typeof rectificationMissed>>, tx: Tx): Promise<void> {
    const pack = await this.packs.get(`${policy.pack}@${policy.version}`);
    const limit = localDate(limitOn);
    if (escalationOf(pack, 0, { of: { rectified: false, limitOn: limit }, on: addDays(limit, 1) }) !== 'propose') return;
    await this.open(tx, { institutionId, line: null, ground: 'rectification-missed', year, jurisdiction, because: becauseMissed(year, limitOn), seen: { redYears: null, dueOn: limitOn }, policy });
  }

  verified({ data, time }: Fact<DataOf<typeof rectificationVerified>>, tx: Tx): Promise<void> {
    return noted(tx, data, 'rectification-missed', { at: time, what: 'rectified', detail: rectifiedNote(data.rectifiedOn, data.inTime) });
  }

  async released({ data, time }: Fact<DataOf<typeof rectificationReleased>>, tx: Tx): Promise<void> {
    for (const ground of ['rectification-overdue', 'rectification-missed'] as const) await noted(tx, data, ground, { at: time, what: 'duty-released', detail: data.reason });
  }

  /** A colour that became another after it had been counted: whoever looks at the qualification must know. */
  async recoloured({ data, time }: Fact<DataOf<typeof colourPublished>>, tx: Tx): Promise<void> {
    if (!data.erratum || data.before === data.colour) return;
    await noted(tx, data, 'red-years', { at: time, what: 'colour-changed', detail: `${data.year}年度` }, true);
  }

  /** @returns whether there is one now that was not there before */
  private async open(tx: Tx, { institutionId, line, ground, year, jurisdiction, because, seen, policy }: Opening): Promise<boolean> {
    const { lines = [] } = await reread(tx, institutionId);
    const pack = await this.packs.get(`${policy.pack}@${policy.version}`);
    let any = false;
    for (const look of looksOf(lines, line, jurisdiction, tx.now.slice(0, 10))) {
      const reviewId = newId();
      const opened = await tx.execute(
        `insert into review (id, institution_id, line, ground, year, authority, jurisdiction, because, seen, pack, pack_version, clauses, opened_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing`,
        [reviewId, institutionId, look.line, ground, year, look.authority, jurisdiction, because, JSON.stringify(seen), policy.pack, policy.version, JSON.stringify(policy.clauses), tx.now]);
      if (opened === 0) continue;
      any = true;
      tx.fact(reviewOpened, institutionId, { reviewId, institutionId, line: look.line, ground, year, authority: look.authority, because, policy }, jurisdiction);
      tx.certify(decidedByRule(pack, {
        kind: 'review', subject: reviewId, about: [institutionId], jurisdiction, form: 'include', name: 'review-grounds', text: { include: [...reviewGrounds], reopens: [] },
        inputs: { ground }, context: { year, line: look.line, authority: look.authority, ...seen }, clauses: policy.clauses, reason: because,
      }));
      tx.note('review opened', reviewId, policy, { institution: institutionId, ground, year, authority: look.authority }, jurisdiction);
    }
    return any;
  }
}

interface Note { at: string; what: string; detail: string | null }

/** What has come to be known stands beside the review; it decides nothing. `andLater`: it concerns the reviews of later years too. */
async function noted(tx: Tx, { institutionId, jurisdiction, year }: { institutionId: string; jurisdiction: string; year: number }, ground: Ground, note: Note, andLater = false): Promise<void> {
  await tx.execute(
    `update review set notes = notes || $5::jsonb, version = version + 1 where institution_id = $1 and jurisdiction = $2 and ground = $4 and state = 'open' and (year = $3 or ($6 and year > $3))`,
    [institutionId, jurisdiction, year, ground, JSON.stringify([note]), andLater]);
}
