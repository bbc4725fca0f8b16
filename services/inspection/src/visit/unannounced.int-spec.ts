import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allRoutes, inspection } from '@zhijian/contracts/http';
import { aPrincipal } from '@zhijian/testing';
import { aReport, jiangsu, person, Play, theRoom } from '../campaign/campaign.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom('2014-08-25T09:00:00+08:00'); });
afterAll(() => room?.stop());

const province = jiangsu.lead;
const ownRoutes = allRoutes.filter(({ room: where, roles }) => where === 'inspection' && roles.includes('institution'));
/** Words that would tell a body of a check. */
const telling = /site-check|专项监督执法检查|enforcement-visits|key-supervision|重点监督|unannounced|暗查|"visitId"|JS-2014-39|JS-2014-42/;

/** What the check of the published text found is the same for everybody. */
const withoutText = (answer: unknown): string => JSON.stringify(answer, (key, value: unknown) => (key === 'findings' ? undefined : value));

/** A body that is late, so under key supervision and in the sample; the check is planned and not yet made. */
async function planned() {
  room.clock.set('2014-08-25T09:00:00+08:00');
  const play = await new Play(room, 1, jiangsu).approved();
  const [body] = await play.has(['in']);
  await play.to('2014-10-13T09:00:00+08:00');
  await room.call(inspection.drawInstitutions, { as: province, params: { campaignId: play.campaignId, sample: 'enforcement-visits' } });
  return { play, body: body!, me: person(body!, play.unit) };
}

/** Everything the body can ask, answered; it hands its report in meanwhile. */
async function everythingItSees({ play, body, me }: Awaited<ReturnType<typeof planned>>): Promise<[string, string][]> {
  const report = (await room.call(inspection.submitSelfCheck, { as: me, params: { campaignId: play.campaignId }, body: aReport(body, { volumes: null }) })).body;
  const params: Record<string, string> = { campaignId: play.campaignId, institutionId: body, selfCheckId: report.selfCheckId, unit: play.unit };
  const seen: [string, string][] = [['POST report', JSON.stringify(report)]];
  for (const route of ownRoutes) {
    const own = Object.fromEntries([...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name!, params[name!] ?? 'x']));
    const query: Record<string, string> = /obligations/.test(route.path) ? { institutionId: body } : {};
    const answer = await room.call(route, { as: me, params: own, query, body: {} });
    seen.push([`${route.method} ${route.path} ${answer.status}`, withoutText(answer.body)]);
  }
  return seen;
}

describe('an unannounced check', () => {
  it('[JS-2014-39] is announced by nothing: no route of the body, no reminder, no fact that names it', async () => {
    const at = await planned();
    const { play, body } = at;
    expect((await play.obligations({ duty: 'site-check' })).map(({ institutionId, state }) => [institutionId, state])).toEqual([[body, 'open']]);
    const seen = await everythingItSees(at);
    expect(seen.length).toBeGreaterThan(6);
    expect(seen.filter(([, text]) => telling.test(text)).map(([route]) => route)).toEqual([]);
    expect(await room.call(inspection.remindNow, { as: province, params: { campaignId: play.campaignId, unit: play.unit }, body: { duty: 'site-check' } })).toMatchObject({ status: 422, problem: { code: 'duty-unannounced', clauses: ['JS-2014-38', 'JS-2014-39'] } });
    const named = (await room.facts<{ campaignId: string }>()).filter((fact) => fact.subject === body || JSON.stringify(fact.data).includes(body));
    expect(named.filter((fact) => telling.test(JSON.stringify(fact))).map(({ type }) => type)).toEqual([]);
    expect(named.map(({ type }) => type)).toContain('inspection.obligation-overdue'); // of its report, which it knows
  });

  it('[JS-2014-39] the body’s own page shows it no flags at any time; officers see them', async () => {
    const { play, body, me } = await planned();
    const page = async (as: typeof me) => (await room.call(inspection.getInstitutionInCampaign, { as, params: { campaignId: play.campaignId, institutionId: body } })).body;
    expect([(await page(me)).flags, (await page(province)).flags.length]).toEqual([[], 1]);
  });

  it('[JS-2014-39] once opened on the spot, by the province and in its mode, the body may know', async () => {
    const { play, body, me } = await planned();
    const open = (as = province, change = {}) => play.open({ institutionId: body, ...change }, as);
    expect(await open(aPrincipal('city', play.unit))).toMatchObject({ status: 422, problem: { code: 'agency-other', clauses: ['JS-2014-38', 'JS-2014-39'] } });
    const visit = (await open()).body;
    expect(visit).toMatchObject({ mode: 'unannounced', state: 'open', minimumSample: 0 });
    const { items } = (await room.call(inspection.listObligations, { as: me, params: { campaignId: play.campaignId }, query: { institutionId: body } })).body;
    expect(items.map(({ duty }) => duty)).toContain('site-check');
    expect((await room.facts<{ visitId: string }>('inspection.visit-opened')).filter(({ data }) => data.visitId === visit.visitId).map(({ subject }) => subject)).toEqual([body]);
  });

  it('[JS-2014-39] that nobody made by the end is overdue for the authority, and names no body', async () => {
    const { play, body } = await planned();
    await play.to('2014-12-01T09:00:00+08:00');
    const missed = (await room.facts<{ campaignId: string; duty: string; institutionId: string | null }>('inspection.obligation-overdue')).filter(({ data }) => data.campaignId === play.campaignId && data.duty === 'site-check');
    expect(missed.map(({ subject, data }) => [subject, data.institutionId])).toEqual([[play.unit, null]]);
    expect(JSON.stringify(missed)).not.toContain(body);
  });
});
