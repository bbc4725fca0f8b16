import { inspection, type AnswerOf } from '@zhijian/contracts/http';
import { nameOf } from '../play.js';
import { confirmationDay, sendingDays, type Body, type Play, type Sending } from './scenario.js';

type Record_ = AnswerOf<typeof inspection.recordDuty>;
type Content = { note: string; issues?: readonly object[]; inputs?: Record<string, string> };

/** Issue lists and plans that come in on that day: by the bodies themselves, or entered from their sealed paper. */
export async function sent(play: Play, on: string): Promise<string> {
  const { data, bodies } = play.scenario;
  const lists = bodies.filter(({ conduct }) => sendingDays(conduct.list, data).includes(on));
  const plans = bodies.filter(({ conduct }) => sendingDays(conduct.plan, data).includes(on));
  const done = await play.each('问题清单', lists, (body) => send(play, body, on, data.duties.list, body.conduct.list, { note: data.label, issues: body.conduct.issues.map((name) => data.issues[name]) }), nameOf);
  const more = await play.each('攻坚计划', plans, (body) => send(play, body, on, data.duties.plan, body.conduct.plan, { note: body.conduct.plan === 'revised' && on === data.days.lists[1] ? data.notes.revised : data.notes.plan }), nameOf);
  return `自查问题清单 ${done} 份，能力提升“攻坚”计划 ${more} 份`;
}

async function send(play: Play, body: Body, on: string, duty: string, when: Sending, content: Content): Promise<void> {
  const { paper, limitOn } = play.scenario.data;
  const onBehalf = when === 'paper' ? paper : null;
  const record = await recorded(play, onBehalf ? play.officer(body.unit) : play.body(body), duty, { unit: body.unit, institutionId: play.idOf(body), doneOn: onBehalf ? paper.receivedOn : on, onBehalf, ...content }, [body.number, on]);
  play.journal.equal(`${body.name} ${duty} 逾期、期限、代录`, [record.late, record.dueOn, record.onBehalf, record.state], [when === 'late', limitOn, onBehalf !== null, 'current']);
}

const recorded = (play: Play, caller: ReturnType<Play['body']>, duty: string, body: object, key: readonly (string | number)[]): Promise<Record_> =>
  caller.ask(inspection.recordDuty, { params: { campaignId: play.campaignId, duty }, key: play.key('record', duty, ...key), body: body as never });

/** What the county itself does, for which the text gives no time: never late. */
export async function countyRecorded(play: Play, duty: string, note: string, on: string, issues: readonly object[] = []): Promise<string> {
  const [unit] = play.scenario.units;
  const record = await recorded(play, play.officer(unit!.code), duty, { unit: unit!.code, doneOn: on, note, issues }, ['county']);
  play.journal.equal(`${record.title} 没有期限，不会逾期`, [record.late, record.dueOn, record.issues.length], [null, null, issues.length]);
  return `${record.title}：已登记${issues.length ? ` ${issues.length} 条` : ''}（无期限）`;
}

/** The baseline register: one line for each gap of each body that is known when it is set up. */
export function baselineRegistered(play: Play, bodies: readonly Body[], on: string): Promise<string> {
  const { data } = play.scenario;
  const gaps = bodies.flatMap((body) => body.conduct.issues.map((name) => {
    const { item, standard, text } = data.issues[name];
    return { institutionId: play.idOf(body), item, standard, text };
  }));
  return countyRecorded(play, data.duties.baseline, data.notes.baseline, on, gaps);
}

/** Confirmations of that day, each with the path that the pack's table answers; what the table cannot answer stays 待核实. */
export async function confirmed(play: Play, on: string): Promise<string> {
  const { data, bodies } = play.scenario;
  const today = bodies.filter((body) => confirmationDay(body, data) === on);
  const paths: (string | null)[] = [];
  await play.each('监测能力确认', today, async (body) => {
    const { outcome } = await recorded(play, play.officer(body.unit), data.duties.confirmation, {
      unit: body.unit, institutionId: play.idOf(body), doneOn: on, note: data.notes.confirmation, inputs: { kind: body.kind, ...body.conduct.inputs },
    }, [body.number]);
    play.journal.equal(`${body.name} 能力确认的途径`, [outcome?.determined, outcome?.value], [body.conduct.path !== null, body.conduct.path]);
    paths.push(outcome?.determined ? String(outcome.value) : null);
  }, nameOf);
  return `监测能力确认 ${today.length} 家，其中待核实 ${paths.filter((path) => path === null).length} 家`;
}
