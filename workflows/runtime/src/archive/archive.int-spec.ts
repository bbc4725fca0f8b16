import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { newId } from '@zhijian/contracts';
import { UnitOfWork } from '@zhijian/persistence';
import { Calendars, PackShelf } from '@zhijian/service-kit';
import { fixedClock, testDatabase, type TestDatabase } from '@zhijian/testing';
import { ArchiveService } from './archive.service.js';
import { TemporalRuns } from './temporal-runs.js';

/** Three runs of one workflow as they are kept; the engine does not answer. */
const workflowId = 'consequences/990000/2024';
const [first, second, third] = [newId(), newId(), newId()];
let database: TestDatabase;
let archive: ArchiveService;

const keep = (runId: string, startedAt: string, closedAt: string | null, events: number) => database.query('workflows',
  `insert into archived_run (id, workflow_id, run_id, events, started_at, closed_at, archived_at, history, record) values ($1, $2, $3, $4, $5, $6, now(), '', $7)`,
  [newId(), workflowId, runId, events, startedAt, closedAt, JSON.stringify({ workflowId, runId, closedAt, events })]);

beforeAll(async () => {
  database = await testDatabase();
  const source = await database.dataSource('workflows');
  const nobody = async () => new Client({ connection: await Connection.connect({ address: '127.0.0.1:1', connectTimeout: '200ms' }) });
  archive = new ArchiveService(new UnitOfWork(source, fixedClock('2024-11-15T10:00:00+08:00')), source, new TemporalRuns(nobody), new PackShelf(), new Calendars('/nowhere'));
  // the latest was archived first, and the first one twice: as it stood, and when it had ended
  await keep(third, '2024-03-01T00:00:00Z', null, 7);
  await keep(second, '2024-02-01T00:00:00Z', '2024-02-20T00:00:00Z', 30);
  await keep(first, '2024-01-01T00:00:00Z', '2024-01-20T00:00:00Z', 20);
  await keep(first, '2024-01-01T00:00:00Z', null, 5);
}, 60_000);
afterAll(() => database?.drop());

describe('the archive while the engine does not answer', () => {
  it('gives a named run that has ended as it ended', async () => {
    for (const [runId, events] of [[first, 20], [second, 30]] as const) expect((await archive.asOfNow(workflowId, runId))!.record).toMatchObject({ runId, events });
  });

  it('takes the run that began last for the latest, whenever it was archived; still open it cannot be told as it stands', async () => {
    expect((await archive.kept(workflowId))!.record.runId).toBe(third);
    await expect(archive.asOfNow(workflowId)).rejects.toThrow();
  });

  it('names the runs it could not ask for; what it keeps, and what is no run’s id, it need not', async () => {
    const unknown = newId();
    expect(await archive.tellsOf(workflowId, [first, second, third, unknown, 'x'])).toEqual([unknown]);
  });
});
