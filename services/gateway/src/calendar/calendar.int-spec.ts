import { gateway } from '@zhijian/contracts/http';
import { rightOf } from '@zhijian/access';
import { factKindOf, roles, type Role } from '@zhijian/contracts';
import { decodeJwt, importJWK, SignJWT } from 'jose';
import '@zhijian/contracts/facts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ShownNotice } from './notices.js';
import { uncertified } from '@zhijian/testing';
import { echoRoom, Stage, type EchoRoom } from '../spec/stage.js';

let stage: Stage;
let operator: string;
let province: string;
let county: string;
let institution: string;
let rooms: [EchoRoom, EchoRoom];
let keys = 0;

beforeAll(async () => {
  rooms = [await echoRoom(), await echoRoom()];
  stage = await Stage.set({ INSPECTION_URL: rooms[0].address, PUBLICATION_URL: rooms[1].address });
  const token = async (account: string): Promise<string> => {
    const response = await fetch(`${stage.issuer}/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'urn:zhijian:demonstration', client_id: 'zhijian-demonstration', account }) });
    return ((await response.json()) as { access_token: string }).access_token;
  };
  [operator, province, county, institution] = await Promise.all([token('yunwei'), token('sheng'), token('xian'), token('jigou')]);
}, 60_000);
afterAll(async () => {
  await stage.strike();
  await Promise.all(rooms.map((room) => room.close()));
});

const notice = { year: 2027, number: '示例〔2026〕1号', title: '关于2027年部分节假日安排的通知（示例）', off: ['2027-05-01', '2027-05-02', '2027-05-03', '2027-05-04', '2027-05-05'], workdays: ['2027-05-08'] };

interface Told { status: number; body: ShownNotice; problem: { code: string; title: string; errors: { path: string; message: string }[] }; etag: string | null }
async function post(path: string, body: unknown, { key = `k${(keys += 1)}`, as = operator, ifMatch }: { key?: string; as?: string; ifMatch?: number } = {}): Promise<Told> {
  const response = await fetch(`${stage.address}${path}`, {
    method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json', ...(key ? { 'idempotency-key': key } : {}), ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }) },
  });
  const json = await response.json();
  return { status: response.status, body: json as ShownNotice, problem: json as Told['problem'], etag: response.headers.get('etag') };
}
/** Somebody of a role at a place, as the issuer would say it. */
async function tokenAs(role: Role, place: string): Promise<string> {
  const key = stage.signingKey();
  return new SignJWT({ ...decodeJwt(county), sub: `${role}-${place}`, role, places: [{ code: place }] }).setProtectedHeader({ alg: 'ES256', kid: key.kid, typ: 'at+jwt' }).sign(await importJWK(key, 'ES256'));
}
const propose = (body: unknown, more = {}) => post('/api/v1/calendar-notices', body, more);
const confirm = (id: string, more = {}) => post(`/api/v1/calendar-notices/${id}/confirmation`, {}, { as: province, ...more });
const listed = async () => ((await (await fetch(`${stage.address}/api/v1/calendar-notices`, { headers: { authorization: `Bearer ${county}` } })).json()) as { items: ShownNotice[] }).items;
const facts = async () => (await stage.database.query<{ type: string; body: string }>('gateway', 'select type, body from outbox order by seq'))
  .map(({ type, body }) => ({ type, data: factKindOf(type, 1)!.data.parse((JSON.parse(body) as { data: unknown }).data) as Record<string, unknown> }));

describe('the days on which something ends', () => {
  const line = { kind: 'duty', campaignId: 'c', campaign: '示例行动', unit: '330106', unitName: '西湖区', institution: null, subject: null, duty: 'report', title: '自查报告', dueOn: '2027-05-08', firm: true, planned: false, open: 2, overdue: 0, done: 0, because: null, clauses: ['XX-1'], pack: 'test/land@1', calendar: null };
  const asked = (address: string, as = operator) => fetch(`${stage.address}${address}`, { headers: { authorization: `Bearer ${as}` } });

  it('are gathered from every room that has clocks, by day; the file for a calendar program has the same', async () => {
    const [inspection, publication] = rooms;
    inspection.answers(200, { items: [line, { ...line, duty: 'summary', dueOn: '2027-05-20' }], more: false });
    publication.answers(200, { items: [{ ...line, kind: 'notice', campaignId: null, campaign: '公示', subject: 'n', duty: 'notice-n', title: '公示：分色结果', dueOn: '2027-05-10' }], more: true });
    const body = gateway.listClocks.answer.parse(await (await asked('/api/v1/clocks?from=2027-05-01&to=2027-05-31&unit=330106')).json());
    expect([body.items.map(({ duty }) => duty), body.more]).toEqual([['report', 'notice-n', 'summary'], true]);
    expect(rooms.map((room) => room.asked.at(-1)!.url)).toEqual(Array.from({ length: 2 }, () => '/api/v1/clocks?from=2027-05-01&to=2027-05-31&unit=330106'));
    const file = await asked('/api/v1/clocks.ics?from=2027-05-01&to=2027-05-31');
    expect([file.status, file.headers.get('content-type'), decodeURIComponent(file.headers.get('content-disposition')!)]).toEqual([200, 'text/calendar; charset=utf-8', `attachment; filename*=UTF-8''期限 2027-05-01 至 2027-05-31.ics`]);
    expect((await file.text()).match(/^UID:.*$/gm)?.map((uid) => uid.trim())).toEqual(['UID:c.330106.report@zhijian', 'UID:notice.330106.notice-n@zhijian', 'UID:c.330106.summary@zhijian']);
    expect([(await asked('/api/v1/clocks?from=2027-05-01&to=2027-05-31', institution)).status, (await asked('/api/v1/clocks.ics?from=2027-05-01&to=2027-05-31', institution)).status, (await asked('/api/v1/clocks?from=x&to=y')).status]).toEqual([403, 403, 400]);
  });

  it('are no list while a room does not answer', async () => {
    rooms[1].answers(503, { code: 'unavailable', title: '公示服务暂时不可用' });
    expect([(await asked('/api/v1/clocks?from=2027-05-01&to=2027-05-31')).status, (await asked('/api/v1/clocks.ics?from=2027-05-01&to=2027-05-31')).status]).toEqual([503, 503]);
  });
});

describe('what a notice would move', () => {
  const path = '/api/v1/calendar-previews/01a20f11-53a8-7d04-a555-302c6d91b204';
  const line = { clock: 'c', kind: 'duty', title: 't', place: '330106', placeName: '西湖区', institutionId: null, institution: null, bodies: 0, old: '2027-05-06', new: '2027-05-08', firm: true, clauses: [], pack: 'p' };
  const asked = async (address = path, as = operator) => {
    const response = await fetch(`${stage.address}${address}`, { headers: { authorization: `Bearer ${as}` } });
    return { status: response.status, body: (await response.json()) as { title: string; code: string } };
  };

  it('is gathered from every room that has clocks; until each has reckoned it, and while one does not answer, there is no list', async () => {
    const [inspection, publication] = rooms;
    inspection.answers(200, { noticeId: 'n', calendar: 'c', heardAt: '2026-11-05T10:00:00+08:00', moved: [line], kept: [], review: [{ ...line, clock: 'r', doneAt: '2026-11-05T10:00:00+08:00' }] });
    publication.answers(404, { code: 'not-found', title: '没有找到这份放假通知的期限变动清单' });
    expect(await asked()).toMatchObject({ status: 404, body: { code: 'not-found', title: '没有找到这份放假通知的期限变动清单' } });
    publication.answers(200, { noticeId: 'n', calendar: 'c', heardAt: '2026-11-05T10:00:01+08:00', moved: [{ ...line, clock: 'o', kind: 'objection' }], kept: [{ ...line, clock: 'k', why: 'passed' }], review: [] });
    const { status, body: list } = await asked();
    expect([status, gateway.getCalendarPreview.answer.parse(list)]).toMatchObject([200, { heardAt: '2026-11-05T10:00:01+08:00', moved: [{ clock: 'c' }, { clock: 'o' }], kept: [{ clock: 'k' }], review: [{ clock: 'r' }] }]);
    expect(rooms.map((room) => room.asked.at(-1)!.url)).toEqual([path, path]);
    expect([(await asked(path, institution)).status, (await asked('/api/v1/calendar-previews/x')).status]).toEqual([403, 400]);
    const look = (clock: string, note: string, as = county, key?: string) => post(`/api/v1/calendar-notices/${path.split('/').at(-1)!}/looks`, { clock, note }, { as, ...(key && { key }) }) as unknown as Promise<{ status: number; body: { by: string; note: string }; problem: Told['problem'] }>;
    const looked = async () => gateway.getCalendarPreview.answer.parse((await asked()).body).review[0]!.looked;
    expect(await looked()).toBeUndefined();
    expect((await look('r', ' ')).problem).toMatchObject({ code: 'bad-input', errors: [{ path: '/note' }] });
    expect([(await look('x', '无')).status, (await look('c', '未办理')).status, (await look('r', '看', operator)).status, (await look('r', '看', institution)).status]).toEqual([404, 404, 403, 403]);
    expect(await look('r', '不作逾期处理', county, 'look')).toMatchObject({ status: 201, body: { clock: 'r', note: '不作逾期处理', by: 'county:xian@330106' } });
    expect(await look('r', '不作逾期处理', county, 'look')).toMatchObject({ status: 201 });
    expect(await looked()).toMatchObject({ note: '不作逾期处理', by: 'county:xian@330106' });
    const words = `再次复核，不作逾期处理'); drop table calendar_look; --`;
    await look('r', words);
    expect(await looked()).toMatchObject({ note: words });
    expect(await stage.database.query('gateway', `select count(*)::int as kept from calendar_look`)).toEqual([{ kept: 2 }]);
    const entries = await stage.database.query<{ body: string }>('gateway', `select body from command_entry where body like '%provisional day looked at%' order by 1`);
    expect([entries.length, JSON.stringify(entries).includes('逾期处理')]).toEqual([2, false]); // the words stand in the row; the log commits to them
    inspection.answers(200, { noticeId: 'n', calendar: 'c', heardAt: '2026-11-05T10:00:00+08:00', moved: [], kept: [], review: [{ ...line, clock: 'r', place: '110105', doneAt: '2026-11-05T10:00:00+08:00' }] });
    expect((await look('r', '外地的')).problem).toMatchObject({ code: 'other-place' });
    inspection.answers(200, { noticeId: 'n', calendar: 'c', heardAt: '2026-11-05T10:00:00+08:00', moved: [], kept: [], review: [{ ...line, clock: 'r', doneAt: '2026-11-05T10:00:00+08:00' }] });
    for (const role of roles) { // whatever a room has shown by mistake: a mark is theirs whom the table names, at their own place
      for (const [place, whose] of [['330106', 'own'], ['330109', 'of a sibling']] as const) {
        const { status, problem } = await look('r', `${role} ${whose}`, await tokenAs(role, place));
        expect([role, whose, status, problem.code]).toEqual([role, whose, ...(!rightOf(role, gateway.lookAtReview) ? [403, 'not-allowed'] : whose === 'own' ? [201, undefined] : [403, 'other-place'])]);
      }
    }
    expect(await stage.database.query('gateway', `select count(*)::int as kept from calendar_look`)).toEqual([{ kept: 2 + roles.filter((role) => rightOf(role, gateway.lookAtReview)).length }]);
    await publication.close();
    expect(await asked()).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  });
});

describe('a holiday notice', () => {
  it('once entered is a preview: the rooms are asked what it would move, and nothing is in force', async () => {
    const { status, body, etag } = await propose(notice, { key: 'first' });
    expect([status, etag, gateway.proposeCalendarNotice.answer.parse(body).state, body.version]).toEqual([201, '"1"', 'preview', 1]);
    expect(body.calendar).toMatch(/^CN-2014\.\.2027#/);
    expect(stage.calendarFiles()).toEqual({});
    expect(await facts()).toMatchObject([{ type: 'gateway.calendar-proposed', data: { noticeId: body.noticeId, year: 2027, number: notice.number, off: notice.off } }]);
  });

  it('sent again with the same key is the same notice; with another content it is refused', async () => {
    const [first] = await listed();
    expect((await propose(notice, { key: 'first' })).body.noticeId).toBe(first!.noticeId);
    expect((await propose({ ...notice, workdays: [] }, { key: 'first' })).problem.code).toBe('key-reused');
    expect(await facts()).toHaveLength(1);
  });

  it.each<[string, unknown, string, string]>([
    ['names a day that does not exist', { ...notice, off: ['2027-05-01', '2027-02-30'] }, '/off/1', ''],
    ['names a day of another year', { ...notice, off: ['2027-05-01', '2028-05-01'] }, '/off/1', '不属于2027年'],
    ['works on a Monday', { ...notice, workdays: ['2027-05-10'] }, '/workdays', '不是周六或周日'],
    ['contradicts itself', { ...notice, workdays: ['2027-05-01'] }, '/workdays', '同时列在 off 中'],
    ['names the same day twice', { ...notice, off: ['2027-05-01', '2027-05-01'] }, '/off/1', '重复'],
    ['has no day off', { ...notice, off: [] }, '/off', ''],
    ['leaves its number out', { ...notice, number: undefined }, '/number', ''],
    ['has a field nobody knows', { ...notice, holidays: [] }, '/holidays', '未知的字段'],
    ['is no object', [], '', ''],
  ])('that %s is refused, the field named, nothing kept', async (_, body, path, words) => {
    const { status, problem } = await propose(body);
    expect([status, problem.code, problem.errors[0]?.path]).toEqual([400, 'bad-input', path]);
    expect(problem.errors[0]?.message).toContain(words);
    expect([await listed(), await facts()].map(({ length }) => length)).toEqual([1, 1]);
  });

  it('is entered by province, city or operator only and confirmed by an officer of province or city, with key and version', async () => {
    const [{ noticeId: id } = { noticeId: '' }] = await listed();
    expect((await propose(notice, { as: county })).status).toBe(403);
    for (const as of [operator, county, institution]) expect((await confirm(id, { as, ifMatch: 1 })).status).toBe(403);
    expect((await propose(notice, { key: '' })).problem.code).toBe('idempotency-key-missing');
    expect((await propose('{')).problem.title).toBe('请求内容不是合法的 JSON');
    expect([(await confirm(id)).status, (await confirm(id, { ifMatch: 2 })).status]).toEqual([428, 412]);
    expect((await confirm('01a20f11-53a8-7d04-a555-302c6d91b204', { ifMatch: 1 })).status).toBe(404);
    expect((await confirm('x', { ifMatch: 1 })).problem.errors[0]?.path).toBe('/params/noticeId');
    expect([await facts(), Object.keys(stage.calendarFiles())].map(({ length }) => length)).toEqual([1, 0]);
  });

  it('confirmed stands as a file every room reads, and is stated', async () => {
    const [entered] = await listed();
    const { status, body } = await confirm(entered!.noticeId, { ifMatch: 1, key: 'yes' });
    expect([status, body.state, body.version, body.confirmedBy]).toEqual([201, 'confirmed', 2, expect.stringMatching(/^province:sheng/)]);
    expect(Object.entries(stage.calendarFiles())).toEqual([[`2027-000001-${body.noticeId}.json`, notice]]);
    expect((await facts()).at(-1)).toMatchObject({ type: 'gateway.calendar-loaded', data: { noticeId: body.noticeId, year: 2027, calendar: body.calendar, workdays: notice.workdays } });
    expect((await confirm(body.noticeId, { ifMatch: 1, key: 'yes' })).body).toEqual(body);
    expect((await confirm(body.noticeId, { ifMatch: 2 })).problem.code).toBe('notice-confirmed');
    expect(await facts()).toHaveLength(2);
  });

  it('confirmed by two officers at once is confirmed once', async () => {
    const { body } = await propose({ ...notice, number: '示例〔2027〕2号', workdays: [] });
    const both = await Promise.all([confirm(body.noticeId, { ifMatch: 1 }), confirm(body.noticeId, { ifMatch: 1 })]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(Object.keys(stage.calendarFiles()).map((name) => name.slice(0, 11))).toEqual(['2027-000001', '2027-000002']);
  });

  it('survives kill -9 between commit and file: the gateway writes what is missing when it starts', async () => {
    const before = stage.calendarFiles();
    await stage.kill('gateway');
    stage.forgetCalendarFiles();
    await stage.start('gateway');
    expect(stage.calendarFiles()).toEqual(before);
    expect((await listed()).map(({ state }) => state)).toEqual(['confirmed', 'confirmed']);
    expect(await stage.stop('gateway')).toBe(0);
  });
});

it('[XZXK-2019-82] whoever confirmed a notice certified it, by the law that counts in working days', async () => {
  expect(await uncertified(await stage.database.dataSource('gateway'), 'gateway')).toEqual([]);
  const certified = await stage.database.query<{ kind: string; basis: string; clauses: string[] }>('gateway', `select kind, body::jsonb ->> 'basis' as basis, array(select c ->> 'id' from jsonb_array_elements(body::jsonb -> 'clauses') c) as clauses from certificate`);
  expect(certified.length).toBeGreaterThan(0);
  expect(certified.every(({ kind, basis }) => kind === 'calendar' && basis === 'person')).toBe(true);
  for (const { clauses } of certified) expect(clauses).toEqual(expect.arrayContaining(['XZXK-2019-82']));
});
