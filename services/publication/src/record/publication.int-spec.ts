import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@zhijian/contracts';
import { publication as http } from '@zhijian/contracts/http';
import { Play, publisher, theRoom } from '../notice/notice.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom(); });
afterAll(() => room?.stop());

/** So many bodies whose colours have been published, on the day after the notice has ended. */
async function published(count: number): Promise<Play> {
  room.clock.set('2024-09-13T10:00:00+08:00');
  const it = await (await new Play(room).registered(count)).signed();
  await it.post();
  room.clock.set('2024-09-24T00:00:00+08:00');
  await it.publish();
  return it;
}

describe('what was published', () => {
  it('is corrected by a notice of its own and an erratum: what stood before and why stays', async () => {
    const it = await published(2);
    await it.revised(it.institutions[0]!, 'green', 2, 'correction');
    const [draft] = (await it.notices()).filter(({ because }) => because === 'correction');
    expect(await it.post({}, draft!.noticeId)).toMatchObject({ status: 422, problem: { code: 'notice-unexplained', errors: [{ path: '/explanation' }] } });
    const again = await it.post({ explanation: '比对结果复核后更正为优秀' }, draft!.noticeId);
    expect(again.body).toMatchObject({ postedOn: '2024-09-24', lastDay: '2024-09-30', because: 'correction' });
    room.clock.set('2024-10-01T00:00:00+08:00');
    await it.publish(draft!.noticeId);
    expect((await it.facts('colour-published')).at(-1)).toMatchObject({ data: { colour: 'green', before: 'yellow', erratum: true, revision: 2 } });
    const own = (await it.published('false')).filter(({ institutionId }) => institutionId === it.institutions[0]);
    expect(own.map(({ colour, current, erratum, reason }) => [colour?.title, current, erratum, reason])).toEqual([['绿色', true, true, '比对结果复核后更正为优秀'], ['黄色', false, false, null]]);
  });

  it('a body that has no colour any more is withdrawn by a notice too', async () => {
    const it = await published(1);
    await it.revised(it.institutions[0]!, null, 2, 'correction');
    const [draft] = (await it.notices()).filter(({ because }) => because === 'correction');
    await it.post({ explanation: '上一年度未取得资质，不应赋色' }, draft!.noticeId);
    room.clock.set('2024-10-01T00:00:00+08:00');
    await it.publish(draft!.noticeId);
    expect((await it.facts('colour-withdrawn')).at(-1)).toMatchObject({ data: { before: 'yellow', reason: '上一年度未取得资质，不应赋色' } });
    expect((await it.published())[0]).toMatchObject({ withdrawn: true, colour: null, before: { id: 'yellow', title: '黄色' } });
  });

  it('a notice that has ended counts as published of whom a fact was stated: a body left without a colour too, one that had none any more not', async () => {
    const it = await published(2);
    for (const id of it.institutions) await it.revised(id, null, 2, 'correction');
    const drafts = (await it.notices()).filter(({ because }) => because === 'correction');
    for (const { noticeId } of drafts) await it.post({ explanation: '上一年度未取得资质，不应赋色' }, noticeId);
    const down = (await it.published()).find(({ institutionId }) => institutionId === it.institutions[1])!;
    await room.call(http.withdrawPublication, { as: publisher, params: { publicationId: down.publicationId }, body: { reason: '该机构已于公开前注销资质' } });
    room.clock.set('2024-10-01T00:00:00+08:00');
    for (const { noticeId } of drafts) await it.publish(noticeId);
    const of = async (type: string) => (await it.facts<{ noticeId: string }>(type)).map(({ data }) => data.noticeId);
    const stated = [...(await of('colour-published')), ...(await of('colour-withdrawn'))];
    const finished = (await it.facts<{ noticeId: string; published: number }>('notice-finished')).filter(({ data }) => drafts.some(({ noticeId }) => noticeId === data.noticeId));
    expect(finished.map(({ data }) => data.published).sort()).toEqual([0, 1]);
    for (const { data } of finished) expect(data.published).toBe(stated.filter((id) => id === data.noticeId).length);
  });

  it('is listed by its notice, whatever else has been published of the year', async () => {
    const [one, other] = [await published(2), await published(1)];
    const of = async (noticeId: string) => (await room.call(http.listPublications, { as: publisher, query: { noticeId, current: 'false' } })).body.items.map(({ institutionId }) => institutionId).sort();
    expect([await of(one.noticeId), await of(other.noticeId), await of('none')]).toEqual([[...one.institutions].sort(), other.institutions, []]);
  });

  it('is taken down with its reason, once; what was superseded is not', async () => {
    const it = await published(1);
    const [own] = await it.published();
    const down = (publicationId: string) => room.call(http.withdrawPublication, { as: publisher, params: { publicationId }, body: { reason: '该机构已于公开前注销资质' } });
    expect((await down(own!.publicationId)).body).toMatchObject({ withdrawn: true, before: { title: '黄色' }, reason: '该机构已于公开前注销资质' });
    expect(await down(own!.publicationId)).toMatchObject({ status: 409, problem: { code: 'publication-gone' } });
    expect(await down(newId())).toMatchObject({ status: 404 });
    expect((await it.facts('colour-withdrawn')).filter(({ subject }) => subject === it.institutions[0])).toHaveLength(1);
  });

  it('taken down, it stands again for its year by a correction with a notice of its own; that it was taken down stays readable', async () => {
    const it = await published(1);
    const [own] = await it.published();
    await room.call(http.withdrawPublication, { as: publisher, params: { publicationId: own!.publicationId }, body: { reason: '误认为已注销资质' } });
    await it.revised(it.institutions[0]!, 'yellow', 2, 'correction');
    const [draft] = (await it.notices()).filter(({ because }) => because === 'correction');
    await it.post({ explanation: '经核实资质仍然有效，恢复公开' }, draft!.noticeId);
    room.clock.set('2024-10-01T00:00:00+08:00');
    expect(await it.publish(draft!.noticeId)).toMatchObject({ published: 1, settled: true });
    expect((await it.facts('colour-published')).at(-1)).toMatchObject({ data: { colour: 'yellow', before: null, erratum: false, revision: 2 } });
    expect((await it.published('false')).map(({ withdrawn, current, colour }) => [withdrawn, current, colour?.id ?? null])).toEqual([[false, true, 'yellow'], [true, false, null], [false, false, 'yellow']]);
  });
});
