import { qualification, qualityControl } from '@zhijian/contracts/http';
import { nameOf } from '../play.js';
import { circulated, type Body, type Play } from './scenario.js';

/** Last year's assessment: what it named has to be answered in the self-check. */
export async function assessmentCirculated(play: Play): Promise<number> {
  const { bodies, data } = play.scenario;
  const named = bodies.filter((body) => circulated(body, data));
  const { institutions } = await play.api.as('zhikong', data.jurisdiction).ask(qualityControl.circulateAssessment, {
    key: play.key('circular'),
    body: { year: data.circular.year, title: data.circular.title, institutions: named.map((body) => ({ institutionId: play.idOf(body), problems: data.problems.lastYear.slice(0, 1 + (body.number % data.problems.lastYear.length)) })) },
  });
  for (const body of named) play.lastYear.set(body.number, institutions.find(({ institutionId }) => institutionId === play.idOf(body))?.problems ?? []);
  return institutions.length;
}

/** Each district looks whether a filed body really operates, and says how it knows. */
export function operationsRecorded(play: Play, bodies: readonly Body[], on: string): Promise<number> {
  const { evidence } = play.scenario.data;
  return play.each('核实是否实际开展', bodies, async (body) => {
    const operating = body.behaviour !== 'idle';
    await play.officer(body.unit).ask(qualification.recordOperation, {
      params: { institutionId: play.idOf(body) }, key: play.key('operation', body.number), body: { unit: body.unit, operating, observedOn: on, evidence: operating ? evidence.operating : evidence.idle },
    });
  }, nameOf);
}

export async function filingClosed(play: Play, body: Body, on: string): Promise<void> {
  await play.officer(body.unit).ask(qualification.closeFiling, { params: { institutionId: play.idOf(body) }, key: play.key('closed', body.number), body: { closedOn: on, reason: '机构申请注销备案' } });
}
