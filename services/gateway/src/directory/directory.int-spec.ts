import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { directory as http } from '@zhijian/contracts/http';
import { factKindOf } from '@zhijian/contracts';
import '@zhijian/contracts/facts';
import { eventually } from '@zhijian/testing';
import { Browser } from '../spec/browser.js';
import { Stage } from '../spec/stage.js';

let stage: Stage;
let keys = 0;
const tokens = new Map<string, string>();
interface Told { status: number; body: Record<string, unknown> & { version: number }; problem: { code: string; title: string; detail?: string } }
const token = async (account: string): Promise<string> => {
  const response = await fetch(`${stage.issuer}/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'urn:zhijian:demonstration', client_id: 'zhijian-demonstration', account }) });
  return ((await response.json()) as { access_token: string }).access_token;
};
async function call(as: string, method: string, path: string, body?: unknown, { ifMatch, key = `k${(keys += 1)}` }: { ifMatch?: number; key?: string } = {}): Promise<Told> {
  if (!tokens.has(as)) tokens.set(as, await token(as));
  const response = await fetch(`${stage.address}/api/v1${path}`, {
    method, headers: { authorization: `Bearer ${tokens.get(as)}`, 'content-type': 'application/json', ...(method === 'POST' ? { 'idempotency-key': key } : {}), ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const json = (await response.json()) as Told['body'] & Told['problem'];
  return { status: response.status, body: json, problem: json };
}
const reason = '依据人事文件';
const person = async (...accounts: string[]): Promise<string> => (await call('xitong', 'POST', '/people', { name: null, accounts })).body['personId'] as string;
/** A person this room knows and no copy does yet: the account still acts by its token. */
const unheard = async (account: string): Promise<string> => {
  const [row] = await stage.database.query<{ id: string }>('gateway', 'insert into person (id) values (gen_random_uuid()) returning id');
  await stage.database.query('gateway', 'insert into person_account (account, person_id) values ($1, $2)', [account, row!.id]);
  return row!.id;
};
const appoint = (personId: string, role: string, jurisdictionId: string, more: object = {}) => call('anquan', 'POST', '/appointments', { personId, role, jurisdictionId, from: '2020-01-01', reason, ...more });
const me = async (as: string) => call(as, 'GET', '/me');
const codes = ({ body }: Told) => (body['places'] as { code: string }[]).map(({ code }) => code).sort();
const facts = async (type: string) => (await stage.database.query<{ type: string; body: string }>('gateway', 'select type, body from outbox where type = $1 order by seq', [type]))
  .map(({ body }) => factKindOf(type, 1)!.data.parse((JSON.parse(body) as { data: unknown }).data) as Record<string, unknown>);

beforeAll(async () => {
  stage = await Stage.set({});
  // The tree of a province with two cities, as an installation begins with it: only what lies under a place can be set up over HTTP.
  await stage.database.query('gateway', `insert into jurisdiction (id, code, name, level, from_on) values ('330000', '330000', '浙江省', 'province', '2000-01-01'), ('330100', '330100', '杭州市', 'city', '2000-01-01')`);
  await stage.database.query('gateway', `insert into jurisdiction_parent (child, parent, from_on) values ('330100', '330000', '2000-01-01')`);
  await stage.database.query('gateway', `insert into jurisdiction_edge_ref (child, parent, from_on) values ('330100', '330000', '2000-01-01')`);
}, 60_000);
afterAll(() => stage.strike());

describe('the tree of areas', () => {
  it('takes an area without a code of its own, and says what is under what on a day', async () => {
    const made = await call('xitong', 'POST', '/jurisdictions', { jurisdictionId: 'qiantang-xinqu', name: '钱塘新区', level: 'area', parent: '330100', from: '2019-04-01', reason });
    expect([made.status, http.createJurisdiction.answer.parse(made.body)]).toMatchObject([201, { code: null, parent: '330100', version: 1 }]);
    for (const [id, name] of [['330106', '西湖区'], ['330108', '滨江区'], ['330102', '上城区']]) expect((await call('xitong', 'POST', '/jurisdictions', { jurisdictionId: id, name, level: 'county', parent: '330100', from: '2000-01-01', reason })).status).toBe(201);
    expect((await call('xian', 'GET', '/jurisdictions?on=2018-01-01')).body['items']).toHaveLength(5);
    expect((await call('xian', 'GET', '/jurisdictions?on=2020-01-01')).body['items']).toHaveLength(6);
  });

  it('moves an area from a day on, and merges one into another; circles, foreign places and stale writes are refused', async () => {
    expect(await call('xitong', 'POST', '/jurisdictions/330106/move', { parent: '330000', from: '2024-07-01', reason }, { ifMatch: 9 })).toMatchObject({ status: 412 });
    expect(await call('xitong', 'POST', '/jurisdictions/330106/move', { parent: '330000', from: '2024-07-01', reason })).toMatchObject({ status: 428 });
    expect(await call('xitong', 'POST', '/jurisdictions/330106/move', { parent: '330000', from: '2024-07-01', reason }, { ifMatch: 1 })).toMatchObject({ status: 201, body: { parent: '330000', version: 2 } });
    expect((await call('xitong', 'POST', '/jurisdictions/330100/move', { parent: '330108', from: '2024-07-01', reason }, { ifMatch: 1 })).problem).toMatchObject({ code: 'area-circle', title: '上级不能是其自身或下级' });
    expect((await call('xitong', 'POST', '/jurisdictions', { jurisdictionId: '440100', name: '广州市', level: 'city', parent: '440000', from: '2000-01-01', reason })).problem).toMatchObject({ code: 'place-foreign' });
    expect(await call('xitong', 'POST', '/jurisdictions/330102/merger', { into: '330108', from: '2021-04-09', reason }, { ifMatch: 1 })).toMatchObject({ status: 201, body: { to: '2021-04-08', mergedInto: '330108', parent: '330108' } });
    const closure = await stage.database.query('gateway', `select ancestor, from_on::text, to_on::text from jurisdiction_closure_ref where descendant = '330106' and ancestor <> descendant order by 1, 2`);
    expect(closure).toEqual([{ ancestor: '330000', from_on: '2000-01-01', to_on: '2024-06-30' }, { ancestor: '330000', from_on: '2024-07-01', to_on: null }, { ancestor: '330100', from_on: '2000-01-01', to_on: '2024-06-30' }]);
  });

  it('is set up by the system administrator only; the refusal says who can give the right', async () => {
    const refused = await call('shi', 'POST', '/jurisdictions', { jurisdictionId: '330109', name: '萧山区', level: 'county', parent: '330100', from: '2000-01-01', reason });
    expect([refused.status, refused.problem.code, refused.problem.detail]).toEqual([403, 'not-allowed', expect.stringMatching(/系统管理员.*安全管理员申请任命/)]);
  });
});

describe('an appointment', () => {
  it('decides where a known account may act, the token no more', async () => {
    const id = await person('shi');
    expect(await me('shi')).toMatchObject({ status: 403, problem: { code: 'no-appointment' } });
    expect((await appoint(id, 'city', '330100')).status).toBe(201);
    expect(codes(await me('shi'))).toEqual(['330100', '330102', '330108']); // 钱塘新区 is not in this token, 西湖区 has moved away
  });

  it('is never one\'s own, and offices of administrators exclude each other', async () => {
    const own = await unheard('anquan');
    expect((await appoint(own, 'province', '330000')).problem).toMatchObject({ code: 'appoints-self', title: '不能任命自己，请由另一名安全管理员办理' });
    const other = await person('xin-guanli');
    expect((await appoint(other, 'system-admin', '330000', { to: '2029-12-31' })).status).toBe(201);
    expect((await appoint(other, 'audit-admin', '330100')).problem).toMatchObject({ code: 'administrators-exclude', title: expect.stringContaining('系统管理员') });
    expect((await appoint(other, 'audit-admin', '330100', { from: '2030-01-01' })).status).toBe(201);
  });

  it('exclusion holds when two are granted at once', async () => {
    const id = await person('jingzheng');
    const answers = await Promise.all(['system-admin', 'security-admin', 'audit-admin', 'system-admin', 'audit-admin'].map((role) => appoint(id, role, '330100')));
    const granted = answers.filter(({ status }) => status === 201).map(({ body }) => body['role']);
    expect(new Set(granted).size).toBe(1);
  });

  it.each<[string, object, string]>([
    ['outside the granter\'s places', { jurisdictionId: '999999' }, 'not-found'], ['that ends before it begins', { from: '2026-01-02', to: '2026-01-01' }, 'span-reversed'],
    ['of an institution that is not named', { role: 'institution' }, 'institution-missing'], ['of an officer with an institution', { institutionId: 'i-1' }, 'institution-foreign'],
    ['in a merged area', { jurisdictionId: '330102', from: '2022-01-01' }, 'area-ended'],
  ])('%s is refused', async (_, more, code) => {
    const id = await person(`jujue-${(keys += 1)}`);
    expect((await appoint(id, 'county', '330108', more)).problem.code).toBe(code);
  });

  it('ended hands its open tasks to the successor, else to the head of the agency; without either it cannot be ended', async () => {
    const [leaving, next, head] = [await person('li-ren'), await person('jie-ren'), await person('fuze-ren')];
    const free = (await appoint(leaving, 'county', '330108')).body;
    const end = (id: unknown, version: number, body: object) => call('anquan', 'POST', `/appointments/${String(id)}/end`, { reason, ...body }, { ifMatch: version });
    expect((await end(free['appointmentId'], 1, {})).problem).toMatchObject({ code: 'successor-needed', title: expect.stringContaining('不能无人负责') });
    expect((await end(free['appointmentId'], 1, { successorId: leaving })).problem.code).toBe('successor-self');
    expect(await end(free['appointmentId'], 1, { successorId: next })).toMatchObject({ status: 201, body: { state: 'ended', handedTo: 'jie-ren' } });
    const agency = await call('xitong', 'POST', '/agencies', { name: '滨江区卫生健康局', kind: 'commission', jurisdictionId: '330108', from: '2000-01-01', headPersonId: head, reason });
    expect(http.createAgency.answer.parse(agency.body).head).toEqual({ personId: head, label: 'fuze-ren' });
    const held = (await appoint(next, 'county', '330108', { agencyId: agency.body['agencyId'] })).body;
    expect(await end(held['appointmentId'], 1, {})).toMatchObject({ status: 201, body: { handedTo: 'fuze-ren' } });
    expect((await end(held['appointmentId'], 2, {})).problem.code).toBe('appointment-over');
    expect((await facts('gateway.appointment-changed')).filter(({ state }) => state === 'ended').map(({ handedTo }) => handedTo)).toEqual([{ personId: next, account: 'jie-ren', as: 'successor' }, { personId: head, account: 'fuze-ren', as: 'agency-head' }]);
  });

  it('is delegated by its holder only, narrower and never wider, once; it ends with what it came from', async () => {
    const [holder, deputy, third] = [await person('xian'), await person('xian2'), await person('di-san')];
    const base = (await appoint(holder, 'county', '330108', { to: '2027-12-31' })).body;
    const delegate = (as: string, of: unknown, body: object) => call(as, 'POST', `/appointments/${String(of)}/delegations`, { personId: deputy, jurisdictionId: '330108', from: '2026-01-01', to: '2027-01-01', reason, ...body });
    expect((await delegate('shi', base['appointmentId'], {})).problem.code).toBe('delegation-own');
    expect((await delegate('xian', base['appointmentId'], { jurisdictionId: '330106' })).problem.code).toBe('delegation-wider');
    expect((await delegate('xian', base['appointmentId'], { to: '2028-01-01' })).problem.code).toBe('delegation-wider');
    expect((await delegate('xian', base['appointmentId'], { personId: holder })).problem.code).toBe('appoints-self');
    const made = await delegate('xian', base['appointmentId'], {});
    expect(made).toMatchObject({ status: 201, body: { delegatedFrom: base['appointmentId'], role: 'county' } });
    expect((await delegate('xian2', made.body['appointmentId'], { personId: third })).problem.code).toMatch(/delegation-again|no-appointment/);
    await call('anquan', 'POST', `/appointments/${String(base['appointmentId'])}/end`, { successorId: third, reason }, { ifMatch: 1 });
    const [row] = await stage.database.query<{ state: string }>('gateway', 'select state from appointment where id = $1', [made.body['appointmentId']]);
    expect(row?.state).toBe('ended');
  });
});

describe('a person', () => {
  it('is out at once when disabled, by token and by session, on every account; nobody disables themself', async () => {
    const id = await person('zhikong', 'zhikong-second');
    expect((await appoint(id, 'quality-centre', '330100')).status).toBe(201);
    const browser = new Browser();
    await browser.signIn(stage.address, 'zhikong');
    expect([(await me('zhikong')).status, (await browser.request(`${stage.address}/api/v1/me`)).status]).toEqual([200, 200]);
    expect((await call('anquan', 'POST', `/people/${id}/disabling`, { reason }, { ifMatch: 1 })).body).toMatchObject({ state: 'disabled', version: 2 });
    expect([(await me('zhikong')).problem.code, (await browser.request(`${stage.address}/api/v1/me`)).status]).toEqual(['person-disabled', 401]);
    expect((await new Browser().signIn(stage.address, 'zhikong')).html).toContain('已停用');
    await call('anquan', 'POST', `/people/${id}/enabling`, { reason }, { ifMatch: 2 });
    await eventually('in again', async () => (await me('zhikong')).status === 200, 3000);
    expect((await call('xitong', 'POST', `/people/${await unheard('xitong')}/disabling`, { reason }, { ifMatch: 1 })).problem.code).toBe('disables-self');
  });

  it('has accounts nobody else has; the same key answers the same', async () => {
    expect((await call('sheng', 'POST', '/people', { accounts: ['zhikong'] })).status).toBe(403);
    expect((await call('xitong', 'POST', '/people', { accounts: ['zhikong'] })).problem).toMatchObject({ code: 'account-taken', title: '账号 zhikong 已登记在他人名下' });
    const [first, again] = [await call('xitong', 'POST', '/people', { accounts: ['yi-ren'] }, { key: 'same' }), await call('xitong', 'POST', '/people', { accounts: ['yi-ren'] }, { key: 'same' })];
    expect(again.body).toEqual(first.body);
  });

  it('appears in no fact and no entry by name', async () => {
    await call('xitong', 'POST', '/people', { name: '欧阳某某', accounts: ['ouyang'] });
    const everything = await stage.database.query<{ body: string }>('gateway', 'select body from outbox union all select body from command_entry');
    expect(everything.some(({ body }) => body.includes('欧阳'))).toBe(false);
  });

  it('is shown by name to whoever registers and appoints, to others by the first character and the account, and they find nobody by name', async () => {
    const named = async (as: string, q: string) => ((await call(as, 'GET', `/people?q=${q}`)).body['items'] as { name: string }[]).map(({ name }) => name);
    expect([await named('xitong', '欧阳'), await named('anquan', '欧阳'), await named('shenjiguan', '欧阳'), await named('shenji', '欧阳'), await named('shenjiguan', 'ouyang')]).toEqual([['欧阳某某'], ['欧阳某某'], [], [], ['欧*']]);
    const id = ((await call('xitong', 'GET', '/people?q=ouyang')).body['items'] as { personId: string }[])[0]!.personId;
    expect((await appoint(id, 'inspector', '330108')).body['person']).toBe('欧阳某某');
    const shown = async (as: string) => ((await call(as, 'GET', `/appointments?personId=${id}`)).body['items'] as { person: string }[])[0]!.person;
    expect([await shown('anquan'), await shown('shenjiguan')]).toEqual(['欧阳某某', '欧*（ouyang）']);
  });

  it('disabled, leaves what is open to the named successor, else to the head of each agency, and never waits for one', async () => {
    const [leaving, next] = [await person('tingyong-a'), await person('jieshou-a')];
    const agency = await call('xitong', 'POST', '/agencies', { name: '滨江区卫生监督所', kind: 'supervision-bureau', jurisdictionId: '330108', from: '2000-01-01', headPersonId: next, reason });
    for (const more of [{}, { agencyId: agency.body['agencyId'] }]) expect((await appoint(leaving, 'county', '330108', more)).status).toBe(201);
    const disable = (id: string, version: number, body: object) => call('anquan', 'POST', `/people/${id}/disabling`, { reason, ...body }, { ifMatch: version });
    expect((await disable(leaving, 1, { successorId: leaving })).problem.code).toBe('successor-self');
    expect((await disable(leaving, 1, {})).status).toBe(201);
    const alone = await person('tingyong-b');
    expect((await appoint(alone, 'city', '330100')).status).toBe(201);
    expect((await disable(alone, 1, {})).status).toBe(201);
    const third = await person('tingyong-c');
    expect((await appoint(third, 'city', '330100')).status).toBe(201);
    expect((await disable(third, 1, { successorId: next })).status).toBe(201);
    const told = (await facts('gateway.person-disabled')).slice(-3).map(({ handedTo }) => (handedTo as { jurisdictionId: string; account: string; as: string }[]).map(({ jurisdictionId, account, as }) => `${jurisdictionId} ${account} ${as}`));
    expect(told).toEqual([[expect.stringMatching(/^330108 (jieshou-a|fuze-ren) agency-head$/)], [], ['330100 jieshou-a successor']]);
  });
});

it('who holds an office in a place is told to its officers: colleagues and those below by name, who acts there from above by the account', async () => {
  const id = (await call('xitong', 'POST', '/people', { name: '上官某某', accounts: ['shangguan'] })).body['personId'] as string;
  await appoint(id, 'inspector', '330100');
  const seenBy = async (asker: string) => ((await call(asker, 'GET', '/officers?place=330108&on=2026-01-01')).body['items'] as { account: string; label: string }[]).filter(({ account }) => ['ouyang', 'shangguan'].includes(account)).map(({ label }) => label).sort();
  await appoint(await person('jiandu'), 'inspector', '330108');
  expect(await seenBy('jiandu')).toEqual(['上*（shangguan）', '欧阳某某']);
  expect(await seenBy('shi')).toEqual(['上官某某', '欧阳某某']);
  expect(await seenBy('sheng')).toEqual(['上官某某', '欧阳某某']);
  expect((await call('shenji', 'GET', '/officers?place=330108')).status).toBe(403);
  expect((await call('sheng', 'GET', '/officers?place=440000')).status).toBe(404);
});

it('what changed can be read by the administrators of the audit, from the entries of the commands', async () => {
  const { body } = await call('shenjiguan', 'GET', '/directory-changes?limit=200');
  const items = http.listDirectoryChanges.answer.parse(body).items;
  expect(new Set(items.map(({ action }) => action))).toEqual(new Set(['jurisdiction created', 'jurisdiction moved', 'jurisdiction merged', 'agency created', 'person registered', 'person disabled', 'person enabled', 'appointment granted', 'appointment delegated', 'appointment ended']));
  expect((await call('xian2', 'GET', '/directory-changes')).status).toBe(403);
});
