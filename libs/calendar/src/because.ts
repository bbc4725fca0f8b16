import type { Calendar } from './calendar.js';
import type { Pause, Roll, Unit } from './due.js';
import { yearOf, type LocalDate } from './local-date.js';
import { dayKind } from './working-days.js';

interface Period { from: LocalDate; unit: Unit; length: number; pauses: readonly Pause[] }
interface Printed { unit: 'fixed' }
interface Outcome {
  /** The last day before rolling, and after it. */
  last: LocalDate;
  on: LocalDate;
  roll: Roll;
  /** The days whose kind was looked up. */
  consulted: readonly LocalDate[];
}

const UNIT_NAMES = { workingDays: '个工作日', days: '日', months: '个月', years: '年' } as const;

/** 2024-09-12 -> 2024年9月12日 */
const inWords = (date: LocalDate): string =>
  `${yearOf(date)}年${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;

function rule(reason: (Period | Printed) & Outcome): string {
  if (reason.unit === 'fixed') return `文件载明的日期为${inWords(reason.last)}`;
  const relevant = reason.pauses.filter((pause) => pause.to > reason.from && pause.from <= reason.last);
  const pauses = [...new Set(relevant.map((pause) => `${inWords(pause.from)}至${inWords(pause.to)}`))];
  return `自${inWords(reason.from)}起${reason.length}${UNIT_NAMES[reason.unit]}，当日不计、从次日起算`
    + (pauses.length > 0 ? `，${pauses.join('、')}中止期间（含首尾两日）不计` : '')
    + `，届满日为${inWords(reason.last)}`;
}

function rolling(reason: Outcome & { unit: Unit | 'fixed' }): string {
  const day = reason.unit === 'fixed' ? '该日' : '届满日';
  if (reason.on !== reason.last) return `，${day}为休息日，顺延至其后第一个工作日${inWords(reason.on)}`;
  if (reason.roll === 'forward') return `，${day}为工作日，无需顺延`;
  return reason.unit === 'workingDays' ? '' : '，遇休息日不顺延';
}

function grounds(consulted: readonly LocalDate[], calendar: Calendar): string {
  if (consulted.length === 0) return '，不涉及放假安排';
  const kinds = consulted.map((date) => ({ date, ...dayKind(date, calendar) }));
  const makeUps = kinds.filter((day) => day.kind === 'make-up').map((day) => inWords(day.date));
  const notices = [...new Set(kinds.map((day) => day.notice).filter((notice) => notice !== null))];
  const unknown = [...new Set(kinds.filter((day) => !day.firm).map((day) => yearOf(day.date)))];
  return (makeUps.length > 0 ? `，其中${makeUps.join('、')}为调休上班日、计为工作日` : '')
    + (notices.length > 0 ? `，放假调休依据${notices.join('、')}` : '')
    + (unknown.length > 0 ? `，${unknown.join('、')}年放假安排未载入，暂按周末和固定法定节假日推算（暂估，待国务院办公厅通知）` : '');
}

/** One Chinese sentence on how a due date came about: the rule, the roll, the notices used, and what is not known yet. */
export function explain(reason: (Period | Printed) & Outcome, calendar: Calendar): string {
  return `${rule(reason)}${rolling(reason)}${grounds(reason.consulted, calendar)}。`;
}
