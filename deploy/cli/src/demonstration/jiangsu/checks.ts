import { allRoutes, inspection, type AnswerOf } from '@zhijian/contracts/http';
import { verifyDraw } from '@zhijian/policy';
import { nameOf } from '../play.js';
import { hasCase, type Expected } from './expected.js';
import { conductOf, findingsOf, statedOf, visitDay, type Body, type Play } from './scenario.js';

type Sample = AnswerOf<typeof inspection.getSample>;
export interface FiledCase { caseId: string; name: string; key: string }

const params = (play: Play) => ({ campaignId: play.campaignId, sample: play.scenario.data.sample.id });

/** The province draws from the frozen rosters of all cities at once. */
export async function drawn(play: Play, expected: Expected): Promise<string> {
  const sample = await play.lead.ask(inspection.drawInstitutions, { params: params(play), key: play.key('draw') });
  play.journal.equal('各市抽取的家数', sample.draws.map(({ stratum, size }) => [stratum, size]), [...expected.drawn].sort());
  play.journal.expect('抽取仅凭记录可复算', sample.draws.every((record) => verifyDraw(record).ok));
  return `抽取检查的机构 ${sample.members.length} 家（抽取数量文件没有写明）`;
}

export const sampleOf = (play: Play): Promise<Sample> => play.lead.ask(inspection.getSample, { params: params(play) });

/** Nobody who is to be checked can know it: whatever it may ask, of whichever room, nothing speaks of a check. */
export async function quiet(play: Play): Promise<string> {
  const waiting = (await sampleOf(play)).members.filter(({ removedAt, visitOn }) => removedAt === null && visitOn === null);
  const bodies = play.scenario.bodies.filter((body) => waiting.some(({ institutionId }) => institutionId === play.idOf(body)));
  const routes = allRoutes.filter(({ method, roles, path }) => method === 'GET' && roles.includes('institution') && path.startsWith('/api/v1/'));
  const { duties, sample } = play.scenario.data;
  const done = await play.each('检查之前没有任何告知', bodies, async (body) => {
    const own: Record<string, string> = { campaignId: play.campaignId, institutionId: play.idOf(body), unit: body.unit };
    const told: string[] = [];
    for (const route of routes) {
      const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(own[name] ?? 'x'));
      const answer = await play.body(body).raw('GET', path.endsWith('/obligations') ? `${path}?institutionId=${own['institutionId']}` : path);
      if ([duties.check, sample.id, 'key-supervision', 'unannounced'].some((word) => JSON.stringify(answer.body).includes(word))) told.push(route.path);
    }
    play.journal.equal(`${body.name} 事先不知将受检查`, told, []);
  }, nameOf);
  return `核对 ${done} 家待检查的机构各 ${routes.length} 个接口：均无检查的任何消息`;
}

/** Visits of one day: who is in the sample, and whom the province visits in any case. */
export async function checked(play: Play, on: string, cases: FiledCase[]): Promise<string> {
  const { data, bodies } = play.scenario;
  const { members } = await sampleOf(play);
  const inSample = (body: Body): boolean => members.some(({ institutionId, removedAt, visitOn }) => institutionId === play.idOf(body) && removedAt === null && visitOn === null);
  const today = bodies.filter((body) => visitDay(body, data) === on && (conductOf(body, data).visited !== undefined || inSample(body)));
  const before = cases.length;
  const done = await play.each('“四不两直”检查', today, async (body) => {
    const filed = await visit(play, body, on);
    if (filed) cases.push(filed);
  }, nameOf);
  return `“四不两直”检查 ${done} 家${cases.length > before ? `，立案 ${cases.length - before} 件` : ''}`;
}

async function visit(play: Play, body: Body, on: string): Promise<FiledCase | null> {
  const { data } = play.scenario;
  const { uncorrected = false } = conductOf(body, data);
  const open = await play.lead.ask(inspection.openVisit, {
    params: { campaignId: play.campaignId }, key: play.key('visit', body.number), body: { unit: body.unit, kind: 'site-check', institutionId: play.idOf(body), visitOn: on, inspectors: data.inspectors.slice(body.number % 2, (body.number % 2) + 2) },
  });
  play.journal.equal(`${body.name} 检查方式`, open.mode, 'unannounced');
  const recorded = await play.lead.ask(inspection.recordVisit, {
    params: { visitId: open.visitId }, ifMatch: open.version, key: play.key('record', body.number),
    body: { verifications: open.verifications.map(({ itemId }) => ({ itemId, corrected: !uncorrected })), findings: findingsOf(body, data), judged: statedOf(body, data), remarks: data.label },
  });
  play.journal.equal(`${body.name} 检查结论`, [recorded.state, recorded.caseId !== null], ['recorded', hasCase(body, data)]);
  return recorded.caseId === null ? null : { caseId: recorded.caseId, name: body.name, key: String(body.number) };
}

/** Decides the cases by what their circumstance allows. */
export async function decided(play: Play, cases: readonly FiledCase[], expected: Expected, on: string): Promise<string> {
  const { items } = await play.lead.ask(inspection.listCases, { params: { campaignId: play.campaignId }, query: { limit: 500 } });
  const done = await play.each('案件处理', cases, async ({ caseId, name, key }) => {
    const file = items.find((it) => it.caseId === caseId);
    const circumstance = expected.cases.get(name);
    if (!file || !circumstance) throw new Error('找不到案件');
    play.journal.equal(`${name} 从轻从严的情形`, file.circumstance?.value, circumstance);
    const answer = await play.decider(play.scenario.data.jurisdiction).ask(inspection.decideCase, { params: { caseId }, ifMatch: file.version, key: play.key('decide', key), body: { decidedOn: on, sanctions: play.scenario.data.sanctions[circumstance] as never } });
    play.journal.equal(`${file.number} 已作出决定`, answer.state, 'decided');
  }, nameOf);
  return `案件处理 ${done} 件`;
}
