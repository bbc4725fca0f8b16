import { createHash } from 'node:crypto';
import { administrators, roles, type Fact, type Role } from '@zhijian/contracts';
import { anAppointment, anArea, aPerson } from '@zhijian/testing';

/**
 * The model of the world: who belongs where today, written down by hand and asked of nothing under test. Two provinces, three
 * cities, four districts and an area without a code; one district has moved from one city to the other.
 */
export const targets = ['970101', '970102', 'xinqu-97', '970201', '960101', '970100'] as const;
export type Target = (typeof targets)[number];
/** Is nowhere, and nothing is there: what is not to be known must look like it. */
export const nowhereElse = '989898';

const below: Record<string, readonly string[]> = {
  '970000': ['970100', '970200', '970101', '970102', 'xinqu-97', '970201'], '970100': ['970101', '970102', 'xinqu-97'], '970200': ['970201'], '960000': ['960100', '960101'], '960100': ['960101'],
};
/** Who leads the campaign of a place: its city. */
export const leadOf: Record<Target, string> = { '970101': '970100', '970102': '970100', 'xinqu-97': '970100', '970201': '970200', '960101': '960100', '970100': '970100' };
const levels = { '970000': 'province', '960000': 'province', '970100': 'city', '970200': 'city', '960100': 'city', '970101': 'county', '970102': 'county', '970201': 'county', '960101': 'county', 'xinqu-97': 'area' } as const;

/** Everything of a place has this one id, whatever table it stands in: so an address can be filled in without knowing it. */
export const idOf = (place: string): string => {
  const hex = createHash('sha256').update(`place ${place}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
export const canary = (place: string): string => `CANARY${place.toUpperCase().replace('-', '')}X`;

export interface Person {
  account: string; role: Role; home: string;
  /** Where they act today, own and below. */
  places: readonly string[];
  /** The body whose person they are, by its place. */
  body: string | null;
  /** What was theirs and is no more. */
  former: readonly string[];
}
export type Relation = 'self' | 'sibling' | 'parent' | 'child' | 'former' | 'foreign' | 'any';

export const seesAll = ({ role }: Person): boolean => role === 'auditor' || role === 'audit-admin';
/** May something of a place be known to a person at all? */
export const maySee = (person: Person, target: Target): boolean =>
  seesAll(person) || (person.body !== null ? person.body === target : person.places.includes(target) || person.places.includes(leadOf[target]));

const parentOf = (place: string): string | undefined => Object.entries(below).filter(([, under]) => under.includes(place)).sort((a, b) => a[1].length - b[1].length)[0]?.[0];
/** How a place lies to a person. */
export function relationOf(person: Person, target: Target): Relation {
  if (seesAll(person)) return 'any';
  if (person.former.includes(target)) return 'former';
  if (person.home === target) return 'self';
  if (person.places.includes(target)) return 'child';
  if (below[target]?.includes(person.home)) return 'parent';
  return parentOf(target) === parentOf(person.home) ? 'sibling' : 'foreign';
}

const officials = roles.filter((role) => !['institution', 'institution-head', 'auditor', ...administrators].includes(role));
const homes = ['970000', '970100', '970200', '960100', '970101', '970102', 'xinqu-97', '970201', '960101'];
const at = (role: Role, home: string, account = `${role}-${home}`, former: readonly string[] = []): Person => ({ account, role, home, places: [home, ...(below[home] ?? [])], body: null, former });
const ofBody = (role: Role, home: string, account = `${role}-${home}`, former: readonly string[] = []): Person => ({ account, role, home, places: [home], body: home, former });

/** Every role at every place it could be held at, and people whose office there has ended, whose body was another, whose area has moved away. */
export const people: readonly Person[] = [
  ...officials.flatMap((role) => homes.map((home) => (home === '970200' ? at(role, home, `${role}-${home}`, ['970102']) : at(role, home)))),
  ...officials.map((role) => at(role, '970201', `${role}-expired`, ['970101'])), ...officials.map((role) => at(role, '970102', `${role}-ended`, ['970101'])),
  ...(['institution', 'institution-head'] as const).flatMap((role) => [...targets.map((home) => ofBody(role, home)), ofBody(role, '970102', `${role}-left`, ['970101'])]),
  at('auditor', '960100'), ...administrators.flatMap((role) => [at(role, '970100'), at(role, '960100')]),
];

/** What the gateway states of this world. */
export function facts(): Fact[] {
  const parents = (id: string): { parent: string; from?: string; to?: string | null }[] => {
    const parent = parentOf(id);
    if (id === '970102') return [{ parent: '970200', to: '2021-12-31' }, { parent: '970100', from: '2022-01-01' }];
    return parent ? [{ parent }] : [];
  };
  const areas = Object.entries(levels).map(([id, level]) => anArea({ id, level, parents: parents(id) }));
  const persons = people.flatMap((person) => {
    const { account, role, home, body } = person;
    const held = aPerson([account], [{ role, place: home, from: '2010-01-01', ...(body ? { institutionId: idOf(body) } : {}) }], idOf(account));
    const was = { role, place: '970101', from: '2010-01-01', ...(body ? { institutionId: idOf('970101') } : {}) };
    if (account.endsWith('-expired')) return [...held.facts, anAppointment(held.personId, { ...was, to: '2022-12-31' })];
    return /-(ended|left)$/.test(account) ? [...held.facts, anAppointment(held.personId, { ...was, ended: { handedTo: idOf(`${role}-970101`) }, version: 2 })] : held.facts;
  });
  return [...areas, ...persons];
}
