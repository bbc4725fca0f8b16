import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Browser } from './spec/browser.js';
import { echoRoom, Stage, type EchoRoom } from './spec/stage.js';

let room: EchoRoom;
let stage: Stage;
let me: string;

beforeAll(async () => {
  room = await echoRoom();
  stage = await Stage.set({ INSPECTION_URL: room.address });
  me = `${stage.address}/api/v1/me`;
}, 60_000);
afterAll(async () => {
  await stage.strike();
  await room.close();
});

const visitor = async (account = 'xian'): Promise<Browser> => {
  const browser = new Browser();
  await browser.signIn(stage.address, account);
  expect(browser.cookies.has('zhijian')).toBe(true);
  return browser;
};
const post = (browser: Browser, headers: Record<string, string>) =>
  browser.request(`${stage.address}/api/v1/campaigns`, { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': 'k', ...headers }, body: '{}' });

describe('signing in', () => {
  it('goes to the issuer with code and PKCE, and comes back to the page that was wanted, with one opaque cookie', async () => {
    const browser = new Browser();
    const end = await browser.signIn(stage.address, 'shi', 'demo', '/campaigns/1?tab=late');
    expect(end.url.href).toBe(`${stage.address}/campaigns/1?tab=late`);
    const authorization = new URL(browser.way.find((address) => address.includes('/auth?'))!);
    expect(Object.fromEntries(authorization.searchParams)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256' });
    const answer = await browser.request(me);
    expect(await answer.json()).toMatchObject({ id: 'shi', role: 'city', places: expect.arrayContaining([{ code: '330106', name: '西湖区', institutionId: null, institutionName: null }]) });
    const [session] = await stage.database.query<Record<string, unknown>>('gateway', 'select * from session where account = $1', ['shi']);
    expect(JSON.stringify(session)).not.toContain(browser.cookies.get('zhijian')!);
    expect(browser.cookies.get('zhijian')).toMatch(/^[\w-]{43}$/);
  });

  it('sets a cookie that scripts cannot read and other sites cannot send', async () => {
    const browser = new Browser();
    const page = await browser.open(`${stage.address}/auth/login`);
    let next: string | null = page.url.href;
    let cookies: string[] = [];
    for (let form: RequestInit = { method: 'POST', body: new URLSearchParams({ account: 'xian', password: 'demo' }) }; next; form = {}) {
      const response: Response = await browser.request(next, form);
      cookies = response.headers.getSetCookie().filter((cookie) => cookie.startsWith('zhijian='));
      next = cookies.length ? null : response.headers.get('location') && new URL(response.headers.get('location')!, next).href;
    }
    expect(cookies[0]).toMatch(/^zhijian=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('goes on under the documented name when this machine is called by another', async () => {
    const response = await new Browser().request(`${stage.address.replace('127.0.0.1', 'localhost')}/auth/login?return=/a`);
    expect(response.headers.get('location')).toBe(`${stage.address}/auth/login?return=/a`);
  });

  it('comes back to the first page when another site is wanted', async () => {
    expect((await new Browser().signIn(stage.address, 'xian', 'demo', 'https://evil.example/')).url.href).toBe(`${stage.address}/`);
  });

  it('leaves nobody signed in after a wrong password', async () => {
    const browser = new Browser();
    expect((await browser.signIn(stage.address, 'xian', 'wrong')).response.status).toBe(401);
    expect((await browser.request(me)).status).toBe(401);
  });

  it('refuses a way back that began in another browser, and one that is used twice', async () => {
    const own = new Browser();
    await own.signIn(stage.address, 'xian');
    const back = own.way.find((address) => address.includes('/auth/callback'))!;
    expect((await own.open(back)).response.status).toBe(400);

    const victim = new Browser();
    const login = await own.request(`${stage.address}/auth/login`);
    const callback = (await own.request(login.headers.get('location')!)).headers.get('location')!;
    expect(callback).toContain('/auth/callback?code=');
    const forced = await victim.open(callback);
    expect(forced.response.status).toBe(400);
    expect(forced.html).toContain('登录未完成');
    expect(victim.cookies.has('zhijian')).toBe(false);
  });

  it('leaves an audit entry', async () => {
    await visitor('shenji');
    const rows = await stage.database.query<{ actor: string; action: string }>('gateway', `select actor, action from audit_entry where subject = 'shenji'`);
    expect(rows).toContainEqual({ actor: 'auditor:shenji@330000', action: 'gateway.signed-in' });
  });
});

describe('a session', () => {
  it('outlives the gateway and the issuer, both killed', async () => {
    const browser = await visitor();
    await Promise.all([stage.kill('gateway'), stage.kill('identity')]);
    await Promise.all([stage.start('gateway'), stage.start('identity')]);
    expect((await browser.request(me)).status).toBe(200);
  }, 60_000);

  it('has its access token replaced before it ends, once for many requests, and goes on while the issuer is down', async () => {
    const browser = await visitor('zhikong');
    const soon = (interval: string) => stage.database.query('gateway', `update session set access_until = now() + $1::interval where account = 'zhikong'`, [interval]);
    const token = async () => (await stage.database.query<{ access_token: string }>('gateway', `select access_token from session where account = 'zhikong'`))[0]!.access_token;
    const first = await token();
    await soon('10 seconds');
    const answers = await Promise.all(Array.from({ length: 10 }, () => browser.request(me)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(await token()).not.toBe(first);

    await stage.kill('identity');
    await soon('10 seconds');
    expect((await browser.request(me)).status).toBe(200); // the old token still holds
    await soon('-1 seconds');
    const refused = await browser.request(me);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
    await stage.kill('gateway');
    await stage.start('gateway'); // ready without an issuer
    expect((await new Browser().open(`${stage.address}/auth/login`)).html).toContain('登录服务暂时不可用');
    await stage.start('identity');
    expect((await browser.request(me)).status).toBe(200);
  }, 60_000);

  it('ends when the issuer no longer honours it, and after its time', async () => {
    const browser = await visitor('zhuanjia');
    await stage.database.query('gateway', `update session set access_until = now(), refresh_token = 'forged' where account = 'zhuanjia'`);
    expect((await browser.request(me)).status).toBe(401);
    const other = await visitor('yunwei');
    await stage.database.query('gateway', `update session set ends_at = now() where account = 'yunwei'`);
    expect((await other.request(me)).status).toBe(401);
  });

  it('changes something only from our own pages', async () => {
    const browser = await visitor();
    expect((await post(browser, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })).status).toBe(403);
    expect((await post(browser, { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:4300' })).status).toBe(403);
    expect((await post(browser, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await post(browser, {})).status).toBe(403);
    const before = room.asked.length;
    expect((await post(browser, { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await post(browser, { origin: stage.address })).status).toBe(200);
    expect(room.asked.length).toBe(before + 2);
    expect(room.asked.at(-1)!.headers.cookie).toBeUndefined();
    expect(room.asked.at(-1)!.headers.authorization).toMatch(/^Bearer ey/);
  });

  it('ends with signing out, which asks for the password next time', async () => {
    const browser = await visitor();
    const old = new Map(browser.cookies);
    expect((await browser.request(`${stage.address}/auth/logout`, { method: 'POST', headers: { origin: 'https://evil.example' } })).status).toBe(403);
    const left = await browser.request(`${stage.address}/auth/logout`, { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' } });
    expect(left.status).toBe(200);
    expect(((await left.json()) as { next: string }).next).toContain(`${stage.issuer}/session/end`);
    expect(browser.cookies.has('zhijian')).toBe(false);
    for (const [name, value] of old) browser.cookies.set(name, value);
    expect((await browser.request(me)).status).toBe(401); // the old cookie opens nothing
    const again = await browser.open(`${stage.address}/auth/login`);
    expect(again.html).toContain('口令');
  });

  it('ends at the issuer too when the browser is sent there, and comes back', async () => {
    const browser = await visitor();
    const page = await browser.open(`${stage.address}/auth/logout`, { method: 'POST', headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }, body: '' });
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    const end = await browser.open(`${stage.issuer}/session/end/confirm`, { method: 'POST', body: new URLSearchParams({ xsrf, logout: 'yes' }) });
    expect(end.url.href).toBe(`${stage.address}/`);
    browser.cookies.delete('zhijian-left');
    expect((await browser.open(`${stage.address}/auth/login`)).html).toContain('口令');
  });
});
