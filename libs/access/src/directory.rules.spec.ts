import { describe, expect, it } from '@jest/globals';
import { approversFor, type Approver } from './approval.rules.js';
import { Areas, principalOn, type AppointmentHeld, type Edge, type Standing } from './directory.rules.js';
import { lately } from './step-up.rules.js';

/** 990000 province › 990100, 990200 cities; the district 990108 moved from the first to the second on 2024-07-01; 990109 was merged into 990108 then; 江北新区 has no code. */
const edges: Edge[] = [
  { child: '990100', parent: '990000', from: '2000-01-01', to: null }, { child: '990200', parent: '990000', from: '2000-01-01', to: null },
  { child: '990108', parent: '990100', from: '2000-01-01', to: '2024-06-30' }, { child: '990108', parent: '990200', from: '2024-07-01', to: null },
  { child: '990109', parent: '990100', from: '2000-01-01', to: '2024-06-30' }, { child: '990109', parent: '990108', from: '2024-07-01', to: null },
  { child: 'jiangbei', parent: '990200', from: '2015-01-01', to: null },
];
const areas = new Areas(edges, new Map([['990108', '东江区'], ['jiangbei', '江北新区']]));
const held = (role: AppointmentHeld['role'], jurisdiction: string, more: Partial<AppointmentHeld> = {}): AppointmentHeld =>
  ({ id: `${role} ${jurisdiction}`, role, jurisdiction, agency: null, institutionId: null, institutionName: null, from: '2020-01-01', to: null, ended: false, ...more });
const standing = (...appointments: AppointmentHeld[]): Standing => ({ personId: 'p', disabled: false, appointments });
const on = (day: string, who: Standing, token: { role?: AppointmentHeld['role']; places?: { code: string; institutionId?: string }[] } = {}) =>
  principalOn(day, { id: 'a', name: '某', places: [], ...token }, who, areas);
const codes = (found: ReturnType<typeof on>) => (found.ok ? found.principal.places.map(({ code }) => code).sort() : found.code);

describe('where somebody may act', () => {
  it('is their own place and what belongs to it that day; a moved area changes hands on its day', () => {
    const city = standing(held('city', '990100'));
    expect(codes(on('2024-06-30', city))).toEqual(['990100', '990108', '990109']);
    expect(codes(on('2024-07-01', city))).toEqual(['990100']);
    expect(codes(on('2024-07-01', standing(held('city', '990200'))))).toEqual(['990108', '990109', '990200', 'jiangbei']);
  });

  it('was elsewhere before: former places are told apart from those of today', () => {
    const found = on('2024-07-01', standing(held('city', '990100')));
    expect(found.ok && found.principal.formerPlaces?.map(({ code }) => code).sort()).toEqual(['990108', '990109']);
    const moved = on('2024-07-01', standing(held('county', '990100', { id: 'old', to: '2022-12-31' }), held('county', '990200', { id: 'new', from: '2023-01-01' })));
    expect(codes(moved)).toEqual(['990108', '990109', '990200', 'jiangbei']);
    expect(moved.ok && moved.principal.formerPlaces?.map(({ code }) => code)).toEqual(['990100']);
  });

  it('is never derived from a code: an area without one belongs where the tree says', () => {
    expect(codes(on('2025-01-01', standing(held('inspector', 'jiangbei'))))).toEqual(['jiangbei']);
    expect(codes(on('2025-01-01', standing(held('city', '990200'))))).toContain('jiangbei');
  });

  it('ends with the appointment: before its first day, after its last, and at once when it was ended', () => {
    const county = (more: Partial<AppointmentHeld>) => codes(on('2024-08-01', standing(held('county', '990108', more))));
    expect([county({ from: '2024-08-02' }), county({ to: '2024-07-31' }), county({ ended: true }), county({ to: '2024-08-01' })]).toEqual(['no-appointment', 'no-appointment', 'no-appointment', ['990108', '990109']]);
  });

  it('is narrowed by the token and never widened', () => {
    const city = standing(held('city', '990200'));
    expect(codes(on('2025-01-01', city, { places: [{ code: '990108' }, { code: '990100' }] }))).toEqual(['990108']);
    expect(codes(on('2025-01-01', city, { places: [{ code: '990100' }] }))).toEqual('no-appointment');
    expect(codes(on('2025-01-01', city, { role: 'province' }))).toEqual('no-appointment');
  });

  it('of an institution is where it is registered, and nothing below', () => {
    const found = on('2025-01-01', standing(held('institution', '990200', { institutionId: 'i-1', institutionName: '示例医院' })));
    expect(found.ok && found.principal.places).toEqual([{ code: '990200', institutionId: 'i-1', institutionName: '示例医院' }]);
  });

  it('is nowhere for somebody disabled', () => {
    expect(on('2025-01-01', { ...standing(held('city', '990200')), disabled: true })).toEqual({ ok: false, code: 'person-disabled' });
  });

  it('names person and agency, so that decisions are told apart by person', () => {
    const found = on('2025-01-01', standing(held('city', '990200', { agency: { id: 'g', kind: 'commission' } })));
    expect(found.ok && [found.principal.personId, found.principal.agency]).toEqual(['p', { id: 'g', kind: 'commission' }]);
  });
});

describe('who approves', () => {
  const approver = (personId: string, jurisdiction: string, more: Partial<AppointmentHeld> = {}): Approver => ({ personId, appointment: held('approver', jurisdiction, more) });
  const known = [approver('a', '990108'), approver('b', '990108', { to: '2024-12-31' }), approver('c', '990200'), approver('d', '990000')];

  it('is another person of the place; an author who is the only one there sends it one level up', () => {
    expect(approversFor('990108', 'x', known, areas, '2025-01-01')).toEqual({ place: '990108', people: ['a'] });
    expect(approversFor('990108', 'a', known, areas, '2024-08-01')).toEqual({ place: '990108', people: ['b'] });
    expect(approversFor('990108', 'a', known, areas, '2025-01-01')).toEqual({ place: '990200', people: ['c'] });
    expect(approversFor('990200', 'c', known, areas, '2025-01-01')).toEqual({ place: '990000', people: ['d'] });
  });

  it('is nobody where the directory knows no approver', () => {
    expect(approversFor('990000', 'd', known, areas, '2025-01-01')).toBeNull();
  });
});

it('a sign-in counts as late for ten minutes, one that is unknown or lies ahead never', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  const at = (seconds: number) => lately(new Date(now + seconds * 1000).toISOString(), now);
  expect([at(-600), at(-601), at(20), at(60), lately(undefined, now), lately('soon', now)]).toEqual([true, false, true, false, false, false]);
});
