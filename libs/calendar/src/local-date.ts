declare const brand: unique symbol;

/**
 * A civil day `YYYY-MM-DD` without time or zone. Legal dates are never instants: China kept
 * daylight saving time from 1986 to 1991, so a day that passes through an instant may come back
 * as another day. Plain `<`, `===` and sorting by text give the order of days.
 */
export type LocalDate = string & { readonly [brand]: 'LocalDate' };

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const monthLength = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);

interface Parts { year: number; month: number; day: number }

function parts(date: string): Parts {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

function text({ year, month, day }: Parts): LocalDate {
  if (year < 1 || year > 9999) throw new RangeError(`日期超出范围（公元1年至9999年）：${year}年`);
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-') as LocalDate; // joined, it is one flat text: read digit by digit more often than made
}

/** Gives why the value is not a day, as a Chinese sentence, or `null` if it is one. */
function fault(value: unknown): string | null {
  const match = typeof value === 'string' ? SHAPE.exec(value) : null;
  if (!match) return `日期格式应为 YYYY-MM-DD（如 2024-09-12），收到“${String(value)}”`;
  const { year, month, day } = parts(match[0]);
  const exists = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month);
  return exists ? null : `日期“${match[0]}”不存在`;
}

/** Is the value the text of an existing civil day? */
export const isLocalDate = (value: unknown): value is LocalDate => fault(value) === null;

/** Takes `YYYY-MM-DD`, gives it as a LocalDate. Throws RangeError (Chinese) on a malformed or nonexistent day. */
export function localDate(value: string): LocalDate {
  const wrong = fault(value);
  if (wrong) throw new RangeError(wrong);
  return value as LocalDate;
}

/** Days since 1970-01-01, proleptic Gregorian; by arithmetic, so no host zone can touch it. */
export function ordinalOf(date: LocalDate): number {
  const { year, month, day } = parts(date);
  const shifted = month > 2 ? year : year - 1; // years that begin in March end with the leap day
  const days = 365 * shifted + Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return days + Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1 - 719_468;
}

/** The day that lies so many days after 1970-01-01. */
export function dateOfOrdinal(ordinal: number): LocalDate {
  const days = ordinal + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return text({
    year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  });
}

function whole(count: number, what: string): number {
  if (!Number.isSafeInteger(count)) throw new RangeError(`${what}应为整数，收到“${String(count)}”`);
  return count;
}

/** The year of a day, as a number. */
export const yearOf = (date: LocalDate): number => Number(date.slice(0, 4));

/** So many days later (earlier if negative). */
export const addDays = (date: LocalDate, days: number): LocalDate =>
  dateOfOrdinal(ordinalOf(date) + whole(days, '天数'));

/** So many months later; a day the target month lacks becomes its last day (01-31 + 1 month = 02-28 or 02-29). */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const { year, month, day } = parts(date);
  const count = year * 12 + month - 1 + whole(months, '月数');
  const target = { year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1 };
  return text({ ...target, day: Math.min(day, monthLength(target.year, target.month)) });
}

/** So many years later; 02-29 becomes 02-28 where the target year has none. */
export const addYears = (date: LocalDate, years: number): LocalDate => addMonths(date, whole(years, '年数') * 12);

/** Monday is 1, Sunday is 7. */
export const weekday = (date: LocalDate): 1 | 2 | 3 | 4 | 5 | 6 | 7 => weekdayOfOrdinal(ordinalOf(date));

/** The same for a day given as days since 1970-01-01 (a Thursday). */
export const weekdayOfOrdinal = (ordinal: number): 1 | 2 | 3 | 4 | 5 | 6 | 7 =>
  (((((ordinal + 3) % 7) + 7) % 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** How many days `to` lies after `from`; 0 for the same day, negative if earlier. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => ordinalOf(to) - ordinalOf(from);

export const startOfMonth = (date: LocalDate): LocalDate => text({ ...parts(date), day: 1 });

export function endOfMonth(date: LocalDate): LocalDate {
  const { year, month } = parts(date);
  return text({ year, month, day: monthLength(year, month) });
}

/** For sorting: negative, zero or positive. */
export const compareDates = (left: LocalDate, right: LocalDate): number => (left < right ? -1 : left > right ? 1 : 0);

/** Takes a month `YYYY-MM`, gives its first and last day. Throws RangeError on anything else. */
export function monthWindow(month: string): { from: LocalDate; to: LocalDate } {
  const from = `${month}-01`;
  if (!isLocalDate(from)) throw new RangeError(`月份格式应为 YYYY-MM（如 2023-02），收到“${month}”`);
  return { from, to: endOfMonth(from) };
}
