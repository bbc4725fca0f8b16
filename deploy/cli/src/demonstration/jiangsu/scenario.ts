import type { FindingKind } from '@zhijian/contracts';
import type { Pack } from '@zhijian/policy';
import { castOf, type Body as CastBody, type Cast } from '../cast.js';
import data from '../data/jiangsu-2014.json' with { type: 'json' };
import type { Play as CampaignPlay } from '../play.js';

export type Data = typeof data;
export type Behaviour = keyof Data['behaviours'];
export type Body = CastBody<Behaviour>;
export type Scenario = Cast<Data, Behaviour>;
export type Play = CampaignPlay<Scenario>;

type Quality = 'perfunctory' | 'falsified';
type Stated = 'perfunctory' | 'norm-not-carried-out';

/** What a body does and what is found there; all of it stands in the data. */
export interface Conduct {
  /** When it hands its report in; `returned`: twice, `paper`: sealed and entered later by the province. */
  report: 'early' | 'in-time' | 'returned' | 'paper' | 'late' | 'none';
  /** What it says of itself, by the names of the data's problems. */
  items: readonly (keyof Data['problems'])[];
  /** What the province says of its report. */
  review?: Quality;
  /** Visited whether it is drawn or not; before its report is due, or in any case. */
  visited?: 'before-report' | 'always';
  /** What is found there: an offence it had reported, or a new one. */
  seen?: readonly (keyof Data['findings'])[];
  /** What the inspectors state of its self-check. */
  stated?: readonly Stated[];
  /** What it had reported is still not corrected. */
  uncorrected?: boolean;
}
export const conductOf = ({ behaviour }: Body, { behaviours }: Data): Conduct => behaviours[behaviour] as Conduct;

export const scenarioFor = (pack: Pack, given: Data = data): Scenario => castOf<Data, Behaviour>(pack, given, () => true);

/** The day on which a body hands in its (last) report; null when it never does. */
export function reportDay(body: Body, { days, ...data }: Data): string | null {
  const { report } = conductOf(body, { days, ...data });
  switch (report) {
    case 'none': return null;
    case 'early': return days.early;
    case 'late': case 'paper': return days.late;
    case 'returned': return days.reports[1]!;
    default: return days.reports[body.number % days.reports.length]!;
  }
}

export interface Item { source: 'self'; checklistItem: string; text: string; class: 'violation' | 'gap' | null; correctedOn: string | null; correctBy: string | null; measure: string | null; responsible: string | null }
interface Problem { checklistItem: string; text: string; class?: 'violation' | 'gap'; correctedOn?: string; correctBy?: string; measure?: string; responsible?: string }

/** The list of problems of a report handed in on that day: an offence not corrected yet has that day as its limit. */
export const itemsOf = (body: Body, data: Data, on: string): Item[] => conductOf(body, data).items.map((name) => {
  const { checklistItem, text, class: kind, correctedOn, correctBy, measure, responsible } = data.problems[name] as Problem;
  return { source: 'self', checklistItem, text, class: kind ?? null, correctedOn: correctedOn ?? null, correctBy: correctBy === 'report' ? on : (correctBy ?? null), measure: measure ?? null, responsible: responsible ?? null };
});

export interface Finding { kind: FindingKind; text: string; serious: boolean; checklistItem: string }
export const findingsOf = (body: Body, data: Data): Finding[] => (conductOf(body, data).seen ?? []).map((name) => data.findings[name] as Finding);
export const statedOf = (body: Body, data: Data): { kind: Stated; reason: string }[] => (conductOf(body, data).stated ?? []).map((kind) => ({ kind, reason: data.reasons[kind] }));

/** The day a body is visited, should it be. */
export const visitDay = (body: Body, data: Data): string => (conductOf(body, data).visited === 'before-report' ? data.days.drawn : data.days.visits[body.number % data.days.visits.length]!);
