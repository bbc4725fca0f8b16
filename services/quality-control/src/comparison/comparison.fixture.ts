import { fileURLToPath } from 'node:url';
import { institutionRegistered, type InstitutionRef } from '@zhijian/contracts/facts';
import { qualityControl as http, type AnswerOf } from '@zhijian/contracts/http';
import { Packs, creditCodeOf } from '@zhijian/policy';
import { aFact, aPrincipal, testDatabase, testRoom, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { room as description } from '../room.js';

/** An invented city with two counties, and the comparison its invented plan lays down. */
export const city = '990100';
export const counties = ['990101', '990102'] as const;
const everywhereHere = [city, ...counties].map((code) => ({ code }));
export const centre = { ...aPrincipal('quality-centre', city, undefined, 'zhikong'), places: everywhereHere };
export const officer = { ...aPrincipal('city', city, undefined, 'shi'), places: everywhereHere };
export const expert = { ...aPrincipal('expert', city, undefined, 'zhuanjia'), places: everywhereHere };
export const countyOfficer = aPrincipal('county', counties[0], undefined, 'xian');
export const stranger = aPrincipal('quality-centre', '880100', undefined, 'other');
/** A person of an institution, registered in the first county. */
export const bodyOf = (institutionId: string, home: string = counties[0]) => aPrincipal('institution', home, institutionId, `person-${institutionId}`);

export type Place = TestRoom & { database: TestDatabase; finish(): Promise<void> };
let made = 0;

/** The room on the tenth of April, before the round. */
export async function aPlace(at = '2024-04-10T09:00:00+08:00'): Promise<Place> {
  const database = await testDatabase();
  const shelf = new Packs([fileURLToPath(new URL('packs.fixture', import.meta.url))]);
  const room = await testRoom(description, { database, at, packs: shelf });
  for (const code of [city, ...counties]) await database.query('quality_control', 'insert into jurisdiction_closure_ref (ancestor, descendant, from_on) values ($1, $2, $3)', [city, code, '2000-01-01']);
  return { ...room, database, finish: async () => { try { await room.stop(); } finally { await database.drop(); } } };
}

/** An invented body of occupational health services in the first county, when nothing else is said. */
export async function aLaboratory(room: TestRoom, more: Partial<InstitutionRef> = {}): Promise<string> {
  made += 1;
  const data: InstitutionRef = {
    institutionId: `lab-${String(made).padStart(3, '0')}`, creditCode: creditCodeOf(`91990101${String(made).padStart(9, '0')}`), name: `示例职业卫生技术服务机构 ${String(made).padStart(2, '0')}`, kind: 'occupational-health-service', jurisdiction: counties[0],
    address: `示例路${made}号`, contactPost: null, invented: true, filing: { number: null, filedOn: '2020-05-06', filedIn: city, categories: [], items: [], outreach: false, closedOn: null }, revision: 1, ...more,
  };
  await room.hear(aFact(institutionRegistered, data.institutionId, data, { jurisdiction: data.jurisdiction }));
  return data.institutionId;
}

export type Round = AnswerOf<typeof http.getComparison>;
export const planned = { pack: 'testland/comparison-2024', scheme: 'occupational', year: 2024, jurisdiction: city, title: '2024年职业卫生检测能力比对', submitBy: '2024-06-28' };
export const plan = (room: TestRoom, more: Record<string, unknown> = {}, as = centre) => room.call(http.planComparison, { as, body: { ...planned, ...more } });
export const fixed = [{ measurand: 'lead', value: '10.00' }];
export const open = (room: TestRoom, roundId: string, values: unknown = fixed) => room.call(http.openComparison, { as: centre, params: { roundId }, body: { fixed: values } });

/** A round under way in which these take part. */
export async function anOpenRound(room: TestRoom): Promise<Round> {
  const { status, body, problem } = await plan(room);
  if (status !== 201) throw new Error(JSON.stringify(problem));
  const opened = await open(room, body.roundId);
  if (opened.status !== 201) throw new Error(JSON.stringify(opened.problem));
  return opened.body;
}

export const results = (lead = '10.00', benzene = '2.00', fluoride = '1.000') => [{ measurand: 'lead', value: lead }, { measurand: 'benzene', value: benzene }, { measurand: 'fluoride', value: fluoride, uncertainty: '0.04' }];
export const submit = (room: TestRoom, roundId: string, institutionId: string, sent: unknown = results(), as = bodyOf(institutionId)) =>
  room.call(http.submitComparison, { as, params: { roundId, institutionId }, body: { results: sent } });
export const codeOf = async (room: TestRoom, roundId: string, institutionId: string): Promise<string> =>
  (await room.call(http.getComparisonParticipant, { as: bodyOf(institutionId), params: { roundId, institutionId } })).body.participant.code!;
export const evaluate = (room: TestRoom, roundId: string, setAside: unknown[] = []) => room.call(http.fixComparison, { as: centre, params: { roundId }, body: { setAside } });
