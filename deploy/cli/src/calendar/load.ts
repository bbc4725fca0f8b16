import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseNotice, withNotice, type HolidayNotice } from '@zhijian/calendar';
import { given, WrongQuestion, type Command, type Question } from '../command/command.js';
import { calendarFolder } from '../command/folders.js';
import { movedClocks } from './moved-clocks.js';

export const calendarLoad: Command = {
  noun: 'calendar', verb: 'load', usage: 'FILE [--confirm]', summary: '放假通知：列出会变动的期限；--confirm 表示经办人确认，确认后才生效', takes: 1,
  options: { confirm: { type: 'boolean' } },
  async answer(question) {
    const notice = noticeIn(question);
    const { env } = question.surroundings;
    const now = await question.calendar();
    const { moved, note } = await movedClocks(env, question.packs(), now, withNotice(now, notice));
    const confirmed = given(question.values, 'confirm');
    if (confirmed) keep(notice, calendarFolder(env));
    const lines = moved.map((it) => `${it.clock}  ${it.old} → ${it.new}`);
    const text = [`${notice.year} 年放假通知${notice.number ? `（${notice.number}）` : ''}`, ...lines, `变动 ${moved.length} 个期限；${confirmed ? '已确认，现已生效' : '尚未确认，没有变动任何期限（确认请加 --confirm）'}`].join('\n');
    return { ok: true, json: { moved }, text, notes: note ? [note] : [] };
  },
};

function noticeIn({ arguments: [file = ''], surroundings }: Question): HolidayNotice {
  const path = resolve(surroundings.cwd, file);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new WrongQuestion(`不能读取 ${path}`);
  }
  try {
    return parseNotice(JSON.parse(text));
  } catch (error) {
    throw new WrongQuestion(error instanceof RangeError ? error.message : `${path} 不是 JSON`);
  }
}

/** A later notice of the same year gets a later name: running services notice a new file, and the last one stands. */
function keep(notice: HolidayNotice, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const earlier = readdirSync(folder).filter((name) => name.startsWith(`${notice.year}-`)).length;
  const file = join(folder, `${notice.year}-${String(earlier + 1).padStart(3, '0')}.json`);
  writeFileSync(`${file}.draft`, `${JSON.stringify(notice, null, 2)}\n`);
  renameSync(`${file}.draft`, file);
}
