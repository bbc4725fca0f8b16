import { due, isLocalDate, type DueRule, type LocalDate, type Pause } from '@zhijian/calendar';
import { textOf, textsOf, wholeOf, WrongQuestion, type Command, type Values } from '../command/command.js';

const lengths = { 'working-days': 'workingDays', days: 'days', months: 'months', years: 'years' } as const;

export const calendarDue: Command = {
  noun: 'calendar', verb: 'due', usage: '--from DATE (--working-days N | --days N | --months N | --years N) [--roll none|forward] [--pause FROM..TO]…', takes: 0,
  summary: '期限的最后一日，并说明怎么算的（--pause 含首尾两日，可重复）',
  options: { from: { type: 'string' }, 'working-days': { type: 'string' }, days: { type: 'string' }, months: { type: 'string' }, years: { type: 'string' }, roll: { type: 'string' }, pause: { type: 'string', multiple: true } },
  async answer({ values, calendar }) {
    const rule = ruleOf(values);
    try {
      const { on, firm, calendar: version, counted, because } = due(rule, await calendar());
      return { ok: true, json: { on, firm, calendar: version, counted, because }, text: `${on}${firm ? '' : '（暂定）'}\n${because}` };
    } catch (error) {
      if (error instanceof RangeError) throw new WrongQuestion(error.message);
      throw error;
    }
  },
};

function ruleOf(values: Values): DueRule {
  const spans = Object.entries(lengths).flatMap(([name, field]) => {
    const count = wholeOf(values, name);
    return count === undefined ? [] : [{ [field]: count }];
  });
  if (spans.length !== 1) throw new WrongQuestion('须在 --working-days、--days、--months、--years 中给出且只给出一个');
  const roll = textOf(values, 'roll') ?? 'none';
  if (roll !== 'none' && roll !== 'forward') throw new WrongQuestion(`--roll 应为 none 或 forward，收到“${roll}”`);
  return { from: dateOf(textOf(values, 'from') ?? '', '--from'), ...spans[0], roll, pauses: textsOf(values, 'pause').map(pauseOf) };
}

function pauseOf(text: string): Pause {
  const [from = '', to = '', ...more] = text.split('..');
  if (more.length > 0 || !text.includes('..')) throw new WrongQuestion(`--pause 应写作 起日..止日，收到“${text}”`);
  return { from: dateOf(from, '--pause'), to: dateOf(to, '--pause') };
}

function dateOf(text: string, option: string): LocalDate {
  if (!isLocalDate(text)) throw new WrongQuestion(text ? `${option} 的“${text}”不是日期，应为 YYYY-MM-DD` : `缺少 ${option} 的日期`);
  return text;
}
