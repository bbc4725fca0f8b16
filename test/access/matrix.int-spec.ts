import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rightOf, type Right } from '@zhijian/access';
import { gateway, inspection as http, type RouteDefinition } from '@zhijian/contracts/http';
import { inspectionRoom } from '@zhijian/inspection';
import { nowhere, within, type Scope } from '@zhijian/persistence';
import { testDatabase, testRoom, type TestDatabase, type TestRoom } from '@zhijian/testing';
import type { DataSource } from 'typeorm';
import { canary, id, lay, leadOf, levelOf, people, units, type Person, type Unit } from './world.js';

/** Wrongly allowed and wrongly denied over HTTP and as SQL; every attempt in `npm run prove -- access`, a sample of them in `npm test`. */
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const share = process.env['PROVE'] ? 1 : 0.1;

let database: TestDatabase;
let room: TestRoom;
let blind: DataSource;

beforeAll(async () => {
  database = await testDatabase();
  await lay(database);
  room = await testRoom(inspectionRoom, { database, at: '2023-05-10T09:00:00+08:00' });
  blind = await database.dataSource('inspection', [], { blind: true });
}, 120_000);
afterAll(async () => {
  await room?.app.close();
  await database?.drop();
});

let state = seed;
const chance = (): number => { state = (state * 1_103_515_245 + 12_345) % 2_147_483_648; return state / 2_147_483_648; };

const placesOf = ({ principal }: Person): string[] => principal.places.map(({ code }) => code);
/** The units of which somebody sees rows, by the model alone. */
const sees = (person: Person, right: Right): Unit[] => {
  if (right.relation.includes('any')) return [...units];
  if (right.relation.includes('self')) return units.filter((unit) => person.ofBody && person.home === unit);
  return units.filter((unit) => placesOf(person).includes(unit));
};
const concerned = (person: Person, right: Right, unit: Unit): boolean =>
  right.relation.includes('any') || units.some((other) => leadOf[other] === leadOf[unit] && placesOf(person).includes(other)) || placesOf(person).includes(leadOf[unit]);

interface Attempt { route: RouteDefinition; of: 'unit' | 'campaign' | 'list' | 'own'; params?: (unit: Unit) => object; query?: (unit: Unit) => Record<string, string> }
const inCampaign = (unit: Unit) => ({ campaignId: id('camp', leadOf[unit]) });
/** A route whatever its schemas are. */
const loose = (route: object): RouteDefinition => route as RouteDefinition;
const reads: Attempt[] = [
  { route: loose(http.listCampaigns), of: 'list' },
  { route: loose(gateway.listClocks), of: 'list', query: () => ({ from: '2023-01-01', to: '2023-12-31' }) },
  ...[http.getCampaign, http.getOverview, http.listAmendments, http.listTargets, http.listMeasures, http.listVisits, http.listCases, http.listDutyRecords].map((route): Attempt => ({ route: loose(route), of: 'campaign', params: inCampaign })),
  { route: loose(http.listSelfChecks), of: 'campaign', params: inCampaign },
  { route: loose(http.listObligations), of: 'campaign', params: inCampaign },
  { route: loose(http.listObligations), of: 'own', params: inCampaign, query: (unit) => ({ institutionId: id('body', unit) }) },
  { route: loose(http.getUnit), of: 'unit', params: (unit) => ({ ...inCampaign(unit), unit }) },
  { route: loose(http.listMoments), of: 'unit', params: (unit) => ({ ...inCampaign(unit), unit }) },
  { route: loose(http.getForm), of: 'unit', params: (unit) => ({ ...inCampaign(unit), unit, form: 'HZ-F1' }) },
  { route: loose(http.getInstitutionInCampaign), of: 'unit', params: (unit) => ({ ...inCampaign(unit), institutionId: id('body', unit) }) },
  { route: loose(http.getVisit), of: 'unit', params: (unit) => ({ visitId: id('visit', unit) }) },
  { route: loose(http.getDraw), of: 'unit', params: (unit) => ({ drawId: id('draw', unit) }) },
  { route: loose(http.getSelfCheck), of: 'unit', params: (unit) => ({ selfCheckId: id('self', unit) }) },
];

/** What the model says of a reading: refused, not found, or answered. An institution's lists of others are not found. */
function expected(person: Person, right: Right | undefined, { of }: Attempt, unit: Unit): number | 'answered' {
  if (!right) return 403;
  if (of === 'list') return 'answered';
  const own = sees(person, right).includes(unit);
  if (of === 'unit') return own ? 'answered' : 404;
  if (of === 'own') return person.ofBody ? (own ? 'answered' : 404) : concerned(person, right, unit) ? 'answered' : 404;
  return concerned(person, right, unit) ? 'answered' : 404;
}

describe(`the matrix of rights (seed ${seed})`, () => {
  it('over HTTP: everybody reads what the table and the model of the world say, and no answer holds a word of anywhere else', async () => {
    const faults: string[] = [];
    let attempts = 0;
    for (const person of people()) for (const attempt of reads) for (const unit of units) {
      if (chance() > share) continue;
      attempts += 1;
      const right = rightOf(person.principal.role, attempt.route);
      const want = expected(person, right, attempt, unit);
      const answer = await room.call(attempt.route, { as: person.principal, params: (attempt.params?.(unit) ?? {}), query: { ...attempt.query?.(unit) } });
      const label = `${person.principal.id} ${attempt.route.method} ${attempt.route.path} ${unit}`;
      // An institution asks for obligations with its own id; without it there is nothing to be found.
      const bare = attempt.route.path.endsWith('/obligations') && attempt.of === 'campaign' && person.ofBody;
      // What lists parts of a campaign says nothing rather than that there is no such campaign.
      const nothing = attempt.of !== 'unit' && want === 404 && answer.status === 200 && (answer.body as { items?: unknown[] }).items?.length === 0;
      if (bare ? answer.status !== 404 : nothing ? false : want === 'answered' ? answer.status !== 200 : answer.status !== want) faults.push(`${label}: ${want}, but ${answer.status} ${answer.problem?.code ?? ''}`);
      const visible = right ? sees(person, right) : [];
      const foreign = units.filter((other) => !visible.includes(other) && !(person.ofBody && person.home === other) && answer.bytes.includes(canary(other)));
      if (foreign.length) faults.push(`${label}: tells of ${foreign.join(' ')}`);
    }
    console.log(`${attempts} readings over HTTP, ${faults.length} faults`);
    expect(faults.slice(0, 30)).toEqual([]);
  }, 900_000);

  it('over HTTP: only whom the table and the duty’s agency allow comes to the work itself', async () => {
    const faults: string[] = [];
    let attempts = 0;
    for (const person of people()) for (const attempt of writes) for (const unit of units) {
      if (chance() > share) continue;
      attempts += 1;
      const right = rightOf(person.principal.role, attempt.route);
      const may = right !== undefined && attempt.may(person, unit);
      const answer = await room.call(attempt.route, { as: person.principal, params: attempt.params(unit), body: (attempt.body?.(unit) ?? {}), ifMatch: 77 });
      const code = answer.problem?.code ?? '';
      const denied = !right ? answer.status === 403 : answer.status === 404 || /foreign|agency-other|agency-elsewhere|not-in-campaign|not-notified|behalf-unstated/.test(code);
      if (answer.status >= 500 || answer.status === 400 || (may ? denied || answer.status === 403 : !denied)) faults.push(`${person.principal.id} ${attempt.route.method} ${attempt.route.path} ${unit}: ${may ? 'may' : 'may not'}, but ${answer.status} ${code}`);
      const foreign = units.filter((other) => other !== unit && !placesOf(person).includes(other) && answer.bytes.includes(canary(other)));
      if (foreign.length) faults.push(`${person.principal.id} ${attempt.route.path}: tells of ${foreign.join(' ')}`);
    }
    console.log(`${attempts} commands over HTTP, ${faults.length} faults`);
    expect(faults.slice(0, 30)).toEqual([]);
  }, 900_000);

  it('as SQL in the application’s own role: each table shows in each scope the rows of its places and no other, and none without a scope', async () => {
    const faults: string[] = [];
    let attempts = 0;
    const tables = Object.fromEntries<{ unit: string; bodies: boolean }>([
      ...['roster', 'obligation_entry', 'reminder', 'finding', 'case_file', 'form_version', 'measure_entry', 'sample_member', 'flag'].map((name): [string, { unit: string; bodies: boolean }] => [name, { unit: 'unit', bodies: false }]),
      ...['roster_member', 'obligation', 'notification', 'self_check', 'visit', 'duty_record'].map((name): [string, { unit: string; bodies: boolean }] => [name, { unit: 'unit', bodies: true }]),
      ['draw', { unit: '(select v.unit from visit v where v.id = visit_id)', bodies: true }], ['certificate', { unit: 'jurisdiction', bodies: true }],
    ]);
    const read = async (scope: Scope | null, table: string, unit: string): Promise<string[]> => {
      const ask = () => blind.query<{ unit: string }[]>(`select ${unit} as unit from ${table} order by 1`);
      return (await (scope ? within(scope, ask) : ask())).map((row) => row.unit);
    };
    for (const [table, { unit, bodies }] of Object.entries(tables)) {
      if ((await read(null, table, unit)).length) faults.push(`${table} without a scope`);
      for (const person of people()) {
        const scope: Scope = person.ofBody ? { ...nowhere, bodies: [id('body', person.home)], located: [person.home] } : { ...nowhere, places: placesOf(person) };
        const want = units.filter((one) => (person.ofBody ? bodies && person.home === one : placesOf(person).includes(one))).sort();
        const seen = await read(scope, table, unit);
        attempts += units.length;
        if (JSON.stringify(seen) !== JSON.stringify(want)) faults.push(`${table} as ${person.principal.id}: ${seen.join(' ')} instead of ${want.join(' ')}`);
        if (seen.length === units.length) continue;
        for (const other of units.filter((one) => !want.includes(one))) {
          attempts += 1;
          const changed = await within(scope, () => blind.query<[unknown, number]>(`delete from ${table} where ${unit} = $1`, [other]).then(([, count]) => count, (error: Error) => (/permission denied/.test(error.message) ? 0 : -1)));
          if (changed !== 0) faults.push(`${table} as ${person.principal.id}: deletes rows of ${other}`);
        }
      }
    }
    console.log(`${attempts} attempts as SQL, ${faults.length} faults`);
    expect(faults.slice(0, 30)).toEqual([]);
  }, 900_000);
});

interface Command { route: RouteDefinition; params: (unit: Unit) => object; body?: (unit: Unit) => object; may: (person: Person, unit: Unit) => boolean }
const highest = (person: Person): string => (['province', 'city', 'county'] as const).find((level) => placesOf(person).some((code) => levelOf(code) === level)) ?? 'county';
/** Inspectors and approvers stand for the agency of their own level; everybody else for what they are. */
const standing = (person: Person): string => (['inspector', 'approver'].includes(person.principal.role) ? highest(person) : person.principal.role);
const ofAgency = (person: Person, unit: Unit): boolean => standing(person) === 'county' && placesOf(person).includes(unit);
const orLeading = (person: Person, unit: Unit): boolean => ofAgency(person, unit) || (standing(person) === 'city' && placesOf(person).includes(unit));
const inVisit = (unit: Unit) => ({ visitId: id('visit', unit) });
const itself = (person: Person, unit: Unit): boolean => person.ofBody && person.home === unit;
const writes: Command[] = [
  { route: http.openVisit, params: inCampaign, body: (unit: Unit) => ({ unit, kind: 'site-check', institutionId: id('body', unit), visitOn: '2029-01-01', inspectors: ['甲', '乙'] }), may: ofAgency },
  { route: http.listArchives, params: inVisit, body: () => ({ archives: ['a'] }), may: ofAgency },
  { route: http.drawArchives, params: inVisit, body: () => ({ size: 1 }), may: ofAgency },
  { route: http.recordVisit, params: inVisit, body: () => ({ verifications: [], findings: [] }), may: ofAgency },
  { route: http.decideCase, params: (unit: Unit) => ({ caseId: id('case', unit) }), body: () => ({ decidedOn: '2023-05-09', sanctions: [{ kind: 'warning' }] }), may: orLeading },
  { route: http.recordPenalty, params: (unit: Unit) => ({ caseId: id('case', unit) }), body: () => ({ number: '一号', authority: '示例机关', basis: '示例条款', influential: false, reason: '测试' }), may: orLeading },
  { route: http.changePenalty, params: (unit: Unit) => ({ caseId: id('case', unit) }), body: () => ({ number: '三号', authority: '示例机关', basis: '示例条款', influential: false, reason: '测试', decidedOn: '2023-05-09', sanctions: [{ kind: 'warning' }] }), may: orLeading },
  { route: http.withdrawPenalty, params: (unit: Unit) => ({ caseId: id('case', unit) }), body: () => ({ ground: 'annulled', changedOn: '2023-05-09', document: '二号', reason: '测试' }), may: orLeading },
  { route: http.returnSelfCheck, params: (unit: Unit) => ({ selfCheckId: id('self', unit) }), body: () => ({ reasons: ['缺页'] }), may: orLeading },
  { route: http.acceptSelfCheck, params: (unit: Unit) => ({ selfCheckId: id('self', unit) }), body: () => ({}), may: orLeading },
  { route: http.submitSelfCheck, params: inCampaign, body: (unit: Unit) => ({ institutionId: id('body', unit), items: [], noProblems: false, sealedBy: '办公室', onBehalf: null }), may: itself },
  { route: http.notifyInstitutions, params: (unit: Unit) => ({ ...inCampaign(unit), unit }), body: () => ({ means: 'message', on: '2029-01-01', institutions: 'all' }), may: ofAgency },
  { route: http.remindNow, params: (unit: Unit) => ({ ...inCampaign(unit), unit }), body: () => ({ duty: 'local-plan' }), may: orLeading },
  { route: http.filePlan, params: (unit: Unit) => ({ ...inCampaign(unit), unit }), body: () => ({ text: '方案' }), may: ofAgency },
  { route: http.amendCampaign, params: inCampaign, body: () => ({ kind: 'resume', reason: '测试' }), may: (person: Person, unit: Unit) => placesOf(person).includes(leadOf[unit]) },
].map((command) => command as unknown as Command);
