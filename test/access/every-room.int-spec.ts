import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operationOf, rightOf, type Right } from '@zhijian/access';
import type { RouteDefinition } from '@zhijian/contracts/http';
import { everywhere, nowhere, within, type Scope } from '@zhijian/persistence';
import { testDatabase, type TestDatabase } from '@zhijian/testing';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { plannedEverywhere, shelf } from './documents.js';
import { installation, type Answer, type Installation } from './installation.js';
import { canary, idOf, leadOf, maySee, nowhereElse, people, relationOf, seesAll, targets, type Person, type Relation, type Target } from './model.js';
import { may, openTable, shownToNobody } from './open-tables.js';
import { inAThread, namesPlace, requestFor, routesOf } from './requests.js';
import { followPublications, layDirectory, layRows, postNotices, protectedTables, withoutPosting, type Laid, type Table } from './rows.js';
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

  it('as SQL: what everybody may read is changed by nobody but whose it is, removed by nobody, put up only by whose place it is', async () => {
    const faults: string[] = [];
    const found: string[] = [];
    let made = 0;
    const sources = new Map<string, DataSource>();
    await withoutPosting(database, true);
    for (const table of tables.filter(({ open }) => open)) {
      const { schema, name } = table;
      if (!sources.has(schema)) sources.set(schema, await database.dataSource(schema.replaceAll('_', '-'), [], { blind: true }));
      const { rows, seen, adds, changes, removes } = await openTable(database, sources.get(schema)!, table);
      found.push(`${schema}.${name} (${rows.length})`);
      const unlike = rows.length === 1 && rows[0]!.place === null ? [] : targets.filter((target) => !rows.some(({ place }) => place === target));
      if (!rows.length || unlike.length) faults.push(`${schema}.${name}: nothing laid in ${unlike.join(' ') || 'it'}`);
      for (const row of rows) if (row.place && !(await adds(everywhere, row))) faults.push(`${schema}.${name}: not even a machine adds a row in ${row.place}, so that nothing is shown by refusing people`);
      for (const person of people) {
        const scope = reads(person);
        const [own, others] = [rows.filter((row) => may('changes', table, person, row)), rows.filter((row) => !may('changes', table, person, row))];
        const said = (what: string, ok: boolean): void => { made += 1; if (!ok) faults.push(`${schema}.${name} as ${person.account}: ${what}`); };
        said('does not see what is public, or sees what is not', (await seen(scope)) === (shownToNobody.has(`${schema}.${name}`) && !seesAll(person) ? 0 : rows.length));
        said('changes rows of others', (await changes(scope, others)) === 0);
        if (own.length) said('cannot change its own', (await changes(scope, own)) === own.length);
        said('removes rows', (await removes(scope, rows)) === 0);
        for (const row of rows) said(`${may('adds', table, person, row) ? 'cannot add' : 'adds'} a row of ${row.place ?? 'all'}`, (await adds(scope, row)) === may('adds', table, person, row));
      }
    }
    await withoutPosting(database, false);
    tries += made;
    console.log(`${made} attempts as SQL on ${found.length} tables that everybody may read: ${found.join(' ')}; ${faults.length} faults`);
    expect(faults.slice(0, 30)).toEqual([]);
    expect(found.length).toBeGreaterThan(9);
  }, 900_000);

  describe('over HTTP', () => {
    beforeAll(async () => {
      await followPublications(database);
      await postNotices(database);
    });

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
