import { Injectable, Optional } from '@nestjs/common';
import { canonicalJson, sha256 } from '@zhijian/audit';
import { isRefused } from '@zhijian/contracts';
import type { ColourClosing, ColouringStep, CountedRedYears, ProposedColours, YearEnd } from '@zhijian/contracts/activities';
import { dueAt, localDate } from '@zhijian/calendar';
import { UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import { frequenciesFor } from '@zhijian/policy';
import { Clock, PackShelf } from '@zhijian/service-kit';
import { ColourService, policyOf } from './colour.service.js';
import { packOfRun, takenRun, type Run } from './colour.store.js';
import { PublishedService } from './published.service.js';
import { MonitoringOwed } from './year-end.js';

/** What the workflow of a colouring orders. */
@Injectable()
export class ColourSteps {
  constructor(
    private readonly uow: UnitOfWork, private readonly colours: ColourService, private readonly publications: PublishedService, private readonly packs: PackShelf, private readonly clock: Clock,
    @Optional() private readonly monitoring?: MonitoringOwed,
  ) {}

  async propose({ runId }: ColouringStep, by: Caller): Promise<ProposedColours> {
    const proposed = await this.colours.propose(runId, null, by);
    if (isRefused(proposed)) throw new Error(proposed.code);
    return proposed;
  }

  /** The end of the calendar year a colouring is for: its last day's 24:00. */
  yearEnd({ runId }: ColouringStep, by: Caller): Promise<YearEnd> {
    return this.uow.run(by, async (tx) => {
      const run = await this.run(tx, runId);
      const at = dueAt(localDate(`${run.year}-12-31`));
      const clauses = frequenciesFor(await packOfRun(this.packs, run), { activity: 'colouring' }).flatMap((rule) => rule.clauses);
      return { dueAt: at, wakeAt: this.clock.wakeAt(at), passed: this.clock.passed(at), clauses };
    });
  }

  countRedYears({ runId }: ColouringStep, by: Caller): Promise<CountedRedYears> {
    return this.uow.run(by, async (tx) => this.publications.recountRun(tx, await this.run(tx, runId)));
  }

  /** What of the year was owed and has not been done: kept with the run, said once. */
  close({ runId }: ColouringStep, by: Caller): Promise<ColourClosing> {
    return this.uow.run(by, async (tx) => {
      const run = await this.run(tx, runId);
      const [left] = await tx.query<{ undetermined: number; unpublished: number }>(
        `select count(*) filter (where s.state <> 'signed')::int as undetermined, count(*) filter (where s.state = 'signed' and p.colour is null)::int as unpublished
           from colour_standing s left join colour_public p using (run_id, institution_id) where s.run_id = $1`, [run.id]);
      const open = [...(['opened', 'proposed'].includes(run.state) ? ['unsigned'] : []), ...(left!.unpublished > 0 ? ['unpublished'] : []), ...(left!.undetermined > 0 ? ['uncoloured'] : [])];
      const monitoring = (await this.monitoring?.notDone(tx, run.jurisdiction, run.year)) ?? [];
      const closing = { closedAt: tx.now, open, counts: left, monitoring };
      await tx.execute('update colour_run set year_end = $2, version = version + 1 where id = $1', [run.id, JSON.stringify(closing)]);
      tx.note('colour year ended', run.id, policyOf(run, []), { open, ...left, monitoring: monitoring.length }, run.jurisdiction);
      return { open, ...left!, monitoring: monitoring.length, digest: sha256(canonicalJson(closing)) };
    });
  }

  private async run(tx: Tx, runId: string): Promise<Run> {
    const run = await takenRun(tx, runId);
    if (!run) throw new Error('the run has not arrived yet');
    return run;
  }
}
