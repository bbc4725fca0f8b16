import { creditCodeOf, type InstitutionKind, type Pack } from '@zhijian/policy';
import type { Body as CastBody, Unit as CastUnit } from '../cast.js';
import given from '../data/chongqing-2024.json' with { type: 'json' };
import type { Troupe } from '../troupe.js';

export type Data = typeof given;
export type Kind = keyof Data['kinds'];
export type ProfileName = keyof Data['profiles'];
/** What a qualification comes to in a year: how its laboratory takes part, its score sheet, and what all of it must come to. */
export interface Profile { readonly taking: Taking; readonly sheet: string; readonly result: string | null; readonly grade: string | null; readonly level: string | null; readonly colour: string | null }
export type Taking = 'whole' | 'required' | 'questionable' | 'unsatisfactory' | 'partial' | 'late' | 'withdrawn' | 'absent';
export type Sending = 'in-time' | 'late' | 'missing' | 'returned' | 'paper';
export type Objecting = 'changed' | 'kept' | 'paper' | 'withdrawn' | 'open';
export type Year = Data['years'][number] & { readonly objected?: string; readonly answered?: string; readonly answeredLater?: string };
export type Basis = Data['basis'][number];

/** How a body stands in the data: for a year of colours the profile of each of its qualifications (`a+b`). */
type Given = { readonly is: Kind } & Readonly<Record<string, string | undefined>>;
/** What a body does otherwise than the others in a year. */
export interface Otherwise { readonly report?: Sending; readonly unvisited?: true; readonly objects?: Objecting; readonly corrected?: true; /** An agency wrote by which day it must have rectified. */ readonly limit?: 'kept' | 'missed' }
export interface Body extends CastBody { readonly kind: InstitutionKind; readonly is: Kind; readonly lines: readonly InstitutionKind[]; readonly given: Given; readonly visits: boolean }
export interface Unit extends CastUnit { readonly bodies: readonly Body[] }
export interface Scenario { readonly data: Data; readonly units: readonly Unit[]; readonly outside: readonly Body[]; readonly bodies: readonly Body[] }
export type Play = Troupe<Scenario> & { running: boolean };

/** The districts of the pack with their invented bodies; visitors are at home elsewhere and serve in one of them. */
export function scenarioFor(pack: Pack, data: Data = given): Scenario {
  const names = new Map((pack.campaign?.units ?? []).map(({ code, name }) => [code, name]));
  let number = 0;
  const body = (unit: string, unitName: string, it: Given): Body => {
    number += 1;
    const visits = it['home'] !== undefined;
    const count = String(number).padStart(3, '0');
    const lines = data.kinds[it.is].lines as InstitutionKind[];
    return {
      number, account: `${data.people.body}-${count}`, name: `${visits ? data.visitorName : data.kinds[it.is].name} ${count}`, unit, unitName, behaviour: it.is, creditCode: creditCodeOf(`52${unit}EXC${String(number).padStart(6, '0')}`),
      address: `${unitName}${data.road} ${number} 号`, categories: data.registration.categories[it.is], outreach: false, kind: lines[0]!, is: it.is, lines, given: it, visits,
    };
  };
  const units = data.units.map(({ code, bodies }): Unit => {
    const name = names.get(code);
    if (!name) throw new Error(`${pack.id} has no unit ${code}`);
    return { code, name, bodies: (bodies as unknown as readonly Given[]).map((it) => body(code, name, it)) };
  });
  const outside = (data.visitors as unknown as readonly Given[]).map((it) => body(it['home']!, it['homeName']!, it));
  return { data, units, outside, bodies: [...units.flatMap(({ bodies }) => bodies), ...outside] };
}

/** Bodies that are in the register before the others. */
export const isFirst = ({ unit }: Body, { firstUnits }: Data): boolean => firstUnits.includes(unit);

/** What a qualification comes to in a year of colours; undefined where nobody has looked at it that year. */
export function profileOf(body: Body, line: InstitutionKind, year: number, { profiles, health }: Data): Profile | undefined {
  const said = body.given[String(year)];
  if (said === undefined) return undefined;
  const name = said.split('+')[body.lines.indexOf(line)];
  if (name === undefined) return undefined;
  if (body.is === 'h') return { taking: 'absent', sheet: health[name as keyof typeof health], result: null, grade: null, level: null, colour: null };
  const profile = profiles[name as ProfileName];
  if (!profile) throw new Error(`${body.name}: no profile ${name}`);
  return profile as Profile;
}

/** Those whose line somebody looks at in a basis year, with what it comes to. */
export const withLine = ({ bodies, data }: Scenario, line: string, basisYear: number): { body: Body; profile: Profile }[] => bodies.flatMap((body) => {
  const profile = body.lines.some((one) => one === line) ? profileOf(body, line as InstitutionKind, basisYear + 1, data) : undefined;
  return profile ? [{ body, profile }] : [];
});

export const isIdle = ({ sheet }: Profile): boolean => sheet === 'idle';
export const isUnfinished = ({ sheet }: Profile): boolean => sheet === 'unfinished';

/** What a body does in a year; nothing where the data says nothing of it. */
export const otherwise = (body: Body, { otherwise: all }: Year): Otherwise => (all as unknown as Readonly<Record<string, Otherwise | undefined>>)[body.number] ?? {};
export const sendingOf = (body: Body, year: Year): Sending => otherwise(body, year).report ?? 'in-time';
