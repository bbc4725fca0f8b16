import { inspection, qualification } from '@zhijian/contracts/http';
import { readForm } from '@zhijian/documents';
import { verifyDraw } from '@zhijian/policy';
import { eventually } from '../crew.js';
import type { Expected } from './expected.js';
import { finesIn, type Forms } from './forms.js';
import { everyPage } from '../pages.js';
import { inRoster, visited, type Play } from './scenario.js';

/** What the system holds at the end, against what the data says that it must hold. */
export async function verified(play: Play, forms: Forms, expected: Expected): Promise<void> {
  const { lead, journal, campaignId, scenario } = play;
  const params = { campaignId };
  const finished = await eventually(async () => (await lead.ask(inspection.getCampaign, { params })).state === 'finished');
  const { units } = await lead.ask(inspection.getOverview, { params });
  journal.verified(`${units.length} 个区、县（市）全部完成，行动结束`, finished && units.every(({ state }) => state === 'finished'));

  const wrong = expected.units.filter((unit) => {
    const funnel = units.find(({ code }) => code === unit.code)?.funnel;
    const told = [funnel?.filed, funnel?.roster, funnel?.idle, funnel?.undetermined, funnel?.selfChecked, funnel?.late, funnel?.cases];
    const wanted = [unit.filed, unit.inRoster, unit.idle, unit.undetermined, unit.reported, unit.late, unit.cases];
    journal.equal(`${unit.code} 备案、名单、未开展、待核实、已自查、逾期、立案`, told, wanted);
    return JSON.stringify(told) !== JSON.stringify(wanted);
  });
  journal.verified(`各地名单、自查、逾期和立案数与数据一致：备案 ${scenario.bodies.length} 家，立案 ${expected.cases} 件`, wrong.length === 0);
  await lateness(play);
  await draws(play, expected);
  await rollUp(play, forms, expected);
  await printed(play, forms);
  const listed = await everyPage((cursor) => lead.ask(qualification.listInstitutions, { query: { limit: 500, ...(cursor ? { cursor } : {}) } }));
  const own = scenario.units.flatMap(({ bodies }) => bodies);
  const places = new Set([...own, ...scenario.outside].map(({ unit }) => unit));
  const seen = listed.filter(({ jurisdiction }) => places.has(jurisdiction)); // what is registered elsewhere the city does not see
  journal.verified(`名录 ${seen.length} 家，全部标明为虚构`, seen.length === own.length && listed.every((it) => it.invented));
}

/** Who never reported is overdue from 24:00 of the day, for everybody else nothing is open. */
async function lateness({ lead, journal, campaignId, scenario }: Play): Promise<void> {
  const of = (state: string) => everyPage((cursor) => lead.ask(inspection.listObligations, { params: { campaignId }, query: { state, limit: 500, ...(cursor ? { cursor } : {}) } }));
  const [open, overdue, late] = await Promise.all([of('open'), of('overdue'), of('late')]);
  const names = overdue.filter(({ duty }) => duty === 'self-check-report').map(({ institutionName }) => institutionName).sort();
  const silent = scenario.bodies.filter(({ behaviour }) => behaviour === 'silent').map(({ name }) => name).sort();
  journal.equal('逾期未报的机构', names, silent);
  journal.equal('行动结束后没有未了结的任务', open.map(({ title, unit }) => `${unit} ${title}`), []);
  const units = late.filter(({ institutionId }) => institutionId === null).map(({ unit, duty }) => `${unit} ${duty}`).sort();
  journal.verified(`逾期未报 ${names.length} 家，迟报 ${late.length - units.length} 家；迟报的区、县（市）任务 ${units.length} 项，未影响他处`, JSON.stringify(names) === JSON.stringify(silent) && open.length === 0);
}

async function draws({ lead, journal, campaignId, scenario }: Play, expected: Expected): Promise<void> {
  const visits = await everyPage((cursor) => lead.ask(inspection.listVisits, { params: { campaignId }, query: { limit: 200, ...(cursor ? { cursor } : {}) } }));
  const drawn = visits.flatMap(({ draw }) => (draw ? [draw] : []));
  const wanted = scenario.bodies.filter(visited).length;
  journal.verified(`抽取 ${drawn.length} 次，仅凭记录全部可复算`, drawn.length === wanted && drawn.every((draw) => verifyDraw(draw).ok));
  const total = expected.units.reduce((sum, { visits: count }) => sum + count, 0);
  journal.verified(`现场检查覆盖每一家，共检查 ${visits.length} 次`, visits.length === total && visits.every(({ state }) => state === 'recorded'));
}

async function rollUp({ lead, journal, campaignId, scenario }: Play, forms: Forms, expected: Expected): Promise<void> {
  const { draft, versions } = await lead.ask(inspection.getForm, { params: { campaignId, unit: '*', form: forms.two } });
  const counts = scenario.data.extensionChecks.flatMap(({ body, fineYuan }) => (body.home && fineYuan ? [scenario.units.find(({ code }) => code === body.home)?.bodies.find(({ behaviour }) => behaviour === body.behaviour)?.name] : []));
  const once = counts.every((name) => draft.rows.filter((row) => row[1] === name).length === 1);
  journal.verified(`全市汇总 ${draft.rows.length} 家，被两地处罚的 ${counts.length} 家各计一次`, draft.rows.length === expected.rollUpRows && once);
  journal.verified(`全市罚款 ${expected.finesLater / 1_000_000} 万元，补充后与案件一致`, finesIn(forms, draft.rows) === expected.finesLater && versions.length === 2);
}

/** The printed forms, read back from the files people download. */
async function printed(play: Play, forms: Forms): Promise<void> {
  const { lead, journal, campaignId, scenario } = play;
  const unit = scenario.units[0]!;
  const which = [[unit.code, forms.one], ['*', forms.two]] as const;
  const equal = await Promise.all(which.map(async ([code, id]) => {
    const form = forms.pack.forms[id];
    const { draft } = await lead.ask(inspection.getForm, { params: { campaignId, unit: code, form: id } });
    const read = form && (await readForm(form, await play.api.download(`/api/v1/campaigns/${campaignId}/units/${encodeURIComponent(code)}/forms/${id}/xlsx`, 'shi')));
    return read?.ok === true && JSON.stringify(read.rows) === JSON.stringify(draft.rows);
  }));
  journal.verified('附表1、附表2 按印发表式导出，读回一致', equal.every(Boolean));
  const one = await lead.ask(inspection.getForm, { params: { campaignId, unit: unit.code, form: forms.one } });
  journal.verified(`${unit.name}附表1 ${one.draft.rows.length} 家`, one.draft.rows.length === unit.bodies.filter(inRoster).length && one.versions.length >= 1);
}
