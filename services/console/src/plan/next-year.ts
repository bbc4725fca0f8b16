import type { FieldError } from '@zhijian/web';

/** How a date of a pack is written: a day, a month or a year. */
export const dateForm = (was: string): 'day' | 'month' | 'year' => (/^\d{4}-\d{2}-\d{2}$/.test(was) ? 'day' : /^\d{4}-\d{2}$/.test(was) ? 'month' : 'year');

const shapes = { day: [/^\d{4}-\d{2}-\d{2}$/, '请填写日期'], month: [/^\d{4}-(0[1-9]|1[0-2])$/, '请填写月份，写作 2024-04'], year: [/^\d{4}$/, '请填写年份，写作 2024'] } as const;

/** What is missing or still the old date, by its field; the order of the days is the server's to judge. */
export function wrongInDates(proposed: readonly { title: string; was: string }[], dates: readonly { on: string }[]): FieldError[] {
  return proposed.flatMap(({ title, was }, at): FieldError[] => {
    const on = dates[at]?.on ?? '';
    const [shape, words] = shapes[dateForm(was)];
    const path = `/dates/${at}/on`;
    if (!shape.test(on)) return [{ path, message: `${title}：${words}` }];
    return on > was ? [] : [{ path, message: `${title}：须晚于上一次的 ${was}` }];
  });
}
