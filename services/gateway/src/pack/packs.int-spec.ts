import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Stage } from '../spec/stage.js';

const hangzhou = '/api/v1/packs/hangzhou/exam-campaign-2023/1';
let stage: Stage;
let bearer: string;

const ask = async <T>(path: string): Promise<{ status: number; body: T }> => {
  const response = await fetch(`${stage.address}${path}`, { headers: { authorization: `Bearer ${bearer}` } });
  return { status: response.status, body: (await response.json()) as T };
};

beforeAll(async () => {
  stage = await Stage.set({});
  const response = await fetch(`${stage.issuer}/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'urn:zhijian:demonstration', client_id: 'zhijian-demonstration', account: 'xian' }) });
  bearer = ((await response.json()) as { access_token: string }).access_token;
}, 60_000);
afterAll(() => stage.strike());

describe('a pack, for people to read', () => {
  it('comes with the document it stands on', async () => {
    const { body } = await ask<{ text: string; sha256: string }>(`${hangzhou}/source`);
    expect(body.text).toContain('自查自改');
    expect(body.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is checked as read and as printed', async () => {
    type Checked = { ok: boolean; findings: { kind: string; severity: string; reading?: string }[]; cases: { failed: number } };
    const [read, printed] = await Promise.all([ask<Checked>(`${hangzhou}/check`), ask<Checked>(`${hangzhou}/check?asPrinted=true`)]);
    expect([read.body.ok, read.body.cases.failed]).toEqual([true, 0]);
    expect(read.body.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(printed.body.findings).toContainEqual(expect.objectContaining({ kind: 'duplicate-deadline', severity: 'error' }));
  });

  it('[CQ-2024-12] is held against the law behind it, whose words come with it; the law is read like a pack and offered as none', async () => {
    const { body } = await ask<{ ok: boolean; findings: object[] }>('/api/v1/packs/chongqing/colour-2024/1/check');
    expect(body.findings).toContainEqual(expect.objectContaining({ kind: 'against-law', severity: 'warning', clauses: ['CQ-2024-12', 'ZYJC-2015-20'], quote: expect.stringContaining('设区的市级') }));
    expect(body.ok).toBe(true);
    expect((await ask('/api/v1/packs/chongqing/colour-2024/1')).body).toMatchObject({ laws: [{ name: 'national/superior-law@2', clauses: { 'ZYJC-2015-20': { quote: expect.stringContaining('设区的市级') } } }] });
    expect((await ask('/api/v1/packs/national/superior-law/1/check')).body).toMatchObject({ ok: true, findings: [] });
    expect((await ask<{ items: { id: string }[] }>('/api/v1/packs')).body.items.map(({ id }) => id)).not.toContain('national/superior-law');
  });

  it('says why a decision falls as it does, and why one cannot be taken', async () => {
    const inputs = (value: unknown) => encodeURIComponent(JSON.stringify(value));
    const filed = await ask(`${hangzhou}/decisions/case-filing?inputs=${inputs({ uncorrectedItem: true, seriousViolation: false })}`);
    expect(filed.body).toMatchObject({ determined: true, clauses: [{ id: 'HZ-2023-11', quote: expect.stringContaining('依法立案查处') }], pack: 'hangzhou/exam-campaign-2023@1' });
    expect((await ask(`${hangzhou}/decisions/case-filing?inputs=${inputs({ uncorrectedItem: true })}`)).body).toMatchObject({ determined: false, value: null, missing: ['seriousViolation'] });
    expect((await ask(`${hangzhou}/decisions/no-such?inputs={}`)).status).toBe(404);
    expect((await ask(`${hangzhou}/decisions/case-filing?inputs=[1]`)).status).toBe(400);
    expect((await ask(`${hangzhou}/decisions/case-filing?inputs={`)).status).toBe(400);
  });

  it('is compared with another value by value, with itself without a difference', async () => {
    expect((await ask(`${hangzhou}/diff?with=hangzhou/exam-campaign-2023@1`)).body).toEqual({ from: 'hangzhou/exam-campaign-2023@1', to: 'hangzhou/exam-campaign-2023@1', differences: [] });
    expect((await ask(`${hangzhou}/diff?with=hangzhou/exam-campaign-2023@9`)).status).toBe(404);
    expect((await ask(`${hangzhou}/diff`)).status).toBe(400);
  });

  it('is planned for the units named, without anything being kept', async () => {
    const { body } = await ask<{ cities: { city: string; stages: unknown[] }[] }>(`${hangzhou}/plan?units=330102,330105`);
    expect(body.cities.map(({ city, stages }) => [city, stages.length])).toEqual([['330102', 4], ['330105', 4]]);
    expect((await ask(`${hangzhou}/plan?units=33`)).status).toBe(400);
    expect((await ask('/api/v1/packs/hangzhou/exam-campaign-2023/9/plan')).status).toBe(404);
  });
});

describe('the next year of a pack', () => {
  interface Proposal { id: string; year: number; from: string; dates: { place: string; title: string; was: string; now: string; dayOff: string | null; clauses: string[] }[] }
  const propose = async () => (await ask<Proposal>(`${hangzhou}/next-year`)).body;
  const draft = async (dates: { place: string; on: string }[], year = 2024) => {
    const response = await fetch(`${stage.address}${hangzhou}/next-year`, { method: 'POST', headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json', 'idempotency-key': 'next' }, body: JSON.stringify({ year, dates }) });
    return { status: response.status, body: (await response.json()) as { id: string; files: { name: string; text: string }[]; code: string; errors: { path: string; message: string }[] } };
  };
  const asProposed = ({ dates }: Proposal, change: Record<string, string> = {}) => dates.map(({ place, now }) => ({ place, on: change[place] ?? now }));

  it('proposes each of its dates a year later, with what it belongs to, its clause and whether it is a day off', async () => {
    const proposal = await propose();
    expect(proposal).toMatchObject({ id: 'hangzhou/exam-campaign-2024', year: 2024, from: 'hangzhou/exam-campaign-2023@1' });
    expect(proposal.dates).toContainEqual({ place: 'campaign.yaml/stages/self-check/duties/self-check-report/due/on', title: '“自查报告”的期限', was: '2023-04-15', now: '2024-04-15', dayOff: null, clauses: ['HZ-2023-07'] });
    expect(proposal.dates.some(({ dayOff }) => dayOff === '双休日')).toBe(true);
    expect((await ask(`${hangzhou}/next-year?year=2023`)).status).toBe(422);
  });

  it('becomes a draft with the days an officer has confirmed or written anew', async () => {
    const { status, body } = await draft(asProposed(await propose(), { 'campaign.yaml/stages/self-check/duties/self-check-report/due/on': '2024-04-12' }));
    expect([status, body.id]).toEqual([201, 'hangzhou/exam-campaign-2024']);
    expect(body.files.find(({ name }) => name === 'campaign.yaml')!.text).toMatch(/2024-04-12.*待确认：原为 2023-04-15/);
    expect(body.files.find(({ name }) => name === 'pack.yaml')!.text).toContain("was: '2023-04-15', now: '2024-04-12'");
  });

  it('names by its field a day that is missing, no day, still the old one, or out of order', async () => {
    const proposal = await propose();
    const report = 'campaign.yaml/stages/self-check/duties/self-check-report/due/on';
    const at = proposal.dates.findIndex(({ place }) => place === report);
    const refused = async (on: string) => (await draft(asProposed(proposal, { [report]: on }))).body.errors;
    expect(await refused('2024-02-30')).toEqual([{ path: `/dates/${at}/on`, message: '应为存在的日期，写作 2024-04-15' }]);
    expect(await refused('2023-04-15')).toEqual([{ path: `/dates/${at}/on`, message: '须晚于上一次的 2023-04-15' }]);
    expect(await refused('2024-09-30')).toContainEqual({ path: `/dates/${at}/on`, message: expect.stringMatching(/自查报告/) });
    expect(await draft(asProposed(proposal).slice(1))).toMatchObject({ status: 422, body: { code: 'next-year-dates', errors: [{ path: '/dates', message: '须写明或确认日期' }] } });
    expect((await draft([...asProposed(proposal), { place: 'pack.yaml/title', on: '2024' }])).body.errors).toEqual([{ path: `/dates/${proposal.dates.length}/on`, message: '草稿中没有这个日期' }]);
  });
});

describe('the calendar, for people to read', () => {
  it('shows a month with its days off, its make-up days and their notice', async () => {
    const { body } = await ask<{ days: { on: string; kind: string; working: boolean; notice: string | null }[] }>('/api/v1/calendar/months/2024-09');
    expect(body.days).toHaveLength(30);
    expect(body.days.filter(({ kind }) => kind === 'make-up').map(({ on }) => on)).toEqual(['2024-09-14', '2024-09-29']);
    expect(body.days.find(({ on }) => on === '2024-09-17')).toMatchObject({ working: false, kind: 'holiday', notice: expect.stringContaining('国办发明电') });
    expect((await ask('/api/v1/calendar/months/2024-13')).status).toBe(400);
  });

  it('counts from the day after, make-up days included, and shows the days', async () => {
    const { body } = await ask('/api/v1/calendar/due?from=2024-09-13&workingDays=5');
    expect(body).toMatchObject({ on: '2024-09-23', firm: true, counted: ['2024-09-14', '2024-09-18', '2024-09-19', '2024-09-20', '2024-09-23'] });
    expect((await ask('/api/v1/calendar/due?from=2024-09-13')).status).toBe(400);
    expect((await ask('/api/v1/calendar/due?from=2024-02-30&days=1')).status).toBe(400);
  });
});

describe('a campaign, played before its launch', () => {
  interface Played { hash: string; deadlines: { city: string; dueOn: string }[]; late: { institution: string }[]; overloaded: unknown[]; perDay: unknown[] }
  const bodies = ['330102', '330105'].flatMap((city) => Array.from({ length: 5 }, (_, at) => ({ id: `${city}-${at}`, name: `示例${at}`, kind: 'health-examination', city, inspectors: ['甲岗', '乙岗'] })));
  const play = async (body: unknown, { as = bearer, key = 'k', pack = hangzhou }: { as?: string; key?: string; pack?: string } = {}) => {
    const response = await fetch(`${stage.address}${pack}/rehearsal`, { method: 'POST', headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json', ...(key ? { 'idempotency-key': key } : {}) }, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Played & { code: string; errors: { path: string }[] } };
  };

  it('answers with its deadlines, and equally for equal questions', async () => {
    const [one, two] = await Promise.all([play({ bodies, late: 20, seed: 7 }), play({ bodies: [...bodies].reverse(), late: 20, seed: 7 }, { key: 'other' })]);
    expect(one.status).toBe(201);
    expect(one.body.hash).toBe(two.body.hash);
    expect(new Set(one.body.deadlines.map(({ city }) => city))).toEqual(new Set(['330102', '330105', '330100']));
    expect(one.body.late).toHaveLength(2);
    expect((await play({ bodies, late: 0, seed: 7 })).body.late).toEqual([]);
  });

  it('takes a whole province: fourteen cities of four hundred bodies, with their inspectors', async () => {
    const names = Array.from({ length: 12 }, (_, at) => `示例市卫生监督所检查人员第${at + 1}号`);
    const province = Array.from({ length: 14 }, (_, city) => String(990100 + city * 100)).flatMap((city) => Array.from({ length: 400 }, (_, at) => ({ id: `${city}-${at}`, name: `示例职业健康检查机构第${at}号`, kind: 'health-examination', city, inspectors: names })));
    expect(Buffer.byteLength(JSON.stringify(province))).toBeGreaterThan(1_000_000);
    const { status, body } = await play({ bodies: province, late: 20, seed: 7 });
    expect(status).toBe(201);
    expect(body.deadlines.length).toBeGreaterThan(5600);
    expect(await play({ bodies: [...province, { ...province[0], id: 'one-more' }], late: 20, seed: 7 })).toMatchObject({ status: 400, body: { errors: [{ path: '/bodies' }] } });
  });

  it('refuses what it cannot play, in words, and keeps answering meanwhile', async () => {
    expect(await play({ bodies, late: 20, seed: 7 }, { key: '' })).toMatchObject({ status: 400, body: { code: 'idempotency-key-missing' } });
    expect(await play({ bodies: [], late: 120, seed: 7 })).toMatchObject({ status: 400, body: { errors: [{ path: '/bodies' }, { path: '/late' }] } });
    expect(await play({ bodies: [bodies[0], bodies[0]], late: 100, seed: 7 })).toMatchObject({ status: 422, body: { code: 'rehearsal-refused' } });
    expect(await play({ bodies, late: 20, seed: 7 }, { pack: '/api/v1/packs/hangzhou/exam-campaign-2023/9' })).toMatchObject({ status: 404 });
    const [, clock] = await Promise.all([play({ bodies, late: 20, seed: 8 }), ask('/api/v1/clock')]);
    expect(clock.status).toBe(200);
  });
});
