import { rehearse, usualAssumptions, type Assumptions, type Consequence, type Pack, type Rehearsal } from '@zhijian/policy';
import { textOf, wholeOf, WrongQuestion, type Command, type Values } from '../command/command.js';
import { readPack } from '../pack/read-pack.js';
import { readRoster } from './roster-file.js';

export const campaignRehearse: Command = {
  noun: 'campaign', verb: 'rehearse', usage: 'PACK --roster FILE [--late PERCENT] [--failing PERCENT] [--seed N] [--officers N] [--overload N]', takes: 1,
  summary: `演练：期限、每日通知、每名执法人员每周检查数、谁超负荷、逾期的后果；不发送任何东西（默认逾期 ${usualAssumptions.late}%、不合格 ${usualAssumptions.failing}%、种子 ${usualAssumptions.seed}、每次 ${usualAssumptions.officers} 人、每周超过 ${usualAssumptions.visitsAWeek} 次为超负荷）`,
  options: { roster: { type: 'string' }, late: { type: 'string' }, failing: { type: 'string' }, seed: { type: 'string' }, officers: { type: 'string' }, overload: { type: 'string' } },
  async answer(question) {
    const file = textOf(question.values, 'roster');
    if (!file) throw new WrongQuestion('缺少 --roster：名单为 CSV，列为 id,name,kind,city,inspectors');
    const assumptions = assumptionsOf(question.values);
    const { pack } = await readPack(question.arguments[0]!, question);
    if (!pack.campaign) throw new WrongQuestion(`政策包 ${pack.id}@${pack.version} 没有专项治理方案`);
    const bodies = await readRoster(file, question.surroundings.cwd);
    const unitNames = Object.fromEntries(pack.campaign.units.map(({ code, name }) => [code, name]));
    const rehearsal = rehearse(pack, await question.calendar(), { bodies, assumptions, unitNames });
    return { ok: true, json: rehearsal, text: textOfRehearsal(rehearsal, pack), notes: notesOf(rehearsal) };
  },
};

function assumptionsOf(values: Values): Assumptions {
  const percent = (name: string): number | undefined => {
    const value = wholeOf(values, name);
    if (value !== undefined && value > 100) throw new WrongQuestion(`--${name} 应为 0 至 100 的整数，收到“${value}”`);
    return value;
  };
  const officers = wholeOf(values, 'officers');
  if (officers === 0) throw new WrongQuestion('--officers 应为不小于 1 的整数');
  return {
    ...usualAssumptions, late: percent('late') ?? usualAssumptions.late, failing: percent('failing') ?? usualAssumptions.failing,
    seed: seedOf(textOf(values, 'seed')), officers: officers ?? usualAssumptions.officers, visitsAWeek: wholeOf(values, 'overload') ?? usualAssumptions.visitsAWeek,
  };
}

/** A seed may be a long number, such as a date. */
function seedOf(text: string | undefined): number {
  if (text === undefined) return usualAssumptions.seed;
  if (!/^\d{1,15}$/.test(text)) throw new WrongQuestion(`--seed 应为不小于 0、不超过 15 位的整数，收到“${text}”`);
  return Number(text);
}

function notesOf({ outside, unvisited, understaffed, assumptions }: Rehearsal): string[] {
  return [
    ...(outside.length > 0 ? [`名单中 ${outside.length} 家机构的类别不在方案范围内，没有列入：${outside.slice(0, 5).join('、')}${outside.length > 5 ? ' 等' : ''}`] : []),
    ...(understaffed.length > 0 ? [`执法人员少于一次检查所需的 ${assumptions.officers} 人：${understaffed.join('、')}`] : []),
    ...(unvisited.length > 0 ? [`${unvisited.length} 家机构没有执法人员可派，未能检查`] : []),
  ];
}

const consequenceWords: Readonly<Record<Consequence | 'none', string>> = {
  none: '文件没有写明后果', 'key-supervision': '列为重点监督', case: '立案', escalation: '督办', finding: '记为不合格', 'strict-penalty': '从严处罚', concealment: '按隐瞒有关情况处理',
  circular: '通报', publication: '公开', 'withdrawal-request': '提请撤销', resampling: '补充抽查',
};
const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

function textOfRehearsal(it: Rehearsal, pack: Pack): string {
  const titles = new Map(pack.campaign?.stages.flatMap(({ duties }) => duties.map(({ id, title }) => [id, title])));
  const titled = (duty: string): string => titles.get(duty) ?? duty;
  const { assumptions: given, perDay, perInspectorWeek, overloaded, late, deadlines } = it;
  const busiest = (count: (day: Rehearsal['perDay'][number]) => number) => perDay.reduce<Rehearsal['perDay'][number] | undefined>((best, day) => (best && count(best) >= count(day) ? best : day), undefined);
  const notices = busiest((day) => day.notices);
  const last = Map.groupBy(deadlines, ({ dueOn, duty }) => `${dueOn}  ${titled(duty)}`);
  const busy = [...Map.groupBy(overloaded, ({ city, inspector }) => `${city} ${inspector}`)].sort((a, b) => b[1].length - a[1].length);
  const decided = Map.groupBy(it.cases, ({ decision, reason }) => (decision === null ? `待核实（${reason ?? ''}）` : typeof decision === 'string' ? decision : JSON.stringify(decision)));
  return [
    `演练 ${it.pack}（日历 ${it.calendar}）`,
    `假定：逾期 ${given.late}%，不合格 ${given.failing}%，逾期至多 ${given.latestByDays} 天，每次检查 ${given.officers} 人，每人每周超过 ${given.visitsAWeek} 次为超负荷，种子 ${given.seed}`,
    `${it.cities.length} 个地区，${total(it.cities.map(({ bodies }) => bodies))} 家机构，${total(it.cities.map(({ inspectors }) => inspectors))} 名执法人员`,
    '', `期限 ${deadlines.length} 个`, ...[...last].map(([words, those]) => `  ${words}  ${those.length} 个`),
    '', `通知 ${total(perDay.map((day) => day.notices))} 份${notices && notices.notices > 0 ? `，最多的一天 ${notices.on}：${notices.notices} 份（告知 ${notices.told}，提醒 ${notices.reminders}，逾期 ${notices.overdue}）` : ''}`,
    `检查 ${total(perDay.map(({ visits }) => visits))} 次；一名执法人员一周最多 ${Math.max(0, ...perInspectorWeek.map(({ visits }) => visits))} 次`,
    `超负荷 ${busy.length} 人${busy.length > 0 ? `：${busy.slice(0, 10).map(([who, weeks]) => `${who}（${weeks.length} 周）`).join('、')}${busy.length > 10 ? ' 等' : ''}` : ''}`,
    `逾期 ${late.length} 份${late.length > 0 ? `；${[...Map.groupBy(late, ({ consequence }) => consequenceWords[consequence ?? 'none'])].map(([what, those]) => `${what} ${those.length}`).join('，')}` : ''}`,
    ...(it.keySupervision.length > 0 ? [`列为重点监督 ${it.keySupervision.length} 家，其中 ${it.keySupervision.filter(({ visitOn }) => visitOn !== null).length} 家在逾期以后受检`] : []),
    ...(it.samples.length > 0 ? [`抽查 ${total(it.samples.map(({ drawn }) => drawn))} 家（共 ${total(it.samples.map(({ of }) => of))} 家），因逾期补充列入 ${it.reopened.length} 家`] : []),
    ...(it.cases.length > 0 ? [`检查不合格 ${it.cases.length} 家：${[...decided].map(([what, those]) => `${what} ${those.length}`).join('，')}`] : []),
    ...(it.following.length > 0 ? [`随事件起算的期限 ${it.following.length} 个，最晚 ${it.following.map(({ dueOn }) => dueOn).sort().at(-1) ?? ''}`] : []),
    ...(it.undated.length > 0 ? [`没有日期的工作 ${it.undated.length} 项：${it.undated.map(({ duty, because }) => `${titled(duty)}（${because}）`).join('；')}`] : []),
    '', `摘要 ${it.hash}`,
  ].join('\n');
}
