import { inspection, type AnswerOf } from '@zhijian/contracts/http';
import { isLate } from './expected.js';
import { nameOf } from '../play.js';
import { firstReportDay, reportDay, reports, type Body, type Play } from './scenario.js';

type Report = AnswerOf<typeof inspection.submitSelfCheck>;

/** Whoever reports on that day: handed in, and taken over by the district the same day. */
export async function reported(play: Play, on: string): Promise<string> {
  const { data, bodies } = play.scenario;
  const first = bodies.filter((body) => reports(body) && firstReportDay(body, data) === on);
  const last = bodies.filter((body) => reportDay(body, data) === on);
  await play.each('首次自查报告', first, (body) => firstReport(play, body, on), nameOf);
  const done = await play.each('自查报告', last, (body) => lastReport(play, body, on), nameOf);
  return `自查报告 ${done + first.length} 份`;
}

async function firstReport(play: Play, body: Body, on: string): Promise<void> {
  const report = await submitted(play, body, on, 1);
  if (body.behaviour !== 'returned') return;
  await play.officer(body.unit).ask(inspection.returnSelfCheck, { params: { selfCheckId: report.selfCheckId }, ifMatch: report.version, key: play.key('return', body.number), body: { reasons: [...play.scenario.data.returned] } });
}

async function lastReport(play: Play, body: Body, on: string): Promise<void> {
  const report = await submitted(play, body, on, 2);
  const again = ['returned', 'superseded'].includes(body.behaviour) ? 2 : 1;
  play.journal.equal(`${body.name} 自查报告的逾期、提前、代录、份数`, [report.late, report.early, report.onBehalf, report.report], [isLate(body, play.scenario), body.behaviour === 'early', body.behaviour === 'paper', again]);
  const accepted = await play.officer(body.unit).ask(inspection.acceptSelfCheck, { params: { selfCheckId: report.selfCheckId }, ifMatch: report.version, key: play.key('accept', body.number), body: {} });
  play.journal.equal(`${body.name} 自查报告已接收`, accepted.state, 'accepted');
}

function submitted(play: Play, body: Body, on: string, time: 1 | 2): Promise<Report> {
  const { paper, sealedBy } = play.scenario.data;
  const onPaper = body.behaviour === 'paper';
  const items = itemsOf(play, body, onPaper ? paper.receivedOn : on);
  return (onPaper ? play.officer(body.unit) : play.body(body)).ask(inspection.submitSelfCheck, {
    params: { campaignId: play.campaignId }, key: play.key('report', body.number, time),
    body: {
      institutionId: play.idOf(body), items, noProblems: items.length === 0, volumes: { employers: 20 + body.number * 3, workers: 800 + body.number * 37 }, sealedBy,
      onBehalf: onPaper ? { receivedOn: paper.receivedOn, reason: paper.reason } : null,
    },
  });
}

/** What a body says of itself: problems of last year's circular always, its own as it is honest. */
function itemsOf(play: Play, body: Body, on: string) {
  const { checklist, problems } = play.scenario.data;
  const dated = datedProblem(play, body);
  const silentOnOwn = ['perfunctory', 'serious', 'undecided'].includes(body.behaviour);
  return [
    ...(play.lastYear.get(body.number) ?? []).map(({ problemId, text }) => ({ source: 'assessment-last-year' as const, problemId, checklistItem: checklist.lastYear, text, correctedOn: on, correctBy: null })),
    ...(silentOnOwn ? [] : [{ source: 'self' as const, checklistItem: checklist.corrected, text: problems.corrected[body.number % problems.corrected.length]!, correctedOn: on, correctBy: null }]),
    ...(dated ? [{ source: 'self' as const, checklistItem: checklist.dated, text: dated.text, correctedOn: null, correctBy: dated.correctBy }] : []),
  ];
}

/** The problem a body has promised to correct by a day of its own. */
export function datedProblem({ scenario: { data } }: Play, body: Body): { text: string; correctBy: string } | undefined {
  if (!['corrected', 'uncorrected', 'not-yet-due'].includes(body.behaviour)) return undefined;
  return { text: data.problems.dated[body.number % data.problems.dated.length]!, correctBy: body.behaviour === 'not-yet-due' ? data.correctByLater : data.correctBy };
}
