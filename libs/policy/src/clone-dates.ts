import { isLocalDate, type Calendar } from '@zhijian/calendar';
import { checkPack } from './check.js';
import type { Shifted } from './clone.js';
import type { Pack } from './pack.js';
import type { PackError } from './problem.js';

/** What is wrong with a date of a draft, and where it stands. */
export interface DateFault { readonly place: string; readonly message: string }

/** Where a date of a draft stands, as `draft.unconfirmed` names it. */
export const placeOf = ({ file, path }: Pick<Shifted, 'file' | 'path'>): string => `${file}${path}`;

const forms: readonly [RegExp, (text: string) => boolean, string][] = [
  [/^\d{4}-\d{2}-\d{2}$/, isLocalDate, '应为存在的日期，写作 2024-04-15'], [/^\d{4}-\d{2}$/, (text) => /^\d{4}-(0[1-9]|1[0-2])$/.test(text), '应为月份，写作 2024-04'], [/^\d{4}$/, (text) => /^\d{4}$/.test(text), '应为年份，写作 2024'],
];

/** What cannot be written in place of a proposed date: a place the draft has not, another kind of date, or one that is not later than that of the last time. */
export function dateFaults(shifted: readonly Shifted[], dates: Readonly<Record<string, string>>): DateFault[] {
  return Object.entries(dates).flatMap(([place, on]): DateFault[] => {
    const date = shifted.find((one) => placeOf(one) === place);
    if (!date) return [{ place, message: '草稿中没有这个日期' }];
    const [, fits, words] = forms.find(([form]) => form.test(date.was)) ?? forms[0]!;
    if (!fits(on)) return [{ place, message: words }];
    return on > date.was ? [] : [{ place, message: `须晚于上一次的 ${date.was}` }];
  });
}

/** Contradictions in time that the dates of a draft bring and its model had not, each at a date it is about. The calendar says what a day off is. */
export function timeFaults(model: Pack, draft: Pack, shifted: readonly Shifted[], calendar: Calendar): DateFault[] {
  const found = (pack: Pack) => checkPack(pack, { sourceText: '', calendar }).findings.filter(({ kind, severity }) => (kind === 'order' || kind === 'outside-parent') && severity !== 'info');
  const known = new Set(found(model).map(({ id }) => id));
  return found(draft).filter(({ id }) => !known.has(id)).map(({ id, message }) => ({ place: aboutOf(id, shifted), message }));
}

/** A draft that cannot be read: its problems at the dates they are about. */
export const unreadableAt = ({ problems }: PackError, shifted: readonly Shifted[]): DateFault[] =>
  problems.map(({ file, path, message }) => ({ place: shifted.map(placeOf).find((place) => place.startsWith(file) && path !== '' && place.includes(path)) ?? '', message }));

/** The date of a draft that a finding is about: of a duty its due day, of a stage its end. */
function aboutOf(id: string, shifted: readonly Shifted[]): string {
  const names = id.split(/[:+]/).toReversed();
  const places = shifted.map(placeOf);
  for (const name of names) {
    const at = places.find((place) => place.includes(`/duties/${name}/due/`)) ?? places.findLast((place) => place.includes(`/stages/${name}/closes/`)) ?? places.find((place) => place.includes(`/stages/${name}/`));
    if (at) return at;
  }
  return '';
}

/** What a date of a draft is, in words: the stage, duty, parameter, form, target or other rule it belongs to. */
export function dateTitle({ campaign, forms: tables, rules }: Pick<Pack, 'campaign' | 'forms' | 'rules'>, { file, path }: Pick<Shifted, 'file' | 'path'>): string {
  const [part, id = '', ...rest] = path.slice(1).split('/');
  const end = rest.at(-1) ?? id;
  if (part === 'inForce') return id === 'from' ? '政策包生效' : '政策包失效';
  if (file.startsWith('forms/')) return `${Object.values(tables).find((form) => file.includes(form.id.toLowerCase()) || file.includes(form.id))?.title ?? file}：统计时段${end === 'from' ? '起' : '止'}`;
  if (part === 'parameters') return `${id === 'volumes' ? '业务量统计时段' : `参数 ${id}`}：${end === 'from' ? '起' : end === 'to' ? '止' : end}`;
  const rule = (rules as unknown as Record<string, Record<string, { title?: string }> | undefined>)[part ?? '']?.[id]?.title;
  if (rule) return `“${rule}”：${end === 'from' ? '起' : end === 'to' ? '止' : '日期'}`;
  if (part !== 'stages') return `${file}：${path}`;
  const stage = campaign?.stages.find((one) => one.id === id);
  const duty = rest[0] === 'duties' ? stage?.duties.find((one) => one.id === rest[1]) : undefined;
  if (duty) return `“${duty.title}”${rest[2] === 'due' ? '的期限' : rest[2] === 'missed' ? '逾期的后果至' : '的另一写法'}`;
  return `“${stage?.title ?? id}”${rest[0] === 'opens' ? '开始' : rest[0] === 'closes' ? '结束' : '的另一写法'}`;
}
