import { Injectable } from '@nestjs/common';
import type { Fact, FactKind } from '@zhijian/contracts';
import { redYearsCounted, type colourPublished, type colourWithdrawn, type noticeFinished, type noticePosted, type noticeWithdrawn, type objectionAnswered, type objectionRaised } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';
import { escalationOf, redRuns, runOf, type EscalationStep as Step, type Pack } from '@zhijian/policy';
import { PackShelf } from '@zhijian/service-kit';
import { certifyRedYears } from './colour.evidence.js';
import { policyOf } from './colour.service.js';
import { packsOfYears, publicColours, type Run } from './colour.store.js';

type DataOf<K> = K extends FactKind<infer T> ? T : never;
type Heard<K> = Fact<DataOf<K>>;

/** What publication tells of this room's colours, and the red years counted by it. */
@Injectable()
export class PublishedService {
  constructor(private readonly packs: PackShelf) {}

  async posted({ data }: Heard<typeof noticePosted>, tx: Tx): Promise<void> {
    await tx.execute('insert into colour_notice (notice_id, run_id, jurisdiction, because, posted_on, last_day, entries) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing',
      [data.noticeId, data.runId, data.jurisdiction, data.because, data.postedOn, data.lastDay, data.entries]);
  }

  async withdrawn({ data }: Heard<typeof noticeWithdrawn>, tx: Tx): Promise<void> {
    await tx.execute('update colour_notice set withdrawn_reason = $2 where notice_id = $1', [data.noticeId, data.reason]);
  }

  async finished({ data, time }: Heard<typeof noticeFinished>, tx: Tx): Promise<void> {
    const [notice] = await tx.query<{ because: string }>('update colour_notice set finished_at = $2, published = $3, waiting = $4 where notice_id = $1 returning because', [data.noticeId, time, data.published, data.waiting]);
    if (notice?.because === 'run') await tx.execute(`update colour_run set state = 'published', version = version + 1 where id = $1 and state = 'signed'`, [data.runId]);
  }

  async objected({ data }: Heard<typeof objectionRaised>, tx: Tx): Promise<void> {
    await tx.execute(
      `insert into colour_objection (objection_id, run_id, institution_id, notice_id, jurisdiction, raised_at) values ($1, $2, $3, $4, $5, $6) on conflict (objection_id) do update set raised_at = excluded.raised_at`,
      [data.objectionId, data.runId, data.institutionId, data.noticeId, data.jurisdiction, data.raisedAt]);
  }

  /** `to-be-changed`: a correction because of this objection is expected of this room. */
  async answered({ data, time }: Heard<typeof objectionAnswered>, tx: Tx): Promise<void> {
    await tx.execute(
      `insert into colour_objection (objection_id, run_id, institution_id, notice_id, jurisdiction, outcome, answered_at) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (objection_id) do update set outcome = excluded.outcome, answered_at = excluded.answered_at`,
      [data.objectionId, data.runId, data.institutionId, data.noticeId, data.jurisdiction, data.outcome, time]);
  }

  async published(fact: Heard<typeof colourPublished>, tx: Tx): Promise<void> {
    const { runId, institutionId, revision, jurisdiction, year, colour, before, erratum, publishedOn, publishedAt, noticeId, site, address } = fact.data;
    await tx.execute(
      `insert into colour_publication (fact_id, run_id, institution_id, revision, jurisdiction, year, colour, before, erratum, published_on, notice_id, site, address, told_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict do nothing`,
      [fact.id, runId, institutionId, revision, jurisdiction, year, colour, before, erratum, publishedOn, noticeId, site, address, publishedAt]);
    await this.recount(tx, jurisdiction, institutionId);
  }

  async withdrawnColour(fact: Heard<typeof colourWithdrawn>, tx: Tx): Promise<void> {
    const { runId, institutionId, revision, jurisdiction, year, before, noticeId, reason } = fact.data;
    await tx.execute(
      `insert into colour_publication (fact_id, run_id, institution_id, revision, jurisdiction, year, colour, before, erratum, notice_id, reason, told_at)
       values ($1, $2, $3, $4, $5, $6, null, $7, false, $8, $9, $10) on conflict do nothing`,
      [fact.id, runId, institutionId, revision, jurisdiction, year, before, noticeId, reason, fact.time]);
    await this.recount(tx, jurisdiction, institutionId);
  }

  /** Every body of a run again, as the workflow orders once its notice has ended; what stands already is not said twice. */
  async recountRun(tx: Tx, run: Run): Promise<{ counted: number; alarms: number; proposals: number }> {
    const bodies = await tx.query<{ institutionId: string }>('select institution_id as "institutionId" from colour_public where run_id = $1 order by institution_id', [run.id]);
    for (const { institutionId } of bodies) await this.recount(tx, run.jurisdiction, institutionId);
    const steps = await tx.query<{ step: Step; bodies: number }>('select step, count(*)::int as bodies from red_years_current where run_id = $1 group by step', [run.id]);
    const of = (step: Step): number => steps.find((one) => one.step === step)?.bodies ?? 0;
    return { counted: bodies.length, alarms: of('alarm'), proposals: of('propose') };
  }

  /** Counts a body's years in a row anew, this year's and all later ones, and says what has become another (CQ-2024-20). */
  private async recount(tx: Tx, jurisdiction: string, institutionId: string): Promise<void> {
    const years = await publicColours(tx, jurisdiction, institutionId);
    const runs = new Map((await tx.query<{ id: string; year: number; pack: string; packVersion: number }>('select id, year, pack, pack_version as "packVersion" from colour_run where jurisdiction = $1', [jurisdiction])).map((run) => [run.id, run]));
    if (years.some(({ runId }) => !runs.has(runId))) return; // colours of a run that was not made here
    const packOf = await packsOfYears(tx, this.packs, jurisdiction);
    const standing = await tx.query<{ year: number; revision: number; colour: string | null; redYears: number; step: Step }>(
      'select year, revision, colour, red_years as "redYears", step from red_years_current where jurisdiction = $1 and institution_id = $2', [jurisdiction, institutionId]);
    for (const counted of redRuns(packOf, years)) {
      const told = years.find(({ year }) => year === counted.year);
      if (!told) continue;
      const pack = packOf(counted.year);
      const step = escalationOf(pack, counted.redYears);
      const now = standing.find(({ year }) => year === counted.year);
      if (now && now.redYears === counted.redYears && now.step === step && now.colour === counted.colour) continue;
      await this.kept(tx, { ...runs.get(told.runId)!, jurisdiction, pack }, institutionId, { ...counted, step, revision: (now?.revision ?? 0) + 1 }, now ? { redYears: now.redYears, step: now.step } : null);
    }
  }

  private async kept(tx: Tx, run: { id: string; year: number; packVersion: number; jurisdiction: string; pack: Pack }, institutionId: string, counted: { year: number; colour: string | null; before: number; redYears: number; step: Step; revision: number }, before: { redYears: number; step: Step } | null): Promise<void> {
    const { year, colour, redYears, step, revision } = counted;
    await tx.execute('insert into red_years (jurisdiction, institution_id, year, revision, run_id, colour, red_years, step, counted_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [run.jurisdiction, institutionId, year, revision, run.id, colour, redYears, step, tx.now]);
    certifyRedYears(tx, run.pack, run, institutionId, counted);
    const policy = policyOf({ pack: run.pack.id, packVersion: run.packVersion }, runOf(run.pack, 'red-years')?.clauses ?? []);
    // below the alarm nobody need hear of it, unless somebody was told otherwise before
    if (step !== 'none' || (before && before.step !== 'none')) tx.fact(redYearsCounted, institutionId, { runId: run.id, institutionId, line: null, year, redYears, step, before, policy }, run.jurisdiction);
    tx.note('red years counted', `${run.id}/${institutionId}`, policy, { year, colour, redYears, step }, run.jurisdiction);
  }
}
