import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operationOf, rightOf, type Right } from '@zhijian/access';
import type { RouteDefinition } from '@zhijian/contracts/http';
import { nowhere, within, type Scope } from '@zhijian/persistence';
import { testDatabase, type TestDatabase } from '@zhijian/testing';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { plannedEverywhere, shelf } from './documents.js';
import { installation, type Answer, type Installation } from './installation.js';
import { canary, idOf, leadOf, maySee, nowhereElse, people, relationOf, seesAll, targets, type Person, type Relation, type Target } from './model.js';
import { inAThread, namesPlace, requestFor, routesOf } from './requests.js';
import { layDirectory, layRows, postNotices, protectedTables, withoutPosting, type Laid, type Table } from './rows.js';
import { textsIn } from './zip.js';

/**
 * Every operation of every room × every role × every way a place can lie to a person, made from the contracts, the reviewed
 * table and what the database says of its own tables: what is added later is covered without being named here. Timing is not
 * looked at.
 */
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const full = Boolean(process.env['PROVE']);
const share = full ? 1 : 0.09;
let state = seed;
const chance = (): number => { state = (state * 1_103_515_245 + 12_345) % 2_147_483_648; return state / 2_147_483_648; };

let database: TestDatabase;
let doors: Installation;
let installed: ReturnType<typeof shelf>;
let tables: Table[];
let laid: Laid[];
let unlaid: string[];

beforeAll(async () => {
  database = await testDatabase();
  tables = await protectedTables(database);
  installed = shelf();
  await withoutPosting(database, true);
  ({ laid, unlaid } = await layRows(database, tables, await plannedEverywhere(installed.packs)));
  await withoutPosting(database, false);
  await layDirectory(database);
  doors = await installation(database, '2023-05-10T09:00:00+08:00', installed.packs);
}, 180_000);
afterAll(async () => {
  await doors?.close();
  installed?.gone();
  await database?.drop();
});

/**
 * Where that something is there is no secret, and why; what is in it still is. Everything else must look alike.
 */
const openly: Readonly<Record<string, string>> = {
  'GET /api/v1/calendar-previews/{noticeId}': 'a holiday notice is the whole country’s; each reader is shown the lines of their own places',
  ...Object.fromEntries(['GET /api/v1/notices/{noticeId}', 'GET /api/v1/notices/{noticeId}/entries', 'POST /api/v1/notices/{noticeId}/objections', 'POST /api/v1/notices/{noticeId}/withdrawal', 'POST /api/v1/notices/{noticeId}/posting', 'POST /api/v1/notices/{noticeId}/publications',
    'POST /api/v1/objections/{objectionId}/answer', 'POST /api/v1/objections/{objectionId}/due', 'POST /api/v1/objections/{objectionId}/withdrawal'].map((operation) => [operation, 'a notice is posted for everybody to read, and that there is an objection stands beside it; the words of an objection do not'])),
  ...Object.fromEntries(['GET /api/v1/publications', 'POST /api/v1/publications/{publicationId}/withdrawal'].map((operation) => [operation, 'what has been published is public, and whose notice it was'])),
  'GET /api/v1/visit-subjects': 'an extension check may name any body of the register, and names and filings are public',
  'POST /api/v1/checks': 'names of the register are public: that a body lies elsewhere is said to an officer who names it',
};

/** An answer without what differs between two askings of the same: the id that was asked for, the number of the trouble. */
function shapeOf({ status, headers, bytes }: Answer, place: string): string {
  const text = bytes.toString('utf8').replaceAll(idOf(place), 'ID').replaceAll(place, 'PLACE').replaceAll(/"reference":"[^"]*"/g, '');
  return `${status} ${headers.filter((name) => !['date', 'content-length', 'etag'].includes(name)).join(' ')} ${text}`;
}

/** What an answer says, files opened. */
const wordsOf = ({ bytes }: Answer, route: RouteDefinition): string => (route.answersFile && bytes.subarray(0, 2).toString() === 'PK' ? textsIn(bytes) : bytes.toString('utf8'));

/** May this right reach something of this place at all? Conditions can only take away from it. */
const reaches = (person: Person, { relation }: Right, target: Target): boolean =>
  relation.includes('any') || (relation.includes('self') ? person.body === target : person.places.includes(target) || person.places.includes(leadOf[target]));

/** What an application never shows to a place, and why: what a command did is read by auditors and by the log's keeper. */
const shownToNoPlace = (name: string): boolean => name.endsWith('.command_entry');
/** Of a row whose columns name its place and nothing else of it, the place is what it is known by; it stands first. */
const placeOnly: ReadonlySet<string> = new Set(['inspection.case_serial', 'quality_control.inspection_kept']);
const reads = (person: Person): Scope => ({ ...nowhere, reading: true, ...(seesAll(person) ? { reach: 'read-all' } : person.body ? { bodies: [idOf(person.body)], located: [person.home] } : { places: person.places }) });

/** All attempts of this file. */
let tries = 0;
/** How often each relation was tried, by what was expected. */
const tried = new Map<string, number>();
const count = (relation: Relation, what: string): void => { tried.set(`${relation} ${what}`, (tried.get(`${relation} ${what}`) ?? 0) + 1); };

/** One attempt for every route × role × relation, and more for as long as the share allows. */
function* attempts(chosen: readonly RouteDefinition[]): Generator<{ route: RouteDefinition; person: Person; target: Target }> {
  for (const route of chosen) {
    for (const alike of Map.groupBy(people.flatMap((person) => targets.map((target) => ({ route, person, target }))), ({ person, target }) => `${person.role} ${relationOf(person, target)}`).values()) {
      if (chance() > share) continue;
      const first = Math.floor(chance() * alike.length);
      yield alike[first]!;
      if (full && alike.length > 1) yield alike[(first + 1 + Math.floor(chance() * (alike.length - 1))) % alike.length]!;
    }
  }
}

const twins = new Map<string, Promise<Answer>>();
/** The same question of somebody about what is nowhere. */
const twinOf = (route: RouteDefinition, person: Person): Promise<Answer> => {
  const key = `${person.account} ${operationOf(route)}`;
  const known = twins.get(key) ?? doors.ask(route, person, requestFor(route, nowhereElse));
  twins.set(key, known);
  return known;
};
const short = ({ status, bytes }: Answer): string => `${status} ${bytes.toString('utf8').slice(0, 160)}`;

describe(`rights in every room (seed ${seed})`, () => {
  it('as SQL in each application’s own role: no row of another place in any table, none changed, none seen without a scope', async () => {
    const faults: string[] = [];
    let made = 0;
    const seen = new Map<string, boolean>();
    const sources = new Map<string, DataSource>();
    for (const { schema } of tables) if (!sources.has(schema)) sources.set(schema, await database.dataSource(schema.replaceAll('_', '-'), [], { blind: true }));
    const closed = tables.filter(({ open, schema, name }) => !open && laid.some((row) => row.schema === schema && row.table === name));
    for (const { schema, name } of closed) {
      const source = sources.get(schema)!;
      const read = async (scope: Scope | null): Promise<Target[]> => {
        const ask = () => source.query<{ row: string }[]>(`select t::text as row from "${name}" t`);
        const rows = (await (scope ? within(scope, ask) : ask())).map(({ row }) => row);
        return targets.filter((target) => rows.some((row) => row.includes(idOf(target)) || row.includes(canary(target)) || (placeOnly.has(`${schema}.${name}`) && row.startsWith(`(${target},`))));
      };
      if ((await read(null)).length) faults.push(`${schema}.${name}: seen without a scope`);
      const there = targets.filter((target) => laid.some((row) => row.schema === schema && row.table === name && row.place === target));
      for (const person of people) {
        if (!full && !['province-970000', 'province-960000'].includes(person.account) && !seesAll(person) && chance() > 0.04) continue;
        const scope = reads(person);
        const shown = await read(scope);
        made += targets.length;
        if (seesAll(person) && shown.length < there.length) faults.push(`${schema}.${name} as ${person.account}: reads all, but not ${there.filter((target) => !shown.includes(target)).join(' ')}`);
        const wrong = seesAll(person) ? [] : shown.filter((target) => !(person.body ? person.body === target : person.places.includes(target) || person.places.includes(leadOf[target])));
        if (wrong.length) faults.push(`${schema}.${name} as ${person.account}: shows ${wrong.join(' ')}`);
        if (!seesAll(person) && shown.some((target) => person.places.includes(target))) seen.set(`${schema}.${name}`, true);
        for (const target of seesAll(person) ? there : targets.filter((one) => !shown.includes(one))) { // who reads everything changes nothing
          made += 1;
          const gone = await within({ ...scope, reading: false }, () => source.query<[unknown, number]>(`delete from "${name}" t where t::text like any($1)`, [[`%${idOf(target)}%`, `%${canary(target)}%`, ...(placeOnly.has(`${schema}.${name}`) ? [`(${target},%`] : [])]]).then(([, rows]) => rows, (error: Error) => (/violates foreign key/.test(error.message) ? 1 : 0))); // held by another row only: nothing else kept it
          if (gone > 0 && (seesAll(person) || !person.places.includes(target))) faults.push(`${schema}.${name} as ${person.account}: deletes rows of ${target}`);
        }
      }
    }
    const open = tables.filter((table) => table.open).map(({ schema, name }) => `${schema}.${name}`);
    const never = closed.map(({ schema, name }) => `${schema}.${name}`).filter((name) => !seen.get(name) && !shownToNoPlace(name));
    tries += made;
    console.log(`${made} attempts as SQL on ${closed.length} tables, ${faults.length} faults; open to whoever asks: ${open.join(' ') || 'none'}; never seen by a place: ${never.join(' ') || 'none'}; not laid: ${unlaid.join('; ') || 'none'}`);
    expect([faults.slice(0, 30), never]).toEqual([[], []]);
    expect(closed.length).toBeGreaterThan(25); // a table that nobody could lay is named above, not passed over
  }, 1_800_000);

  it('as SQL: what everybody may read is changed by nobody, and put up only by whose place it is', async () => {
    const faults: string[] = [];
    let made = 0;
    const source = await database.dataSource('publication', [], { blind: true });
    /** How many rows it changes; none where the database itself refuses. @throws whatever is no refusal */
    const does = (scope: Scope, sql: string, values: unknown[] = []): Promise<number> => within({ ...scope, reading: false }, () => source.query<{ n: number }[]>(`with done as (${sql} returning 1) select count(*)::int as n from done`, values).then(
      ([row]) => row!.n, (error: Error) => { if (/permission denied|row-level security/.test(error.message)) return 0; throw error; }));
    const columns = 'jurisdiction, year, institution_id, withdrawn, colour, erratum, content, credit_code, name, kind, invented, notice_id, run_id, published_on, published_at, site, address, proof_sha256, pack, pack_version, clauses';
    await withoutPosting(database, true);
    for (const person of people) {
      const scope = reads(person);
      made += 2;
      const shown = (await within(scope, () => source.query<{ jurisdiction: string }[]>('select distinct jurisdiction from colour_publication'))).map(({ jurisdiction }) => jurisdiction);
      if (targets.some((target) => !shown.includes(target))) faults.push(`${person.account}: does not see what is public`);
      if ((await within(scope, () => source.query<unknown[]>('select n from public_version'))).length !== 1) faults.push(`${person.account}: does not see the version of the public's pages`);
      for (const sql of ['update public_version set n = n + 1', 'delete from public_version', 'insert into public_version (n) values (9)']) {
        made += 1;
        if (await does(scope, sql)) faults.push(`${person.account}: ${sql}`);
      }
      for (const target of targets) {
        for (const sql of [`update colour_publication set colour = 'green' where jurisdiction = $1`, 'delete from colour_publication where jurisdiction = $1']) {
          made += 1;
          if (await does(scope, sql, [target])) faults.push(`${person.account}: ${sql} (${target})`);
        }
        made += 1;
        const own = !person.body && !seesAll(person) && person.places.includes(target);
        const added = await does(scope, `insert into colour_publication (id, revision, ${columns}) select $2, (select max(revision) from colour_publication) + 1, ${columns} from colour_publication where jurisdiction = $1 limit 1`, [target, crypto.randomUUID()]);
        if (added !== (own ? 1 : 0)) faults.push(`${person.account}: ${added ? 'publishes' : 'cannot publish'} in ${target}`);
      }
    }
    await withoutPosting(database, false);
    tries += made;
    console.log(`${made} attempts as SQL on what is public, ${faults.length} faults`);
    expect(faults.slice(0, 30)).toEqual([]);
    expect(new Set(laid.filter(({ table }) => table === 'colour_publication').map(({ place }) => place)).size).toBe(targets.length);
  }, 900_000);

  describe('over HTTP', () => {
    beforeAll(() => postNotices(database));

    it('reading: nothing of anywhere else comes out, and what is not to be known looks like what is not there', async () => {
      const faults: string[] = [];
      let made = 0;
      for (const { route, person, target } of attempts(routesOf('GET'))) {
        made += 1;
        const label = `${person.account} ${operationOf(route)} ${target} (${relationOf(person, target)})`;
        const right = rightOf(person.role, route);
        const answer = await doors.ask(route, person, requestFor(route, target));
        const words = wordsOf(answer, route);
        const foreign = targets.filter((other) => !maySee(person, other) && words.includes(canary(other)));
        if (foreign.length) faults.push(`${label}: tells of ${foreign.join(' ')}`);
        if (answer.status >= 500) faults.push(`${label}: ${short(answer)}`);
        if (!right) {
          count(relationOf(person, target), 'denied');
          if (answer.status !== 403) faults.push(`${label}: may not, but ${short(answer)}`);
          if (shapeOf(answer, target) !== shapeOf(await twinOf(route, person), nowhereElse)) faults.push(`${label}: the refusal tells what is there`);
        } else if (!reaches(person, right, target)) {
          count(relationOf(person, target), 'denied');
          if (!namesPlace(route) || openly[operationOf(route)]) continue; // what it says was looked at above
          const twin = await twinOf(route, person);
          if (shapeOf(answer, target) !== shapeOf(twin, nowhereElse)) faults.push(`${label}: looks unlike what is not there: ${short(answer)} / ${short(twin)}`);
        } else {
          count(relationOf(person, target), 'allowed');
          if (answer.status === 403) faults.push(`${label}: may, but ${short(answer)}`);
        }
      }
      tries += made;
      console.log(`${made} readings over HTTP of ${routesOf('GET').length} operations, ${faults.length} faults\n${[...tried].sort().map(([what, times]) => `${what}: ${times}`).join(', ')}`);
      expect(faults.slice(0, 30)).toEqual([]);
    }, 1_800_000);

    it('reading: what may be read is shown to somebody who may, of every operation', async () => {
      const unanswered: string[] = [];
      for (const route of routesOf('GET')) {
        const allowed = targets.flatMap((target) => people.filter(({ places, body }) => places.includes(target) || body === target).map((person) => ({ person, target, right: rightOf(person.role, route) }))).filter(({ person, target, right }) => right && reaches(person, right, target));
        const told = new Set<string>();
        for (const { person, target } of allowed) {
          const answer = await doors.ask(route, person, requestFor(route, target));
          if (answer.status === 200) { told.clear(); break; }
          told.add(short(answer).replace(/,"reference".*/, ''));
        }
        if (told.size || !allowed.length) unanswered.push(`${operationOf(route)}: ${[...told].slice(0, 3).join(' | ') || 'nobody may'}`);
      }
      expect(unanswered).toEqual([]);
    }, 600_000);

    it('searching and counting: a name of anywhere else finds what a name of nobody finds', async () => {
      const faults: string[] = [];
      let made = 0;
      const searching = routesOf('GET').filter((route) => Object.keys((z.toJSONSchema(route.query, { io: 'input', unrepresentable: 'any' }) as { properties?: object }).properties ?? {}).includes('q') && !openly[operationOf(route)]);
      for (const route of searching) for (const person of people.filter(({ role }) => rightOf(role, route))) for (const target of targets.filter((one) => !maySee(person, one))) {
        if (chance() > share) continue;
        made += 1;
        const [found, nobody] = await Promise.all([canary(target), canary(nowhereElse)].map((q) => doors.ask(route, person, requestFor(route, nowhereElse, { q }))));
        if (shapeOf(found!, nowhereElse) !== shapeOf(nobody!, nowhereElse)) faults.push(`${person.account} ${operationOf(route)} finds ${target}: ${short(found!)}`);
      }
      tries += made;
      console.log(`${made} searches over ${searching.length} operations, ${faults.length} faults`);
      expect([searching.length > 1, faults.slice(0, 30)]).toEqual([true, []]);
    }, 900_000);

    it('commands: what is not allowed changes nothing and says no more than of what is not there', async () => {
      const faults: string[] = [];
      let made = 0;
      let denied = 0;
      const permitted: { route: RouteDefinition; person: Person; target: Target; right: Right }[] = [];
      const before = await rowsAll();
      for (const { route, person, target } of attempts(routesOf('other'))) {
        const right = rightOf(person.role, route);
        const label = `${person.account} ${operationOf(route)} ${target} (${relationOf(person, target)})`;
        made += 1;
        if (right && (!namesPlace(route) || reaches(person, right, target))) {
          permitted.push({ route, person, target, right });
          continue;
        }
        denied += 1;
        count(relationOf(person, target), 'denied');
        const answer = await doors.ask(route, person, requestFor(route, target));
        if (answer.status < 400 || answer.status >= 500 || (!right && answer.status !== 403)) faults.push(`${label}: may not, but ${short(answer)}`);
        if (openly[operationOf(route)]) continue;
        if (targets.some((other) => !maySee(person, other) && answer.bytes.includes(canary(other)))) faults.push(`${label}: the refusal tells of what is there`);
        if (shapeOf(answer, target) !== shapeOf(await twinOf(route, person), nowhereElse)) faults.push(`${label}: looks unlike what is not there: ${short(answer)} / ${short(await twinOf(route, person))}`);
      }
      const after = await rowsAll();
      for (const { route, person, target, right } of permitted) {
        count(relationOf(person, target), 'allowed');
        const answer = await doors.ask(route, person, requestFor(route, target));
        if (answer.status >= 500 && !inAThread.has(operationOf(route))) faults.push(`${person.account} ${operationOf(route)} ${target}: ${short(answer)}`);
        if (answer.status === 403 && right.condition.length === 0) faults.push(`${person.account} ${operationOf(route)} ${target}: may, but ${short(answer)}`);
      }
      if (after !== before) faults.push(`what was not allowed changed something: ${before} / ${after}`);
      tries += made;
      console.log(`${made} commands over HTTP of ${routesOf('other').length} operations (${denied} denied), ${faults.length} faults`);
      expect(faults.slice(0, 30)).toEqual([]);
    }, 1_800_000);

    it('and these are as many as were promised', () => expect(tries).toBeGreaterThanOrEqual(full ? 20_000 : 2_000));

    /** How many rows there are, facts and entries included. */
    async function rowsAll(): Promise<string> {
      const named = [...tables.map(({ schema, name }) => `"${schema}"."${name}"`), ...['qualification', 'quality_control', 'inspection', 'publication', 'gateway'].map((schema) => `"${schema}".outbox`), 'gateway.person', 'gateway.appointment', 'gateway.agency'].filter((name) => !/command_entry|audit_entry|handled/.test(name));
      const [row] = await database.query<{ n: string }>('gateway', `select string_agg(n::text, ' ') as n from (${named.map((name, at) => `select ${at} as ord, (select count(*) from ${name}) as n`).join(' union all ')}) counts`);
      return row!.n;
    }
  });
});
