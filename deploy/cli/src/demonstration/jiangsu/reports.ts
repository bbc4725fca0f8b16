import { inspection, type AnswerOf } from '@zhijian/contracts/http';
import { nameOf } from '../play.js';
import { isLate } from './expected.js';
import { conductOf, itemsOf, reportDay, type Body, type Data, type Play } from './scenario.js';

type Report = AnswerOf<typeof inspection.submitSelfCheck>;

/** Whoever reports on that day: sealed, to the province; which takes it over and says what it thinks of it. */
export async function reported(play: Play, on: string): Promise<string> {
  const { data, bodies } = play.scenario;
  const first = bodies.filter((body) => conductOf(body, data).report === 'returned' && data.days.reports[0] === on);
  const last = bodies.filter((body) => reportDay(body, data) === on);
  await play.each('首次自查报告', first, async (body) => {
    const report = await submitted(play, body, on, 1);
    await play.lead.ask(inspection.returnSelfCheck, { params: { selfCheckId: report.selfCheckId }, ifMatch: report.version, key: play.key('return', body.number), body: { reasons: [...data.returned] } });
  }, nameOf);
  const done = await play.each('自查报告', last, (body) => taken(play, body, on), nameOf);
  return `自查自纠报告 ${done + first.length} 份，加盖公章报省局、抄送市局`;
}

async function taken(play: Play, body: Body, on: string): Promise<void> {
  const { data } = play.scenario;
  const { review, report: when } = conductOf(body, data);
  const report = await submitted(play, body, on, 2);
  play.journal.equal(`${body.name} 逾期、提前、代录、份数`, [report.late, report.early, report.onBehalf, report.report], [isLate(body, data), when === 'early', when === 'paper', when === 'returned' ? 2 : 1]);
  play.journal.equal(`${body.name} 报送和抄送`, [report.receiver?.agency, report.copies.map(({ agency }) => agency), report.attachments], ['province-bureau', ['city-bureau'], ['issue-list']]);
  const accepted = await play.lead.ask(inspection.acceptSelfCheck, {
    params: { selfCheckId: report.selfCheckId }, ifMatch: report.version, key: play.key('accept', body.number), body: { judged: review ? { quality: review, reason: data.reasons[review] } : null },
  });
  play.journal.equal(`${body.name} 报告已接收`, accepted.state, 'accepted');
}

function submitted(play: Play, body: Body, on: string, time: 1 | 2): Promise<Report> {
  const { data } = play.scenario;
  const onPaper = conductOf(body, data).report === 'paper';
  const day = onPaper ? data.paper.receivedOn : on;
  const items = itemsOf(body, data, day);
  return (onPaper ? play.lead : play.body(body)).ask(inspection.submitSelfCheck, {
    params: { campaignId: play.campaignId }, key: play.key('report', body.number, time),
    body: { institutionId: play.idOf(body), items, noProblems: items.length === 0, sealedBy: data.sealedBy, onBehalf: onPaper ? { receivedOn: data.paper.receivedOn, reason: data.paper.reason } : null },
  });
}

/** What a body does for itself and keeps: study, list of problems, plan. The silent ones do nothing. */
export async function keptRecords(play: Play, duty: keyof Data['records'], on: string): Promise<string> {
  const { data, bodies } = play.scenario;
  const doing = bodies.filter((body) => reportDay(body, data) !== null);
  const done = await play.each('自行办理的工作', doing, async (body) => {
    const record = await play.body(body).ask(inspection.recordDuty, { params: { campaignId: play.campaignId, duty }, key: play.key(duty, body.number), body: { unit: body.unit, institutionId: play.idOf(body), doneOn: on, note: data.records[duty].note } });
    play.journal.equal(`${body.name} ${record.title}`, record.late, false);
  }, nameOf);
  return `${duty === 'study' ? '组织学习' : duty === 'issue-list' ? '列出问题和差距清单' : '列入整改计划'} ${done} 家`;
}

/** The reports as a city sees its copies: it reads them and acts on none. */
export async function copiesRead(play: Play, unit: string): Promise<number> {
  const { items } = await play.officer(unit).ask(inspection.listSelfChecks, { params: { campaignId: play.campaignId }, query: { limit: 500 } });
  play.journal.expect(`${unit} 只见抄送本市的报告`, items.every((item) => item.unit === unit && item.as === 'copy'));
  const [one] = items;
  if (one) {
    const refused = await play.officer(unit).raw('POST', `/api/v1/self-checks/${one.selfCheckId}/return`, { body: { reasons: ['请补充'] }, ifMatch: one.version, key: play.key('refused', 'copy', unit) });
    play.journal.equal(`${unit} 抄送的报告不得退回`, refused.status, 422);
  }
  return items.length;
}
