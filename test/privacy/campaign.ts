import { inspection, qualification } from '@zhijian/contracts/http';
import { creditCodeOf } from '@zhijian/policy';
import { aPrincipal, type TestDatabase, type TestRoom } from '@zhijian/testing';

export const place = '330106';
/** Ids and values by their names, as requests write them back. */
export const knownAtFirst = { day: '2023-04-05', unit: place, code: place, jurisdiction: place, place, form: 'HZ-F1', room: 'inspection', pack: 'hangzhou/exam-campaign-2023', year: 2022, limit: 50, archives: ['A1', 'A2', 'A3'], kind: 'health-examination' };

interface Rooms { readonly inspection: TestRoom; readonly qualification: TestRoom; readonly database: TestDatabase; /** Lets inspection hear what qualification has stated. */ readonly tell: () => Promise<unknown> }

/** A body, filed, in a campaign that runs: what the requests are about. @returns its ids by their names */
export async function runningCampaign({ inspection: here, qualification: there, database, tell }: Rooms, now: string): Promise<Record<string, unknown>> {
  const filing = { number: null, filedOn: '2020-05-06', categories: ['粉尘类'], items: ['矽尘'], outreach: true };
  const { status, problem, body: { institutionId } } = await there.call(qualification.registerInstitution, { as: aPrincipal('county', place), body: { creditCode: creditCodeOf('52990101000000001'), name: '示例体检中心', kind: 'health-examination', jurisdiction: place, address: '示例路1号', invented: true, filing } });
  if (status !== 201) throw new Error(JSON.stringify(problem));
  await tell();
  const [city, second] = [aPrincipal('city', '330100'), aPrincipal('city', '330100', undefined, 'second')];
  for (const { places } of [city, second]) (places as { code: string }[]).push({ code: place });
  const { body: { campaignId } } = await here.call(inspection.draftCampaign, { as: city, body: { name: '示例行动', pack: knownAtFirst.pack, units: [{ code: place, name: '西湖区' }] } });
  const approved = await here.call(inspection.approveCampaign, { as: second, params: { campaignId } });
  if (approved.body.state !== 'approved') throw new Error(JSON.stringify(approved.problem));
  await database.query('inspection', `insert into roster_member (campaign_id, unit, institution_id, state, clauses, added_at) values ($1, $2, $3, 'in', '[]', $4)`, [campaignId, place, institutionId, now]);
  return { campaignId, institutionId, institutions: [institutionId] };
}

/** Ids that answers have given: later requests are about them. Whom the campaign is about stays. */
export function learn(known: Record<string, unknown>, answer: unknown): void {
  if (typeof answer !== 'object' || answer === null) return;
  for (const [name, value] of Object.entries(answer)) if (/Id$/.test(name) && !/^(institution|campaign|person|agency|jurisdiction|account)Id$/.test(name) && typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value)) known[name] = value;
  const { items } = answer as { items?: unknown[] };
  if (Array.isArray(items)) items.slice(0, 1).forEach((one) => learn(known, one));
}
