import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@zhijian/contracts';
import { qualityControl, task, type EvaluationEntry } from '@zhijian/contracts/http';
import { everywhere } from '@zhijian/persistence';
import { PackShelf } from '@zhijian/service-kit';
import { UnitOfWork } from '@zhijian/persistence';
import { aBody, aPlan, county, evaluationRoom, officer, place, planBody, scorer, second, signer, stranger, wholeSheet, type Room } from './evaluation.fixture.js';
import { reviseScore, standingScore } from './evaluation.revision.js';

let room: Room;
let planId: string;
beforeAll(async () => {
  room = await evaluationRoom();
  planId = await aPlan(room);
});
afterAll(() => room?.finish());

const begin = (institutionId: string, sheet: { served?: boolean; entries?: EvaluationEntry[] } = {}, as = scorer) =>
  room.call(qualityControl.beginEvaluation, { as, params: { planId }, body: { institutionId, served: true, entries: wholeSheet, ...sheet } });
const step = (route: typeof qualityControl.signEvaluations, as = scorer, ...sheets: { evaluationId: string; version: number }[]) => room.call(route, { as, params: { planId }, body: { sheets } });
const sheetOf = async (institutionId: string) => (await room.call(qualityControl.getEvaluationSheet, { as: scorer, params: { planId, institutionId } })).body;
/** Begun, submitted, looked at and signed. */
async function signed(institutionId: string, sheet: Parameters<typeof begin>[1] = {}): Promise<{ evaluationId: string; version: number }> {
  const { body } = await begin(institutionId, sheet);
  const at = { evaluationId: body.evaluationId!, version: body.version! };
  for (const [route, as] of [[qualityControl.submitEvaluations, scorer], [qualityControl.lookAtEvaluations, second], [qualityControl.signEvaluations, signer]] as const) {
    const { status, body: moved, problem } = await step(route, as, at);
    if (status !== 201) throw new Error(JSON.stringify(problem));
    at.version = moved.items[0]!.version;
  }
  return at;
}

describe('the evaluation of a year', () => {
  it('is opened once for a place, a year and a line, by indicators of the pack that are for the line', async () => {
    const again = (change: object, as = scorer) => room.call(qualityControl.openEvaluation, { as, body: { ...planBody, ...change } });
    expect(await again({})).toMatchObject({ status: 409, problem: { code: 'evaluation-opened-already' } });
    expect(await again({ year: 2027 })).toMatchObject({ status: 422, problem: { code: 'evaluation-year-not-begun', errors: [{ path: '/year', message: '年度尚未开始' }] } });
    expect(await again({ line: 'health-examination' })).toMatchObject({ status: 422, problem: { code: 'evaluation-set-line', errors: [{ path: '/line' }] } });
    expect(await again({ set: 'other' })).toMatchObject({ status: 422, problem: { code: 'evaluation-set-unknown' } });
    expect(await again({ pack: 'testland/indicators-2025@9' })).toMatchObject({ status: 422, problem: { code: 'evaluation-pack-unknown' } });
    expect(await again({}, stranger)).toMatchObject({ status: 422, problem: { code: 'evaluation-foreign' } });
    expect((await room.call(qualityControl.listEvaluationPlans, { as: officer, query: { year: 2025 } })).body.items).toMatchObject([{ planId, pack: 'testland/indicators-2025@1', set: 'occupational' }]);
    expect((await room.call(qualityControl.listEvaluationPlans, { as: stranger })).body.items).toEqual([]);
  });

  it('concerns whoever held the line in the year, at home or serving in the place, and tells how far it is', async () => {
    const before = (await room.call(qualityControl.getEvaluationPlan, { as: scorer, params: { planId } })).body;
    expect(before.indicators).toMatchObject({ total: '100', grid: '0.5', items: [{ id: 'system', number: '1', key: false }, { id: 'survey', key: true, failsBelow: '24' }, { mayNotApply: true }, { id: 'honest' }] });
    const here = await aBody(room, { jurisdiction: county });
    const serving = await aBody(room, { jurisdiction: '880101', serves: [county] });
    await aBody(room, { jurisdiction: '880101' });
    await aBody(room, { kind: 'health-examination' });
    await aBody(room, { filing: { number: null, filedOn: '2026-01-05', filedIn: place, categories: [], items: [], outreach: false, closedOn: null } });
    await aBody(room, { lines: [{ kind: 'occupational-health-service', number: null, issuer: null, from: '2019-01-01', to: '2024-12-31' }] });
    const { items } = (await room.call(qualityControl.listEvaluatedBodies, { as: scorer, params: { planId } })).body;
    expect(items.map(({ institutionId }) => institutionId)).toEqual([here.institutionId, serving.institutionId]);
    await begin(serving.institutionId, { entries: [] });
    expect((await room.call(qualityControl.getEvaluationPlan, { as: scorer, params: { planId } })).body.progress).toEqual({ obliged: 2, untouched: 1, draft: 1, submitted: 0, looked: 0, returned: 0, signed: 0, notServed: 0 });
    expect(before.scores).toEqual([]);
    expect((await room.call(qualityControl.listEvaluatedBodies, { as: scorer, params: { planId }, query: { state: 'untouched', q: here.name.slice(-4) } })).body.items).toMatchObject([{ institutionId: here.institutionId, state: null }]);
  });
});

describe('a score sheet', () => {
  it('is kept as a draft that lacks entries, says what it comes to so far, and is edited by version', async () => {
    const { institutionId } = await aBody(room);
    const { status, body } = await begin(institutionId, { entries: [{ item: 'system', counts: { lacking: 3 }, note: '缺程序文件3份' }] });
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'draft', version: 1, outcome: { score: null, earned: '38.5', missing: ['survey', 'sampling', 'honest'] }, entries: [{ item: 'system', note: '缺程序文件3份' }] });
    const edit = (ifMatch: number) => room.call(qualityControl.editEvaluation, { as: scorer, params: { evaluationId: body.evaluationId! }, ifMatch, body: { served: true, entries: wholeSheet } });
    expect((await edit(1)).body).toMatchObject({ version: 2, outcome: { score: '81.5', missing: [] } });
    expect((await edit(1)).status).toBe(412);
    expect(await begin(institutionId)).toMatchObject({ status: 409, problem: { code: 'evaluation-begun' } });
    expect(await room.facts('quality-control.evaluation-signed')).toEqual([]);
  });

  it.each<[string, EvaluationEntry, string, string]>([
    ['of 100.1', { item: 'system', score: '100.1' }, '/entries/0/score', '得分 100.1 高于该项满分 40'],
    ['finer than the grid', { item: 'system', score: '39.75' }, '/entries/0/score', '得分 39.75 不是 0.5 分的整数倍'],
    ['in words', { item: 'survey', score: '优秀' }, '/entries/0/score', '得分应为数字'],
    ['for an unknown item', { item: 'other', score: '1' }, '/entries/0/item', '本套指标没有“other”这一项'],
    ['that does not apply where it must', { item: 'survey', notApplicable: true }, '/entries/0/notApplicable', '该项不得作“不适用”处理'],
  ])('with a score %s is refused, and nothing is kept', async (_, entry, path, message) => {
    const { institutionId } = await aBody(room);
    const { status, problem } = await begin(institutionId, { entries: [entry] });
    expect({ status, problem }).toMatchObject({ status: 422, problem: { code: 'evaluation-entries-wrong', errors: [{ path, message: expect.stringContaining(message) as unknown }] } });
    expect((await sheetOf(institutionId)).state).toBeNull();
  });

  it('of a body without the line, or of another place, is refused', async () => {
    expect(await begin((await aBody(room, { kind: 'health-examination' })).institutionId)).toMatchObject({ status: 422, problem: { code: 'evaluation-not-obliged' } });
    expect(await begin('nobody')).toMatchObject({ status: 422, problem: { code: 'evaluation-not-obliged' } });
    expect((await begin((await aBody(room)).institutionId, {}, stranger)).status).toBe(404);
    expect((await room.call(qualityControl.getEvaluationSheet, { as: stranger, params: { planId, institutionId: 'nobody' } })).status).toBe(404);
  });

  it('can be tried without being kept', async () => {
    const { body } = await room.call(qualityControl.tryEvaluation, { as: scorer, params: { planId }, body: { entries: [...wholeSheet.slice(0, 1), { item: 'survey', score: '20' }, { item: 'sampling', notApplicable: true }, { item: 'honest', score: '0', failed: true }] } });
    expect(body).toMatchObject({ score: '0', before: '72.67', failed: ['survey', 'honest'], caps: ['one', 'veto'] });
  });
});

describe('from the second look to the signature', () => {
  it('[CQ-2024-02] a signed score leaves a fact, certificates and a revision, each once', async () => {
    const { institutionId } = await aBody(room);
    const { evaluationId } = await signed(institutionId);
    const facts = (await room.facts<Record<string, unknown>>('quality-control.evaluation-signed')).filter(({ subject }) => subject === institutionId);
    expect(facts.map(({ data, jurisdiction }) => ({ ...data, jurisdiction }))).toEqual([{
      evaluationId, institutionId, line: 'occupational-health-service', year: 2025, score: '81.5', served: true, revision: 1, jurisdiction: place,
      policy: { pack: 'testland/indicators-2025', version: 1, clauses: ['TI-2025-01', 'TI-2025-02', 'TI-2025-03', 'TI-2025-04'] },
    }]);
    expect(await room.query('quality_control', `select score, served, revision from evaluation_current where institution_id = '${institutionId}'`)).toEqual([{ score: '81.5', served: true, revision: 1 }]);
    const sheet = await sheetOf(institutionId);
    expect(sheet).toMatchObject({ state: 'signed', scoredBy: scorer.id, lookedBy: second.id, signedBy: signer.id, revisions: [{ revision: 1, score: '81.5', because: 'signed' }] });
    expect((await room.call(qualityControl.listSignedScores, { as: officer, query: { institutionId } })).body.items).toMatchObject([{ evaluationId, score: '81.5', year: 2025 }]);
    expect((await room.call(qualityControl.getEvaluationPlan, { as: officer, params: { planId } })).body.scores).toEqual(['81.5']); // sheets that are not signed count for nothing
  });

  it('[CQ-2024-03] a body that did no service in the year has no score, and is signed all the same', async () => {
    const { institutionId } = await aBody(room);
    expect(await begin(institutionId, { served: false })).toMatchObject({ status: 422, problem: { code: 'evaluation-idle-scored' } });
    await signed(institutionId, { served: false, entries: [] });
    expect((await room.facts<{ score: string | null; served: boolean }>('quality-control.evaluation-signed')).at(-1)?.data).toMatchObject({ institutionId, score: null, served: false });
  });

  it('whoever wrote scores neither looks a second time, nor signs, nor sends back: by whichever account', async () => {
    const { institutionId } = await aBody(room);
    const { body } = await begin(institutionId);
    const at = { evaluationId: body.evaluationId!, version: body.version! };
    const helped = await room.call(qualityControl.editEvaluation, { as: officer, params: { evaluationId: at.evaluationId }, ifMatch: 1, body: { served: true, entries: wholeSheet } });
    at.version = helped.body.version!;
    at.version = (await step(qualityControl.submitEvaluations, scorer, at)).body.items[0]!.version;
    for (const own of [scorer, officer]) expect(await step(qualityControl.lookAtEvaluations, own, at)).toMatchObject({ status: 422, problem: { code: 'evaluation-own' } });
    expect(await room.call(qualityControl.returnEvaluation, { as: scorer, params: { evaluationId: at.evaluationId }, ifMatch: at.version, body: { reasons: ['改'] } })).toMatchObject({ status: 422, problem: { code: 'evaluation-own' } });
    at.version = (await step(qualityControl.lookAtEvaluations, second, at)).body.items[0]!.version;
    expect(await step(qualityControl.signEvaluations, scorer, at)).toMatchObject({ status: 422, problem: { code: 'evaluation-own' } });
    const person = newId();
    await room.query('quality_control', `insert into person_ref (id, state, version) values ('${person}', 'active', 1); insert into account_ref (account, person_id) values ('${scorer.id}', '${person}'); update directory_epoch set epoch = epoch + 1`);
    expect(await step(qualityControl.signEvaluations, { ...signer, id: 'another-account', personId: person }, at)).toMatchObject({ status: 422, problem: { code: 'evaluation-own' } });
    expect((await step(qualityControl.signEvaluations, second, at)).status).toBe(201); // who looked may sign: another than who scored
  });

  it('is taken in order, whole, and by the version that was read; one sheet that may not go stops all', async () => {
    const [one, two] = [await begin((await aBody(room)).institutionId), await begin((await aBody(room)).institutionId, { entries: wholeSheet.slice(1) })].map(({ body }) => ({ evaluationId: body.evaluationId!, version: body.version! })) as [{ evaluationId: string; version: number }, { evaluationId: string; version: number }];
    expect(await step(qualityControl.submitEvaluations, scorer, one, two)).toMatchObject({ status: 422, problem: { code: 'evaluation-incomplete', errors: [{ path: '/sheets/1', message: '评分表还没有填完，不能提交' }] } });
    expect(await step(qualityControl.lookAtEvaluations, second, one)).toMatchObject({ status: 409, problem: { code: 'evaluation-not-submitted' } });
    expect(await step(qualityControl.signEvaluations, signer, one)).toMatchObject({ status: 409, problem: { code: 'evaluation-not-looked' } });
    expect(await step(qualityControl.submitEvaluations, scorer, { ...one, version: 7 })).toMatchObject({ status: 409, problem: { code: 'evaluation-stale' } });
    expect(await step(qualityControl.submitEvaluations, scorer, one, one)).toMatchObject({ status: 409, problem: { code: 'evaluation-sheet-unknown' } });
    expect((await step(qualityControl.submitEvaluations, scorer, one)).body.items).toEqual([{ evaluationId: one.evaluationId, state: 'submitted', version: 2 }]);
    expect(await room.call(qualityControl.editEvaluation, { as: scorer, params: { evaluationId: one.evaluationId }, ifMatch: 2, body: { served: true, entries: [] } })).toMatchObject({ status: 409, problem: { code: 'evaluation-locked' } });
  });

  it('waits in the list of open tasks for the second look and for the signature, once for all sheets of a plan', async () => {
    const waiting = async (as = scorer) => (await room.call(task.listTasks, { as, query: { room: 'quality-control', limit: 100 } })).body.items;
    const moved = async (route: typeof qualityControl.signEvaluations, as: typeof scorer, sheets: { evaluationId: string; version: number }[]) => (await step(route, as, ...sheets.map(({ evaluationId, version }) => ({ evaluationId, version })))).body.items;
    const of = (kind: string, title: string, state: string) => ({ taskId: `${kind}/${planId}`, kind, title: `${title}：2025 年度职业卫生技术服务机构质量指标`, jurisdiction: place, dueOn: null, link: `/evaluations/${planId}?state=${state}` });
    const left = await room.query<{ evaluationId: string; version: number }>('quality_control', `select id as "evaluationId", version from evaluation where state = 'submitted'`);
    await moved(qualityControl.signEvaluations, signer, await moved(qualityControl.lookAtEvaluations, second, left)); // of other tests
    expect(await waiting()).toEqual([]);
    const sheets = [];
    for (const _ of [1, 2]) { const { body } = await begin((await aBody(room)).institutionId); sheets.push({ evaluationId: body.evaluationId!, version: body.version! }); }
    const [one, two] = await moved(qualityControl.submitEvaluations, scorer, sheets);
    expect(await waiting()).toMatchObject([of('second-look', '复核评分表', 'submitted')]);
    const [looked] = await moved(qualityControl.lookAtEvaluations, second, [one!]);
    expect(await waiting(officer)).toMatchObject([of('second-look', '复核评分表', 'submitted'), of('sign-off', '审签评分表', 'looked')]);
    expect(await waiting(stranger)).toEqual([]);
    await moved(qualityControl.signEvaluations, signer, [looked!]);
    await moved(qualityControl.signEvaluations, signer, await moved(qualityControl.lookAtEvaluations, second, [two!]));
    expect(await waiting()).toEqual([]);
  });

  it('what is sent back goes the whole way again; a signed score counts until the next is signed', async () => {
    const { institutionId } = await aBody(room);
    const at = await signed(institutionId);
    const { body } = await room.call(qualityControl.returnEvaluation, { as: second, params: { evaluationId: at.evaluationId }, ifMatch: at.version, body: { reasons: ['现场调查的记录与得分不符'] } });
    expect(body.items).toMatchObject([{ state: 'returned' }]);
    expect(await room.query('quality_control', `select score, revision from evaluation_current where institution_id = '${institutionId}'`)).toEqual([{ score: '81.5', revision: 1 }]);
    const edited = await room.call(qualityControl.editEvaluation, { as: scorer, params: { evaluationId: at.evaluationId }, ifMatch: body.items[0]!.version, body: { served: true, entries: wholeSheet.map((entry) => (entry.item === 'survey' ? { ...entry, score: '30' } : entry)) } });
    let { version } = edited.body as { version: number };
    for (const [route, as] of [[qualityControl.submitEvaluations, scorer], [qualityControl.lookAtEvaluations, second], [qualityControl.signEvaluations, signer]] as const) version = (await step(route, as, { evaluationId: at.evaluationId, version })).body.items[0]!.version;
    expect((await sheetOf(institutionId)).revisions).toMatchObject([{ revision: 1, score: '81.5' }, { revision: 2, score: '79.5' }]);
    expect((await sheetOf(institutionId)).returns).toMatchObject([{ by: second.id, reasons: ['现场调查的记录与得分不符'] }]);
  });
});

describe('a correction decided elsewhere', () => {
  it('becomes the next revision inside its transaction, with certificate and fact', async () => {
    const { institutionId } = await aBody(room);
    await signed(institutionId);
    const uow = room.app.get(UnitOfWork);
    const packs = room.app.get(PackShelf);
    const of = { institutionId, line: 'occupational-health-service', year: 2025 };
    const revise = (change: { served: boolean; score: string | null }) => uow.run({ actor: 'approver:pizhun@990100', jurisdiction: place, cause: 'http/test', scope: everywhere }, (tx) => reviseScore(tx, packs, { ...of, ...change }, { correctionId: 'c-1', reason: '复核原始记录', draftedBy: 'zhikong-1' }));
    expect(await revise({ served: true, score: '100.1' })).toMatchObject({ ok: false, code: 'evaluation-score-wrong' });
    expect(await revise({ served: true, score: '81.5' })).toMatchObject({ ok: false, code: 'evaluation-unchanged' });
    expect(await revise({ served: true, score: null })).toMatchObject({ ok: false, code: 'evaluation-score-wrong' });
    expect(await uow.run({ actor: 'a', jurisdiction: place, cause: 'http/test', scope: everywhere }, (tx) => standingScore(tx, packs, { ...of, year: 2024, served: true, score: '1' }))).toMatchObject({ ok: false, code: 'evaluation-unsigned' });
    expect(await revise({ served: true, score: '79.5' })).toMatchObject({ ok: true, revision: 2 });
    expect((await room.facts<{ revision: number; score: string }>('quality-control.evaluation-signed')).at(-1)?.data).toMatchObject({ institutionId, revision: 2, score: '79.5' });
    expect((await sheetOf(institutionId)).revisions).toMatchObject([{ because: 'signed' }, { because: 'correction', score: '79.5' }]);
  });
});
