import { fixedByLaw } from './day-index.js';
import { isLocalDate, weekday, yearOf, type LocalDate } from './local-date.js';

/** A later notice that changed days of the year's notice (2015-09-03, Labour Day 2019, Spring Festival 2020). */
export interface NoticeAmendment {
  number: string | null;
  title?: string;
  source?: string;
  publishedOn?: LocalDate;
  /** The days this amendment speaks of; what they are stands in the notice's `off` and `workdays`. */
  days: LocalDate[];
}

/** The State Council's arrangement of one year, in its last version. */
export interface HolidayNotice {
  /** The year of the notice's title; it may also set days of the last third of the December before. */
  year: number;
  /** 文号; `null` where no source gives it, never guessed. */
  number: string | null;
  title?: string;
  /** Where it was read. */
  source?: string;
  publishedOn?: LocalDate;
  /** Days off, the weekend days inside a holiday included. */
  off: LocalDate[];
  /** Weekend days that are worked (调休上班). */
  workdays: LocalDate[];
  amendments?: NoticeAmendment[];
}

const NOTICE_FIELDS = new Set(['year', 'number', 'title', 'source', 'publishedOn', 'off', 'workdays', 'amendments']);
const AMENDMENT_FIELDS = new Set(['number', 'title', 'source', 'publishedOn', 'days']);

/** What is wrong with a notice, and in which field (`off[3]`). */
export class NoticeError extends RangeError {
  constructor(readonly field: string, readonly reason: string) {
    super(`放假通知字段“${field}”${reason}`);
  }

  /** The field as JSON Pointer; the whole notice is ``. */
  get pointer(): string {
    return this.field === '通知' ? '' : `/${this.field.replaceAll(/\[(\d+)\]/g, '.$1').split('.').join('/')}`;
  }
}

const refuse = (field: string, reason: string): never => {
  throw new NoticeError(field, reason);
};

function record(value: unknown, field: string, known: Set<string>): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(field, '应为 JSON 对象');
  for (const key of Object.keys(value)) if (!known.has(key)) refuse(key, '不在通知格式内');
  return value as Record<string, unknown>;
}

function textOrAbsent(value: unknown, field: string): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'string' && value.trim() !== '' ? value : refuse(field, '应为非空文本');
}

function numberOf(source: Record<string, unknown>, field: string): string | null {
  if (source.number === undefined) refuse(field, '缺失；没有文号时填 null');
  return source.number === null ? null : (textOrAbsent(source.number, field) ?? null);
}

function publishedOn(value: unknown, field: string): LocalDate | undefined {
  if (value === undefined || isLocalDate(value)) return value;
  return refuse(field, `的日期“${typeof value === 'string' ? value : JSON.stringify(value)}”无效，应为 YYYY-MM-DD`);
}

/** A notice sets days of its own year, and of the last third of the December before (2018-12-29..31 in the one for 2019). */
const belongsTo = (date: LocalDate, year: number): boolean =>
  yearOf(date) === year || (yearOf(date) === year - 1 && date.slice(5) >= '12-21');

function days(value: unknown, field: string, year: number): LocalDate[] {
  if (!Array.isArray(value)) return refuse(field, '应为日期数组');
  const seen = new Set<LocalDate>();
  value.forEach((date: unknown, index) => {
    const place = `${field}[${index}]`;
    if (!isLocalDate(date)) return refuse(place, `的日期“${String(date)}”无效或不存在，应为 YYYY-MM-DD`);
    if (!belongsTo(date, year)) refuse(place, `的日期${date}不属于${year}年（只可另含上一年12月21日至31日）`);
    if (seen.has(date)) refuse(place, `的日期${date}重复`);
    return seen.add(date);
  });
  return [...seen].sort();
}

function amendment(value: unknown, field: string, year: number): NoticeAmendment {
  const source = record(value, field, AMENDMENT_FIELDS);
  return compact({
    number: numberOf(source, `${field}.number`),
    title: textOrAbsent(source.title, `${field}.title`),
    source: textOrAbsent(source.source, `${field}.source`),
    publishedOn: publishedOn(source.publishedOn, `${field}.publishedOn`),
    days: days(source.days, `${field}.days`, year),
  });
}

/** Leaves out what is not given, so that equal notices are equal JSON. */
function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined)) as T;
}

/**
 * Takes a notice as JSON `{ year, number, off, workdays }` (optional `title`, `source`, `publishedOn`,
 * `amendments`), gives it checked and with its days sorted.
 * Throws NoticeError (a RangeError) with a Chinese sentence naming the first wrong field.
 */
export function parseNotice(json: unknown): HolidayNotice {
  const source = record(json, '通知', NOTICE_FIELDS);
  const year = source.year;
  if (typeof year !== 'number' || !Number.isInteger(year) || year < 1950 || year > 2149) {
    return refuse('year', '应为1950至2149之间的整数年份');
  }
  const off = days(source.off, 'off', year);
  const workdays = days(source.workdays, 'workdays', year);
  if (off.length === 0) refuse('off', '不能为空：通知至少含元旦');
  const holidays = new Set(off);
  for (const date of workdays) {
    if (weekday(date) < 6) refuse('workdays', `的日期${date}不是周六或周日，不能作调休上班日`);
    if (holidays.has(date)) refuse('workdays', `的日期${date}同时列在 off 中`);
    if (fixedByLaw(date)) refuse('workdays', `的日期${date}是法定节日，不能作调休上班日`);
  }
  if (source.amendments !== undefined && !Array.isArray(source.amendments)) refuse('amendments', '应为数组');
  const amendments = (source.amendments as unknown[] | undefined)?.map((one, index) =>
    amendment(one, `amendments[${index}]`, year));
  const notice = compact({
    year, number: numberOf(source, 'number'),
    title: textOrAbsent(source.title, 'title'),
    source: textOrAbsent(source.source, 'source'),
    publishedOn: publishedOn(source.publishedOn, 'publishedOn'),
    off, workdays, amendments,
  });
  sameYear(notice, year, '');
  amendments?.forEach((one, index) => sameYear(one, year, `amendments[${index}].`));
  return notice;
}

/** A notice is issued in its year or in the one before; its number, its title and its day of publication say so too. */
function sameYear({ number, title, publishedOn: issuedOn }: Pick<HolidayNotice, 'number'> & { title?: string; publishedOn?: LocalDate }, year: number, at: string): void {
  const [, numbered] = /[〔[（(【]\s*(\d{4})\s*[〕\]）)】]/u.exec(number ?? '') ?? [];
  const issued = (text: string): boolean => Number(text) === year || Number(text) === year - 1;
  if (numbered && !issued(numbered)) refuse(`${at}number`, `“${number}”是${numbered}年的文号，与${year}年的通知不符`);
  const named = [...(title ?? '').matchAll(/(\d{4})年/gu)].map(([, text]) => Number(text));
  if (named.length > 0 && !named.includes(year)) refuse(`${at}title`, `“${title}”写的是${named[0]}年，与 year 的${year}年不符`);
  if (issuedOn && !issued(issuedOn.slice(0, 4))) refuse(`${at}publishedOn`, `的日期${issuedOn}与${year}年的通知不符（应在当年或上一年）`);
}

/** How a notice is called in a sentence: by its number, or by its title where the number is not known. */
export const nameOfNotice = ({ number, title, year }: Pick<HolidayNotice, 'number' | 'year'> & { title?: string | null | undefined }): string =>
  number ?? title ?? `${year}年放假安排通知（文号未录）`;
