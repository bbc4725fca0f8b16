import type { Pack } from '@zhijian/policy';
import type { FindingKind } from '@zhijian/contracts';
import { castOf, type Body as CastBody, type Cast, type Unit as CastUnit } from '../cast.js';
import type { Play as CampaignPlay } from '../play.js';
import data from '../data/hangzhou-2023.json' with { type: 'json' };

/** How an invented body behaves in the campaign. */
export type Behaviour =
  | 'honest' | 'corrected' | 'not-yet-due' | 'uncorrected' | 'late' | 'perfunctory' | 'idle' | 'undetermined' | 'paper' | 'returned' | 'early'
  | 'superseded' | 'silent' | 'serious' | 'undecided' | 'new-in-june' | 'closed-in-july' | 'outside';

/** The data of one demonstration; the driver itself knows no date and no word of it. */
export type Data = typeof data;
export interface Finding { kind: FindingKind; text: string; serious: boolean }

export type Body = CastBody<Behaviour>;
export type Unit = CastUnit<Behaviour>;
export type Scenario = Cast<Data, Behaviour>;
export type Play = CampaignPlay<Scenario>;

/** The demonstration of this document: units as the pack names them, bodies as the data lists them. */
export const scenarioFor = (pack: Pack, given: Data = data): Scenario => castOf<Data, Behaviour>(pack, given, inRoster);

/** Present on the register when the campaign is approved. */
export const filedAtFirst = ({ behaviour }: Body): boolean => behaviour !== 'new-in-june';
/** In the campaign when the rosters are frozen. */
export const inRoster = ({ behaviour }: CastBody): boolean => !['idle', 'undetermined', 'new-in-june', 'outside'].includes(behaviour);
/** Checked on site before the enforcement stage ends. */
export const visited = (body: Body): boolean => (inRoster(body) && body.behaviour !== 'closed-in-july') || body.behaviour === 'new-in-june';
export const reports = (body: Body): boolean => inRoster(body) && body.behaviour !== 'silent';
/** Named in last year's circular. */
export const circulated = (body: Body, { circular }: Data): boolean => reports(body) && body.number % circular.every === 0;

/** The day on which a body hands in its (last) report; null when it never does. */
export function reportDay(body: Body, { days, extension }: Data): string | null {
  if (!reports(body)) return null;
  switch (body.behaviour) {
    case 'early': return days.early;
    case 'paper': return days.papers;
    case 'late': return body.unit === extension.unit ? days.late[0]! : days.late[body.number % days.late.length]!;
    case 'returned': case 'superseded': return days.reports[2]!;
    default: return days.reports[body.number % days.reports.length]!;
  }
}

/** A first report that another one follows: returned with reasons, or replaced before anybody took it over. */
export const firstReportDay = ({ behaviour }: Body, { days }: Data): string | null => (['returned', 'superseded'].includes(behaviour) ? days.reports[0]! : null);

/** The day of the on-site check. */
export function visitDay(body: Body, { days }: Data): string | null {
  if (!visited(body)) return null;
  if (body.behaviour === 'new-in-june') return days.visits.at(-2)!;
  if (body.behaviour === 'not-yet-due') return days.visits[1]!;
  const among = ['corrected', 'uncorrected', 'serious', 'undecided'].includes(body.behaviour) ? days.visitsOfDated : days.visits;
  return among[body.number % among.length]!;
}

export interface Sanction { kind: 'warning' | 'fine' | 'confiscation'; fen: number | null }

/** What a case of this body comes to; fen. */
export function sanctionsOf(body: Body, { sanctions }: Data): Sanction[] {
  if (!Object.hasOwn(sanctions, body.behaviour)) return [];
  const { warning, fineYuan, stepYuan, confiscationYuan } = sanctions[body.behaviour as keyof typeof sanctions];
  return [
    ...(warning ? [{ kind: 'warning' as const, fen: null }] : []), { kind: 'fine', fen: (fineYuan + (body.number % 4) * stepYuan) * 100 },
    ...(confiscationYuan ? [{ kind: 'confiscation' as const, fen: confiscationYuan * 100 }] : []),
  ];
}

export const findingsOf = ({ behaviour }: Body, { findings }: Data): Finding[] =>
  Object.hasOwn(findings, behaviour) ? (findings[behaviour as keyof typeof findings] as Finding[]) : [];

export type ExtensionCheck = Data['extensionChecks'][number];
/** The registered body of an extension check; undefined for somebody who is filed nowhere. */
export function bodyOf({ body }: ExtensionCheck, { units, outside }: Scenario): Body | undefined {
  if (body.outside !== undefined) return outside[body.outside];
  return body.home === undefined ? undefined : units.find(({ code }) => code === body.home)?.bodies.find(({ behaviour }) => behaviour === body.behaviour);
}
