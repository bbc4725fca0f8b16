import { createServer, type Server } from 'node:http';
import { allRoutes } from '@zhijian/contracts/http';
import { factKinds } from '@zhijian/contracts';
import '@zhijian/contracts/facts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT, UnsecuredJWT, decodeJwt, generateKeyPair, importJWK, type JWTPayload } from 'jose';
import { eventually } from '@zhijian/testing';
import { echoRoom, freePort, Stage, type EchoRoom } from './spec/stage.js';

let room: EchoRoom;
let stage: Stage;
let county: string;

const token = async (account: string, place?: string): Promise<string> => {
  const response = await fetch(`${stage.issuer}/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'urn:zhijian:demonstration', client_id: 'zhijian-demonstration', account, ...(place ? { place } : {}) }) });
  return ((await response.json()) as { access_token: string }).access_token;
};
const call = (path: string, bearer: string | undefined = county, init: RequestInit = {}) =>
  fetch(`${stage.address}${path}`, { ...init, headers: { ...(bearer ? { authorization: `Bearer ${bearer}` } : {}), ...init.headers as Record<string, string> } });
const problemOf = async (response: Response) => {
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  return (await response.json()) as { status: number; code: string; title: string; reference: string };
};
const xlsx = { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'idempotency-key': 'k' };

beforeAll(async () => {
  room = await echoRoom();
  stage = await Stage.set({ INSPECTION_URL: room.address, QUALIFICATION_URL: room.address, QUALITY_CONTROL_URL: `http://127.0.0.1:${await freePort()}`, PUBLICATION_URL: `http://127.0.0.1:${await freePort()}`, WORKFLOWS_URL: `http://127.0.0.1:${await freePort()}` });
  county = await token('xian');
}, 60_000);
afterAll(async () => {
  await stage.strike();
  await room.close();
});

describe('without a valid token', () => {
  it.each(allRoutes.filter(({ path }) => path.startsWith('/api/v1/')).map(({ method, path }) => [method, path]))('%s %s is closed', async (method, path) => {
    const response = await call(path.replaceAll(/\{\w+\}/g, 'x'), '', { method });
    expect(response.status).toBe(401);
    expect((await problemOf(response)).title).toBe('请先登录');
  });

  it('no forged, expired or foreign token opens anything', async () => {
    const claims = decodeJwt(county);
    const { privateKey } = await generateKeyPair('ES256');
    const now = Math.floor(Date.now() / 1000);
    const forged = new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'x', typ: 'at+jwt' }).sign(privateKey);
    const [head, , signature] = county.split('.');
    const changed = [head, Buffer.from(JSON.stringify({ ...claims, role: 'province' })).toString('base64url'), signature].join('.');
    const shared = new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' }).sign(new Uint8Array(32));
    for (const bad of [await forged, changed, await shared, new UnsecuredJWT({ ...claims, exp: now + 300 }).encode(), 'x', 'a.b.c', county.slice(0, -3)]) {
      expect((await call('/api/v1/me', bad)).status).toBe(401);
    }
    expect((await fetch(`${stage.address}/api/v1/me`, { headers: { authorization: 'Basic eDp5' } })).status).toBe(401);
    expect((await call('/api/v1/no-such-address', '')).status).toBe(401);
    expect(room.asked).toEqual([]);
  });

  it.each<[string, JWTPayload, { typ?: string }]>([
    ['has expired', { exp: Math.floor(Date.now() / 1000) - 120 }, {}],
    ['is for another audience', { aud: 'other-api' }, {}],
    ['is for two audiences', { aud: ['zhijian-api', 'other-api'] }, {}],
    ['names another issuer', { iss: 'http://127.0.0.1:1' }, {}],
    ['begins tomorrow', { nbf: Math.floor(Date.now() / 1000) + 86_400 }, {}],
    ['is an identity token', {}, { typ: 'JWT' }],
    ['names an unknown role', { role: 'root' }, {}],
  ])('a token that %s opens nothing, though the issuer\'s own key signed it', async (_, claims, header) => {
    const key = stage.signingKey();
    const sign = async (more: JWTPayload, typ = 'at+jwt') => new SignJWT({ ...decodeJwt(county), ...more }).setProtectedHeader({ alg: 'ES256', kid: key.kid, typ }).sign(await importJWK(key, 'ES256'));
    expect((await call('/api/v1/me', await sign({}))).status).toBe(200);
    const response = await call('/api/v1/me', await sign(claims, header.typ));
    expect([response.status, (await problemOf(response)).title]).toEqual([401, '登录已失效，请重新登录']);
  });
});

describe('the API', () => {
  it('sends a request to the room that owns it, with the token and the protocol\'s headers, and brings its answer back', async () => {
    const path = '/api/v1/campaigns/c%2F1/visits?limit=5&unit=%E8%A5%BF';
    const response = await call(path, county, { headers: { 'if-none-match': '"3"', 'x-role': 'province' } });
    expect([response.status, response.headers.get('etag'), response.headers.get('cache-control')]).toEqual([200, '"7"', 'no-store']);
    const asked = room.asked.at(-1)!;
    expect(asked).toMatchObject({ method: 'GET', url: path, headers: { authorization: `Bearer ${county}`, 'if-none-match': '"3"' } });
    expect(asked.headers['x-role']).toBeUndefined();
  });

  it('says a room\'s refusal as the room says it', async () => {
    room.answers(409, { code: 'campaign-closed', title: '行动已结束' });
    const response = await call('/api/v1/campaigns/1/visits');
    expect([response.status, (await problemOf(response)).title]).toEqual([409, '行动已结束']);
    room.answers(200, {});
  });

  it('says in Chinese that a room is down, and when to try again', async () => {
    const response = await call('/api/v1/assessment-circulars');
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
    expect((await problemOf(response)).title).toBe('质量控制服务暂时不可用，请稍后重试');
  });

  it('serves no other address, no other method', async () => {
    for (const [method, path] of [['GET', '/api/v1'], ['GET', '/api/v1/'], ['GET', '/api/v1/nothing'], ['DELETE', '/api/v1/me'], ['POST', '/api/v1/me'], ['GET', '/api/v1/me/'], ['GET', '/api/v1/%2e%2e/metrics'], ['HEAD', '/api/v1/me']]) {
      const response = await call(path!, county, { method: method!, ...(method === 'POST' ? { body: '{}', headers: { 'content-type': 'application/json' } } : {}) });
      expect([method, path, response.status]).toEqual([method, path, 404]);
    }
    expect((await problemOf(await call('/api/v1/nothing'))).title).toBe('没有这个地址');
    expect((await problemOf(await call('/public/v1/institutions', ''))).status).toBe(404);
    expect((await problemOf(await call('/api/v1/campaigns/%zz/visits'))).status).toBe(400);
  });

  it('refuses bodies that are too large or of another kind, and passes on what is not', async () => {
    const send = (path: string, bytes: number, headers: Record<string, string>) => call(path, county, { method: 'POST', body: Buffer.alloc(bytes, 'a'), headers });
    const json = { 'content-type': 'application/json', 'idempotency-key': 'k' };
    const before = room.asked.length;
    for (let times = 0; times < 10; times += 1) expect((await problemOf(await send('/api/v1/campaigns', 10_000_000, json))).code).toBe('too-large'); // never a broken connection instead
    expect((await send('/api/v1/campaigns', 1_000_001, json)).status).toBe(413);
    expect((await send('/api/v1/register-imports', 5_000_001, xlsx)).status).toBe(413);
    expect((await problemOf(await send('/api/v1/campaigns', 10, xlsx))).status).toBe(415);
    expect((await send('/api/v1/campaigns', 10, { 'content-type': 'text/plain' })).status).toBe(415);
    expect(room.asked.length).toBe(before);
    expect((await send('/api/v1/register-imports?fileName=a.xlsx', 4_900_000, xlsx)).status).toBe(200);
    expect(room.asked.at(-1)!.bytes).toBe(4_900_000);
    expect((await send('/api/v1/campaigns', 999_999, json)).status).toBe(200);
    expect(room.asked.at(-1)!.bytes).toBe(999_999);
  });
});

describe('the gateway\'s own answers', () => {
  it('name the caller, narrowed to the token\'s place', async () => {
    const me = await call('/api/v1/me', await token('xian', '330106'));
    expect(await me.json()).toEqual({ id: 'xian', name: '县级监督员', role: 'county', places: [{ code: '330106', name: '西湖区', institutionId: null, institutionName: null }] });
    expect((await problemOf(await call('/api/v1/me?x=1'))).status).toBe(400);
  });

  it('tell the time, and which policy packs are installed', async () => {
    expect(await (await call('/api/v1/clock')).json()).toMatchObject({ demonstration: false, scale: 1 });
    const { items } = (await (await call('/api/v1/packs')).json()) as { items: { id: string; version: number; hash: string }[] };
    expect(items.length).toBeGreaterThan(0);
    const { id, version, hash } = items[0]!;
    expect(await (await call(`/api/v1/packs/${id}/${version}`)).json()).toMatchObject({ id, version, hash, clauses: expect.anything() });
    expect((await call(`/api/v1/packs/${id}/999`)).status).toBe(404);
    expect((await call(`/api/v1/packs/${id}/x`)).status).toBe(400);
  });

  it('gather what every room has parked, name the rooms that do not answer, and go on where a page ended', async () => {
    expect((await problemOf(await call('/api/v1/operations/parked'))).status).toBe(403);
    const operator = await token('yunwei');
    room.answers(200, { items: [{ id: 'f1', room: 'x' }], next: 'f1' });
    const first = (await (await call('/api/v1/operations/parked?limit=1', operator)).json()) as { items: unknown; next: string; missing: unknown };
    expect(first.items).toEqual([{ id: 'f1', room: 'qualification' }]);
    room.answers(200, { items: [{ id: 'f2', room: 'x' }], next: null });
    const rest = await (await call(`/api/v1/operations/parked?cursor=${first.next}`, operator)).json();
    expect(room.asked.at(-2)!.url).toBe('/api/v1/operations/parked?limit=50&cursor=f1');
    expect(rest).toEqual({ items: [{ id: 'f2', room: 'qualification' }, { id: 'f2', room: 'inspection' }], next: null, missing: ['quality-control', 'publication', 'workflows'] });

    const retry = await call('/api/v1/operations/parked/inspection/f2/retry', operator, { method: 'POST', headers: { 'idempotency-key': 'k' } });
    expect([retry.status, room.asked.at(-1)!.url]).toEqual([200, '/api/v1/operations/parked/inspection/f2/retry']);
    expect((await call('/api/v1/operations/parked/gateway/f2/retry', operator, { method: 'POST' })).status).toBe(404);
  });
});

describe('open to everybody', () => {
  it('OpenAPI lists every route of the contracts and no other', async () => {
    const response = await call('/api/openapi.json', '');
    const { openapi, paths } = (await response.json()) as { openapi: string; paths: Record<string, Record<string, unknown>> };
    expect(openapi).toBe('3.1.0');
    const listed = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`)).sort();
    expect(listed).toEqual(allRoutes.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it('the documentation page loads nothing from outside and runs no inline script', async () => {
    const response = await call('/api/docs', '');
    const html = await response.text();
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!);
    for (const file of files) {
      expect(file).toMatch(/^\/api\/docs\//);
      expect((await call(file, '')).status).toBe(200);
    }
    expect(html).not.toMatch(/<script>|<script [^>]*>[^<]/);
    expect(response.headers.get('content-security-policy')).toMatch(/script-src 'self';/);
    expect((await call('/api/docs/assets/package.json', '')).status).toBe(404);
  });

  it('the event catalogue describes every kind of fact', async () => {
    const { events } = (await (await call('/api/event-catalog.json', '')).json()) as { events: { type: string; version: number; schema: { type: string } }[] };
    expect(events.map(({ type, version }) => `${type}.v${version}`).sort()).toEqual(factKinds().map(({ type, version }) => `${type}.v${version}`).sort());
    expect(events.every(({ schema }) => typeof schema === 'object')).toBe(true);
  });

  it('health, readiness and measurements answer', async () => {
    expect(await (await call('/healthz', '')).json()).toEqual({ ok: true });
    expect((await call('/readyz', '')).status).toBe(200);
    expect(await (await call('/metrics', '')).text()).toContain('zhijian_http_seconds_bucket');
  });

  it('every answer carries the headers that keep a browser safe', async () => {
    for (const path of ['/', '/api/v1/me', '/api/docs', '/campaigns/1']) {
      const { headers } = await call(path, '', { headers: { accept: 'text/html' } });
      expect(headers.get('content-security-policy')).toContain(`frame-ancestors 'none'`);
      expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/);
      expect([headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual(['nosniff', 'same-origin']);
    }
  });
});

describe('the console', () => {
  const open = (path: string, accept = 'text/html') => call(path, '', { headers: { accept } });

  it('is said to be missing until it is built, then is there without a restart', async () => {
    expect((await open('/')).status).toBe(503);
    stage.buildConsole();
    for (const path of ['/', '/campaigns/1/units/990101?tab=late']) {
      const response = await open(path);
      expect([response.status, response.headers.get('cache-control'), await response.text()]).toEqual([200, 'no-cache', '<!doctype html><title>控制台</title>']);
    }
    const file = await open('/assets/main-1.js', '*/*');
    expect([file.status, file.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
  });

  it('answers for no address of ours, no missing file, and nothing outside its folder', async () => {
    expect((await open('/assets/none.js', '*/*')).status).toBe(404);
    for (const path of ['/api/nothing', '/public/v1/institutions', '/auth/nothing', '/..%2f..%2f..%2fetc/passwd', '/assets/..%2f..%2fkeys.json']) {
      const response = await open(path);
      expect([path, response.status === 404 || response.status === 403 || (await response.text()).includes('控制台')]).toEqual([path, true]);
    }
    expect((await problemOf(await open('/api/nothing'))).code).toBe('not-found');
    expect((await call('/', '', { method: 'POST' })).status).toBe(404);
  });
});

describe('the gateway', () => {
  it('goes on when the database has dropped its connections', async () => {
    await stage.database.query('gateway', `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'gateway_app' and datname = current_database()`);
    const statuses = new Set<number>();
    await eventually('it is ready', async () => { const { status } = await call('/readyz', ''); statuses.add(status); return status === 200; });
    expect([...statuses].every((status) => status === 200 || status === 503)).toBe(true);
    expect((await fetch(`${stage.address}/api/v1/me`, { headers: { cookie: 'zhijian=unknown' } })).status).toBe(401);
  });

  it('finishes what it has begun when it is stopped', async () => {
    expect([await stage.stop('gateway'), await stage.stop('identity')]).toEqual([0, 0]);
    await Promise.all([stage.start('gateway'), stage.start('identity')]);
  }, 30_000);
});

describe('a room that stops in the middle of an answer', () => {
  it('breaks that answer off, and leaves the gateway as it is', async () => {
    const port = await freePort();
    const breaking: Server = createServer((_request, response) => { response.writeHead(200, { 'content-length': '1000', 'content-type': 'application/json' }); response.write('{'); setImmediate(() => response.destroy()); });
    await new Promise<void>((resolve) => breaking.listen(port, '127.0.0.1', resolve));
    const other = await Stage.set({ INSPECTION_URL: `http://127.0.0.1:${port}` });
    const response = await fetch(`${other.address}/api/v1/campaigns`, { headers: { authorization: `Bearer ${((await (await fetch(`${other.issuer}/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'urn:zhijian:demonstration', client_id: 'zhijian-demonstration', account: 'xian' }) })).json()) as { access_token: string }).access_token}` } });
    await expect(response.text()).rejects.toThrow();
    expect((await fetch(`${other.address}/healthz`)).status).toBe(200);
    await other.strike();
    breaking.closeAllConnections();
    await new Promise((resolve) => breaking.close(resolve));
  }, 60_000);
});
