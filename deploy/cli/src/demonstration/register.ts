import { renameSync, writeFileSync } from 'node:fs';
import { qualification, qualityControl } from '@zhijian/contracts/http';
import { nameOf, type Play } from './play.js';
import { circulated, type Body } from './scenario.js';

/** Registers bodies with their filings, each by the district that keeps it. */
export function registered(play: Play, bodies: readonly Body[], filedOn: string): Promise<number> {
  const { data } = play.scenario;
  return play.each('登记机构', bodies, async (body) => {
    const { institutionId } = await play.county(body.unit).ask(qualification.registerInstitution, {
      key: play.key('register', body.number),
      body: {
        creditCode: body.creditCode, name: body.name, kind: data.kind as 'health-examination', jurisdiction: body.unit, address: body.address, contactPost: data.contactPost, invented: true,
        filing: { number: data.filingNumber.replace('{number}', String(body.number)), filedOn, categories: [...body.categories], items: [...data.items].slice(0, 1 + (body.number % data.items.length)), outreach: body.outreach },
      },
    });
    play.ids.set(body.number, institutionId);
  }, nameOf);
}

/** An account for each body; the two well-known ones act for one body in each unit. Read by the identity provider when it changes. */
export function accountsWritten(play: Play, file: string): void {
  const { units, outside } = play.scenario;
  const known = play.scenario.bodies.filter(({ number }) => play.ids.has(number));
  const place = (body: Body) => ({ code: body.unit, name: body.unitName, institutionId: play.idOf(body), institutionName: body.name });
  const account = (name: string, displayName: string, bodies: readonly Body[]) => ({ name, displayName, role: 'institution', places: bodies.map(place) });
  const accounts = [
    account('jigou', '机构经办人', units.flatMap(({ bodies }) => bodies.slice(0, 1))), account('jigou2', '机构经办人（另一机构）', [...units.flatMap(({ bodies }) => bodies.slice(1, 2)), ...outside.slice(0, 1)]),
    ...known.map((body) => account(body.account, `${body.name}经办人`, [body])),
  ];
  writeFileSync(`${file}.draft`, `${JSON.stringify(accounts, null, 1)}\n`);
  renameSync(`${file}.draft`, file);
}

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
    await play.county(body.unit).ask(qualification.recordOperation, {
      params: { institutionId: play.idOf(body) }, key: play.key('operation', body.number), body: { unit: body.unit, operating, observedOn: on, evidence: operating ? evidence.operating : evidence.idle },
    });
  }, nameOf);
}

export async function filingClosed(play: Play, body: Body, on: string): Promise<void> {
  await play.county(body.unit).ask(qualification.closeFiling, { params: { institutionId: play.idOf(body) }, key: play.key('closed', body.number), body: { closedOn: on, reason: '机构申请注销备案' } });
}
