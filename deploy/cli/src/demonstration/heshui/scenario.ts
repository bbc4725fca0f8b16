import type { FindingKind } from '@zhijian/contracts';
import type { InstitutionKind, Pack } from '@zhijian/policy';
import { castOf, type Body as CastBody, type Cast } from '../cast.js';
import data from '../data/heshui-2024.json' with { type: 'json' };
import type { Play as CampaignPlay } from '../play.js';

export type Data = typeof data;
export type Sending = 'early' | 'in-time' | 'revised' | 'late' | 'paper' | 'none';

/** What a body does and what is found there; all of it stands in the data. */
export interface Conduct {
  kind: InstitutionKind;
  filedOn?: string;
  /** It files while the action runs. */
  joins?: boolean;
  issues: readonly (keyof Data['issues'])[];
  list: Sending;
  plan: Sending;
  /** Which of the days of visits. */
  visit: number;
  finding?: keyof Data['findings'];
  /** What its confirmation is asked with, and which path the pack answers (null: undetermined); without inputs nobody confirms it. */
  inputs?: Record<string, string>;
  path?: string | null;
}
export interface Body extends CastBody { readonly kind: InstitutionKind; readonly conduct: Conduct }
export interface Scenario extends Cast<Data> { readonly bodies: readonly Body[]; readonly units: readonly { code: string; name: string; bodies: readonly Body[] }[] }
export type Play = CampaignPlay<Scenario>;

export function scenarioFor(pack: Pack, given: Data = data): Scenario {
  const cast = castOf(pack, { ...given, units: given.units.map(({ code, bodies }) => ({ code, bodies: bodies.map(() => 'body') })) }, () => true);
  const units = cast.units.map((unit, at) => ({ ...unit, bodies: unit.bodies.map((body, place): Body => named(body, given.units[at]!.bodies[place] as Conduct, given)) }));
  const bodies = units.flatMap((unit) => unit.bodies);
  return { data: given, units, bodies, outside: [], takesPart: (body) => !bodies.find(({ number }) => number === body.number)?.conduct.joins };
}

const named = (body: CastBody, conduct: Conduct, { names }: Data): Body => ({
  ...body, kind: conduct.kind, ...(conduct.filedOn && { filedOn: conduct.filedOn }), conduct,
  name: `${(names as Record<string, string>)[conduct.kind]} ${String(body.number).padStart(2, '0')}`,
});

/** On which days a body sends a list or a plan: none, one, or a second one in place of the first. */
export function sendingDays(when: Sending, { days }: Data): string[] {
  switch (when) {
    case 'none': return [];
    case 'early': return [days.lists[0]!];
    case 'in-time': return [days.lists[1]!];
    case 'revised': return [...days.lists];
    default: return [days.late];
  }
}

export interface Finding { kind: FindingKind; text: string; serious: boolean; class: 'violation' | 'gap' }
export const findingOf = ({ conduct }: Body, { findings }: Data): Finding | null => (conduct.finding ? (findings[conduct.finding] as Finding) : null);
export const visitDay = ({ conduct }: Body, { days }: Data): string => days.visits[conduct.visit]!;
/** The first day of decisions after the visit. */
export const decisionDay = (body: Body, data: Data): string | null => (findingOf(body, data)?.class === 'violation' ? (data.days.decisions.find((on) => on > visitDay(body, data)) ?? null) : null);
export const joinedOn = ({ conduct }: Body, { days }: Data): string => (conduct.joins ? days.joined : days.approved);
export const confirmationDay = ({ conduct }: Body, { days }: Data): string | null => (conduct.inputs === undefined ? null : conduct.joins ? days.training : days.confirmed);
