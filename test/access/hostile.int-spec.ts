import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operationOf, rightOf } from '@zhijian/access';
import { qualification, type RouteDefinition } from '@zhijian/contracts/http';
import { registerTable, writeTable } from '@zhijian/documents';
import { creditCodeOf } from '@zhijian/policy';
import { testDatabase, type TestDatabase } from '@zhijian/testing';
import { plannedEverywhere, shelf } from './documents.js';
import { askedIn, changed, injections, notTheirs, objectsOf, pathNames, schemaOf, strange, textsOf, trap } from './hostile.js';
import { installation, type Answer, type Installation, type Sent } from './installation.js';
import { people, targets, type Person, type Target } from './model.js';
import { inAThread, requestFor, routes } from './requests.js';
import { layDirectory, layRows, postNotices, protectedTables } from './rows.js';

/** Every text of every operation, sent by somebody who may: by what is no text for a database, and with fields that are nobody’s to send. */
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const full = Boolean(process.env['PROVE']);
let state = seed;
const chance = (): number => { state = (state * 1_103_515_245 + 12_345) % 2_147_483_648; return state / 2_147_483_648; };
const some = <T>(from: readonly T[], size: number): T[] => Array.from({ length: size }, () => from[Math.floor(chance() * from.length)]!);

let database: TestDatabase;
let doors: Installation;
let installed: ReturnType<typeof shelf>;

beforeAll(async () => {
  database = await testDatabase();
  installed = shelf();
  await layRows(database, await protectedTables(database), await plannedEverywhere(installed.packs));
  await layDirectory(database);
  await postNotices(database);
  await database.query('gateway', 'create sequence public.trap');
  await database.query('gateway', 'grant usage on schema public to public');
  await database.query('gateway', 'grant all on sequence public.trap to public');
  doors = await installation(database, '2023-05-10T09:00:00+08:00', installed.packs);
}, 180_000);
afterAll(async () => {
  await doors?.close();
  installed?.gone();
  await database?.drop();
});

/** Somebody who may, and the place of which they may. */
function whoMay(route: RouteDefinition): { person: Person; target: Target } {
  for (const target of targets) for (const person of people) if (rightOf(person.role, route) && (person.home === target || person.body === target)) return { person, target };
  return { person: people.find(({ role }) => rightOf(role, route))!, target: '960101' };
}
/** Takes nothing, so nothing of what is sent is read. */
const readsNothing = new Set(['GET /api/v1/comparison-schemes', 'POST /api/v1/calendar-notices/{noticeId}/confirmation']);
const answerOf = ({ status, bytes }: Answer): string => `${status} ${bytes.toString('utf8').slice(0, 120)}`;

/** The same request with one text of it replaced, by where the text stands. */
function* withText(route: RouteDefinition, sent: Sent): Generator<{ where: string; put: (text: string) => Sent }> {
  const [path, query = ''] = sent.url.split('?');
  const steps = route.path.split('/');
  for (const name of pathNames(route)) yield { where: `{${name}}`, put: (text) => ({ ...sent, url: `${path!.split('/').map((step, at) => (steps[at] === `{${name}}` ? encodeURIComponent(text.toWellFormed()) : step)).join('/')}${query && `?${query}`}` }) };
  for (const name of askedIn(route)) yield { where: `?${name}`, put: (text) => { const search = new URLSearchParams(query); search.set(name, text.toWellFormed()); return { ...sent, url: `${path}?${search.toString()}` }; } };
  const body: unknown = sent.body === undefined ? null : JSON.parse(sent.body);
  for (const at of textsOf(body)) yield { where: `/${at.join('/')}`, put: (text) => ({ ...sent, body: JSON.stringify(changed(body, at, text)) }) };
}

/** What of a request's head is read, or might be. */
const heads = ['idempotency-key', 'if-match', 'if-none-match', 'accept', 'accept-language', 'origin', 'referer', 'user-agent', 'x-forwarded-for', 'x-forwarded-host', 'x-request-id', 'traceparent', 'cookie', 'content-disposition', 'x-http-method-override', 'x-jurisdiction', 'x-actor', 'x-role'];
const printable = injections.filter((text) => /^[\x20-\x7e]+$/.test(text));
/** Did any statement run? No rollback takes that back. */
const sprung = async (): Promise<boolean> => (await database.query<{ ran: boolean }>('gateway', 'select is_called as ran from public.trap'))[0]!.ran;

describe(`what is sent to deceive (seed ${seed})`, () => {
  it('a statement in any line of a request’s head is nothing, and names nobody', async () => {
    const faults: string[] = [];
    let made = 0;
    for (const route of routes.filter((one) => !inAThread.has(operationOf(one)))) {
      const { person, target } = whoMay(route);
      const sent = requestFor(route, target);
      for (const name of full ? heads : some(heads, 2)) for (const text of [...some(printable, full ? 4 : 1), 'province-970000']) {
        made += 1;
        const answer = await doors.ask(route, person, { ...sent, headers: { [name]: text } });
        if (answer.status >= 500) faults.push(`${operationOf(route)} ${name}: ${text}: ${answerOf(answer)}`);
      }
      const stranger = people.find(({ role }) => !rightOf(role, route));
      if (!stranger) continue;
      made += 1;
      const answer = await doors.ask(route, stranger, { ...sent, headers: Object.fromEntries(['x-actor', 'x-role', 'x-user', 'x-forwarded-user', 'x-jurisdiction', 'x-http-method-override'].map((name) => [name, person.account])) });
      if (answer.status !== 403) faults.push(`${operationOf(route)} as ${stranger.account} under another’s name: ${answerOf(answer)}`);
    }
    console.log(`${made} requests with a hostile line in their head, ${faults.length} faults`);
    expect([await sprung(), faults.slice(0, 40)]).toEqual([false, []]);
  }, 1_800_000);

  it('a statement in a cell of an uploaded table is words: kept as written, and nothing of it runs', async () => {
    const { person, target } = whoMay(qualification.importRegister);
    const words = [...new Set(some(printable.filter((text) => text.length <= 50 && text.trim() === text && !/^[=+@-]/.test(text) && !/[,;、，]/.test(text)), full ? 200 : 20))];
    const rows = words.map((text, at) => ({
      creditCode: creditCodeOf(`52${target}MTX${String(at).padStart(6, '0')}`), name: text, kind: 'health-examination', jurisdiction: target, address: text, contactPost: text, filingNumber: text, filedOn: '2020-01-01', categories: [text], items: [text], outreach: true, invented: true,
    }));
    const file = Buffer.from(await writeTable(registerTable, rows));
    const asked = async (route: unknown, sent: Partial<Sent> & { url: string }) => {
      const answer = await doors.ask(route as RouteDefinition, person, sent);
      return { status: answer.status, body: JSON.parse(answer.bytes.toString('utf8')) as { importId: string; good: unknown[]; errors: unknown[] } };
    };
    const taken = await asked(qualification.importRegister, { url: `/api/v1/register-imports?fileName=${encodeURIComponent(words[0]!)}`, file });
    expect([taken.status, taken.body.errors, taken.body.good.length]).toEqual([201, [], rows.length]);
    const confirmed = await asked(qualification.confirmRegisterImport, { url: `/api/v1/register-imports/${taken.body.importId}/confirmation`, body: '{}' });
    expect(confirmed.status).toBe(201);
    const kept = await database.query<{ name: string }>('qualification', 'select name from institution where name = any($1)', [words]);
    expect(kept.map(({ name }) => name).sort()).toEqual([...words].sort());
    const faults: string[] = [];
    const whatever = Buffer.from(await writeTable({ title: '表', sheet: '表', columns: some(printable, 6).map((title, at) => ({ key: `c${at}`, title, parse: 'text' })) }, [Object.fromEntries(some(printable, 6).map((text, at) => [`c${at}`, text]))]));
    for (const route of routes.filter((one) => one.file)) {
      const who = whoMay(route);
      const answer = await doors.ask(route, who.person, { ...requestFor(route, who.target), file: whatever });
      if (answer.status >= 500) faults.push(`${operationOf(route)}: ${answerOf(answer)}`);
    }
    expect([await sprung(), faults]).toEqual([false, []]);
  }, 600_000);

  it('a statement in any text of any operation is words: nothing of it runs and nothing breaks', async () => {
    const faults: string[] = [];
    let [made, texts] = [0, 0];
    for (const route of routes.filter((one) => !inAThread.has(operationOf(one)))) {
      const { person, target } = whoMay(route);
      const sent = requestFor(route, target);
      for (const { where, put } of withText(route, sent)) {
        texts += 1;
        for (const text of [...some(injections, full ? 12 : 1), ...(full ? strange : some(strange, 1))]) {
          made += 1;
          const answer = await doors.ask(route, person, put(text));
          if (answer.status >= 500) faults.push(`${operationOf(route)} ${where} ${JSON.stringify(text.slice(0, 60))}: ${answerOf(answer)}`);
        }
      }
    }
    const ran = await sprung();
    console.log(`${made} requests, ${texts} texts of ${routes.length} operations, ${injections.length} statements, ${faults.length} broke`);
    expect([ran, faults.slice(0, 40)]).toEqual([false, []]);
    expect(texts).toBeGreaterThan(routes.length);
    await (await database.dataSource('inspection', [], { blind: true })).query(`select ${trap}`); // an application’s own role could have
    expect(await sprung()).toBe(true);
  }, 1_800_000);

  it('a field that is not asked for is refused, at every depth, whatever it is called', async () => {
    const faults: string[] = [];
    const malformed: string[] = [];
    let made = 0;
    for (const route of routes.filter((one) => !readsNothing.has(operationOf(one)))) {
      const { person, target } = whoMay(route);
      const sent = requestFor(route, target);
      const refused = async (what: string, tried: Sent): Promise<void> => {
        made += 1;
        const answer = await doors.ask(route, person, tried);
        if (answer.status !== 400) faults.push(`${operationOf(route)} ${what}: ${answerOf(answer)}`);
      };
      const named = askedIn(route);
      for (const name of (full ? notTheirs : some(notTheirs, 1)).filter((one) => !named.includes(one))) await refused(`?${name}`, { ...sent, url: `${sent.url}${sent.url.includes('?') ? '&' : '?'}${name}=province` });
      if (sent.body === undefined) continue;
      const body: unknown = JSON.parse(sent.body);
      if (!route.body.safeParse(body).success) malformed.push(operationOf(route));
      for (const { path, names } of objectsOf(schemaOf(route.body), body)) {
        for (const name of (full ? notTheirs : [...some(notTheirs, 2), '__proto__']).filter((one) => !names.includes(one))) await refused(`/${[...path, name].join('/')}`, { ...sent, body: JSON.stringify(changed(body, [...path, name], { role: 'province' })) });
      }
    }
    console.log(`${made} requests with one field more, ${faults.length} not refused; bodies not well-formed before it: ${malformed.join(', ') || 'none'}`);
    expect(faults.slice(0, 40)).toEqual([]);
  }, 1_800_000);
});
