import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspection } from '@zhijian/contracts/http';
import { aReport, jiangsu, person, Play, theRoom } from '../campaign/campaign.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom('2014-08-25T09:00:00+08:00'); });
afterAll(() => room?.stop());

const province = jiangsu.lead;
const offence = { source: 'self', checklistItem: 'C1', text: '转包检测项目', correctedOn: '2014-09-25', correctBy: null };
const seen = (checklistItem: string, change: Record<string, unknown> = {}) => ({ kind: 'not-to-standard', text: '现场查实', serious: false, checklistItem, ...change });
const judged = (kind: string) => ({ kind, reason: '清单照抄他人' });

/** A body that reported these items in time is visited; what was seen there is recorded. */
async function visited(items: unknown[], record: { findings?: unknown[]; judged?: unknown[]; corrected?: boolean | null }) {
  room.clock.set('2014-08-25T09:00:00+08:00');
  const play = await new Play(room, 1, jiangsu).approved();
  const [body] = await play.has(['in']);
  await play.to('2014-10-08T09:00:00+08:00');
  await room.call(inspection.submitSelfCheck, { as: person(body!, play.unit), params: { campaignId: play.campaignId }, body: aReport(body!, { items, noProblems: items.length === 0, volumes: null }) });
  await play.to('2014-10-22T09:00:00+08:00');
  const visit = (await play.open({ institutionId: body! }, province)).body;
  const done = await room.call(inspection.recordVisit, {
    as: province, params: { visitId: visit.visitId }, ifMatch: visit.version,
    body: { verifications: visit.verifications.map(({ itemId }) => ({ itemId, corrected: record.corrected === undefined ? true : record.corrected })), findings: record.findings ?? [], judged: record.judged ?? [] },
  });
  const { items: cases } = (await room.call(inspection.listCases, { as: province, params: { campaignId: play.campaignId } })).body;
  const { flags } = (await room.call(inspection.getInstitutionInCampaign, { as: province, params: { campaignId: play.campaignId, institutionId: body! } })).body;
  return { play, body: body!, done, cases, flags: flags.map(({ kind, clauses, caseId }) => [kind, clauses, caseId !== null]) };
}

describe('what a case is judged by', () => {
  it('[JS-2014-40] an offence the body reported itself: lenient', async () => {
    const { cases, flags, done } = await visited([offence], { findings: [seen('C1')] });
    expect(cases).toMatchObject([{ circumstance: { value: 'self-reported', clauses: ['JS-2014-40'] }, reason: '违法违规：现场查实' }]);
    expect(flags).toEqual([['leniency', ['JS-2014-40'], true]]);
    expect(done.body.findings).toMatchObject([{ class: 'violation', selfReported: true, checklistItem: 'C1' }]);
  });

  it('[JS-2014-40] reported and still not corrected: a case, and lenient as far as the text goes', async () => {
    const { cases } = await visited([offence], { corrected: false });
    expect(cases).toMatchObject([{ circumstance: { value: 'self-reported' }, reason: '逾期未整改：转包检测项目' }]);
  });

  it('[JS-2014-41] a perfunctory self-check and an offence found: strict, and key supervision by [JS-2014-42]', async () => {
    const { cases, flags } = await visited([], { findings: [seen('C3')], judged: [judged('perfunctory')] });
    expect(cases).toMatchObject([{ circumstance: { value: 'strict', clauses: ['JS-2014-41'] } }]);
    expect(flags.sort()).toEqual([['key-supervision', ['JS-2014-42'], false], ['strict', ['JS-2014-41'], true]]);
  });

  it('[JS-2014-41] perfunctory and no offence found: no case and nothing strict, but key supervision', async () => {
    const { cases, flags } = await visited([], { findings: [seen('B5')], judged: [judged('perfunctory')] });
    expect([cases, flags]).toEqual([[], [['key-supervision', ['JS-2014-42'], false]]]);
  });

  it('[JS-2014-41] an offence that comes of not carrying out the norm is strict though the check was none of that', async () => {
    expect((await visited([], { findings: [seen('C2')], judged: [judged('norm-not-carried-out')] })).cases).toMatchObject([{ circumstance: { value: 'strict' } }]);
  });

  it('an offence found, nothing else: an ordinary case', async () => {
    const { cases, flags } = await visited([], { findings: [seen('C2')] });
    expect([cases, flags]).toMatchObject([[{ circumstance: { value: 'ordinary' } }], []]);
  });

  it('reported itself and of not carrying out the norm: the text contradicts itself, both flags stand and a person decides', async () => {
    const { cases, flags } = await visited([offence], { findings: [seen('C1')], judged: [judged('norm-not-carried-out')] });
    expect(cases).toMatchObject([{ circumstance: { value: 'contradictory' } }]);
    expect(flags.map(([kind]) => kind).sort()).toEqual(['leniency', 'strict']);
  });

  it('an offence nobody could see corrected or not files no case and rules none out', async () => {
    const { cases, done } = await visited([offence], { corrected: null });
    expect([cases, done.body.caseId, (await room.audit(done.body.visitId)).at(-1)!.detail]).toMatchObject([[], null, { case: null }]);
  });

  it('a finding of no item of the list must say what it is, and may name no item that was not reported', async () => {
    expect((await visited([], { findings: [seen('other')] })).done).toMatchObject({ status: 422, problem: { code: 'finding-unclassed', errors: [{ path: '/findings/0/class' }] } });
    expect((await visited([], { findings: [seen('other', { class: 'violation' })] })).done.body.caseId).not.toBeNull();
    expect((await visited([], { findings: [seen('C1', { selfCheckItem: 'x' })] })).done).toMatchObject({ status: 422, problem: { code: 'finding-item-unknown' } });
  });
});
