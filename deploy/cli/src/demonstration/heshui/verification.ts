import { inspection } from '@zhijian/contracts/http';
import type { Pack } from '@zhijian/policy';
import { eventually } from '../crew.js';
import { everyPage } from '../pages.js';
import type { Expected } from './expected.js';
import { visitDay, type Play } from './scenario.js';
import { targetsHold } from './targets.js';

/** What the system holds at the end, against what the data says that it must hold. */
export async function verified(play: Play, pack: Pack, expected: Expected): Promise<void> {
  const { lead, journal, campaignId, scenario } = play;
  const finished = await eventually(async () => (await lead.ask(inspection.getCampaign, { params: { campaignId } })).state === 'finished');
  const { units } = await lead.ask(inspection.getOverview, { params: { campaignId } });
  journal.verified(`合水县两年行动结束`, finished && units.every(({ state }) => state === 'finished'));
  await owed(play, expected);
  await records(play, expected);
  journal.say(await targetsHold(play, pack, scenario.data.days.finished));
  const drilled = (await lead.ask(inspection.listTargetBodies, { params: { campaignId, target: 'supervision' } })).items.map(({ name, counted, on }) => [name, counted, on]).sort();
  const wanted = scenario.bodies.map((body) => [body.name, true, visitDay(body, scenario.data)]).sort();
  journal.equal('监管覆盖率逐家可查', drilled, wanted);
  const { items: cases } = await lead.ask(inspection.listCases, { params: { campaignId }, query: { limit: 500 } });
  journal.equal('案件全部办结', cases.map(({ subjectName, state }) => [subjectName, state]).sort(), expected.cases.map((name) => [name, 'decided']));
  const years = new Set(scenario.bodies.map((body) => visitDay(body, scenario.data).slice(0, 4)));
  journal.verified(`监督检查 ${scenario.bodies.length} 家，跨 ${[...years].sort().join('、')} 两个年度；立案并办结 ${cases.length} 件`, years.size === 2 && JSON.stringify(drilled) === JSON.stringify(wanted));
}

/** Late, missing, and not done for want of any date: three different things. */
async function owed({ lead, journal, campaignId, scenario }: Play, expected: Expected): Promise<void> {
  const all = await everyPage((cursor) => lead.ask(inspection.listObligations, { params: { campaignId }, query: { limit: 500, ...(cursor ? { cursor } : {}) } }));
  const names = (duty: string, state: string): (string | null)[] => all.filter((one) => one.duty === duty && one.state === state).map(({ institutionName }) => institutionName).sort();
  const { list, plan, check } = scenario.data.duties;
  for (const duty of [list, plan]) journal.equal(`${duty} 逾期、未报`, [names(duty, 'late'), names(duty, 'overdue')], [expected.late[duty], expected.missing[duty]]);
  journal.equal('监督检查全部按期', names(check, 'done').length, scenario.bodies.length);
  const open = all.filter(({ state }) => state === 'open');
  const told = open.map(({ duty, institutionName }) => `${duty} ${institutionName ?? '-'}`).sort();
  journal.equal('没有期限而未办的，列为未完成，不算逾期', [told, open.every(({ noLimit, lateAt, dueOn }) => noLimit && lateAt === null && dueOn === null)], [expected.notDone, true]);
  journal.verified(`未写明期限的任务未办 ${told.length} 项，列明而不计逾期`, JSON.stringify(told) === JSON.stringify(expected.notDone));
}

async function records({ lead, journal, campaignId, scenario }: Play, expected: Expected): Promise<void> {
  const { plan } = scenario.data.duties;
  const plans = await everyPage((cursor) => lead.ask(inspection.listDutyRecords, { params: { campaignId }, query: { duty: plan, superseded: 'true', limit: 200, ...(cursor ? { cursor } : {}) } }));
  const replaced = plans.filter(({ state }) => state === 'superseded').map(({ institutionName }) => institutionName).sort();
  const current = plans.filter(({ state }) => state === 'current');
  journal.equal('一单位一方案：后一份替代前一份', [replaced, new Set(current.map(({ institutionId }) => institutionId)).size], [expected.revised, current.length]);
  const { reminders } = await lead.ask(inspection.getUnit, { params: { campaignId, unit: scenario.units[0]!.code } });
  const days = [...new Set(reminders.filter(({ automatic }) => automatic).map(({ duty, issuedAt }) => `${duty} ${issuedAt.slice(0, 4)}`))].sort();
  journal.equal('自动提醒跨两个年度', days, [`${plan} 2024`, `${scenario.data.duties.list} 2024`, `${scenario.data.duties.check} 2025`].sort());
}
