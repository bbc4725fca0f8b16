import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { NoticeError, parseNotice, type HolidayNotice } from '@zhijian/calendar';
import { parseDocument } from 'yaml';
import { given, WrongQuestion, type Answer, type Command, type Question } from '../command/command.js';
import { loadedInSystem, type Moved } from './running-system.js';

export const calendarLoad: Command = {
  noun: 'calendar', verb: 'load', usage: 'FILE [--confirm]', summary: '放假通知：列出会变动的期限；--confirm 表示经办人确认，确认后才生效', takes: 1,
  options: { confirm: { type: 'boolean' } },
  async answer(question) {
    const notice = noticeIn(question);
    const confirm = given(question.values, 'confirm');
    const system = await loadedInSystem(question.surroundings, notice, confirm);
    if (!system) return { ok: !confirm, json: { moved: [] }, text: `${titleOf(notice)}\n通知本身无误；没有录入，没有变动任何期限`, notes: ['系统没有运行，只检查了通知本身（启动请用 npm start）'] };
    if (!system.moved) return unanswered;
    return { ok: true, json: { moved: system.moved }, text: told(notice, system.moved, confirm) };
  },
};

const titleOf = ({ year, number }: HolidayNotice): string => `${year} 年放假通知${number ? `（${number}）` : ''}`;

const told = (notice: HolidayNotice, moved: readonly Moved[], confirmed: boolean): string => [
  titleOf(notice), ...moved.map((it) => `${it.title}  ${it.placeName}${it.institution ? `，${it.institution}` : ''}  ${it.old} → ${it.new}${it.old === it.new ? '（由暂定转为确定）' : it.firm ? '' : '（仍为暂定）'}  ${it.clock}`),
  confirmed ? `变动 ${moved.length} 个期限；已确认，现已生效` : `将变动 ${moved.length} 个期限；尚未确认，没有变动任何期限（确认请加 --confirm）`,
].join('\n');

const late = '通知已录入，但 10 秒内没有得到会变动的期限清单，没有确认；请稍后再试';
const unanswered: Answer = { ok: false, json: { error: { message: late, problems: [] } }, text: late };

const longest = 1_000_000;

function noticeIn({ arguments: [file = ''], surroundings }: Question): HolidayNotice {
  const path = resolve(surroundings.cwd, file);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new WrongQuestion(`不能读取 ${path}`);
  }
  if (text.length > longest) throw new WrongQuestion(`${path} 超过 1 MB，不是放假通知`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new WrongQuestion(`${path} 不是 JSON`);
  }
  const [twice] = parseDocument(text, { uniqueKeys: true }).errors.filter(({ code }) => code === 'DUPLICATE_KEY');
  if (twice) throw new WrongQuestion(`${path} 第 ${text.slice(0, twice.pos[0]).split('\n').length} 行：同一字段写了两次，不知以哪个为准`);
  try {
    return parseNotice(json);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new WrongQuestion(error.message, error instanceof NoticeError ? [{ path: error.pointer, message: error.reason }] : []);
  }
}
