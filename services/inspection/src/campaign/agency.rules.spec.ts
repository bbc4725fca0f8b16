import { describe, expect, it } from '@jest/globals';
import { localDate } from '@zhijian/calendar';
import { aPrincipal } from '@zhijian/testing';
import { actingRefused, agencySentences, doingRefused, levelOf, seatOf, type Ground } from './agency.rules.js';

const agencies = {
  district: { name: '区监督所', level: 'unit' }, team: { name: '市执法队', level: 'city' }, bureau: { name: '省局', level: 'province' },
  body: { name: '机构', level: 'institution' }, cityBureau: { name: '市局', level: 'city' }, other: { name: '指定的市局', level: 'city', jurisdiction: '990800' },
};
/** A city's campaign over districts, and a province's over cities. */
const ofCity: Ground = { agencies, jurisdiction: '990100', unit: '990102', on: localDate('2030-05-01') };
const ofProvince: Ground = { agencies, jurisdiction: '990000', unit: '990300', on: localDate('2030-05-01') };
const refusal = (role: Parameters<typeof aPrincipal>[0], place: string, agency: string | null, ground: Ground, orAbove = false) =>
  actingRefused(aPrincipal(role, place), agency, ground, ['TEST-2030-01'], { foreign: 'agency-elsewhere', orAbove })?.code ?? 'may';

it.each([['990000', 'province'], ['990300', 'city'], ['990302', 'county']] as const)('%s, which no tree knows, is a %s by its code', (code, level) => expect(levelOf(code)).toBe(level));
it.each([['990000', 'city', 'city'], ['990300', 'county', 'county'], ['990302', 'city', 'city'], ['jiangbei', 'area', 'county']] as const)('%s, a %s in the tree, is administered as a %s', (code, level, rank) => expect(levelOf(code, { [code]: level })).toBe(rank));

describe('the seat of an agency', () => {
  it.each<[string, string | null, Ground, string, string]>([
    ['of the unit, a district', 'district', ofCity, 'county', '990102'],
    ['of the unit, a city', 'district', ofProvince, 'city', '990300'],
    ['of the unit, for the whole campaign', 'district', { ...ofCity, unit: '*' }, 'city', '990100'],
    ['of the city that leads the campaign', 'team', ofCity, 'city', '990100'],
    ['of the city that is the unit', 'cityBureau', ofProvince, 'city', '990300'],
    ['of the province', 'bureau', ofProvince, 'province', '990000'],
    ['with a place of its own', 'other', ofProvince, 'city', '990800'],
    ['nobody knows: the unit’s own', 'unheard-of', ofCity, 'county', '990102'],
    ['not named: the unit’s own', null, ofProvince, 'city', '990300'],
    ['of the unit, an area without a code', 'district', { ...ofCity, unit: 'jiangbei', levels: { jiangbei: 'area' } }, 'county', 'jiangbei'],
    ['of the unit, a county that is administered as a city', 'district', { ...ofCity, unit: '990182', levels: { '990182': 'city' } }, 'city', '990182'],
  ])('%s', (_, agency, ground, role, place) => expect(seatOf(agency, ground)).toMatchObject({ role, place }));
});

describe('who may act', () => {
  it.each<[string, Parameters<typeof refusal>, string]>([
    ['the agency’s own people', ['county', '990102', 'district', ofCity], 'may'],
    ['those of another district', ['county', '990103', 'district', ofCity], 'agency-elsewhere'],
    ['the city above, where it may', ['city', '990100', 'district', ofCity, true], 'may'],
    ['another city', ['city', '990200', 'district', ofCity, true], 'agency-elsewhere'],
    ['the city above, where only the district may', ['city', '990100', 'district', ofCity], 'agency-other'],
    ['the province, which leads no city’s campaign', ['province', '990000', 'district', ofCity, true], 'agency-other'],
    ['the province in its own campaign', ['province', '990000', 'bureau', ofProvince], 'may'],
    ['another province', ['province', '980000', 'bureau', ofProvince], 'agency-elsewhere'],
    ['the city that only gets a copy', ['city', '990300', 'bureau', ofProvince, true], 'agency-other'],
    ['an institution', ['institution', '990300', 'bureau', ofProvince, true], 'agency-other'],
    ['an auditor', ['auditor', '990300', 'bureau', ofProvince, true], 'agency-other'],
  ])('%s', (_, given, code) => expect(refusal(...given)).toBe(code));

  it('an inspector acts for the agency of the level at which the tree has their place', () => {
    const there = (level: 'city' | 'county'): string => actingRefused({ ...aPrincipal('inspector', '990182'), places: [{ code: '990182', level }] }, 'district', { ...ofCity, unit: '990182', levels: { '990182': level } }, [], { foreign: 'agency-elsewhere' })?.code ?? 'may';
    expect([there('city'), there('county')]).toEqual(['may', 'may']);
  });

  it('a refusal names the agency and the clauses', () => {
    expect(actingRefused(aPrincipal('county', '990102'), 'bureau', ofProvince, ['TEST-2030-01'], { foreign: 'agency-elsewhere' })).toMatchObject({ ok: false, code: 'agency-other', clauses: ['TEST-2030-01'], facts: { agency: '省局' } });
  });
});

it('a duty done jointly is done by any of its agencies, and by no other', () => {
  const duty = { actor: 'district', jointly: ['cityBureau'] };
  const asks = (role: Parameters<typeof aPrincipal>[0], place: string) => doingRefused(aPrincipal(role, place), duty, ofCity, ['TEST-2030-01'], { foreign: 'agency-elsewhere' })?.code ?? 'may';
  expect([asks('county', '990102'), asks('city', '990100'), asks('province', '990000'), asks('county', '990103')]).toEqual(['may', 'may', 'agency-other', 'agency-elsewhere']);
});

describe('an agency with dates of its own', () => {
  const dated = {
    district: { name: '区监督所', level: 'unit', to: localDate('2030-06-30'), replacedBy: 'team' }, team: { name: '市执法队', level: 'city', from: localDate('2030-07-01') },
    closed: { name: '撤销的科室', level: 'unit', to: localDate('2030-06-30') }, later: { name: '筹建的中心', level: 'unit', from: localDate('2030-09-01') },
    between: { name: '合并前的中心', level: 'unit', to: localDate('2030-06-30'), replacedBy: 'later' },
  };
  const ground = (on: string): Ground => ({ agencies: dated, jurisdiction: '990100', unit: '990102', on: localDate(on) });
  const asks = (role: Parameters<typeof aPrincipal>[0], place: string, agency: string, on: string, orAbove = false) => actingRefused(aPrincipal(role, place), agency, ground(on), ['TEST-2030-01'], { foreign: 'agency-elsewhere', orAbove });
  const said = (refused: ReturnType<typeof asks>) => refused && agencySentences[refused.code as keyof typeof agencySentences].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(refused.facts[name]));

  it('acts to its last day; from the next its people are told that it has ended and who acts now, whose people may', () => {
    expect(asks('county', '990102', 'district', '2030-06-30')).toBeNull();
    expect(asks('city', '990100', 'district', '2030-06-30')).toMatchObject({ code: 'agency-other' });
    const ended = asks('county', '990102', 'district', '2030-07-01');
    expect(ended).toMatchObject({ ok: false, code: 'agency-replaced', clauses: ['TEST-2030-01'] });
    expect(said(ended)).toBe('区监督所的职责已于 2030-06-30 结束，这项工作现由市执法队办理');
    expect(asks('city', '990100', 'district', '2030-07-01')).toBeNull();
    expect(seatOf('district', ground('2030-07-01'))).toEqual({ role: 'city', place: '990100', name: '市执法队' });
  });

  it('strangers are sent to whoever acts now, not to whoever has ended', () => {
    expect(asks('county', '990103', 'district', '2030-07-01')).toMatchObject({ code: 'agency-other', facts: { agency: '市执法队' } });
    expect(asks('city', '990200', 'district', '2030-07-01')).toMatchObject({ code: 'agency-elsewhere', facts: { agency: '市执法队' } });
  });

  it.each([
    ['closed', '2030-07-01', '撤销的科室的职责已于 2030-06-30 结束，政策文件没有写明由哪个机关接替，目前没有办理机关'],
    ['later', '2030-08-31', '这项工作由筹建的中心办理，该机关自 2030-09-01 起履行职责'],
    ['between', '2030-08-31', '合并前的中心的职责已于 2030-06-30 结束，筹建的中心自 2030-09-01 起接替，目前没有办理机关'],
  ])('where nobody acts (%s) its former people are refused with the reason; the authority above may, where it may at all', (agency, on, words) => {
    expect(said(asks('county', '990102', agency, on))).toBe(words);
    expect(asks('city', '990100', agency, on, true)).toBeNull();
    expect(said(asks('city', '990200', agency, on, true))).toBe(words);
  });

  it('that does a duty jointly may do it only while it acts', () => {
    const duty = { actor: 'team', jointly: ['district'] };
    const may = (on: string) => doingRefused(aPrincipal('county', '990102'), duty, ground(on), [], { foreign: 'agency-elsewhere' })?.code ?? 'may';
    expect([may('2030-06-30'), may('2030-07-01')]).toEqual(['may', 'agency-other']);
  });
});
