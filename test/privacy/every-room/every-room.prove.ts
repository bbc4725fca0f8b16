import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fact } from '@zhijian/contracts';

const folder = mkdtempSync(join(tmpdir(), 'privacy-'));
const logs = { written: (process.env['LOG_FILE'] ||= join(folder, 'log.ndjson')), printed: join(folder, 'printed.txt') }; // opened when the first room of the process is loaded
const { aPrincipal, testToken } = await import('@zhijian/testing');
const { allRoutes } = await import('@zhijian/contracts/http');
const { writeTable } = await import('@zhijian/documents');
const { learn, place } = await import('../campaign.js');
const { canaries, seeking } = await import('../canaries.js');
const { House } = await import('./house.js');
const { historiesAfter } = await import('./histories.js');
const { beside, ways } = await import('../requests.js');

type Route = (typeof allRoutes)[number];
const count = process.env['PROVE'] ? 1000 : 12;
const seed = process.env['SEED'] ?? String(Date.now() % 1_000_000);
const birds = canaries(count, seed);
const every = Object.keys(ways);

let house: Awaited<ReturnType<typeof House.set>>;
const facts: Fact[] = [];
const answered = { ok: 0, refused: 0, commands: 0, throughGateway: 0, public: 0 };
/** The first example of each kind of leak at each place. */
const leaks = new Map<string, string>();
const sought = seeking(birds);
const note = (place: string, example: string, text: string): void => { for (const kind of sought(text)) if (!leaks.has(`${kind} in ${place}`)) leaks.set(`${kind} in ${place}`, `${kind} in ${place}: ${example.slice(0, 250)}`); };
const reached = new Set<string>();

beforeAll(async () => { house = await House.set(logs); }, 180_000);
afterAll(() => house?.stop());

/** Errors, whoever asked; whatever the public is told, errors or not. */
function heard(route: Pick<Route, 'method' | 'path'>, way: string, status: number, body: string): void {
  const open = !route.path.startsWith('/api/v1');
  if (status >= 400 || open) note(`an answer: ${route.method} ${route.path} ${way} ${status}`, body, body);
  if (open) answered.public += 1;
  if (status >= 400) answered.refused += 1;
  else {
    answered.ok += 1;
    if (route.method !== 'GET') answered.commands += 1;
    try { learn(house.known, JSON.parse(body)); } catch { /* a file or a page */ }
  }
}

const sheet = (value: string): Promise<Uint8Array> => writeTable({ title: '表', sheet: value.slice(0, 20), columns: [{ key: 'a', title: value.slice(0, 40), parse: 'text' }] }, [{ a: value }]);
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** One request: straight to the room that serves the route, or through the gateway to whoever does. */
async function send(route: Route, way: string, value: string, through: 'room' | 'gateway'): Promise<void> {
  const sent = ways[way]!(route, value, house.known);
  const role = route.roles[0]!;
  const room = house.rooms.get(route.room as never);
  const as = aPrincipal(role, role === 'province' ? '330000' : role === 'city' ? '330100' : place, role.startsWith('institution') ? String(house.known['institutionId']) : undefined);
  const file = route.file ? Buffer.from(await sheet(value)) : undefined;
  for (const version of route.ifMatch ? [1, 2, 3, 4, 5, 6, 7, 8] : [0]) {
    const headers: Record<string, string> = {
      authorization: `Bearer ${through === 'room' ? testToken(as) : await house.tokenOf(role)}`, ...(route.method === 'GET' ? {} : { 'content-type': file ? xlsx : 'application/json', 'idempotency-key': crypto.randomUUID() }),
      ...(route.ifMatch ? { 'if-match': `"${version}"` } : {}), ...sent.headers,
    };
    const payload = file ?? sent.body ?? '';
    const { status, body } = through === 'room'
      ? await room!.app.inject({ method: route.method, url: sent.url, payload, headers }).then(({ statusCode, body: text }) => ({ status: statusCode, body: text }))
      : await fetch(house.urls.gateway + sent.url, { method: route.method, headers, ...(route.method === 'GET' ? {} : { body: payload }), redirect: 'manual' }).then(async (answer) => ({ status: answer.status, body: await answer.text() }));
    if (status === 412 && way === 'in every field') continue;
    reached.add(`${route.method} ${route.path}`);
    if (through === 'gateway') answered.throughGateway += 1;
    heard(route, way, status, body);
    return;
  }
}

/** What no contract lists: pages, sign-in, addresses that do not exist, the public's doors. */
async function knock(value: string): Promise<void> {
  for (const { at, method, path, body } of beside(value)) {
    const answer = await fetch(house.urls[at] + path, { method, redirect: 'manual', ...(body ? { body, headers: { 'content-type': 'application/json' } } : {}) });
    heard({ method, path: path.replaceAll(encodeURIComponent(value), '*') } as Route, 'beside', answer.status, await answer.text());
  }
}

const stores = ['outbox', 'parked', 'command_entry', 'certificate', 'rule_text', 'audit_entry_v1'];
const schemas = ['inspection', 'qualification', 'quality_control', 'publication', 'workflows', 'gateway'];
const published = ['publication.public_institution', 'publication.record_revision'];

/** Looks where what was sent may have come to. */
async function look(histories: ReadonlyMap<string, string>): Promise<void> {
  for (const log of Object.values(logs)) if (existsSync(log)) for (const line of readFileSync(log, 'utf8').split('\n')) note('the log', line, line);
  for (const [id, text] of histories) note('a history', id, text);
  for (const table of [...schemas.flatMap((schema) => stores.map((store) => `"${schema}"."${store}"`)), ...published]) {
    for (const { row } of await house.database.query<{ row: string }>('inspection', `select r::text as row from ${table} r`)) note(table, row, row);
  }
}

describe(`${count} names, id numbers, telephones, tokens, passwords and short words (seed ${seed})`, () => {
  const routes = allRoutes.filter(({ path }) => path.startsWith('/api/v1'));

  it('sent through every endpoint of every room in every way stand in no log, fact, history, entry, certificate, parked fact, problem or public answer', async () => {
    for (const [at, { value }] of birds.entries()) {
      for (const [number, route] of routes.entries()) {
        // Each canary through each endpoint; the ways take turns, so that each endpoint meets each kind of canary in each way.
        const turn = every[(at + number) % every.length]!;
        const own = house.rooms.has(route.room as never);
        if (own) for (const way of new Set([turn, 'in every field'])) await send(route, way, value, 'room');
        if (!own || at % 4 === 0) for (const way of own ? [turn] : [turn, 'in every field']) await send(route, way, value, 'gateway');
      }
      await knock(value);
      facts.push(...await house.tell());
    }
    const histories = await historiesAfter(house, facts);
    await look(histories);
    process.stderr.write(`privacy: ${birds.length} canaries, ${reached.size} of ${routes.length} endpoints, ${every.length} ways: ${answered.ok} accepted (${answered.commands} commands), ${answered.refused} refused, ${answered.throughGateway} through the gateway, ${answered.public} public or beside, ${facts.length} facts, ${histories.size} histories; ${leaks.size} leaks\n`);
    expect([...leaks.values()].slice(0, 30)).toEqual([]);
    expect(reached.size).toBe(routes.length);
    expect(answered.commands).toBeGreaterThan(birds.length);
    expect(histories.size).toBeGreaterThan(0);
  }, 7_200_000);
});
