import { Injectable } from '@nestjs/common';
import { canonicalJson, sha256 } from '@zhijian/audit';
import { basisOf, bundleOf, caseOf, eventHashes, type ArchiveRecord } from '@zhijian/audit/bundle';
import { newId } from '@zhijian/contracts';
import { everywhere, UnitOfWork } from '@zhijian/persistence';
import { beijing, Calendars, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { bytesOf } from './history-bytes.js';
import { alreadyKept, calendarsNamed, keep, keptPacks, runningBundle } from './kept-files.js';
import { TemporalRuns, type Run } from './temporal-runs.js';

export interface ArchivedRun { record: ArchiveRecord; history: Buffer }

const sdk = '@temporalio/worker 1.24.0';
/** The id of a run; of anything else the engine need not be asked. */
const namesRun = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
/** Who archives, in the log. */
export const archivist = 'room:workflows';

/** Keeps runs as they were, with everything that is needed to replay them. */
@Injectable()
export class ArchiveService {
  constructor(private readonly uow: UnitOfWork, private readonly dataSource: DataSource, private readonly runs: TemporalRuns, private readonly packs: PackShelf, private readonly calendars: Calendars) {}

  /** Keeps the bundle that runs from now on, and the calendar in force, before anything needs them. */
  async begin(): Promise<void> {
    const bundle = await runningBundle();
    await this.uow.run({ actor: archivist, jurisdiction: '', cause: 'start', once: { key: `archive/bundle/${bundle.sha256}` } }, async (tx) => {
      tx.note('workflow bundle kept', bundle.sha256, null, { sdk });
      keep(tx, [bundle, ...await calendarsNamed(tx, this.calendars.current(), [this.calendars.current().version])]);
      return true;
    });
  }

  /** What is archived of a workflow: this run or its latest, as far as it had come. */
  async kept(workflowId: string, runId?: string): Promise<ArchivedRun | null> {
    const [row] = await this.dataSource.query<{ record: string; history: Buffer }[]>(
      'select record, history from archived_run where workflow_id = $1 and ($2::text is null or run_id = $2) order by started_at desc, events desc limit 1', [workflowId, runId ?? null]);
    return row ? { record: JSON.parse(row.record) as ArchiveRecord, history: row.history } : null;
  }

  /** The run of a workflow to be shown to an auditor, the latest when none is named: archived now where it still runs or has not been archived yet. Null: nobody knows it. */
  async asOfNow(workflowId: string, runId?: string): Promise<ArchivedRun | null> {
    const known = await this.kept(workflowId, runId);
    const closed = known?.record.closedAt ? known : null;
    if (closed && runId) return closed; // has ended and changes no more
    const run = await this.runs.find(workflowId, runId).catch((error: unknown) => { if (closed) return null; throw error; });
    if (!run || run.runId === closed?.record.runId) return known;
    await this.archive(run); // still open, or begun anew since
    return this.kept(workflowId, run.runId);
  }

  /** Whether anybody knows a workflow of this id. */
  async knows(workflowId: string): Promise<boolean> {
    return (await this.kept(workflowId)) !== null || (await this.runs.find(workflowId)) !== null;
  }

  /**
   * Sees to it that the archive tells of these runs of a workflow; of one that never was it cannot.
   * @returns those that could be neither asked for nor archived now, of which therefore nothing follows
   */
  async tellsOf(workflowId: string, runIds: readonly string[]): Promise<string[]> {
    const kept = await this.dataSource.query<{ run_id: string }[]>('select distinct run_id from archived_run where workflow_id = $1 and run_id = any($2::text[])', [workflowId, runIds]);
    const known = new Set(kept.map((row) => row.run_id));
    const unasked: string[] = [];
    for (const runId of runIds) if (!known.has(runId) && namesRun.test(runId)) await this.asOfNow(workflowId, runId).catch(() => unasked.push(runId));
    return unasked;
  }

  /** Archives a run as it stands; once it is archived as far as that, nothing happens. The room does it, also for a reader who may change nothing. */
  async archive(run: Run): Promise<void> {
    const { history, proto } = await this.runs.history(run);
    const bytes = bytesOf(proto);
    const bundle = await runningBundle();
    const hashes = eventHashes(bytes);
    const { packs: names, calendars } = basisOf(history);
    await this.uow.run({ actor: archivist, scope: everywhere, jurisdiction: '', cause: `archive/${run.workflowId}/${run.runId}`, once: { key: `archive/${run.workflowId}/${run.runId}/${history.events.length}` } }, async (tx) => {
      const files = [...await keptPacks(this.packs, names), ...await calendarsNamed(tx, this.calendars.current(), calendars)];
      const ran = bundleOf(history) ?? bundle.sha256;
      const kept = await alreadyKept(tx, [ran, bundle.sha256, ...files.map((file) => file.sha256)]);
      const known = kept.has(ran) || ran === bundle.sha256;
      const { campaignId, unit } = caseOf(run.workflowId);
      const record: ArchiveRecord = {
        v: 1, workflowId: run.workflowId, runId: run.runId, workflowType: run.type, campaignId, unit, status: run.status,
        startedAt: beijing(run.startedAt.getTime()), closedAt: run.closedAt && beijing(run.closedAt.getTime()),
        events: history.events.length, historySha256: sha256(bytes), eventsSha256: sha256(hashes), bundleSha256: known ? ran : bundle.sha256, ...(known ? {} : { ranBy: ran }), sdk,
        files: files.map(({ kind, name, sha256: hash }) => ({ kind, name, sha256: hash })), archivedAt: tx.now,
      };
      keep(tx, [...files, bundle].filter((file) => !kept.has(file.sha256))); // nearly always none: a run has kilobytes, what it rests on megabytes
      await tx.query(`insert into archived_run (id, workflow_id, run_id, campaign_id, events, started_at, closed_at, archived_at, history, record) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [newId(), run.workflowId, run.runId, record.campaignId, record.events, record.startedAt, record.closedAt, tx.now, bytes, canonicalJson(record)]);
      tx.note('history archived', run.workflowId, null, { ...record });
      return true;
    });
  }
}
