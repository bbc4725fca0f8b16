import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sha256 } from '@zhijian/audit';
import { newId } from '@zhijian/contracts';
import { colourRevised, colourRunSigned } from '@zhijian/contracts/facts';
import { publication as http } from '@zhijian/contracts/http';
import { everywhere, within } from '@zhijian/persistence';
import { aFact, aPrincipal, samplesOf } from '@zhijian/testing';
import { anEntry, officer, place, Play, policy, publisher, theRoom } from './notice.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom(); });
afterAll(() => room?.stop());

const posted = '2024-09-13T10:00:00+08:00';
const lastHour = '2024-09-23T23:59:59+08:00';
const over = '2024-09-24T00:00:00+08:00';
const play = async (count = 3, year = 2024) => { room.clock.set(posted); return new Play(room, year).registered(count); };
const proof = { address: 'https://wsjkw.example.cn/tzgg/1.html', proof: 'ab'.repeat(32) };
const record = async (it: Play, body: Record<string, unknown>, as = publisher) => room.call(http.recordPublication, { as, params: { noticeId: it.noticeId }, body: { publishedOn: '2024-09-25', ...proof, ...body }, ifMatch: (await it.notice()).version });

describe('a run that quality control has signed', () => {
  it('becomes one draft when all its parts have come, however often each comes', async () => {
    const it = await play(5);
    await it.signed(undefined, { parts: 2, undetermined: 4 });
    await it.signed(undefined, { parts: 2, undetermined: 4 });
    expect(await it.notices()).toMatchObject([{ state: 'draft', entries: 5, undetermined: 4, because: 'run', title: '2024 年度赋色结果公示' }]);
    expect((await it.notice()).checks.map(({ id, ok }) => [id, ok])).toEqual([['complete', true], ['bodies', true], ['rule', true], ['calendar', true], ['undetermined', null]]);
  });

  it('bodies determined later, signed by themselves, get a notice of their own; the first goes on as it was', async () => {
    const it = await play();
    const [late, ...first] = it.institutions.map((id) => anEntry(id));
    await it.signed(first, { undetermined: 1 });
    await it.post();
    await it.signed([late!], { digest: 'e' });
    expect(await it.notices()).toMatchObject([{ state: 'draft', entries: 1, undetermined: 0, because: 'run', title: '2024 年度赋色结果公示（补充）' }, { state: 'posted', entries: 2, undetermined: 1, because: 'run', title: '2024 年度赋色结果公示' }]);
    expect((await it.post()).status).toBe(201);
  });

  it('is not posted while a part is missing, nor while nobody knows who a body is', async () => {
    const one = await play(4);
    await room.hear(aFact(colourRunSigned, place, { runId: one.runId, jurisdiction: place, year: 2024, basisYear: 2023, part: 1, parts: 2, count: 4, undetermined: 0, digest: 'd', entries: [anEntry(one.institutions[0]!)], policy }, { jurisdiction: place }));
    one.noticeId = (await one.notices())[0]!.noticeId;
    expect(await one.post()).toMatchObject({ status: 409, problem: { code: 'notice-incomplete' } });
    const two = await play(1);
    await two.signed([anEntry(two.institutions[0]!), anEntry(newId())]);
    expect(await two.post()).toMatchObject({ status: 422, problem: { code: 'notice-body-unknown', title: '有 1 家机构的登记信息尚未收到，请稍候再发布公示' } });
    expect((await two.notice()).state).toBe('draft');
  });
});

describe('a notice', () => {
  it('[CQ-2024-08] posted on 13 September 2024 runs from the day after over five working days, make-up Saturday and Mid-Autumn counted as they are', async () => {
    const it = await (await play()).signed();
    const { status, body } = await it.post();
    expect([status, body.state, body.postedOn, body.lastDay, body.until]).toEqual([201, 'posted', '2024-09-13', '2024-09-23', '2024-09-23T16:00:00.000Z']);
    expect(body.counted).toEqual(['2024-09-14', '2024-09-18', '2024-09-19', '2024-09-20', '2024-09-23']);
    expect([body.daysLeft, body.workingDaysLeft, body.clauses, body.pack]).toEqual([11, 5, ['CQ-2024-08'], 'chongqing/colour-2024@1']);
    expect((await it.facts('notice-posted')).at(-1)).toMatchObject({ subject: place, data: { noticeId: it.noticeId, lastDay: '2024-09-23', until: '2024-09-24T00:00:00+08:00', entries: 3, because: 'run' } });
  });

  it('[CQ-2024-08] [CQ-2024-09] nothing is published before its last day is over, then every entry at once, each told once', async () => {
    const it = await (await play()).signed();
    await it.post();
    room.clock.set(lastHour);
    await expect(it.publish()).rejects.toThrow('its instant has not come yet');
    expect(await it.published()).toEqual([]);
    room.clock.set(over);
    expect(await it.publish()).toEqual({ published: 3, ready: 0, waiting: 0, settled: true });
    expect(await it.publish()).toEqual({ published: 3, ready: 0, waiting: 0, settled: true });
    const facts = (await it.facts('colour-published')).filter(({ subject }) => it.institutions.includes(subject));
    expect(facts).toHaveLength(3);
    expect(facts[0]).toMatchObject({ data: { colour: 'yellow', before: null, erratum: false, publishedOn: '2024-09-24', site: 'portal', address: `/notices/${it.noticeId}` } });
    expect((await it.facts('notice-finished')).filter(({ data }) => data['noticeId'] === it.noticeId)).toMatchObject([{ data: { published: 3, waiting: 0 } }]);
    expect((await it.notice()).state).toBe('settled');
  });

  it('a posted notice is kept word for word with its hash, and so is the publication', async () => {
    const it = await (await play(2)).signed();
    await it.post();
    room.clock.set(over);
    await it.publish();
    const kept = await room.database.query<{ kind: string; entries: number; sha256: string; body: string }>('publication', 'select kind, entries, sha256, body from snapshot where notice_id = $1 order by seq', [it.noticeId]);
    expect(kept.map(({ kind, entries }) => [kind, entries])).toEqual([['notice', 2], ['publication', 2]]);
    expect(kept.every(({ sha256: hash, body }) => sha256(body) === hash)).toBe(true);
    expect((await it.published())[0]!.proofSha256).toBe(kept[1]!.sha256);
    expect(kept.map(({ body }) => body).join('')).not.toContain('质量负责人');
  });

  it('says of each body what its colour rests on, with the words of the clauses, and what it was before', async () => {
    const before = await (await play(1, 2023)).signed();
    await before.post();
    room.clock.set(over);
    await before.publish();
    const it = new Play(room, 2024);
    it.institutions.push(...before.institutions);
    room.clock.set('2024-10-09T10:00:00+08:00');
    await it.signed([anEntry(it.institutions[0]!, 'red')]);
    const [entry] = await it.entries();
    expect(entry!.content).toMatchObject({ colour: { id: 'red', title: '红色' }, before: null, lastYear: { year: 2023, colour: { id: 'yellow', title: '黄色' } }, basisYear: 2023 });
    expect(entry!.content.lines[0]).toMatchObject({ score: '86.50', grade: { id: 'A', title: 'A级' }, level: { id: 'III' }, result: '不合格' });
    expect(entry!.content.clauses[0]!.quote).toContain('红色（高风险）');
    await it.post();
    expect((await it.entries())[0]!.content).toEqual(entry!.content);
  });

  it('[CQ-2024-22] names its document and says that it is given out on request; not a word of it is published beyond the clauses a colour rests on', async () => {
    const it = await (await play(1)).signed();
    const { body } = await it.post();
    expect(body.document).toEqual({ title: '重庆市职业健康技术服务机构分色管理工作方案', issuer: '重庆市卫生健康委员会办公室', number: null, onRequest: true });
    const seen = JSON.stringify(await room.database.query('publication', `select body from public_snapshot where notice_id = $1`, [it.noticeId]));
    expect(seen).not.toContain('依申请公开');
    expect(seen).not.toContain('指定专人负责分色管理工作'); // CQ-2024-23: no colour rests on it
  });

  it('may run longer than the pack asks for, never shorter', async () => {
    const it = await (await play(1)).signed();
    expect(await it.post({ lastDay: '2024-09-20' })).toMatchObject({ status: 422, problem: { code: 'notice-last-day-short', errors: [{ path: '/lastDay', message: '不能早于 2024-09-23' }] } });
    expect((await it.post({ lastDay: '2024-09-30' })).body).toMatchObject({ lastDay: '2024-09-30', workingDaysLeft: 5 });
    room.clock.set('2024-09-30T23:00:00+08:00');
    await expect(it.publish()).rejects.toThrow('its instant has not come yet');
  });

  it('over a year whose holidays are not loaded is refused by the name of the year, and nothing changes', async () => {
    const it = await play(1);
    room.clock.set('2026-12-28T10:00:00+08:00');
    await it.signed();
    expect(await it.post()).toMatchObject({ status: 422, problem: { code: 'notice-calendar-missing', title: '公示期将跨入 2027 年，该年的放假安排尚未录入，末日不能确定；请先录入放假通知，再发布公示', clauses: ['CQ-2024-08'] } });
    expect(await it.notice()).toMatchObject({ state: 'draft', version: 2, postedOn: null });
    expect((await it.notice()).checks.find(({ id }) => id === 'calendar')).toMatchObject({ ok: false });
    room.clock.set(posted);
  });

  it('is posted once: again, in an old version, by a stranger or under no name it is refused', async () => {
    const it = await (await play(1)).signed();
    expect(await room.call(http.postNotice, { as: publisher, params: { noticeId: it.noticeId }, body: { site: 'portal' }, ifMatch: 1 })).toMatchObject({ status: 412 });
    expect(await room.call(http.postNotice, { as: aPrincipal('publisher', '510000'), params: { noticeId: it.noticeId }, body: { site: 'portal' }, ifMatch: 2 })).toMatchObject({ status: 404 });
    expect((await it.post()).status).toBe(201);
    expect(await it.post()).toMatchObject({ status: 409, problem: { code: 'notice-not-draft' } });
    expect(await room.call(http.postNotice, { as: aPrincipal('publisher', '510000'), params: { noticeId: it.noticeId }, body: { site: 'portal' }, ifMatch: 3 })).toMatchObject({ status: 422, problem: { code: 'notice-foreign' } });
    expect(await room.call(http.getNotice, { as: officer, params: { noticeId: newId() } })).toMatchObject({ status: 404, problem: { title: '没有找到这次公示' } });
    expect(await room.call(http.postNotice, { as: aPrincipal('county', '500103'), params: { noticeId: it.noticeId }, body: { site: 'portal' }, ifMatch: 3 })).toMatchObject({ status: 403 });
  });

  it('is taken back before its end with its reason; what it put up may be posted again, with a full period', async () => {
    const it = await (await play(2)).signed();
    await it.post();
    room.clock.set('2024-09-18T09:00:00+08:00');
    const done = await room.call(http.withdrawNotice, { as: publisher, params: { noticeId: it.noticeId }, body: { reason: '公示表中有录入错误，更正后重新公示' }, ifMatch: (await it.notice()).version });
    expect(done.body).toMatchObject({ state: 'withdrawn', withdrawnReason: '公示表中有录入错误，更正后重新公示' });
    expect((await it.facts('notice-withdrawn')).at(-1)).toMatchObject({ data: { noticeId: it.noticeId, reason: '公示表中有录入错误，更正后重新公示' } });
    room.clock.set(over);
    expect(await it.publish()).toMatchObject({ published: 0, settled: true });
    const [next] = (await it.notices()).filter(({ state }) => state === 'draft');
    expect(next).toMatchObject({ follows: it.noticeId, entries: 2 });
    it.noticeId = next!.noticeId;
    expect((await it.post()).body).toMatchObject({ postedOn: '2024-09-24', lastDay: '2024-09-30' });
  });

  it('once over it is taken back no more', async () => {
    const it = await (await play(1)).signed();
    await it.post();
    const { version } = await it.notice();
    room.clock.set(over);
    expect(await room.call(http.withdrawNotice, { as: publisher, params: { noticeId: it.noticeId }, body: { reason: '迟了' }, ifMatch: version })).toMatchObject({ status: 409, problem: { code: 'notice-over', title: '公示期已于 2024-09-23 24:00 届满，不能再撤回公示；已公开的可以更正或者撤下' } });
  });
});

describe('a notice on another official site', () => {
  it('needs its address and proof, and its publication is recorded with day, address and proof, after the end only', async () => {
    const it = await (await play(2)).signed();
    expect(await it.post({ site: 'elsewhere' })).toMatchObject({ status: 422, problem: { code: 'notice-elsewhere-unproved', errors: [{ path: '/address' }] } });
    expect(await it.post({ site: 'elsewhere', address: proof.address })).toMatchObject({ status: 422, problem: { errors: [{ path: '/proof' }] } });
    expect(await it.post({ site: 'elsewhere', address: 'not an address', proof: 'x' })).toMatchObject({ status: 400, problem: { errors: [{ path: '/address' }, { path: '/proof' }] } });
    expect((await it.post({ site: 'elsewhere', ...proof })).status).toBe(201);
    expect(await record(it, { publishedOn: '2024-09-13' })).toMatchObject({ status: 409, problem: { code: 'publication-early', title: '公示期至 2024-09-23 24:00 届满，此前不得公开' } });
    room.clock.set('2024-09-26T09:00:00+08:00');
    expect(await it.publish()).toEqual({ published: 0, ready: 2, waiting: 0, settled: false });
    expect(await it.published()).toEqual([]);
    for (const publishedOn of ['2024-09-23', '2024-09-27']) expect(await record(it, { publishedOn })).toMatchObject({ status: 422, problem: { code: 'publication-day', errors: [{ path: '/publishedOn' }] } });
    expect((await record(it, {})).body).toMatchObject({ state: 'settled', published: 2 });
    expect(await it.published()).toMatchObject([{ site: 'elsewhere', publishedOn: '2024-09-25', address: proof.address, proofSha256: proof.proof }, { publishedOn: '2024-09-25' }]);
    expect(await record(it, {})).toMatchObject({ status: 409, problem: { code: 'publication-none' } });
    expect((await it.publish()).settled).toBe(true);
  });

  it('what our portal publishes is not recorded beside it', async () => {
    const it = await (await play(1)).signed();
    await it.post();
    room.clock.set('2024-09-26T09:00:00+08:00');
    await it.publish();
    expect(await record(it, {})).toMatchObject({ status: 409, problem: { code: 'publication-on-portal' } });
  });
});

describe('in the database, under the application’s own role', () => {
  const attempt = (sql: string, values: unknown[] = []) => within(everywhere, () => room.dataSource.query(sql, values)).then(() => 'done', (error: Error) => error.message);

  it('[CQ-2024-08] a running notice is neither shortened, ended, reopened nor deleted', async () => {
    const it = await (await play(1)).signed();
    await it.post();
    const id = [it.noticeId];
    expect(await attempt(`update notice set until = until - interval '1 day', last_day = last_day - 1 where id = $1`, id)).toMatch('the period of a posted notice stands');
    expect(await attempt(`update notice set posted_on = posted_on - 7, posted_at = posted_at - interval '7 days' where id = $1`, id)).toMatch('the period of a posted notice stands');
    expect(await attempt(`update notice set state = 'ended', ended_at = '2024-09-20T00:00:00+08:00' where id = $1`, id)).toMatch('a notice ends with its last day');
    expect(await attempt(`update notice set state = 'ended', ended_at = '2099-01-01T00:00:00+08:00' where id = $1`, id)).toMatch('a notice ends with its last day');
    expect(await attempt(`update notice set state = 'draft' where id = $1`, id)).toMatch('never');
    expect(await attempt(`update notice set state = 'settled' where id = $1`, id)).toMatch('never');
    expect(await attempt(`delete from notice where id = $1`, id)).toMatch('never deleted');
  });

  it('[CQ-2024-09] nothing is published early, and nothing else than what was put up', async () => {
    const it = await (await play(1)).signed();
    await it.post();
    const id = [it.noticeId];
    expect(await attempt(`update notice_entry set state = 'published' where notice_id = $1`, id)).toMatch('nothing is published before its notice has ended');
    expect(await attempt(`update notice_entry set ready = true where notice_id = $1`, id)).toMatch('nothing is published before its notice has ended');
    expect(await attempt(`update notice_entry set colour = 'green' where notice_id = $1`, id)).toMatch('what was put up stands');
    expect(await attempt(`delete from notice_entry where notice_id = $1`, id)).toMatch('the entries of a posted notice stand');
    const insert = (at: string) => `insert into colour_publication (id, jurisdiction, year, institution_id, revision, withdrawn, colour, erratum, content, credit_code, name, kind, invented, notice_id, run_id, published_on, published_at, site, address, proof_sha256, pack, pack_version, clauses)
      select 'x', '500000', 2024, institution_id, revision, false, colour, false, content, credit_code, name, kind, invented, notice_id, 'r', '${at.slice(0, 10)}', '${at}', 'portal', 'a', 'p', 'p', 1, '[]' from notice_entry where notice_id = $1`;
    for (const at of ['2024-09-20T00:00:00+08:00', '2024-09-24T00:00:00+08:00', '2099-01-01T00:00:00+08:00']) expect(await attempt(insert(at), id)).toMatch('nothing is published before its notice has ended');
    room.clock.set(over);
    await it.publish();
    for (const table of ['colour_publication', 'snapshot', 'objection_word']) expect(await attempt(`delete from ${table}`)).toMatch('permission denied');
    expect(await attempt(`update colour_publication set colour = 'green'`)).toMatch('permission denied');
  });

  it('a notice begins as a draft and is posted with all its working days or not at all', async () => {
    const it = await (await play(1)).signed();
    const right = { posted_at: '2024-09-13T10:00:00+08:00', posted_on: '2024-09-13', counted: '{2024-09-14,2024-09-18,2024-09-19,2024-09-20,2024-09-23}', last_day: '2024-09-23', until: '2024-09-24T00:00:00+08:00' };
    const post = (change: Partial<typeof right>) => {
      const values = { ...right, ...change };
      return attempt(`update notice set state = 'posted', working_days = 5, posted_at = $2, posted_on = $3, counted = $4::date[], last_day = $5, until = $6 where id = $1`, [it.noticeId, values.posted_at, values.posted_on, values.counted, values.last_day, values.until]);
    };
    for (const change of [{ counted: '{2024-09-14}' }, { last_day: '2024-09-20', until: '2024-09-21T00:00:00+08:00' }, { until: '2024-09-14T00:00:00+08:00' }, { posted_at: '2020-01-01T00:00:00+08:00', posted_on: '2020-01-01' }, { counted: '{2024-09-14,2024-09-14,2024-09-14,2024-09-14,2024-09-14}' }]) {
      expect(await post(change)).toMatch('a notice runs from the day after its posting over all its working days');
    }
    expect(await attempt(`insert into notice (id, run_id, jurisdiction, year, basis_year, because, state, pack, pack_version, title, document, parts, undetermined, made_at, clauses) values ('n', 'r', '500000', 2024, 2023, 'correction', 'posted', 'p', 1, 't', '{}', 1, 0, now(), '[]')`)).toMatch('a notice begins as a draft');
  });
});

it.each([colourRunSigned, colourRevised].flatMap(({ type }) => samplesOf(type)))('publication still understands %s', async (_, sample) => {
  await expect(room.hear({ ...sample, id: newId() })).resolves.toBeUndefined();
});
