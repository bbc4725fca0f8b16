import type { Stage } from './campaign.js';

/** Days since 1970 of a civil date. */
export const dayNumber = (on: string): number => Date.parse(on) / 86_400_000;
const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** The Beijing day of an instant. */
export const beijingDay = (at: string): string => dateOf(Math.floor((Date.parse(at) + 8 * 3_600_000) / 86_400_000));

export interface Span { from: number; days: number }

const near = 62;

/** The months that the stages touch, whole; and today's, where it lies within two months of them. */
export function spanOf(stages: readonly Pick<Stage, 'opensOn' | 'closesOn'>[], today?: string): Span {
  const opens = stages.map(({ opensOn }) => opensOn).sort()[0] ?? '2000-01-01';
  const closes = stages.map(({ closesOn }) => closesOn).sort().at(-1) ?? '2000-12-31';
  const first = today && today < opens && dayNumber(opens) - dayNumber(today) <= near ? today : opens;
  const last = today && today > closes && dayNumber(today) - dayNumber(closes) <= near ? today : closes;
  const from = dayNumber(`${first.slice(0, 7)}-01`);
  const [year = 0, month = 1] = last.split('-').map(Number);
  return { from, days: Date.UTC(year, month, 1) / 86_400_000 - from };
}

/** The months of a span with the share of it that each takes. */
export function monthsOf({ from, days }: Span): { label: string; at: number; share: number }[] {
  const months = [];
  for (let day = from; day < from + days;) {
    const [year = 0, month = 1] = dateOf(day).split('-').map(Number);
    const next = Date.UTC(year, month, 1) / 86_400_000;
    months.push({ label: month === 1 || day === from ? `${year}年${month}月` : `${month}月`, at: (day - from) / days, share: (next - day) / days });
    day = next;
  }
  return months;
}

/** Stages that overlap lie in lanes of their own. */
export function lanesOf<T extends Pick<Stage, 'opensOn' | 'closesOn'>>(stages: readonly T[]): T[][] {
  const lanes: T[][] = [];
  for (const stage of [...stages].sort((a, b) => a.opensOn.localeCompare(b.opensOn))) {
    const lane = lanes.find((it) => (it.at(-1)?.closesOn ?? '') < stage.opensOn);
    if (lane) lane.push(stage);
    else lanes.push([stage]);
  }
  return lanes;
}

/** Where a stretch of days (both ends included) lies in a span, in per cent; cut at its edges. */
export function placeOf({ from, days }: Span, first: string, last: string): { left: string; width: string } | null {
  const start = Math.max(0, dayNumber(first) - from);
  const end = Math.min(days, dayNumber(last) + 1 - from);
  return end > start ? { left: `${(start / days) * 100}%`, width: `${((end - start) / days) * 100}%` } : null;
}
