import { inspection } from '@zhijian/contracts/http';
import { verifyDraw } from '@zhijian/policy';
import { eventually } from '../crew.js';
import { everyPage } from '../pages.js';
import { sampleOf } from './checks.js';
import type { Expected } from './expected.js';
import type { Play } from './scenario.js';

/** What the system holds at the end, against what the data says that it must hold. */
export async function verified(play: Play, expected: Expected): Promise<void> {
  const { lead, journal, campaignId, scenario } = play;
  const params = { campaignId };
  const finished = await eventually(async () => (await lead.ask(inspection.getCampaign, { params })).state === 'finished');
  const { units } = await lead.ask(inspection.getOverview, { params });
  journal.verified(`${units.length} 个市全部完成，行动结束`, finished && units.every(({ state }) => state === 'finished'));
  const received = await everyPage((cursor) => lead.ask(inspection.listSelfChecks, { params, query: { limit: 200, ...(cursor ? { cursor } : {}) } }));
  const late = received.filter((report) => report.late).map(({ institutionName }) => institutionName).sort();
  journal.verified(`省局收到报告 ${received.length} 份，逾期 ${late.length} 份，未报 ${expected.silent.length} 家`, received.length === expected.reports && JSON.stringify(late) === JSON.stringify(expected.late) && received.every(({ as }) => as === 'receiver'));
  await checks(play);
  await flags(play, expected);
  const { items: cases } = await lead.ask(inspection.listCases, { params, query: { limit: 500 } });
  const told = cases.map(({ subjectName, circumstance, state }) => [subjectName, circumstance?.value, state]).sort();
  const wanted = [...expected.cases].map(([name, value]) => [name, value, 'decided']).sort();
  journal.equal('案件及其从轻从严的情形', told, wanted);
  journal.verified(`立案 ${cases.length} 件：从轻 ${count(wanted, 'self-reported')}，从严 ${count(wanted, 'strict')}，须斟酌 ${count(wanted, 'contradictory')}`, JSON.stringify(told) === JSON.stringify(wanted));
  journal.verified(`虚构机构 ${scenario.bodies.length} 家，十三个市`, scenario.units.length === 13);
}

const count = (cases: readonly (readonly string[])[], value: string): number => cases.filter(([, it]) => it === value).length;

/** Everybody in the sample was visited, unannounced, and every stratum can be computed again. */
async function checks(play: Play): Promise<void> {
  const { lead, journal, campaignId, scenario } = play;
  const sample = await sampleOf(play);
  const inside = sample.members.filter(({ removedAt }) => removedAt === null);
  journal.equal('列入检查而没有检查的机构', inside.filter(({ visitOn }) => visitOn === null).map(({ name }) => name), []);
  journal.verified(`列入检查 ${inside.length} 家全部检查；抽取 ${sample.draws.length} 次，仅凭记录全部可复算`, inside.every(({ visitOn }) => visitOn !== null) && sample.draws.every((draw) => verifyDraw(draw).ok));
  const visits = await everyPage((cursor) => lead.ask(inspection.listVisits, { params: { campaignId }, query: { limit: 200, ...(cursor ? { cursor } : {}) } }));
  journal.verified(`“四不两直”检查 ${visits.length} 次`, visits.every(({ mode, state }) => mode === 'unannounced' && state === 'recorded'));
  const open = await everyPage((cursor) => lead.ask(inspection.listObligations, { params: { campaignId }, query: { state: 'open', duty: scenario.data.duties.check, limit: 200, ...(cursor ? { cursor } : {}) } }));
  journal.equal('行动结束后没有未了结的检查', open.map(({ institutionName }) => institutionName), []);
}

/** Who is under key supervision to the end of the year, and nobody else; bodies are not told. */
async function flags(play: Play, expected: Expected): Promise<void> {
  const { lead, journal, campaignId, scenario } = play;
  const key: string[] = [];
  const lifted: string[] = [];
  for (const body of scenario.bodies) {
    const { flags: own } = await lead.ask(inspection.getInstitutionInCampaign, { params: { campaignId, institutionId: play.idOf(body) } });
    const supervised = own.filter(({ kind }) => kind === 'key-supervision');
    if (supervised.some(({ liftedAt, untilOn }) => liftedAt === null && untilOn === scenario.data.keyUntil)) key.push(body.name);
    else if (supervised.length > 0) lifted.push(body.name);
  }
  journal.equal('重点监督的机构', key.sort(), expected.key);
  journal.equal('曾列入、经核实解除的机构', lifted.sort(), expected.lifted);
  journal.verified(`重点监督 ${key.length} 家，至 ${scenario.data.keyUntil}；解除 ${lifted.length} 家`, JSON.stringify([key, lifted]) === JSON.stringify([expected.key, expected.lifted]));
}
