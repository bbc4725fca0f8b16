import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unzipped, type ArchiveRecord } from '@zhijian/audit/bundle';
import { newId } from '@zhijian/contracts';
import { audit } from '@zhijian/contracts/http';
import { signals } from '@zhijian/contracts/workflows';
import { UnitOfWork } from '@zhijian/persistence';
import { aPrincipal, eventually } from '@zhijian/testing';
import { Stage } from './runs.fixture.js';

/** The year's workflow finds a report overdue, is terminated while it waits for the year's end, is begun anew and closes the year. */
const auditor = aPrincipal('auditor', '500000');
let stage: Stage;
let [earlier, later] = ['', ''];

const asked = (runId?: string) => ({ as: auditor, params: { workflowId: stage.workflowId }, ...(runId ? { query: { runId } } : {}) });
const exported = async (runId?: string) => {
  const { bytes, headers } = await stage.archive.call(audit.exportCase, asked(runId));
  const files = await unzipped(bytes);
  return { record: JSON.parse(files.get('archive.json')!.toString()) as ArchiveRecord, name: String(headers['content-disposition']) };
};
const verified = async (runId?: string) => (await stage.archive.call(audit.verifyCase, asked(runId))).body;
const told = async (runId?: string) => (await stage.archive.call(audit.getStory, asked(runId))).body;
const listed = async (query: Record<string, string | number> = {}) => (await stage.archive.call(audit.listArchivedCases, { as: auditor, query })).body;

/** An entry as somebody makes it who may write to the room's log: it hashes, stands in the log, and names a step. */
const forged = (workflow: { id: string; run: string; activity: string }) =>
  new UnitOfWork(stage.inspection.dataSource, stage.clock).run({ actor: `workflow:${workflow.id}`, jurisdiction: '500000', cause: newId(), workflow }, async (tx) => { tx.note('reports reminded', stage.workflowId, null, {}); return true; });

beforeAll(async () => {
  stage = await Stage.set(2024);
  await stage.owing();
  stage.clock.set('2024-11-15T10:00:00+08:00');
  earlier = await stage.begun();
  await eventually('the first run has found the report overdue', async () => (await stage.notedBy(earlier)).includes('rectification overdue'));
  await eventually('and waits', async () => (await stage.client.workflow.getHandle(stage.workflowId, earlier).describe()).raw.pendingActivities?.length === 0);
  await stage.client.workflow.getHandle(stage.workflowId, earlier).terminate('begun anew');
  later = await stage.begun();
}, 120_000);
afterAll(() => stage?.gone(), 60_000);

describe('a workflow that was ended and begun anew', () => {
  it('has its latest run told while it goes on, though the one before was archived after it', async () => {
    expect(await told()).toMatchObject({ runId: later, status: 'RUNNING' });
    expect((await exported(earlier)).record).toMatchObject({ runId: earlier, status: 'TERMINATED', closedAt: expect.any(String) }); // archived only now
    expect(await told()).toMatchObject({ runId: later, status: 'RUNNING' });
    expect((await listed({ kind: 'consequences' })).items.map(({ runId }) => runId)).toEqual([later]);
  });

  it('a named run that is still open is archived as it stands', async () => {
    expect((await exported(later)).record).toMatchObject({ runId: later, status: 'RUNNING', closedAt: null });
    stage.clock.set('2025-01-02T10:00:00+08:00');
    await stage.client.workflow.getHandle(stage.workflowId, later).signal(signals.daysMoved, { factId: (await stage.inspection.facts('inspection.rectification-overdue'))[0]!.id }); // any fact of the case wakes it
    expect(await stage.client.workflow.getHandle(stage.workflowId, later).result()).toMatchObject({ steps: { 'year-end': 1 } });
    expect((await exported(later)).record).toMatchObject({ runId: later, status: 'COMPLETED' });
  }, 60_000);

  it('is listed with all its runs, the latest first, page by page; among the cases with the latest', async () => {
    const all = await listed({ workflowId: stage.workflowId });
    expect(all.items.map(({ runId, status }) => [runId, status])).toEqual([[later, 'COMPLETED'], [earlier, 'TERMINATED']]);
    const first = await listed({ workflowId: stage.workflowId, limit: 1 });
    const second = await listed({ workflowId: stage.workflowId, limit: 1, cursor: first.next! });
    expect([...first.items, ...second.items].map(({ runId }) => runId)).toEqual([later, earlier]);
    expect((await listed()).items.map(({ runId }) => runId)).toEqual([later]);
    expect((await listed({ workflowId: 'consequences/500000/1999' })).items).toEqual([]);
  });

  it('both runs are exported under names of their own, and verify', async () => {
    expect(await exported()).toMatchObject({ record: { runId: later } });
    expect((await exported()).name).not.toContain(later);
    expect((await exported(earlier)).name).toContain(`consequences-500000-2024-${earlier}.zjb`);
    for (const runId of [earlier, later, undefined]) expect(await verified(runId)).toMatchObject({ ok: true, problems: [], checks: expect.arrayContaining([{ name: 'replay', ok: true }, { name: 'history', ok: true }]) });
  }, 60_000);

  it('each story tells what its own run did, and how it ended', async () => {
    const [one, other] = [await told(earlier), await told(later)];
    const [first, second] = [one, other].map(({ lines }) => lines.map(({ step, result }) => `${step} ${result}`).join('\n')) as [string, string];
    expect([one.runId, other.runId]).toEqual([earlier, later]);
    expect(first).toMatch(/流程终止/);
    expect(first).toMatch(/逾期/);
    expect(first).not.toMatch(/年末/);
    expect(second).toMatch(/年末/);
    expect(second).toMatch(/流程结束/);
    expect(other.lines.find(({ step }) => step === '流程开始')!.at).toBe(one.lines.findLast(({ group }) => group === '步骤')!.at); // it begins where the first one had come to
  });

  it('an unknown run of it, a run of another workflow and an unknown workflow are not found, and said apart', async () => {
    for (const route of [audit.exportCase, audit.verifyCase, audit.getStory] as const) {
      const { status, problem } = await stage.archive.call(route as typeof audit.getStory, asked(newId()));
      expect([status, problem.code, problem.title]).toEqual([404, 'run-unknown', '这件流程没有所指定的这次运行']);
    }
    const elsewhere = await stage.archive.call(audit.getStory, { as: auditor, params: { workflowId: 'consequences/500000/1999' }, query: { runId: earlier } });
    expect([elsewhere.status, elsewhere.problem.code]).toEqual([404, 'not-found']);
    expect((await stage.archive.call(audit.getStory, asked('latest'))).status).toBe(400);
  });
});

describe('an entry that somebody made up', () => {
  it('in the name of a step that an ended run did not take is found in the file of that run, and not held against the other', async () => {
    await forged({ id: stage.workflowId, run: earlier, activity: '77' });
    expect((await verified(earlier)).problems).toEqual([{ check: 'history', where: expect.stringMatching(/^rooms\/inspection\.json#entries\//), message: expect.stringContaining('由步骤 77 办理，历史中没有这一步') }]);
    expect(await verified(later)).toMatchObject({ ok: true });
  }, 60_000);

  it.each([['that never was', newId()], ['that is no run’s id', 'x']])('in the name of a run %s is found in the file of every run', async (_what, run) => {
    const before = await verified(later);
    await forged({ id: stage.workflowId, run, activity: '1' });
    const problems = (await verified(later)).problems.filter(({ where }) => !before.problems.some((one) => one.where === where));
    expect(problems).toEqual([{ check: 'history', where: expect.stringMatching(/^rooms\/inspection\.json#entries\//), message: expect.stringContaining(`由运行 ${run} 的步骤办理，日志中没有这次运行的归档`) }]);
  }, 60_000);
});
