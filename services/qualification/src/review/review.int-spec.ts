import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FactKind } from '@zhijian/contracts';
import { colourPublished, colourWithdrawn, rectificationMissed, rectificationOverdue, rectificationReleased, rectificationSubmitted, rectificationVerified, redYearsCounted } from '@zhijian/contracts/facts';
import { qualification } from '@zhijian/contracts/http';
import { aFact, aPrincipal, samplesOf, testDatabase, testRoom, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { aCreditCode, aRegistration } from '../institution/institution.fixture.js';
import { room as description } from '../room.js';

const place = '500000';
const commission = aPrincipal('province', place);
const policy = { pack: 'chongqing/colour-2024', version: 1, clauses: ['CQ-2024-20'] };
type DataOf<K> = K extends FactKind<infer T> ? T : never;
let database: TestDatabase;
let room: TestRoom;

beforeAll(async () => {
  database = await testDatabase();
  room = await testRoom(description, { database, at: '2024-11-09T09:00:00+08:00' });
});
afterAll(async () => {
  await room?.stop();
  await database?.drop();
});

const register = async (number: number, change = {}) =>
  (await room.call(qualification.registerInstitution, { as: commission, body: aRegistration({ creditCode: aCreditCode(number), kind: 'occupational-health-service', jurisdiction: place, filing: null, ...change }) })).body.institutionId;
const reviewsOf = async (institutionId: string, as = commission) => (await room.call(qualification.listReviews, { as, query: { institutionId } })).body.items;
const published = (institutionId: string, more: Partial<Parameters<typeof aFact<typeof sample>>[2]> = {}) => room.hear(aFact(colourPublished, institutionId, { ...sample, institutionId, ...more }, { jurisdiction: place }));
const sample = {
  noticeId: 'n', runId: 'r', jurisdiction: place, year: 2024, institutionId: '', revision: 1, colour: 'red', before: null as string | null, erratum: false, publishedOn: '2024-09-24', publishedAt: '2024-09-24T09:00:00+08:00',
  site: 'portal' as const, address: '/i/1', proofSha256: '0'.repeat(64), policy: { ...policy, clauses: ['CQ-2024-09'] },
};
const overdue = (institutionId: string) => room.hear(aFact(rectificationOverdue, institutionId, { institutionId, jurisdiction: place, year: 2024, rectificationId: randomUUID(), dueOn: '2024-11-08', policy: { ...policy, clauses: ['CQ-2024-17'] } }, { jurisdiction: place }));
const redYears = (institutionId: string, step: 'none' | 'alarm' | 'propose', count: number, before: DataOf<typeof redYearsCounted>['before'] = null) => room.hear(aFact(redYearsCounted, institutionId, { runId: 'r', institutionId, line: null, year: 2024, redYears: count, step, before, policy }, { jurisdiction: place }));

describe('[CQ-2024-20] a reason to look at a qualification', () => {
  it('the third red year opens a review for who issued it; the second does not; the qualification stays as it is', async () => {
    const institutionId = await register(201);
    await room.call(qualification.recordLine, { as: commission, params: { institutionId }, body: { kind: 'occupational-health-service', number: '（测）卫职技字（2021）第001号', issuer: place, from: '2021-01-01', to: null } });
    await redYears(institutionId, 'alarm', 2);
    expect(await reviewsOf(institutionId)).toEqual([]);
    await redYears(institutionId, 'propose', 3);
    await redYears(institutionId, 'propose', 3); // said again by another fact: one review
    const [review, ...more] = await reviewsOf(institutionId);
    expect(more).toEqual([]);
    expect(review).toMatchObject({ line: 'occupational-health-service', ground: 'red-years', authority: place, redYears: 3, state: 'open', clauses: ['CQ-2024-20'], because: '至2024年度已连续3年为红色' });
    expect((await room.facts('qualification.review-opened')).filter(({ subject }) => subject === institutionId)).toMatchObject([{ jurisdiction: place, data: { ground: 'red-years', authority: place } }]);
    expect((await room.call(qualification.getInstitution, { as: commission, params: { institutionId } })).body.lines).toMatchObject([{ kind: 'occupational-health-service', to: null }]);
  });

  it('[CQ-2024-20] a count that fell after a correction is noted on the review it opened, and so is one that rose again; elsewhere it opens nothing', async () => {
    const institutionId = await register(205);
    await redYears(institutionId, 'none', 0, { redYears: 2, step: 'alarm' });
    expect(await reviewsOf(institutionId)).toEqual([]);
    await redYears(institutionId, 'propose', 3, { redYears: 2, step: 'alarm' });
    expect(await reviewsOf(institutionId)).toMatchObject([{ redYears: 3, notes: [], version: 1 }]);
    await redYears(institutionId, 'none', 1, { redYears: 3, step: 'propose' });
    await redYears(institutionId, 'propose', 3, { redYears: 1, step: 'none' });
    expect(await reviewsOf(institutionId)).toMatchObject([{ state: 'open', redYears: 3, notes: [{ what: 'red-years-recounted', detail: '至2024年度，由3年改为1年' }, { what: 'red-years-recounted', detail: '至2024年度，由1年改为3年' }], version: 3 }]);
  });

  it('a report that is missing opens one, says that this is no rectification missed, and notes what comes later', async () => {
    const institutionId = await register(202);
    await overdue(institutionId);
    const [review] = await reviewsOf(institutionId);
    expect(review).toMatchObject({ ground: 'rectification-overdue', dueOn: '2024-11-08', authority: place, line: null });
    expect(review!.because).toContain('不等于限期未整改');
    await room.hear(aFact(rectificationSubmitted, institutionId, { institutionId, jurisdiction: place, year: 2024, rectificationId: 'x', version: 1, receivedAt: '2024-11-12T10:00:00+08:00', late: true, policy }, { time: '2024-11-12T10:00:00+08:00' }));
    expect(await reviewsOf(institutionId)).toMatchObject([{ notes: [{ what: 'report-submitted', detail: '第1份，逾期' }], version: 2 }]);
  });

  it('[CQ-2024-20] a written limit that was missed opens one of its own for who issued the qualification, once, and notes what comes later; nothing ends by it', async () => {
    const institutionId = await register(206);
    await room.call(qualification.recordLine, { as: commission, params: { institutionId }, body: { kind: 'occupational-health-service', number: '（测）卫职技字（2021）第006号', issuer: place, from: '2021-01-01', to: null } });
    const ofDuty = { institutionId, jurisdiction: place, year: 2024, rectificationId: randomUUID() };
    const missed = () => room.hear(aFact(rectificationMissed, institutionId, { ...ofDuty, limitOn: '2024-12-20', policy }, { jurisdiction: place }));
    await overdue(institutionId);
    await missed();
    await missed();
    const reviews = await reviewsOf(institutionId);
    expect(reviews.map(({ ground }) => ground).sort()).toEqual(['rectification-missed', 'rectification-overdue']);
    const review = reviews.find(({ ground }) => ground === 'rectification-missed')!;
    expect(review).toMatchObject({ authority: place, line: 'occupational-health-service', dueOn: '2024-12-20', redYears: null, state: 'open', clauses: ['CQ-2024-20'], because: expect.stringContaining('2024-12-20期满') });
    expect((await room.facts('qualification.review-opened')).filter(({ subject, factversion }) => subject === institutionId && factversion === 2).map(({ data }) => data['ground'])).toContain('rectification-missed');
    expect((await room.call(qualification.getInstitution, { as: commission, params: { institutionId } })).body.lines).toMatchObject([{ kind: 'occupational-health-service', to: null }]);
    await room.hear(aFact(rectificationVerified, institutionId, { ...ofDuty, rectifiedOn: '2024-12-18', from: 'check', limitOn: '2024-12-20', inTime: true, policy }, { time: '2024-12-25T10:00:00+08:00' }));
    await room.hear(aFact(rectificationReleased, institutionId, { ...ofDuty, reason: '颜色更正为绿色', policy }, { time: '2024-12-26T10:00:00+08:00' }));
    expect((await reviewsOf(institutionId)).find(({ reviewId }) => reviewId === review.reviewId)).toMatchObject({ state: 'open', notes: [{ what: 'rectified', detail: '2024-12-18整改完成，在期限以内' }, { what: 'duty-released' }] });
  });

  it('is concluded with reasons by the authority, once; what is referred names its procedure', async () => {
    const institutionId = await register(203);
    await overdue(institutionId);
    const { reviewId } = (await reviewsOf(institutionId))[0]!;
    const conclude = (body: object, ifMatch = 1, as = commission) => room.call(qualification.concludeReview, { as, params: { reviewId }, ifMatch, body });
    expect(await conclude({ outcome: 'referred', reasons: '多次逾期' })).toMatchObject({ status: 422, problem: { code: 'review-procedure-missing', errors: [{ path: '/procedure' }] } });
    expect(await conclude({ outcome: 'kept', reasons: '' })).toMatchObject({ status: 400, problem: { errors: [{ path: '/reasons' }] } });
    expect(await conclude({ outcome: 'kept', reasons: '首次逾期，已责令补交' }, 7)).toMatchObject({ status: 412 });
    expect((await conclude({ outcome: 'kept', reasons: '首次逾期' }, 1, aPrincipal('county', '500103'))).status).toBe(404);
    expect(await conclude({ outcome: 'kept', reasons: '首次逾期，已责令补交' })).toMatchObject({ status: 201, body: { state: 'kept', reasons: '首次逾期，已责令补交', version: 2 } });
    expect(await conclude({ outcome: 'kept', reasons: '再次' }, 2)).toMatchObject({ status: 409, problem: { code: 'review-concluded' } });
    expect(await room.facts('qualification.review-concluded')).toMatchObject([{ data: { reviewId, outcome: 'kept', concludedOn: '2024-11-09' } }]);
  });

  it('of an authority that has nobody here is handed on by the place of the colour, and no more', async () => {
    const institutionId = await register(204, { jurisdiction: '510100', serves: [place] });
    await room.call(qualification.recordLine, { as: commission, params: { institutionId }, body: { kind: 'radiation-health-service', number: null, issuer: '510000', from: null, to: null } });
    await redYears(institutionId, 'propose', 3);
    const reviews = await reviewsOf(institutionId);
    const foreign = reviews.find(({ authority }) => authority === '510000')!;
    expect(foreign).toMatchObject({ line: 'radiation-health-service', jurisdiction: place });
    const conclude = (body: object) => room.call(qualification.concludeReview, { as: commission, params: { reviewId: foreign.reviewId }, ifMatch: 1, body });
    expect(await conclude({ outcome: 'kept', reasons: '维持' })).toMatchObject({ status: 422, problem: { code: 'review-refer-only' } });
    expect(await conclude({ outcome: 'referred', reasons: '移送发证机关', procedure: '移送函〔2024〕3号' })).toMatchObject({ status: 201, body: { state: 'referred' } });
  });
});

describe('[CQ-2024-19] a published colour', () => {
  it('stands with the body, and with the certificate of what is decided about it, as a reference with its clause', async () => {
    const institutionId = await register(211);
    await published(institutionId);
    const { body } = await room.call(qualification.getInstitution, { as: commission, params: { institutionId } });
    expect(body.colours).toEqual([{ jurisdiction: place, year: 2024, colour: 'red', title: '红色', publishedOn: '2024-09-24', use: 'reference', clauses: ['CQ-2024-19'], pack: 'chongqing/colour-2024@1' }]);
    await room.call(qualification.recordFiling, { as: commission, params: { institutionId }, body: { number: null, filedOn: '2024-11-01', categories: ['粉尘类'], items: [], outreach: false } });
    const [certificate] = await database.query<{ body: string }>('qualification', `select body from certificate where kind = 'filing' and subject = $1`, [institutionId]);
    expect(JSON.parse(certificate!.body)).toMatchObject({ clauses: [{ id: 'CQ-2024-19' }], pack: { id: 'chongqing/colour-2024' }, inputs: { context: { procedure: 'filing', reference: [{ colour: 'red', year: 2024 }] } } });
    const own = await room.call(qualification.getInstitution, { as: aPrincipal('institution', place, institutionId), params: { institutionId } });
    expect(own.body.colours).toMatchObject([{ colour: 'red' }]);
  });

  it('is borne in mind as it is public then, whatever is decided: a qualification, its renewal, a filing and its change each say so in their certificate', async () => {
    const institutionId = await register(213);
    const line = (kind: string, from: string) => room.call(qualification.recordLine, { as: commission, params: { institutionId }, body: { kind, number: '（测）卫技字第213号', issuer: place, from, to: null } });
    const filing = (filedOn: string) => room.call(qualification.recordFiling, { as: commission, params: { institutionId }, body: { number: null, filedOn, categories: ['粉尘类'], items: [], outreach: false } });
    const decided = [await line('occupational-health-service', '2019-11-01')];
    await published(institutionId);
    decided.push(await line('occupational-health-service', '2024-11-01'));
    await published(institutionId, { revision: 2, colour: 'yellow', before: 'red', erratum: true });
    decided.push(await line('radiation-health-service', '2024-11-01'), await filing('2024-11-01'), await filing('2024-11-08'));
    expect(decided.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    const certificates = await database.query<{ body: string }>('qualification', `select body from certificate where kind = 'filing' and subject = $1`, [institutionId]);
    const weighed = certificates.map(({ body }) => (JSON.parse(body) as { inputs: { context?: { procedure: string; reference: { colour: string; use: string }[] } } }).inputs.context);
    expect(weighed.map((it) => (it ? `${it.procedure}: ${it.reference.map(({ colour, use }) => `${colour} as ${use}`).join()}` : 'no colour yet')).sort()).toEqual(['change: yellow as reference', 'filing: yellow as reference', 'no colour yet', 'qualification: yellow as reference', 'renewal: red as reference']);
  });

  it('that is corrected or withdrawn is no more; an older one never comes back; a review it stood for says so', async () => {
    const institutionId = await register(212);
    const colours = async () => (await room.call(qualification.getInstitution, { as: commission, params: { institutionId } })).body.colours;
    await published(institutionId, { year: 2023, colour: 'yellow' });
    await published(institutionId);
    await redYears(institutionId, 'propose', 3);
    await published(institutionId, { revision: 3, colour: 'green', before: 'red', erratum: true });
    expect(await colours()).toMatchObject([{ year: 2024, colour: 'green' }]);
    expect(await reviewsOf(institutionId)).toMatchObject([{ state: 'open', notes: [{ what: 'colour-changed', detail: '2024年度' }] }]);
    await published(institutionId, { revision: 2 });
    expect(await colours()).toMatchObject([{ colour: 'green' }]);
    await room.hear(aFact(colourWithdrawn, institutionId, { noticeId: 'n', runId: 'r', jurisdiction: place, year: 2024, institutionId, revision: 3, before: 'green', reason: '撤回', policy }));
    expect(await colours()).toMatchObject([{ year: 2023, colour: 'yellow' }]);
  });
});

it.each(samplesOf(redYearsCounted.type))('qualification still understands %s', async (_, fact) => {
  const institutionId = await register(220 + fact.factversion);
  await room.hear({ ...fact, subject: institutionId, data: { ...fact.data, institutionId } });
});
