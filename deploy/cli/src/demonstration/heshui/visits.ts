import { inspection } from '@zhijian/contracts/http';
import { nameOf } from '../play.js';
import { decisionDay, findingOf, visitDay, type Body, type Play } from './scenario.js';

/** The county's checks of one day. */
export async function checked(play: Play, on: string): Promise<string> {
  const { data, bodies } = play.scenario;
  const done = await play.each('监督检查', bodies.filter((body) => visitDay(body, data) === on), (body) => visit(play, body, on), nameOf);
  return `监督检查 ${done} 家`;
}

async function visit(play: Play, body: Body, on: string): Promise<void> {
  const { data } = play.scenario;
  const county = play.officer(body.unit);
  const finding = findingOf(body, data);
  const open = await county.ask(inspection.openVisit, { params: { campaignId: play.campaignId }, key: play.key('visit', body.number), body: { unit: body.unit, kind: 'site-check', institutionId: play.idOf(body), visitOn: on, inspectors: data.inspectors } });
  const recorded = await county.ask(inspection.recordVisit, { params: { visitId: open.visitId }, ifMatch: open.version, key: play.key('visit-record', body.number), body: { verifications: [], findings: finding ? [finding] : [], remarks: data.label } });
  play.journal.equal(`${body.name} 检查结论、立案`, [recorded.state, recorded.caseId !== null], ['recorded', finding?.class === 'violation']);
}

/** Cases decided on that day, by what was found. */
export async function decided(play: Play, on: string): Promise<string> {
  const { data, bodies } = play.scenario;
  const { items } = await play.lead.ask(inspection.listCases, { params: { campaignId: play.campaignId }, query: { limit: 500 } });
  const done = await play.each('案件处理', bodies.filter((body) => decisionDay(body, data) === on), async (body) => {
    const file = items.find(({ institutionId }) => institutionId === play.idOf(body));
    if (!file) throw new Error('没有立案');
    const sanctions = data.sanctions[body.conduct.finding as keyof typeof data.sanctions];
    const answer = await play.decider(body.unit).ask(inspection.decideCase, { params: { caseId: file.caseId }, ifMatch: file.version, key: play.key('decide', body.number), body: { decidedOn: on, sanctions: sanctions as never } });
    play.journal.equal(`${file.number} 已作出决定`, [answer.state, answer.number.includes(visitDay(body, data).slice(0, 4))], ['decided', true]);
  }, nameOf);
  return `案件处理 ${done} 件`;
}
