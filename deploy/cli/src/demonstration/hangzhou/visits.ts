import { inspection, type AnswerOf } from '@zhijian/contracts/http';
import { verifyDraw } from '@zhijian/policy';
import { hasCase } from './expected.js';
import { nameOf } from '../play.js';
import { bodyOf, findingsOf, sanctionsOf, visitDay, type Body, type ExtensionCheck, type Sanction, type Play } from './scenario.js';
import { datedProblem } from './self-checks.js';

type Visit = AnswerOf<typeof inspection.getVisit>;

/** A case that was filed, and what the data says will become of it. */
export interface FiledCase { caseId: string; unit: string; name: string; key: string; filedOn: string; undecided: boolean; sanctions: Sanction[] }

/** The on-site checks of one day. */
export async function checked(play: Play, on: string, cases: FiledCase[]): Promise<string> {
  const { data, bodies } = play.scenario;
  const sites = bodies.filter((body) => visitDay(body, data) === on);
  const extensions = data.extensionChecks.map((check, at) => ({ check, at, name: `延伸检查 ${at + 1}` })).filter(({ check }) => check.on === on);
  const before = cases.length;
  const done = await play.each('现场检查', sites, async (body) => { keep(cases, await siteCheck(play, body, on)); }, nameOf);
  const more = await play.each('延伸检查', extensions, async ({ check, at }) => { keep(cases, await extensionCheck(play, check, at)); }, nameOf);
  return `现场检查 ${done} 家${more ? `，延伸检查 ${more} 家` : ''}${cases.length > before ? `，立案 ${cases.length - before} 件` : ''}`;
}

const keep = (cases: FiledCase[], filed: FiledCase | null): void => {
  if (filed) cases.push(filed);
};

async function siteCheck(play: Play, body: Body, on: string): Promise<FiledCase | null> {
  const { archives, inspectors } = play.scenario.data;
  const county = play.officer(body.unit);
  const list = Array.from({ length: archives.pool + (body.number % 7) }, (_, at) => `${body.unit}-${String(body.number).padStart(3, '0')}-${String(at + 1).padStart(4, '0')}`);
  const open = await county.ask(inspection.openVisit, { params: { campaignId: play.campaignId }, key: play.key('visit', body.number), body: { unit: body.unit, kind: 'site-check', institutionId: play.idOf(body), visitOn: on, inspectors: inspectors.slice(0, 2) } });
  const { visitId } = open;
  const step = <R extends Parameters<typeof county.ask>[0]>(route: R, visit: Visit, name: string, content: object) => county.ask(route, { params: { visitId }, ifMatch: visit.version, key: play.key(name, body.number), body: content as never }) as Promise<Visit>;
  const listed = await step(inspection.listArchives, open, 'archives', { archives: list });
  const drawn = await step(inspection.drawArchives, listed, 'draw', { size: archives.draw });
  play.journal.expect(`${body.name} 抽取档案可复算`, drawn.draw !== null && verifyDraw(drawn.draw).ok && drawn.draw.pool.length === list.length);
  const late = datedProblem(play, body);
  const open2 = ['uncorrected', 'not-yet-due'].includes(body.behaviour) ? late?.text : undefined;
  const recorded = await step(inspection.recordVisit, drawn, 'record', {
    verifications: drawn.verifications.map(({ itemId, text }) => ({ itemId, corrected: text !== open2 })), findings: findingsOf(body, play.scenario.data), remarks: play.scenario.data.label,
  });
  const wanted = body.behaviour === 'not-yet-due' ? 'not-yet-due' : body.behaviour === 'uncorrected' ? 'uncorrected' : null;
  play.journal.equal(`${body.name} 现场核实`, [recorded.state, recorded.caseId !== null, recorded.verifications.map(({ outcome }) => outcome).filter((outcome) => outcome !== 'corrected')], ['recorded', hasCase(body), wanted ? [wanted] : []]);
  return recorded.caseId === null ? null : { caseId: recorded.caseId, unit: body.unit, name: body.name, key: String(body.number), filedOn: on, undecided: body.behaviour === 'undecided', sanctions: sanctionsOf(body, play.scenario.data) };
}

/** A check of work done in another district, or by somebody who is filed nowhere. */
async function extensionCheck(play: Play, check: ExtensionCheck, at: number): Promise<FiledCase | null> {
  const county = play.officer(check.unit);
  const body = bodyOf(check, play.scenario);
  const unfiled = body ? null : { name: check.body.unfiled ?? '', creditCode: null, address: `${play.scenario.units.find(({ code }) => code === check.unit)?.name ?? ''}${play.scenario.data.road} ${900 + at} 号` };
  const open = await county.ask(inspection.openVisit, {
    params: { campaignId: play.campaignId }, key: play.key('extension', at),
    body: { unit: check.unit, kind: 'extension-check', institutionId: body ? play.idOf(body) : null, unregistered: unfiled, visitOn: check.on, inspectors: play.scenario.data.inspectors.slice(1, 3) },
  });
  play.journal.equal(`延伸检查 ${at + 1} 是否外地备案`, open.filedElsewhere, body !== undefined);
  const recorded = await county.ask(inspection.recordVisit, { params: { visitId: open.visitId }, ifMatch: open.version, key: play.key('extension-record', at), body: { verifications: [], findings: [check.finding as never], remarks: play.scenario.data.label } });
  play.journal.equal(`延伸检查 ${at + 1} 立案`, recorded.caseId !== null, check.finding.serious);
  if (recorded.caseId === null) return null;
  return { caseId: recorded.caseId, unit: check.unit, name: recorded.subjectName, key: `x${at}`, filedOn: check.on, undecided: false, sanctions: [{ kind: 'fine', fen: check.fineYuan * 100 }] };
}

/** Decides these cases on that day. */
export function decided(play: Play, cases: readonly FiledCase[], on: string): Promise<number> {
  return play.each('案件处理', cases, async ({ caseId, unit, key, sanctions }) => {
    const decider = play.decider(unit);
    const { items } = await decider.ask(inspection.listCases, { params: { campaignId: play.campaignId }, query: { unit, limit: 500 } });
    const file = items.find((it) => it.caseId === caseId);
    if (!file) throw new Error('找不到案件');
    const answer = await decider.ask(inspection.decideCase, { params: { caseId }, ifMatch: file.version, key: play.key('decide', key), body: { decidedOn: on, sanctions } });
    play.journal.equal(`${file.number} 已作出决定`, answer.state, 'decided');
  }, nameOf);
}
