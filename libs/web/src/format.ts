/** How values are written for people. Pure; used by the console and by the portal. */

/** The last moment of a due day as people say it: `2023-04-15 24:00`. */
export const untilEndOf = (on: string | null): string => (on ? `${on} 24:00 前` : '未定');

/** A duty's limit: a provisional day is marked, a duty without any time in the text says so. */
export const limitOf = ({ dueOn, firm, noLimit }: { dueOn: string | null; firm: boolean; noLimit: boolean }): string =>
  (noLimit ? '无期限' : `${untilEndOf(dueOn)}${dueOn === null || firm ? '' : '（暂定）'}`);

/** A civil date, or a dash where there is none. */
export const day = (on: string | null | undefined): string => on ?? '—';

const beijing = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
});

const partsOf = (at: string): Record<string, string> => Object.fromEntries(beijing.formatToParts(new Date(at)).map((part) => [part.type, part.value]));

/** An instant in Beijing time, `2023-04-12 09:05`. */
export function moment(at: string | null | undefined): string {
  if (!at) return '—';
  const it = partsOf(at);
  return `${it['year']}-${it['month']}-${it['day']} ${it['hour']}:${it['minute']}`;
}

/** The Beijing day of an instant. */
export const dayOfMoment = (at: string | null | undefined): string => (at ? moment(at).slice(0, 10) : '—');

/** A due instant that falls on midnight belongs to the day that ends: `2023-04-16T00:00+08:00` is `2023-04-15 24:00`. */
export function dueMoment(at: string): string {
  const text = moment(at);
  if (!text.endsWith(' 00:00')) return text;
  const before = moment(new Date(new Date(at).getTime() - 60_000).toISOString());
  return `${before.slice(0, 10)} 24:00`;
}

/** A unified social credit code in groups, as GB 32100 divides it: registration, division, body, check digit. */
export function groupedCode(code: string): string {
  return code.length === 18 ? `${code.slice(0, 2)} ${code.slice(2, 8)} ${code.slice(8, 17)} ${code.slice(17)}` : code;
}

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** Counts with thousands separators. */
export const count = (value: number): string => grouped(String(value));

const decimals = (fen: number, places: number): string => {
  const digits = String(Math.abs(fen)).padStart(places + 1, '0');
  const rest = digits.slice(-places).replace(/0+$/, '');
  return `${fen < 0 ? '-' : ''}${grouped(digits.slice(0, -places))}${rest ? `.${rest}` : ''}`;
};

/** Fen as yuan: 1234567 → `12,345.67`. */
export const yuan = (fen: number): string => decimals(fen, 2);

/** Fen as ten thousand yuan, the unit of the printed forms: 1500000 → `1.5`. */
export const wan = (fen: number): string => decimals(fen, 6);

/** Ten thousand yuan as typed (`1.5`) in fen, exactly; null when it is no amount or finer than one fen. */
export function fenOfWan(typed: string): number | null {
  const match = /^(\d{1,9})(?:\.(\d{1,6}))?$/.exec(typed.trim().replaceAll(',', ''));
  if (!match) return null;
  return Number(match[1]) * 1_000_000 + Number((match[2] ?? '').padEnd(6, '0'));
}

/** How far a day is from today, in words. Both are civil dates. */
export function fromToday(on: string, today: string): string {
  const days = Math.round((Date.parse(on) - Date.parse(today)) / 86_400_000);
  if (days === 0) return '今天到期';
  return days > 0 ? `还有 ${days} 天` : `已过 ${-days} 天`;
}
