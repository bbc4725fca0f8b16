import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addAccount, removeAccount } from '../support/account.js';
import { call, theSystem, tokenOf } from '../support/system.js';

/** A question that officers ask each room, at the room's own address: no gateway stands before it, it knows of people by Kafka. */
const questions = { inspection: '/api/v1/campaigns', qualification: '/api/v1/institutions', 'quality-control': '/api/v1/monitorings', publication: '/api/v1/notices' } as const;
type Room = keyof typeof questions;
const rooms = Object.keys(questions) as Room[];
const account = `tingyong-${Date.now().toString(36)}`;
const place = '330106';
const within = 5000; // the promise

let token: string;
let personId: string;
let version: number;

async function asked(url: string): Promise<string> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const { code } = (await answer.json()) as { code?: string };
  return `${answer.status} ${code ?? 'answered'}`;
}
const everywhere = async (): Promise<Record<string, string>> =>
  Object.fromEntries<string>(await Promise.all([['gateway', `${theSystem().urls.gateway}/api/v1/me`] as const, ...rooms.map((room) => [room, theSystem().urls[room] + questions[room]] as const)].map(async ([name, url]): Promise<[string, string]> => [name, await asked(url)])));
/** What all of them say, as soon as it is this, or what they say when the time is over. */
async function allSay(what: string, limit: number): Promise<Record<string, string>> {
  for (const end = Date.now() + limit; ;) {
    const said = await everywhere();
    if (Object.values(said).every((one) => one === what) || Date.now() > end) return said;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const each = (what: string) => Object.fromEntries(['gateway', ...rooms].map((name) => [name, what]));
const reason = '依据人事文件';

beforeAll(async () => {
  addAccount(account);
  const made = await call<{ personId: string }>(await tokenOf('xitong'), 'POST', '/api/v1/people', { name: null, accounts: [account] });
  ({ personId } = made.body);
  const given = await call(await tokenOf('anquan'), 'POST', '/api/v1/appointments', { personId, role: 'county', jurisdictionId: place, from: '2010-01-01', reason });
  expect([made.status, given.status]).toEqual([201, 201]);
  token = await tokenOf(account);
}, 60_000);
afterAll(() => removeAccount(account));

describe('somebody who is disabled', () => {
  it('had an office, and was answered by the gateway and by every room', async () => {
    expect(await allSay('200 answered', 30_000)).toEqual(each('200 answered'));
  }, 60_000);

  it('is refused by the gateway and by every room at its own address within five seconds, with a token that goes on being valid', async () => {
    ({ version } = (await call<{ items: { version: number }[] }>(await tokenOf('anquan'), 'GET', `/api/v1/people?q=${account}`)).body.items[0]!);
    const disabled = await call<{ version: number }>(await tokenOf('anquan'), 'POST', `/api/v1/people/${personId}/disabling`, { successorId: null, reason }, { 'if-match': `"${version}"` });
    expect(disabled.status).toBe(201);
    ({ version } = disabled.body);
    expect(await allSay('403 person-disabled', within)).toEqual(each('403 person-disabled'));
  }, 60_000);

  it('enabled again has the office again; ended, the office opens nothing within five seconds either', async () => {
    expect((await call(await tokenOf('anquan'), 'POST', `/api/v1/people/${personId}/enabling`, { reason }, { 'if-match': `"${version}"` })).status).toBe(201);
    expect(await allSay('200 answered', within)).toEqual(each('200 answered'));
    const { items } = (await call<{ items: { appointmentId: string; version: number; state: string }[] }>(await tokenOf('anquan'), 'GET', `/api/v1/appointments?personId=${personId}`)).body;
    const held = items.find(({ state }) => state === 'granted')!;
    const successor = (await call<{ personId: string }>(await tokenOf('xitong'), 'POST', '/api/v1/people', { name: null, accounts: [`${account}-jieti`] })).body;
    expect((await call(await tokenOf('anquan'), 'POST', `/api/v1/appointments/${held.appointmentId}/end`, { successorId: successor.personId, reason }, { 'if-match': `"${held.version}"` })).status).toBe(201);
    expect(await allSay('403 no-appointment', within)).toEqual(each('403 no-appointment'));
  }, 60_000);
});
