import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@zhijian/testing';
import { Browser } from '../spec/browser.js';
import { forgeries, type Forgery } from '../spec/forgery.js';
import { Stage } from '../spec/stage.js';

/** A share in the tests, the whole in `npm run prove -- access`. */
const attempts = process.env['PROVE'] ? 1000 : 200;
let stage: Stage;
let forged: Forgery;
let real: string;
const grant = { grant_type: 'urn:zhijian:demonstration', client_id: 'zhijian-demonstration' };
const token = async (account: string): Promise<string> => ((await (await fetch(`${stage.issuer}/token`, { method: 'POST', body: new URLSearchParams({ ...grant, account }) })).json()) as { access_token: string }).access_token;
const me = async (bearer: string): Promise<number> => (await fetch(`${stage.address}/api/v1/me`, { headers: { authorization: `Bearer ${bearer}` } })).status;
const sessions = (account: string) => stage.database.query<{ access_token: string; refresh_token: string; id_token: string }>('gateway', 'select access_token, refresh_token, id_token from session where account = $1', [account]);

beforeAll(async () => {
  stage = await Stage.set({});
  real = await token('xian');
  await new Browser().signIn(stage.address, 'xian');
  forged = await forgeries(stage.issuer, real, stage.signingKey(), (await sessions('xian'))[0]!.id_token);
}, 60_000);
afterAll(async () => {
  await forged.close();
  await stage.strike();
});

describe('a token that is none of ours', () => {
  it(`is refused, ${attempts} of ${attempts}, by a 401 and nothing worse; no key is fetched from where it points to`, async () => {
    expect(await me(real)).toBe(200);
    const accepted: string[] = [];
    const worse: string[] = [];
    for (let at = 0; at < attempts; at += 1) {
      const [kind, make] = forged.kinds[at % forged.kinds.length]!;
      const bearer = await make();
      if (bearer === real) continue;
      const status = await me(bearer).catch(() => 400); // a header no client sends
      if (status === 200) accepted.push(`${kind}: ${bearer}`);
      else if (![400, 401, 431].includes(status)) worse.push(`${kind}: ${status}`);
    }
    expect([accepted, worse, forged.asked()]).toEqual([[], [], 0]);
    expect(await me(real)).toBe(200);
  }, 120_000);
});

describe('a token that was ours', () => {
  it('is refused after its person was disabled, and after the role it names was taken away', async () => {
    const held = await token('shi');
    expect(await me(held)).toBe(200);
    await stage.database.query('gateway', `with p as (insert into person_ref (id, state, version) values (gen_random_uuid(), 'active', 1) returning id),
      a as (insert into appointment_ref (id, person_id, role, jurisdiction, from_on, state, version) select gen_random_uuid(), id, 'county', '330106', '2020-01-01', 'granted', 1 from p) insert into account_ref select 'shi', id from p`);
    await stage.database.query('gateway', 'update directory_epoch set epoch = epoch + 1');
    await eventually('appointed otherwise now', async () => (await me(held)) === 403);
    await stage.database.query('gateway', `update appointment_ref set role = 'city', jurisdiction = '330100'; update directory_epoch set epoch = epoch + 1`);
    await eventually('appointed as the token says', async () => (await me(held)) === 200);
    await stage.database.query('gateway', `update person_ref set state = 'disabled'; update directory_epoch set epoch = epoch + 1`);
    await eventually('out within five seconds', async () => (await me(held)) === 403);
  });

  it('of a session opens nothing once it was left: neither cookie nor refresh token, nor code, come again', async () => {
    const browser = new Browser();
    await browser.signIn(stage.address, 'shenji');
    const [row] = await sessions('shenji');
    const old = new Map(browser.cookies);
    const code = new URL(browser.way.find((address) => address.includes('/auth/callback'))!).searchParams.get('code')!;
    await browser.request(`${stage.address}/auth/logout`, { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' } });
    for (const [name, value] of old) browser.cookies.set(name, value);
    expect((await browser.request(`${stage.address}/api/v1/me`)).status).toBe(401);
    const basic = `Basic ${Buffer.from('zhijian-gateway:demonstration-only').toString('base64')}`;
    const asked = (body: Record<string, string>, authorization = basic) => fetch(`${stage.issuer}/token`, { method: 'POST', headers: { authorization }, body: new URLSearchParams(body) }).then(({ status }) => status);
    await eventually('the refresh token is revoked', async () => (await asked({ grant_type: 'refresh_token', refresh_token: row!.refresh_token })) === 400);
    expect(await asked({ grant_type: 'refresh_token', refresh_token: row!.refresh_token }, 'Basic eDp5')).toBeGreaterThanOrEqual(400);
    expect(await asked({ grant_type: 'authorization_code', code, redirect_uri: `${stage.address}/auth/callback`, code_verifier: 'x'.repeat(43) })).toBe(400);
    expect(await me(row!.refresh_token)).toBe(401);
  });
});
