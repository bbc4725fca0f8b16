import type { Answer, BodyInput } from '@zhijian/web';

/** What a campaign is planned with until it is drafted; kept in this browser so that a reload loses nothing. */
export interface Intent {
  pack: string;
  /** The pack of the campaign taken as ground: its days are over and serve no other campaign. */
  after: string | null;
  name: string;
  units: readonly Unit[];
  /** Days the units set for themselves. */
  dates: readonly OwnDate[];
  /** Officers of each unit, for the rehearsal. */
  inspectors: Readonly<Record<string, number>>;
  /** Bodies supposed in a unit for which the register has none. */
  supposed: Readonly<Record<string, number>>;
  late: number;
  seed: number;
}
export interface Unit { code: string; name: string }
export interface OwnDate { unit: string; duty: string; on: string }

export const nothing: Intent = { pack: '', after: null, name: '', units: [], dates: [], inspectors: {}, supposed: {}, late: 20, seed: 1 };
export const usualInspectors = 4;
/** As many as a rehearsal takes: 14 cities of 400 bodies each. */
export const mostBodies = 5600;

export const steps = [['pack', '选择政策包'], ['findings', '校核'], ['units', '单位与日期'], ['gantt', '进度图'], ['rehearsal', '推演'], ['draft', '拟定']] as const;
export type Step = (typeof steps)[number][0];
export const isStep = (word: string | null): word is Step => steps.some(([step]) => step === word);

/** What `planPack` answers; only what these pages show. */
export interface PlannedDuty {
  id: string; kind: string; title: string; stage: string; subject: string; dueOn: string | null; limitOn: string | null; after: { event: string } | null; firm: boolean; because: string; mayBringForward: boolean; clauses: string[];
  yearly?: string; noLimit?: true; standing?: true; notBefore?: string;
}
export interface PlannedStage { id: string; kind: string; title: string; opensOn: string; closesOn: string; clauses: string[]; duties: PlannedDuty[] }
export interface Milestone { id: string; kind: string; title: string; clauses: string[]; duties: PlannedDuty[] }
export interface City { city: string; name: string; stages: PlannedStage[]; milestones: Milestone[] }
export interface Refusal { city: string; duty: string; on: string; message: string; clauses: string[]; facts: Record<string, string> }
export interface Planned { cities: City[]; campaignDuties: PlannedDuty[]; refused: Refusal[]; calendar: string }

/** Further units as typed: a line each, six digits and a name. What cannot be read is named by its line. */
export function unitsIn(text: string): { units: Unit[]; wrong: string[] } {
  const lines = text.split('\n').map((line) => line.trim()).filter(Boolean);
  const read = lines.map((line) => /^(\d{6}|[a-z][a-z0-9-]{2,39})[\s,，、]+(\S.{0,38})$/.exec(line));
  return { units: read.flatMap((match) => (match ? [{ code: match[1] ?? '', name: (match[2] ?? '').trim() }] : [])), wrong: lines.filter((_, at) => !read[at]) };
}

/** How the own dates are asked of the plan. */
export const datesAsked = (dates: readonly OwnDate[]): string | undefined => dates.map(({ unit, duty, on }) => `${unit}:${duty}:${on}`).join(',') || undefined;

/** The duties whose day a unit may set for itself, with the stretch that is open to it. */
export const movableDuties = (city: City | undefined): (PlannedDuty & { from: string; to: string })[] =>
  (city?.stages ?? []).flatMap(({ opensOn, closesOn, duties }) => duties.flatMap((duty) => (duty.mayBringForward && duty.limitOn
    ? [{ ...duty, from: duty.notBefore && duty.notBefore > opensOn ? duty.notBefore : opensOn, to: duty.limitOn < closesOn ? duty.limitOn : closesOn }] : [])));

/** One date in place of another of the same unit and duty; none takes it away. */
export const withDate = (dates: readonly OwnDate[], { unit, duty, on }: { unit: string; duty: string; on: string | null }): OwnDate[] =>
  [...dates.filter((it) => it.unit !== unit || it.duty !== duty), ...(on ? [{ unit, duty, on }] : [])];

/** The other stages that run at the same time, with the days they share. */
export function overlapsOf(stage: PlannedStage, stages: readonly PlannedStage[]): { title: string; from: string; to: string }[] {
  return stages.filter((it) => it.id !== stage.id && it.opensOn <= stage.closesOn && it.closesOn >= stage.opensOn)
    .map(({ title, opensOn, closesOn }) => ({ title, from: opensOn > stage.opensOn ? opensOn : stage.opensOn, to: closesOn < stage.closesOn ? closesOn : stage.closesOn }));
}

export type Body = BodyInput<'rehearsePack'>['bodies'][number];
type Institution = Pick<Answer<'listInstitutions'>['items'][number], 'institutionId' | 'name' | 'kind' | 'jurisdiction'>;

/**
 * The roster of a rehearsal: the register's bodies of each unit, or as many as are supposed where it has none; officers
 * as so many posts of the unit.
 */
export function rosterOf(institutions: readonly Institution[], { units, inspectors, supposed }: Pick<Intent, 'units' | 'inspectors' | 'supposed'>, kind: string): Body[] {
  return units.flatMap(({ code }): Body[] => {
    const officers = Array.from({ length: inspectors[code] ?? usualInspectors }, (_, at) => `${at + 1}号执法人员`);
    const own = bodiesIn(institutions, code).map(({ institutionId, name, kind: its }): Body => ({ id: institutionId, name, kind: its, city: code, inspectors: officers }));
    const made = own.length ? [] : Array.from({ length: supposed[code] ?? 0 }, (_, at): Body => ({ id: `${code}-${at + 1}`, name: `推演机构 ${at + 1}`, kind, city: code, inspectors: officers }));
    return [...own, ...made];
  });
}

/** The bodies of a unit: those the register puts there. Who belongs to whom is not read from codes. */
export const bodiesIn = <T extends { jurisdiction: string }>(institutions: readonly T[], code: string): T[] => institutions.filter(({ jurisdiction }) => jurisdiction === code);

export type Rehearsal = Answer<'rehearsePack'>;
export interface Bar { label: string; from: string; deadlines: number; visits: number; notices: number }

const monday = (on: string): string => {
  const day = new Date(`${on}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
};

/** The days of a rehearsal as bars, a day or a week each; weeks are named by their Monday and none between the first and the last is left out. */
export function barsOf(days: Rehearsal['perDay'], by: 'day' | 'week'): Bar[] {
  const sums = new Map<string, Bar>();
  for (const { on, deadlines, visits, notices } of days) {
    const from = by === 'week' ? monday(on) : on;
    const sum = sums.get(from) ?? { label: from, from, deadlines: 0, visits: 0, notices: 0 };
    sums.set(from, { ...sum, deadlines: sum.deadlines + deadlines, visits: sum.visits + visits, notices: sum.notices + notices });
  }
  const found = [...sums.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
  const [first, last] = [found[0], found.at(-1)];
  if (by === 'day' || !first || !last) return found;
  const all: Bar[] = [];
  for (let at = Date.parse(first.from); at <= Date.parse(last.from); at += 7 * 86_400_000) {
    const from = new Date(at).toISOString().slice(0, 10);
    all.push(sums.get(from) ?? { label: from, from, deadlines: 0, visits: 0, notices: 0 });
  }
  return all;
}

/** Whether it would run once more on the days of the campaign it takes as ground. */
export const repeats = ({ pack, after }: Pick<Intent, 'pack' | 'after'>): boolean => pack !== '' && pack === after;

/** The name of the next one: the last year it names, one later; otherwise as it was. */
export const nextName = (name: string): string => name.replace(/(20\d\d)(?!.*20\d\d)/, (year) => String(Number(year) + 1));
