import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseNotice, type HolidayNotice } from '@zhijian/calendar';
import { given, WrongQuestion, type Command, type Question } from '../command/command.js';
import { calendarFolder } from '../command/folders.js';
import { loadedInSystem } from './running-system.js';

export const calendarLoad: Command = {
  noun: 'calendar', verb: 'load', usage: 'FILE [--confirm]', summary: '放假通知：列出会变动的期限；--confirm 表示经办人确认，确认后才生效', takes: 1,
  options: { confirm: { type: 'boolean' } },
  async answer(question) {
    const notice = noticeIn(question);
    const { env } = question.surroundings;
    const confirmed = given(question.values, 'confirm');
    const system = await loadedInSystem(env, notice, confirmed);
    if (!system && confirmed) keep(notice, calendarFolder(env));
    const { moved } = system ?? { moved: [] };
    const lines = moved.map((it) => `${it.clock}  ${it.old} → ${it.new}`);
    const text = [`${notice.year} 年放假通知${notice.number ? `（${notice.number}）` : ''}`, ...lines, `变动 ${moved.length} 个期限；${confirmed ? '已确认，现已生效' : '尚未确认，没有变动任何期限（确认请加 --confirm）'}`].join('\n');
    return { ok: true, json: { moved }, text, notes: system ? [] : ['系统没有运行，没有期限可核对'] };
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

/** Where no system runs: a later notice gets a later name, so that it stands, as those have that the gateway writes. */
function keep(notice: HolidayNotice, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const last = Math.max(0, ...readdirSync(folder).map((name) => Number(/^\d{4}-(\d+)/.exec(name)?.[1] ?? 0)));
  const file = join(folder, `${notice.year}-${String(last + 1).padStart(6, '0')}.json`);
  writeFileSync(`${file}.draft`, `${JSON.stringify(notice, null, 2)}\n`);
  renameSync(`${file}.draft`, file);
}
