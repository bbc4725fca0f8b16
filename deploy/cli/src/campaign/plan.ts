import { planCampaign, type CampaignPlan, type Pack, type PlannedDuty, type PlannedMilestone, type PlannedStage, type Unit } from '@zhijian/policy';
import { textsOf, WrongQuestion, type Command } from '../command/command.js';
import { readPack } from '../pack/read-pack.js';

export const campaignPlan: Command = {
  noun: 'campaign', verb: 'plan', usage: 'PACK [--city CODE]…', summary: '这个政策包会产生什么：阶段、任务、期限', takes: 1,
  options: { city: { type: 'string', multiple: true } },
  async answer(question) {
    const { pack } = await readPack(question.arguments[0]!, question);
    if (!pack.campaign) throw new WrongQuestion(`政策包 ${pack.id}@${pack.version} 没有专项治理方案`);
    const units = unitsOf(pack, textsOf(question.values, 'city'));
    const plan = planCampaign(pack, await question.calendar(), units ? { units } : {});
    const cities = citiesOf(plan, pack.jurisdiction);
    return { ok: true, json: { findings: plan.findings, cities }, text: textOfPlan(plan, cities) };
  },
};

function unitsOf(pack: Pack, codes: readonly string[]): Unit[] | undefined {
  const wrong = codes.find((code) => !/^(\d{6}|[a-z][a-z0-9-]{2,39})$/.test(code));
  if (wrong !== undefined) throw new WrongQuestion(`--city 应为六位区划代码，收到“${wrong}”`);
  const known = pack.campaign?.units ?? [];
  return codes.length ? [...new Set(codes)].map((code) => ({ code, name: known.find((unit) => unit.code === code)?.name ?? code })) : undefined;
}

interface City { city: string; stages: ReturnType<typeof stageOf>[] }

type Stage = PlannedStage | PlannedMilestone;

/** A milestone has no days: null. The duties of the campaign as a whole stand under the jurisdiction of the pack. */
function citiesOf(plan: CampaignPlan, jurisdiction: string): City[] {
  const own = (stage: Stage) => plan.campaignDuties.filter((duty) => duty.stage === stage.id);
  const cities = plan.cities.map(({ city, stages, milestones }): City => ({ city, stages: [...stages, ...milestones].map((stage) => stageOf(stage, city === jurisdiction ? own(stage) : [])) }));
  if (plan.campaignDuties.length === 0 || cities.some(({ city }) => city === jurisdiction)) return cities;
  const stages = [...(plan.cities[0]?.stages ?? []), ...(plan.cities[0]?.milestones ?? [])].filter((stage) => own(stage).length > 0).map((stage) => stageOf({ ...stage, duties: [] }, own(stage)));
  return [...cities, { city: jurisdiction, stages }];
}

const stageOf = ({ id, kind, duties, ...days }: Stage, also: readonly PlannedDuty[]) =>
  ({ id, kind, opensOn: 'opensOn' in days ? days.opensOn : null, closesOn: 'closesOn' in days ? days.closesOn : null, duties: [...duties, ...also].map(dutyOf) });

const dutyOf = ({ id, actor, receiver, copyTo, form, dueOn, after, yearly, firm, missed, clauses }: PlannedDuty) =>
  ({ id, actor, receiver, copyTo, form, dueOn, ...(after ? { after } : {}), ...(yearly ? { yearly } : {}), firm, missed, clauses });

const weights = { error: '错误', warning: '提示', info: '说明' } as const;

function textOfPlan(plan: CampaignPlan, cities: readonly City[]): string {
  const names = new Map(plan.cities.map(({ city, name }) => [city, name]));
  const agency = (id: string | null) => (id === 'institution' ? '各机构' : id ? (plan.agencies[id]?.name ?? id) : '—');
  const duties = [...plan.cities.flatMap(({ stages, milestones }) => [...stages, ...milestones].flatMap((stage) => stage.duties)), ...plan.campaignDuties];
  const titles = new Map(duties.map(({ id, title }) => [id, title]));
  const stageTitles = new Map(plan.cities.flatMap(({ stages, milestones }) => [...stages, ...milestones].map(({ id, title }) => [id, title])));
  const untilWhen = new Map(duties.map(({ id, because }) => [id, because]));
  const lines = cities.flatMap(({ city, stages }) => [`${city} ${names.get(city) ?? '汇总'}`, ...stages.flatMap((stage) => [
    `  ${stage.opensOn ? `${stage.opensOn} 至 ${stage.closesOn}` : '没有写明时间'}  ${stageTitles.get(stage.id) ?? stage.id}`, ...stage.duties.map((duty) => `    ${duty.dueOn ?? untilWhen.get(duty.id) ?? '待事件发生'}  ${titles.get(duty.id) ?? duty.id}（${agency(duty.actor)} → ${agency(duty.receiver)}；${duty.clauses.join('、')}）`)])]);
  return [...plan.findings.map(({ severity, message }) => `${weights[severity]}：${message}`), ...lines].join('\n');
}
