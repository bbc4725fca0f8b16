import type { Answer, ProblemError } from '@zhijian/web';

export type CalendarDay = Answer<'getCalendarMonth'>['days'][number];
export type ClockDay = Answer<'listClocks'>['items'][number];
export type Notice = Answer<'listCalendarNotices'>['items'][number];
type MovedClock = Answer<'getCalendarPreview'>['moved'][number];

const kindWords: Record<MovedClock['kind'], (count: number) => string> = {
  duty: (count) => `专项行动任务 ${count} 项`, 'rectification-report': (count) => `整改报告 ${count} 份`, notice: (count) => `公示 ${count} 次`, objection: (count) => `异议答复 ${count} 件`,
};
/** How many clocks a notice moves, kind by kind. */
export const summaryOf = (moved: readonly Pick<MovedClock, 'kind'>[]): string =>
  `共 ${moved.length} 个期限：${[...Map.groupBy(moved, ({ kind }) => kind)].map(([kind, alike]) => kindWords[kind](alike.length)).join('，')}。`;

/** How a notice or an objection stands. */
export const standingOf = ({ kind, open, overdue }: Pick<ClockDay, 'kind' | 'open' | 'overdue'>): string =>
  kind === 'notice' ? (open ? '公示中' : '公示期满') : overdue ? '逾期未答复' : open ? '待答复' : '已答复';
/** Whose day it is. */
export const placeOf = ({ unitName, institution }: Pick<ClockDay, 'unitName' | 'institution'>): string => [unitName, institution].filter(Boolean).join('，');

/** Where a clock runs, and for whom. */
export const whereOf = ({ placeName, institution, bodies }: Pick<MovedClock, 'placeName' | 'institution' | 'bodies'>): string =>
  [placeName, institution ?? (bodies ? `${bodies} 家机构` : null)].filter(Boolean).join('，');

/** The rooms have not all reckoned yet what a notice would move. */
export const isAwaited = (error: Error | null): boolean => (error as Partial<ProblemError> | null)?.status === 404;

/** The month after (or before) a month, `2024-12` → `2025-01`. */
export function monthBeside(month: string, step: 1 | -1): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const at = year * 12 + number - 1 + step;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
}
export const isMonth = (word: string | null): word is string => /^(19[5-9]\d|20\d\d|21[0-4]\d)-(0[1-9]|1[0-2])$/.test(word ?? '');

/** The days of a month in weeks from Monday; places of other months are empty. */
export function weeksOf<T extends { on: string }>(days: readonly T[]): (T | null)[][] {
  const first = days[0];
  const before = first ? (new Date(`${first.on}T00:00:00Z`).getUTCDay() + 6) % 7 : 0;
  const places: (T | null)[] = [...Array.from({ length: before }, () => null), ...days];
  while (places.length % 7) places.push(null);
  return Array.from({ length: places.length / 7 }, (_, week) => places.slice(week * 7, week * 7 + 7));
}

/** 休 for a day off by a notice, 班 for a weekend that is worked. */
export const markOf = ({ kind }: Pick<CalendarDay, 'kind'>): '休' | '班' | null => (kind === 'holiday' ? '休' : kind === 'make-up' ? '班' : null);

/** In words, for those who hear the page. */
export const spoken = ({ on, kind, notice, firm }: CalendarDay): string =>
  `${Number(on.slice(5, 7))}月${Number(on.slice(8))}日，${({ weekday: '工作日', weekend: '休息日', holiday: '放假', 'make-up': '调休上班' })[kind]}${notice ? `，${notice}` : ''}${firm ? '' : '，当年放假安排尚未录入'}`;

/** Dates as typed, one or several a line, separated by anything that is no part of a date; a stretch is `2027-05-01—2027-05-05`. */
export function daysIn(text: string): { days: string[]; wrong: string[] } {
  const words = text.replaceAll(/(\d{4})年(\d{1,2})月(\d{1,2})日/g, (_, year: string, month: string, day: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`).replaceAll(/\s*[—–~至到]+\s*/g, '至').split(/[\s,，、；;]+/).filter(Boolean);
  const read = words.map((word) => {
    const [, from = '', to = from] = /^(\d{4}-\d{2}-\d{2})(?:至(\d{4}-\d{2}-\d{2}))?$/.exec(word) ?? [];
    return stretch(from, to);
  });
  return { days: [...new Set(read.flatMap((days) => days))].sort(), wrong: words.filter((_, at) => !read[at]?.length) };
}

function stretch(from: string, to: string): string[] {
  const [first, last] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`)];
  if (Number.isNaN(first) || Number.isNaN(last) || last < first || last - first > 60 * 86_400_000) return [];
  const days: string[] = [];
  for (let at = first; at <= last; at += 86_400_000) days.push(new Date(at).toISOString().slice(0, 10));
  return days[0] === from ? days : []; // 2027-02-30 is no day
}
