import { Loop } from '@zhijian/messaging';
import { log } from '@zhijian/service-kit';
import type { DataSource } from 'typeorm';
import type { ArchiveService } from './archive.service.js';
import type { Run, TemporalRuns } from './temporal-runs.js';

/** Visibility may lag behind, and clocks differ: so far back is looked again (ms). */
const overlap = 3600_000;
const every = { soon: 2000, whole: 3600_000 };

/**
 * Archives closed runs before Temporal forgets them: again and again what closed lately, each hour everything it still
 * knows. @returns a function that stops
 */
export function runArchiver(archive: ArchiveService, runs: TemporalRuns, dataSource: DataSource): () => Promise<void> {
  let begun = false;
  let wholeAt = 0;
  const failed = new Failed();
  const loop: Loop = new Loop(async () => {
    try {
      if (!begun) await archive.begin();
      begun = true;
      const whole = Date.now() - wholeAt > every.whole;
      await archiveClosed(archive, runs, dataSource, whole ? null : await latestClosing(dataSource), () => !loop.running, failed);
      if (whole) wholeAt = Date.now();
    } catch (error) {
      if (loop.running) log.warn({ msg: 'archiving is tried again', error: (error as Error).message });
    }
    await loop.pause(every.soon);
  });
  loop.start();
  return () => loop.stop();
}

/** Archives what has closed and is not archived yet. One run that cannot be archived holds up no other. @returns how many were archived */
export async function archiveClosed(archive: ArchiveService, runs: TemporalRuns, dataSource: DataSource, since: Date | null, stopped: () => boolean = () => false, failed = new Failed()): Promise<number> {
  let archived = 0;
  for (const run of await unarchived(runs, dataSource, since)) {
    if (stopped()) break;
    if (failed.rests(run.runId)) continue;
    try {
      await archive.archive(run);
      archived += 1;
    } catch (error) {
      failed.again(run.runId);
      log.warn({ msg: 'a run could not be archived', workflowId: run.workflowId, error: (error as Error).message });
    }
  }
  return archived;
}

/** Which of the closed runs are not archived: one question for all of them. */
async function unarchived(runs: TemporalRuns, dataSource: DataSource, since: Date | null): Promise<Run[]> {
  const closed: Run[] = [];
  for await (const run of runs.closed(since)) closed.push(run);
  if (closed.length === 0) return [];
  const rows = await dataSource.query<{ run_id: string }[]>('select run_id from archived_run where run_id = any($1::text[]) and closed_at is not null', [closed.map(({ runId }) => runId)]);
  const known = new Set(rows.map((row) => row.run_id));
  return closed.filter(({ runId }) => !known.has(runId));
}

/** What could not be archived is tried again after ten seconds, then after twice as long each time, at most an hour. */
class Failed {
  private readonly runs = new Map<string, { until: number; pause: number }>();

  rests(runId: string): boolean {
    return (this.runs.get(runId)?.until ?? 0) > Date.now();
  }

  again(runId: string): void {
    const pause = Math.min(every.whole, 2 * (this.runs.get(runId)?.pause ?? 5000));
    this.runs.set(runId, { until: Date.now() + pause, pause });
  }
}

async function latestClosing(dataSource: DataSource): Promise<Date | null> {
  const [row] = await dataSource.query<{ at: Date | null }[]>('select max(closed_at) as at from archived_run');
  return row?.at ? new Date(row.at.getTime() - overlap) : null;
}
