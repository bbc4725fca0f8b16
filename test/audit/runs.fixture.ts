import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { sha256 } from '@zhijian/audit';
import { newId } from '@zhijian/contracts';
import { colourPublished, colourRunOpened, institutionRegistered } from '@zhijian/contracts/facts';
import { taskQueues, workflowIds } from '@zhijian/contracts/workflows';
import { inspectionRoom } from '@zhijian/inspection';
import { schemaFolders, urlFor } from '@zhijian/persistence';
import { room as publicationRoom } from '@zhijian/publication';
import { room as qualificationRoom } from '@zhijian/qualification';
import { room as qualityControlRoom } from '@zhijian/quality-control';
import { aFact, fixedClock, testDatabase, testRoom, type FixedClock, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { Alarms, bundleCode, KeptFile, keyOfLog, quietRuntime, Sequencer, workflowsRoom, type Remembered } from '@zhijian/workflow-runtime';

const namespace = process.env['TEMPORAL_NAMESPACE'] ?? 'zhijian';
const place = '500000';
const policy = { pack: 'chongqing/colour-2024', version: 1, clauses: ['CQ-2024-09'] };
const others = { qualification: qualificationRoom, 'quality-control': qualityControlRoom, publication: publicationRoom };

/** Every room on one database, the log, a real engine with its workers: what colours of an invented year entail. */
export class Stage {
  readonly workflowId: string;
  private readonly stops: (() => Promise<unknown>)[] = [];
  private constructor(readonly database: TestDatabase, readonly clock: FixedClock, readonly client: Client, readonly archive: TestRoom, readonly inspection: TestRoom, private readonly year: number) {
    this.workflowId = workflowIds.consequences(place, year);
  }

  /** @param year of its own: the engine is shared */
  static async set(year: number): Promise<Stage> {
    const address = process.env['TEMPORAL_ADDRESS'];
    if (!address) throw new Error('runs are archived from a real engine: TEMPORAL_ADDRESS is not set (npm test -- --only build,integration)');
    quietRuntime();
    const folder = mkdtempSync(join(tmpdir(), 'zhijian-runs-'));
    process.env['ZHIJIAN_DATA'] = folder; // where the key of the log is made
    const database = await testDatabase();
    const clock = fixedClock(`${year}-09-13T10:00:00+08:00`);
    const inspection = await testRoom(inspectionRoom, { database, clock });
    const rooms: TestRoom[] = [inspection];
    for (const description of Object.values(others)) rooms.push(await testRoom(description, { database, clock }));
    for (const [at, name] of ['inspection', ...Object.keys(others)].entries()) {
      await rooms[at]!.app.listen(0, '127.0.0.1');
      process.env[`${name.toUpperCase().replaceAll('-', '_')}_URL`] = await rooms[at]!.app.getUrl();
    }
    const now = (): string => new Date().toISOString();
    const alarms = new Alarms(new KeptFile(join(folder, 'log-alarms.json')), now, () => undefined);
    const archive = await testRoom(workflowsRoom({ alarms, looked: () => null, stop: async () => undefined }), { database, clock });
    const sequencer = new Sequencer({ url: urlFor('workflows_app', database.url), rooms: Object.keys(schemaFolders), key: keyOfLog(), memory: new KeptFile<Remembered>(join(folder, 'log-tree.json')), now, every: 50 });
    sequencer.start();
    const client = new Client({ connection: await Connection.connect({ address }), namespace });
    const stage = new Stage(database, clock, client, archive, inspection, year);
    stage.stops.push(await stage.workers(address), () => client.connection.close(), () => sequencer.stop(), () => archive.stop(), ...rooms.map((room) => () => room.stop()), () => database.drop(), async () => rmSync(folder, { recursive: true, force: true }));
    return stage;
  }

  /** The workflow code as it is shipped, and the steps of inspection. */
  private async workers(address: string): Promise<() => Promise<void>> {
    const connection = await NativeConnection.connect({ address });
    const code = await bundleCode();
    const { inject, make } = inspectionRoom.activities as unknown as { inject: never[]; make: (...services: never[]) => object };
    const workers = [
      await Worker.create({ connection, namespace, identity: 'workflows', taskQueue: taskQueues.workflows, workflowBundle: { code }, buildId: `workflow-bundle+${sha256(code)}` }),
      await Worker.create({ connection, namespace, identity: 'inspection', taskQueue: taskQueues.inspection, activities: make(...inject.map((type) => this.inspection.app.get<unknown, never>(type))) }),
    ];
    const running = Promise.all(workers.map((worker) => worker.run()));
    return async () => {
      for (const worker of workers) worker.shutdown();
      await running;
      await connection.close();
    };
  }

  /** A body whose colour has been made public as red: it owes a report. */
  async owing(): Promise<void> {
    const { year } = this;
    await this.inspection.hear(aFact(colourRunOpened, place, { runId: 'run', jurisdiction: place, year, basisYear: year - 1, policy, calendar: 'c' }, { jurisdiction: place }));
    const id = newId();
    await this.inspection.hear(aFact(institutionRegistered, id, { institutionId: id, creditCode: '91500000MA0000990X', name: '示例职业卫生技术服务机构', kind: 'occupational-health-service', jurisdiction: '500103', address: '示例路 1 号', contactPost: '质量负责人', invented: true, filing: null, revision: 1 }, { jurisdiction: '500103' }));
    const now = this.clock.now();
    await this.inspection.hear(aFact(colourPublished, id, {
      noticeId: 'notice', runId: 'run', jurisdiction: place, year, institutionId: id, revision: 1, colour: 'red', before: null, erratum: false, publishedOn: now.slice(0, 10), publishedAt: now,
      site: 'portal', address: `/institutions/${id}`, proofSha256: '0'.repeat(64), policy,
    }, { jurisdiction: place, time: now }));
  }

  /** Begins the year's workflow, anew where it was ended. @returns the run */
  async begun(): Promise<string> {
    const { year } = this;
    const { firstExecutionRunId } = await this.client.workflow.start('consequences', { taskQueue: taskQueues.workflows, workflowId: this.workflowId, args: [{ jurisdiction: place, year }], workflowIdReusePolicy: 'ALLOW_DUPLICATE' });
    return firstExecutionRunId;
  }

  /** Actions that steps of a run have noted, in the log's own words. */
  async notedBy(runId: string): Promise<string[]> {
    const rows = await this.database.query<{ body: string }>('inspection', `select body from command_entry where body::jsonb -> 'workflow' ->> 'run' = $1 order by id`, [runId]);
    return rows.flatMap(({ body }) => (JSON.parse(body) as { notes: { action: string }[] }).notes.map(({ action }) => action));
  }

  async gone(): Promise<void> {
    await this.client.workflow.getHandle(this.workflowId).terminate('looked at').catch(() => undefined);
    for (const stop of this.stops) await stop();
  }
}
