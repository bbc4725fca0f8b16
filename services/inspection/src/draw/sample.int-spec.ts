import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspection } from '@zhijian/contracts/http';
import { verifyDraw } from '@zhijian/policy';
import { aPrincipal } from '@zhijian/testing';
import { anInstitution, aReport, jiangsu, person, Play, theRoom } from '../campaign/campaign.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom('2014-08-25T09:00:00+08:00'); });
afterAll(() => room?.stop());

const sample = 'enforcement-visits';
const province = jiangsu.lead;

/** A campaign of the province in one city, with so many bodies, at that time. */
async function running(bodies: number, until = '2014-10-01T09:00:00+08:00') {
  room.clock.set('2014-08-25T09:00:00+08:00');
  const play = await new Play(room, 1, jiangsu).approved();
  const ids = await play.has(Array.from({ length: bodies }, () => 'in' as const));
  await play.to(until);
  return { play, ids };
}
const reports = (play: Play, institutionId: string, change: Record<string, unknown> = {}, as = person(institutionId, play.unit)) =>
  room.call(inspection.submitSelfCheck, { as, params: { campaignId: play.campaignId }, body: aReport(institutionId, { volumes: null, ...change }) });
const draw = (play: Play, as = province) => room.call(inspection.drawInstitutions, { as, params: { campaignId: play.campaignId, sample } });
const shown = async (play: Play) => (await room.call(inspection.getSample, { as: province, params: { campaignId: play.campaignId, sample } })).body;
const checks = async (play: Play) => (await play.obligations({ duty: 'site-check' })).map(({ institutionId, state }) => [institutionId, state]);
const page = async (play: Play, institutionId: string, as = province) => (await room.call(inspection.getInstitutionInCampaign, { as, params: { campaignId: play.campaignId, institutionId } })).body;

describe('the sample of a special enforcement', () => {
  it('[JS-2014-38] is drawn by the province from the frozen roster, binds only whom it names, and can be computed again', async () => {
    const { play, ids } = await running(7);
    expect(await checks(play)).toEqual([]);
    const { status, body } = await draw(play);
    expect([status, body.stated, body.draws.map(({ stratum, size }) => [stratum, size])]).toEqual([201, false, [[play.unit, 3]]]);
    expect(body.draws.every((record) => verifyDraw(record).ok)).toBe(true);
    expect(body.draws[0]!.pool.sort()).toEqual([...ids].sort());
    expect(body.members.map(({ how, reason, clauses }) => [how, reason, clauses])).toEqual(Array(3).fill(['drawn', '随机抽取', ['JS-2014-38', 'JS-2014-42']]));
    expect((await checks(play)).map(([id]) => id).sort()).toEqual(body.draws[0]!.result.sort());
    const [fact] = (await room.facts<{ campaignId: string }>('inspection.sample-drawn')).filter(({ data }) => data.campaignId === play.campaignId);
    expect([fact!.subject, JSON.stringify(fact).includes(ids[0]!)]).toEqual(['320000', false]);
    expect(await draw(play)).toMatchObject({ status: 409, problem: { code: 'sample-drawn', clauses: ['JS-2014-38', 'JS-2014-42'] } });
  });

  it('drawn before its stage opens binds when it opens', async () => {
    const { play } = await running(4, '2014-09-10T09:00:00+08:00');
    await draw(play);
    expect(await checks(play)).toEqual([]);
    await play.to('2014-10-01T09:00:00+08:00');
    expect((await checks(play)).map(([, state]) => state)).toEqual(['open', 'open']);
  });

  it('[AMB-JS-4] [JS-2014-42] is re-opened at 24:00 of 10 October for whoever has not reported: added with reason and clause, once, under key supervision to the end of the year', async () => {
    const { play, ids } = await running(3);
    await reports(play, ids[0]!, {});
    const before = await draw(play).then(({ body }) => body.draws[0]!.result);
    await play.to('2014-10-10T23:59:00+08:00');
    expect((await shown(play)).members).toHaveLength(1);
    await play.to('2014-10-11T09:00:00+08:00');
    const { members } = await shown(play);
    const late = ids.slice(1);
    expect(members.map(({ institutionId }) => institutionId).sort()).toEqual([...new Set([...before, ...late])].sort());
    expect(members.filter(({ how }) => how === 'added')).toEqual(late.filter((id) => !before.includes(id)).sort().map((institutionId) => expect.objectContaining({ institutionId, reason: '逾期未提交自查自纠情况书面报告', clauses: ['JS-2014-42'] })));
    for (const id of late) expect((await page(play, id)).flags).toMatchObject([{ kind: 'key-supervision', reason: '逾期未提交自查自纠情况书面报告', clauses: ['JS-2014-42'], untilOn: '2014-12-31', liftedAt: null }]);
    expect((await checks(play)).map(([id]) => id).sort()).toEqual(members.map(({ institutionId }) => institutionId).sort());
    await reports(play, late[0]!); // late, and late again: no second flag
    expect((await page(play, late[0]!)).flags).toHaveLength(1);
    expect((await shown(play)).members).toHaveLength(members.length);
  });

  it('whoever is under key supervision before the draw is in it whatever is drawn', async () => {
    const { play, ids } = await running(4, '2014-10-11T09:00:00+08:00');
    expect((await draw(play)).body.members.map(({ institutionId }) => institutionId).sort()).toEqual([...ids].sort());
    expect((await shown(play)).members.filter(({ how }) => how === 'drawn')).toHaveLength(0); // all had been added before, each with its own reason
  });

  it('a report received in time and entered later was not late: the flag is lifted, who was not drawn is let go', async () => {
    const { play, ids } = await running(1, '2014-10-11T09:00:00+08:00');
    expect(await checks(play)).toEqual([[ids[0], 'open']]);
    const entered = await reports(play, ids[0]!, { onBehalf: { receivedOn: '2014-10-09', reason: '收到盖章纸质报告' } }, province);
    expect(entered.body).toMatchObject({ late: false });
    expect((await page(play, ids[0]!)).flags).toMatchObject([{ liftedReason: '经核实并未逾期' }]);
    expect(await checks(play)).toEqual([[ids[0], 'cancelled']]);
    expect((await shown(play)).members).toMatchObject([{ removedReason: '经核实并未逾期' }]);
  });

  it('is refused in Chinese: by the city, before the rosters are frozen, of a sample the pack does not know, in a draft', async () => {
    const { play } = await running(2);
    expect(await draw(play, aPrincipal('city', play.unit))).toMatchObject({ status: 422, problem: { code: 'agency-other', title: '这项工作由省安监局办理，您的账号不是该机关的工作人员' } });
    expect(await draw(play, aPrincipal('province', '330000'))).toMatchObject({ status: 404 });
    expect(await room.call(inspection.drawInstitutions, { as: province, params: { campaignId: play.campaignId, sample: 'other' } })).toMatchObject({ status: 422, problem: { code: 'sample-unknown' } });
    room.clock.set('2014-08-25T09:00:00+08:00');
    expect(await draw(await new Play(room, 1, jiangsu).approved())).toMatchObject({ status: 409, problem: { code: 'sample-roster-open' } });
    expect(await draw(await new Play(room, 1, jiangsu).drafted())).toMatchObject({ status: 409, problem: { code: 'sample-closed' } });
  });

  it('who joins the roster later is bound by the reports, not by a check nobody drew', async () => {
    const { play } = await running(2);
    await draw(play);
    const later = await anInstitution(room, play.unit, { kind: jiangsu.kind });
    await play.amendRoster(later, 'in', '新备案');
    const owed = (await play.obligations({ institutionId: later })).map(({ duty }) => duty);
    expect([owed.includes('self-check-report'), owed.includes('site-check')]).toEqual([true, false]);
  });
});
