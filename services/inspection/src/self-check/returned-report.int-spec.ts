import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspection, task } from '@zhijian/contracts/http';
import { anItem, city, county, Play, theRoom } from '../campaign/campaign.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom(); });
afterAll(() => room?.stop());

/** Two bodies that reported in time; the report of the first was given back. */
async function returned() {
  room.clock.set('2023-01-20T09:00:00+08:00');
  const play = await new Play(room, 1).approved();
  const [body, other] = await play.has(['in', 'in']) as [string, string];
  await play.to('2023-04-03T09:00:00+08:00');
  const report = (await play.submit(body, { items: [anItem({ text: '档案缺页' })], noProblems: false })).body;
  await play.accepted(other);
  await giveBack(report.selfCheckId, 1, play);
  return { play, body, report };
}
const giveBack = (selfCheckId: string, ifMatch: number, play: Play) =>
  room.call(inspection.returnSelfCheck, { as: county(play.unit), params: { selfCheckId }, ifMatch, body: { reasons: ['整改措施不具体'] } });
const list = async (play: Play, state: 'open' | 'done' | 'overdue') =>
  (await room.call(inspection.listObligations, { as: city, params: { campaignId: play.campaignId }, query: { duty: 'self-check-report', state, limit: 100 } })).body.items.map(({ institutionId }) => institutionId);
const remind = (play: Play) => room.call(inspection.remindNow, { as: county(play.unit), params: { campaignId: play.campaignId, unit: play.unit }, body: { duty: 'self-check-report' } });
const formOne = async (play: Play) => (await room.call(inspection.getForm, { as: city, params: { campaignId: play.campaignId, unit: play.unit, form: 'HZ-F1' }, query: {} })).body.draft;
const figures = async (play: Play) => {
  const { body } = await room.call(inspection.getOverview, { as: city, params: { campaignId: play.campaignId } });
  return { overdue: body.units[0]!.obligations.overdue, coming: body.next.find(({ duty }) => duty === 'self-check-report')?.open };
};

describe('a report that was given back and is not corrected', () => {
  it('[HZ-2023-07] is to be done until its correction comes, past its day overdue, and is reminded of', async () => {
    const { play, body, report } = await returned();
    expect([await list(play, 'open'), (await figures(play)).coming]).toEqual([[body], 1]);
    const [owed] = await play.obligations({ duty: 'self-check-report', institutionId: body });
    expect([owed!.state, Date.parse(owed!.correctionOf!)]).toEqual(['open', Date.parse(report.receivedAt)]);
    expect((await remind(play)).body).toEqual({ reminded: 1 });
    const before = (await figures(play)).overdue;
    await play.to('2023-04-20T09:00:00+08:00');
    expect([await list(play, 'open'), await list(play, 'overdue')]).toEqual([[], [body]]);
    expect((await figures(play)).overdue).toBeGreaterThan(before);
    expect((await remind(play)).body).toEqual({ reminded: 1 });
    expect((await play.submit(body)).body).toMatchObject({ report: 2, late: false });
    expect([await list(play, 'overdue'), (await list(play, 'done')).length]).toEqual([[], 2]);
    expect(await play.obligations({ duty: 'self-check-report', institutionId: body })).toMatchObject([{ state: 'done', correctionOf: null }]);
    expect(await remind(play)).toMatchObject({ status: 409, problem: { code: 'duty-not-open' } });
  });

  it('stands among the open tasks of who waits for it, with the day of the report and why it is that day', async () => {
    const { play, body, report } = await returned();
    const tasks = async () => (await room.call(task.listTasks, { as: county(play.unit), query: { room: 'inspection', limit: 500 } })).body.items.filter(({ taskId }) => taskId.endsWith(report.selfCheckId));
    const [owed] = await play.obligations({ duty: 'self-check-report', institutionId: body });
    expect(await tasks()).toMatchObject([{
      taskId: `self-check-correction/${report.selfCheckId}`, title: expect.stringMatching(/^等待更正已退回的自查报告：/), jurisdiction: play.unit, dueOn: owed!.dueOn, obligationId: owed!.obligationId, why: { firm: true, clauses: owed!.clauses, pack: owed!.pack, calendar: owed!.calendar },
      link: `/campaigns/${play.campaignId}/institutions/${body}/self-check`, holder: { kind: 'agency' },
    }]);
    await play.submit(body);
    expect(await tasks()).toEqual([]);
  });

  it('of a body that has left the campaign no correction is awaited', async () => {
    const { play, body } = await returned();
    await play.amendRoster(body, 'idle', '注销备案');
    expect([await list(play, 'open'), (await list(play, 'done')).length]).toEqual([[], 2]);
    expect(await remind(play)).toMatchObject({ status: 409, problem: { code: 'duty-not-open' } });
  });

  it('counts among the reminders that come by themselves', async () => {
    const { play } = await returned();
    await play.to('2023-04-15T09:00:00+08:00');
    const { body } = await room.call(inspection.getUnit, { as: city, params: { campaignId: play.campaignId, unit: play.unit } });
    expect(body.reminders.filter(({ duty, automatic }) => duty === 'self-check-report' && automatic).at(0)).toMatchObject({ obligations: 1 });
  });

  it('[HZ-2023-16] stands in form 1 with what it says and with the day it came, not as one that never came', async () => {
    const { play } = await returned();
    const draft = await formOne(play);
    const row = draft.rows.findIndex((cells) => cells[7] === '1、档案缺页');
    expect(draft.rows[row]!.slice(5)).toEqual([12, 345, '1、档案缺页']);
    expect(draft.remarks).toEqual([{ row: row + 1, text: '2023-04-03 收到的自查报告已退回，待更正' }]);
  });

  it('[HZ-2023-11] is what a visit verifies', async () => {
    const { play, body } = await returned();
    await play.to('2023-06-01T09:00:00+08:00');
    const visit = await play.drawn(body);
    expect(visit.verifications).toMatchObject([{ text: '档案缺页', acceptedBy: '2023-05-31' }]);
    expect((await play.recorded(visit, [], false)).body).toMatchObject({ verifications: [{ outcome: 'uncorrected' }], caseId: expect.any(String) });
  });
});

it('no report is given back once the campaign has ended in its unit: nobody could correct it', async () => {
  const { play, body } = await returned();
  const second = (await play.submit(body)).body;
  await play.to('2023-12-01T09:00:00+08:00');
  expect(await giveBack(second.selfCheckId, 1, play)).toMatchObject({ status: 409, problem: { code: 'self-check-return-closed', title: '本辖区的专项行动已结束，机构无从更正，不能再退回' } });
  await play.do('finishUnit');
  expect((await giveBack(second.selfCheckId, 1, play)).status).toBe(409);
});
