import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { colourWithdrawn } from '@zhijian/contracts/facts';
import { qualityControl as http } from '@zhijian/contracts/http';
import { aFact } from '@zhijian/testing';
import { aColoured, aSignedRun, bodiesOf, officer, pack, pizhun, place, published, shi, theCity, type City, type Detail } from '../colour/colour.fixture.js';

const zhikong = officer('zhikong', 'quality-centre');
let city: City;
let run: Detail;
let same: string;
let other: string;

beforeAll(async () => {
  city = await theCity();
  [same, other] = [await aColoured(city, '50', '合格'), await aColoured(city, '50', '合格')];
  city.clock.set('2025-03-03T09:00:00+08:00');
  run = await aSignedRun(city, 2025);
  await published(city, run);
  for (const institutionId of [same, other]) await city.hear(aFact(colourWithdrawn, institutionId, { noticeId: 'n', runId: run.runId, jurisdiction: place, year: 2025, institutionId, revision: 1, before: 'red', reason: '评分依据有误', policy: { pack, version: 1, clauses: ['CQ-2024-09'] } }, { jurisdiction: place, time: '2025-05-01T09:00:00.000+08:00' }));
}, 60_000);
afterAll(() => city?.stop());

const draft = (institutionId: string, score: string) => city.call(http.draftColourCorrection, {
  as: zhikong, body: { runId: run.runId, institutionId, line: 'occupational-health-service', because: 'correction', objectionId: null, change: { kind: 'evaluation', served: true, score }, reason: '撤下有误，应恢复公开' },
});
const decide = (correctionId: string, digest: string, as = pizhun) => city.call(http.decideColourCorrection, { as, params: { correctionId }, body: { outcome: 'accepted', digest } });
const revised = async (institutionId: string) => (await city.facts('quality-control.colour-revised')).filter(({ subject }) => subject === institutionId);

describe('a colour that was taken down', () => {
  it('stands again upon the same input, by two persons and a notice of its own; nothing of the input is changed', async () => {
    const { status, body } = await draft(same, '50');
    expect(status).toBe(201);
    expect(body.effects.map(({ what, before, after }) => [what, before, after])).toEqual(expect.arrayContaining([['red-years', '0', '1'], ['inspection', null, 'red-inspection'], ['rectification-report', 'none', 'report'], ['published', null, 'red']]));
    expect(body.effects.map(({ what }) => what)).not.toContain('score');
    const scores = (await city.facts('quality-control.evaluation-signed')).length;
    expect((await decide(body.correctionId, body.digest, { ...zhikong, role: 'approver' })).problem).toMatchObject({ code: 'second-person-needed' });
    expect((await decide(body.correctionId, body.digest)).status).toBe(201);
    expect(await revised(same)).toMatchObject([{ data: { year: 2025, revision: 2, because: 'correction', entry: { colour: 'red', revision: 2 } } }]);
    expect((await city.facts('quality-control.evaluation-signed')).length).toBe(scores);
    await published(city, run, '2025-06-01', [same]);
    expect((await bodiesOf(city, run.runId, { institutionId: same }))[0]).toMatchObject({ colour: 'red', revision: 2, published: { colour: 'red' } });
    expect((await draft(same, '50')).problem).toMatchObject({ status: 422, code: 'correction-same' });
  });

  it('or is another, when its input was wrong', async () => {
    const { status, body } = await draft(other, '72.5');
    expect(status).toBe(201);
    expect(body.effects.map(({ what, before, after }) => [what, before, after])).toEqual(expect.arrayContaining([['score', '50', '72.5'], ['published', null, 'yellow']]));
    expect((await decide(body.correctionId, body.digest)).status).toBe(201);
    expect(await revised(other)).toMatchObject([{ data: { revision: 2, entry: { colour: 'yellow' } } }]);
    expect((await city.call(http.getColourHistory, { as: shi, params: { institutionId: other } })).status).toBe(200);
  });
});
