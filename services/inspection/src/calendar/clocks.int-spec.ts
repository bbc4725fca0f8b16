import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gateway } from '@zhijian/contracts/http';
import { city, loaded, noticeA, Rehearsal, theRoom } from './calendar.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
let play: Rehearsal;
const during = (campaignId: string) => ({ from: '2027-04-01', to: '2027-06-30', campaignId });
const asked = async () => (await room.call(gateway.listClocks, { as: city, query: during(play.campaignId) })).body;

beforeAll(async () => {
  room = await theRoom();
  play = await new Rehearsal(room, 1).approved();
  await play.has(['in', 'in']);
  await room.dataSource.query(`update campaign set state = 'approved' where id = $1`, [play.campaignId]); // the invented text has open questions of its own
});
afterAll(() => room?.stop());

describe('the days on which something ends', () => {
  it('are there before their stage opens, provisional where no holiday notice is loaded', async () => {
    const { items, more } = await asked();
    expect(more).toBe(false);
    expect(items.find(({ duty }) => duty === 'report')).toMatchObject({ unit: play.unit, dueOn: '2027-05-10', firm: false, planned: true, open: 0, pack: 'testland/plan-2027@1' });
  });

  it('count whom they bind once the stage has opened', async () => {
    await play.to('2027-04-10T09:00:00+08:00');
    const { items } = await asked();
    expect(items.filter(({ duty }) => duty === 'report')).toMatchObject([{ dueOn: '2027-05-10', firm: false, planned: false, open: 2, overdue: 0, done: 0 }]);
  });

  it('move with a confirmed notice', async () => {
    await room.hear(loaded(noticeA));
    expect((await asked()).items.filter(({ duty }) => duty === 'report')).toMatchObject([{ kind: 'duty', dueOn: '2027-05-08', firm: true, open: 2 }]);
  });
});
