import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Stage } from '../spec/stage.js';

let stage: Stage;
let keys = 0;
interface Told { status: number; body: Record<string, unknown>; problem: { code: string; title: string } }
async function call(as: string, method: string, path: string, body?: unknown, { ifMatch }: { ifMatch?: number } = {}): Promise<Told> {
  const token = await fetch(`${stage.issuer}/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'urn:zhijian:demonstration', client_id: 'zhijian-demonstration', account: as }) });
  const response = await fetch(`${stage.address}/api/v1${path}`, {
    method, headers: { authorization: `Bearer ${((await token.json()) as { access_token: string }).access_token}`, 'content-type': 'application/json', ...(method === 'POST' ? { 'idempotency-key': `k${(keys += 1)}` } : {}), ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const json = (await response.json()) as Told['body'] & Told['problem'];
  return { status: response.status, body: json, problem: json };
}

beforeAll(async () => {
  stage = await Stage.set({});
  await stage.database.query('gateway', `insert into jurisdiction (id, code, name, level, from_on) values ('330000', '330000', '浙江省', 'province', '2000-01-01'), ('330108', '330108', '滨江区', 'county', '2000-01-01')`);
  await stage.database.query('gateway', `insert into jurisdiction_edge_ref (child, parent, from_on) values ('330108', '330000', '2000-01-01')`);
}, 60_000);
afterAll(() => stage.strike());

describe('reasons that were given', () => {
  it('are found by their commitment and erased from every row of the directory; entries and facts stay, and who holds an office with them', async () => {
    const [why, ended] = ['因慕容骁骥病休，由其代理', '本人来信说明，慕容骁骥已返岗'];
    const acting = (await call('xitong', 'POST', '/people', { name: null, accounts: ['daili'] })).body['personId'];
    const office = await call('anquan', 'POST', '/appointments', { personId: acting, role: 'inspector', jurisdictionId: '330108', from: '2020-01-01', reason: why });
    const successorId = (await call('xitong', 'POST', '/people', { name: null, accounts: ['jieti'] })).body['personId'];
    expect((await call('anquan', 'POST', `/appointments/${String(office.body['appointmentId'])}/end`, { successorId, reason: ended }, { ifMatch: 1 })).status).toBe(201);
    const list = async (as = 'anquan') => call(as, 'GET', `/operations/kept-texts/gateway?subject=${String(office.body['appointmentId'])}`);
    expect((await list('xitong')).status).toBe(403);
    const items = (await list()).body['items'] as { commitment: string; room: string; holdUntil: string }[];
    expect([items.length, new Set(items.map(({ room }) => room)), JSON.stringify(items).includes('慕容')]).toEqual([2, new Set(['gateway']), false]);
    const erase = (as = 'anquan') => call(as, 'POST', '/operations/kept-texts/gateway/erasures', { commitments: items.map(({ commitment }) => commitment), request: '示例访〔2031〕1号' });
    expect([(await erase('shi')).status, (await erase()).problem]).toMatchObject([403, { code: 'kept-text-held', title: expect.stringContaining('法定留存期未满') }]);
    await stage.database.query('gateway', `update kept_text set hold_until = '2020-01-01' where body like '%慕容骁骥%'`);
    const stood = () => stage.database.query('gateway', `select body from command_entry where body not like '%text erased%' union all select body from outbox order by 1`);
    const before = await stood();
    expect(await erase()).toMatchObject({ status: 201, body: { erased: 2 } });
    expect(await stood()).toEqual(before);
    const tables = await stage.database.query<{ name: string }>('gateway', `select relname as name from pg_class where relnamespace = 'gateway'::regnamespace and relkind = 'r'`);
    for (const { name } of tables) expect([name, (await stage.database.query('gateway', `select 1 from "${name}" t where t::text like '%慕容%'`)).length]).toEqual([name, 0]);
    expect(await stage.database.query('gateway', 'select reason, end_reason, state from appointment where id = $1', [office.body['appointmentId']])).toEqual([{ reason: '（已依法删除）', end_reason: '（已依法删除）', state: 'ended' }]);
    const changes = (await call('anquan', 'GET', '/directory-changes?limit=200')).body['items'] as { subject: string; detail: { reason?: string } }[];
    expect(changes.filter(({ subject, detail }) => subject === office.body['appointmentId'] && 'reason' in detail).map(({ detail }) => detail.reason)).toEqual(['（已依法删除）', '（已依法删除）']);
    expect((await erase()).problem.code).toBe('kept-text-unknown');
    expect((await call('anquan', 'GET', '/operations/kept-texts/nowhere')).status).toBe(400);
  });
});
