import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@zhijian/contracts';
import { rosterFrozen } from '@zhijian/contracts/facts';
import { inspection } from '@zhijian/contracts/http';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { aFact, eventually } from '@zhijian/testing';
import { approver, Play, policy, theRoom } from './campaign.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom(); room.byHand.add('campaign_unit.state'); });
afterAll(() => room?.stop());

const march = '2023-03-02T09:00:00+08:00';
async function approved(at: string, count = 2): Promise<Play> {
  room.clock.set(at);
  const play = await new Play(room, count).drafted();
  await room.call(inspection.approveCampaign, { as: approver, params: { campaignId: play.campaignId } });
  return play;
}
const together = (play: Play, freezing: string[] = []) => play.do('openUnits', { freezing }, null);
const approval = async (play: Play) => (await room.facts<{ campaignId: string; freezing: string[] }>('inspection.campaign-approved')).find(({ data }) => data.campaignId === play.campaignId)!;
const rows = <Row extends Record<string, unknown>>(sql: string, parameters: unknown[]) => room.database.query<Row>('inspection', sql, parameters);

describe('the units of a campaign opened together', () => {
  it('before anything is due, all are planned and told what to wait for', async () => {
    const play = await approved('2023-01-20T09:00:00+08:00');
    expect((await approval(play)).data.freezing).toEqual([]);
    const results = await together(play);
    expect(Object.keys(results).sort()).toEqual([wholeCampaign, ...play.codes].sort());
    expect(results[play.unit]).toEqual({ pack: 'hangzhou/exam-campaign-2023@1', calendar: expect.any(String), next: await play.next() });
    expect(await play.next()).toMatchObject({ kind: 'open-stage', stage: 'list', passed: false });
  });

  it('approved late, every unit comes to stand where it would stand by itself, its rosters taken as they arrive', async () => {
    const play = await approved(march);
    expect((await approval(play)).data.freezing).toEqual(play.codes);
    await play.has(['in', 'in', 'idle'], play.codes[0]);
    const opening = together(play, play.codes);
    await play.has(['in'], play.codes[1]);
    const results = await opening;
    expect(results[play.codes[0]!]!.did).toMatchObject([
      { kind: 'open-stage', stage: 'list', counts: { opened: 1 } }, { kind: 'freeze-roster', stage: 'self-check', counts: { members: 3, inside: 2 } }, { kind: 'open-stage', stage: 'self-check', counts: { opened: 6 }, digest: expect.any(String) },
    ]);
    expect(results[play.codes[1]!]!.did!.at(-1)).toMatchObject({ kind: 'open-stage', counts: { opened: 4 } });
    expect(await play.states('self-check-report', play.codes[0])).toEqual({ open: 2 });
    const notes = await rows<{ jurisdiction: string }>(`select distinct jurisdiction from audit_entry where action = 'moment open-stage' and subject like $1 order by 1`, [`${play.campaignId}/%`]);
    expect(notes.map(({ jurisdiction }) => jurisdiction)).toEqual([...play.codes].sort());

    const alone = await new Play(room, 1).approved();
    await alone.has(['in', 'in', 'idle']);
    const did = await alone.to(march);
    expect(did.map(({ kind, stage, counts }) => [kind, stage, counts])).toEqual(results[play.codes[0]!]!.did!.map(({ kind, stage, counts }) => [kind, stage, counts]));
    expect(await alone.next()).toMatchObject({ ...(await play.next(play.codes[0])) });
  });

  it('what goes wrong in some units is told, and does not keep the others from being opened', async () => {
    const play = await approved(march);
    const [good, wrong] = play.codes as [string, string];
    await play.has(['in'], good);
    const opening = together(play, play.codes);
    opening.catch(() => undefined); // heard below
    await eventually('the good roster is opened', async () => (await play.states('self-check-report', good))['open'] === 1);
    const roster = { rosterId: newId(), campaignId: play.campaignId, unit: wrong, frozenAt: march, part: 1, parts: 1, digest: 'another', members: [], policy };
    await room.hear(aFact(rosterFrozen, wrong, roster, { jurisdiction: wrong }));
    await expect(opening).rejects.toThrow(`the roster of ${wrong} that arrived is not the one that was frozen`);
    expect(await play.states('self-check-report', wrong)).toEqual({});
  });

  it('done again it does nothing twice; a unit that does it by itself finds it done', async () => {
    const play = await approved(march, 1);
    await play.has(['in']);
    await together(play, play.codes);
    const again = await together(play, play.codes);
    expect(again[play.unit]).toEqual({ next: await play.next() });
    expect(await play.do('openStage')).toEqual({ next: await play.next() });
    expect(await play.do('planUnit')).toEqual({ next: await play.next() });
    expect(await play.states('self-check-report')).toEqual({ open: 1 });
  });

  it('a unit whose roster is not under way, or that is suspended, is left where it stands; the others are opened', async () => {
    const play = await approved(march);
    await rows(`update campaign_unit set state = 'suspended' where campaign_id = $1 and unit = $2`, [play.campaignId, play.codes[1]]);
    await play.has(['in'], play.codes[1]);
    const results = await together(play, []);
    expect(results[play.codes[0]!]).toMatchObject({ did: [{ kind: 'open-stage', stage: 'list' }], next: { kind: 'freeze-roster', passed: true } });
    expect(await play.states('self-check-report', play.codes[1])).toEqual({});
    await play.has(['in'], play.codes[0]);
    expect(await play.to(march, play.codes[0])).toMatchObject([{ kind: 'freeze-roster' }, { kind: 'open-stage', stage: 'self-check' }]);
  });
});
