import { readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ask, emptyFolder } from '../asked.fixture.js';

describe('calendar due', () => {
  it('counts working days, make-up days included, and explains itself', async () => {
    const { code, json } = await ask('calendar due --from 2024-09-13 --working-days 5 --json');
    expect(code).toBe(0);
    expect(json).toMatchObject({ on: '2024-09-23', firm: true, counted: ['2024-09-14', '2024-09-18', '2024-09-19', '2024-09-20', '2024-09-23'] });
    expect(Object.keys(json)).toEqual(['on', 'firm', 'calendar', 'counted', 'because']);
  });

  it('leaves out pauses with both ends, however many', async () => {
    const { json } = await ask('calendar due --from 2024-09-13 --working-days 5 --pause 2024-09-18..2024-09-19 --pause 2024-09-23..2024-09-23 --json');
    expect(json.on).toBe('2024-09-26');
  });

  it('rolls only when told to', async () => {
    expect((await ask('calendar due --from 2023-03-15 --months 1 --json')).json.on).toBe('2023-04-15');
    expect((await ask('calendar due --from 2023-03-15 --months 1 --roll forward --json')).json.on).toBe('2023-04-17');
  });

  it.each(['', '--days 1 --months 1', '--days -1', '--days 1.5', '--days 1 --roll back', '--days 1 --pause 2024-01-05', '--days 1 --pause 2024-01-05..2024-01-04'])('refuses “%s”', async (rest) => {
    expect((await ask(`calendar due --from 2024-01-01 ${rest}`)).code).toBe(2);
  });
});

describe('calendar load', () => {
  const notice = { year: 2027, number: null, off: ['2027-01-01'], workdays: ['2027-01-02'] };
  const line = { clock: 'objection/o', title: '答复异议：公示', place: '990101', placeName: '示例区', institution: '示例机构', old: '2027-01-04', new: '2027-01-02', firm: true };
  const written = (value: unknown): string => {
    const file = join(emptyFolder(), 'notice.json');
    writeFileSync(file, JSON.stringify(value));
    return file;
  };

  /** An installation that says what it was asked; the rooms have heard of the notice at the second question. */
  async function installation(hears = true): Promise<{ env: NodeJS.ProcessEnv; asked: string[]; askedAs: string[]; close: () => void }> {
    const asked: string[] = [];
    const askedAs: string[] = [];
    const kept: object[] = [];
    const desk = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
        const told = (status: number, body: object) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
        const path = request.url!.split('?')[0]!;
        if (path === '/healthz') return told(200, { ok: true });
        if (path === '/token') return told(200, { access_token: new URLSearchParams(Buffer.concat(parts).toString()).get('account') });
        asked.push([request.method, path, request.headers['if-match']].filter(Boolean).join(' '));
        askedAs.push(request.headers.authorization!.replace('Bearer ', ''));
        if (request.method === 'GET' && path.endsWith('/calendar-notices')) return told(200, { items: kept, next: null });
        if (path.endsWith('/confirmation')) return told(201, { state: 'confirmed' });
        if (path.includes('/calendar-previews/')) return hears && asked.filter((one) => one.includes('previews')).length > 1 ? told(200, { moved: [{ ...line, clauses: [], pack: 'p', kind: 'objection', institutionId: 'i', bodies: 1 }] }) : told(404, {});
        const entered = { ...(JSON.parse(Buffer.concat(parts).toString()) as object), noticeId: 'n1', state: 'preview', version: 1 };
        kept.push(entered);
        return told(201, entered);
      });
    });
    await new Promise<void>((done) => { desk.listen(0, '127.0.0.1', done); });
    const address = `http://127.0.0.1:${(desk.address() as AddressInfo).port}`;
    return { env: { GATEWAY_URL: address, OIDC_ISSUER: address }, asked, askedAs, close: () => { desk.closeAllConnections(); desk.close(); } };
  }

  it('lists each clock it would move, and confirms only when told to', async () => {
    const { env, asked, askedAs, close } = await installation();
    const file = written(notice);
    const moved = [line];
    expect(await ask(`calendar load ${file} --json`, { env })).toMatchObject({ code: 0, json: { moved } });
    expect(asked).toEqual(['GET /api/v1/calendar-notices', 'POST /api/v1/calendar-notices', ...Array<string>(2).fill('GET /api/v1/calendar-previews/n1')]);
    expect((await ask(`calendar load ${file}`, { env })).out).toContain('答复异议：公示  示例区，示例机构  2027-01-04 → 2027-01-02  objection/o');
    expect(new Set(askedAs.splice(0))).toEqual(new Set(['yunwei'])); // entering one is an operator's too
    asked.splice(0);
    expect(await ask(`calendar load ${file} --confirm --json`, { env })).toMatchObject({ code: 0, json: { moved } });
    expect(asked.at(-1)).toBe('POST /api/v1/calendar-notices/n1/confirmation "1"');
    expect([askedAs.at(-1), new Set(askedAs.slice(0, -1))]).toEqual(['sheng', new Set(['yunwei'])]); // the yes is an officer's
    expect(asked).not.toContain('POST /api/v1/calendar-notices'); // it was entered already
    close();
  });

  it('confirms nothing while nobody has seen what would move', async () => {
    const { env, asked, close } = await installation(false);
    const { code, json } = await ask(`calendar load ${written(notice)} --confirm --json`, { env, patience: 500 });
    expect({ code, message: json.error.message }).toEqual({ code: 1, message: expect.stringContaining('没有确认') });
    expect(asked.some((one) => one.includes('confirmation'))).toBe(false);
    close();
  });

  it('without a running system only reads the notice: nothing is loaded, and confirming is answered with no', async () => {
    const env = { CALENDAR_DIR: emptyFolder() };
    const file = written(notice);
    expect(await ask(`calendar load ${file} --json`, { env })).toMatchObject({ code: 0, json: { moved: [] }, err: expect.stringContaining('系统没有运行') });
    expect((await ask(`calendar load ${file} --confirm`, { env })).code).toBe(1);
    expect(readdirSync(env.CALENDAR_DIR)).toEqual([]);
  });

  it('counts with what the installation has confirmed', async () => {
    const env = { CALENDAR_DIR: emptyFolder() };
    const days = async () => (await ask('calendar due --from 2026-12-31 --working-days 1 --json', { env })).json;
    expect((await days()).firm).toBe(false);
    writeFileSync(join(env.CALENDAR_DIR, '2027-000001-n1.json'), JSON.stringify(notice));
    expect(await days()).toMatchObject({ on: '2027-01-02', firm: true });
    writeFileSync(join(env.CALENDAR_DIR, '2027-000002-n2.json'), JSON.stringify({ ...notice, workdays: [] }));
    expect((await days()).on).toBe('2027-01-04');
  });

  it.each<[string, unknown, string]>([
    ['a year in words', { ...notice, year: '2027' }, '“year”'],
    ['an unknown field', { ...notice, holiday: [] }, '“holiday”不在通知格式内'],
    ['a day of another year', { ...notice, off: ['2028-01-01'] }, '2028-01-01不属于2027年'],
    ['a day both off and worked', { ...notice, off: ['2027-01-01', '2027-01-02'] }, '2027-01-02同时列在 off 中'],
    ['a make-up day on a weekday', { ...notice, workdays: ['2027-01-04'] }, '2027-01-04不是周六或周日'],
    ['a make-up day on a holiday by law', { ...notice, workdays: ['2027-05-01'] }, '2027-05-01是法定节日'],
    ['a day twice', { ...notice, off: ['2027-01-01', '2027-01-01'] }, '2027-01-01重复'],
    ['a day that does not exist', { ...notice, off: ['2027-02-29'] }, '2027-02-29”无效或不存在'],
    ['a number of another year', { ...notice, number: '国办发明电〔2022〕16号' }, '是2022年的文号，与2027年的通知不符'],
    ['a title of another year', { ...notice, title: '关于2023年部分节假日安排的通知' }, '写的是2023年'],
  ])('refuses a notice with %s: nothing is entered, the sentence says why', async (_what, wrong, words) => {
    const { env, asked, close } = await installation();
    const { code, err, json } = await ask(['calendar', 'load', written(wrong), '--confirm', '--json'], { env });
    expect({ code, asked }).toEqual({ code: 2, asked: [] });
    expect(err).toContain(words);
    expect(json.error.message).toContain(words);
    close();
  });

  it.each([['{"year":2027,"year":2028,"number":null,"off":["2027-01-01"],"workdays":[]}', '同一字段写了两次'], ['off: [2027-01-01]', '不是 JSON'], [`"${'x'.repeat(1_100_000)}"`, '超过 1 MB']])('refuses a file that is no notice (case %#)', async (text, words) => {
    const file = join(emptyFolder(), 'notice.json');
    writeFileSync(file, text);
    const { code, err } = await ask(`calendar load ${file}`);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });
});
