import { gateway } from '@zhijian/contracts/http';
import { factKindOf } from '@zhijian/contracts';
import '@zhijian/contracts/facts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ShownNotice } from './notices.js';
import { uncertified } from '@zhijian/testing';
import { Stage } from '../spec/stage.js';

let stage: Stage;
let operator: string;
let county: string;
let keys = 0;

beforeAll(async () => {
  stage = await Stage.set({});
  const token = async (account: string): Promise<string> => {
    const response = await fetch(`${stage.issuer}/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'urn:zhijian:demonstration', client_id: 'zhijian-demonstration', account }) });
    return ((await response.json()) as { access_token: string }).access_token;
  };
  [operator, county] = await Promise.all([token('yunwei'), token('xian')]);
}, 60_000);
afterAll(() => stage.strike());

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
const propose = (body: unknown, more = {}) => post('/api/v1/calendar-notices', body, more);
const confirm = (id: string, more = {}) => post(`/api/v1/calendar-notices/${id}/confirmation`, {}, more);
const listed = async () => ((await (await fetch(`${stage.address}/api/v1/calendar-notices`, { headers: { authorization: `Bearer ${county}` } })).json()) as { items: ShownNotice[] }).items;
const facts = async () => (await stage.database.query<{ type: string; body: string }>('gateway', 'select type, body from outbox order by seq'))
  .map(({ type, body }) => ({ type, data: factKindOf(type, 1)!.data.parse((JSON.parse(body) as { data: unknown }).data) as Record<string, unknown> }));

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

  it('is entered and confirmed by province, city or operator only, with key and version', async () => {
    const [{ noticeId: id } = { noticeId: '' }] = await listed();
    expect((await propose(notice, { as: county })).status).toBe(403);
    expect((await confirm(id, { as: county, ifMatch: 1 })).status).toBe(403);
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
    expect([status, body.state, body.version, body.confirmedBy]).toEqual([201, 'confirmed', 2, expect.stringMatching(/^operator:yunwei/)]);
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

it('whoever confirmed a notice certified it', async () => {
  expect(await uncertified(await stage.database.dataSource('gateway'), 'gateway')).toEqual([]);
  const certified = await stage.database.query<{ kind: string; basis: string }>('gateway', `select kind, body::jsonb ->> 'basis' as basis from certificate`);
  expect(certified.length).toBeGreaterThan(0);
  expect(certified.every(({ kind, basis }) => kind === 'calendar' && basis === 'person')).toBe(true);
});
