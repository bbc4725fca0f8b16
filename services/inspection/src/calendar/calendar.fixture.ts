import { fileURLToPath } from 'node:url';
import { newId } from '@zhijian/contracts';
import { calendarLoaded, calendarProposed, jurisdictionChanged } from '@zhijian/contracts/facts';
import { inspection } from '@zhijian/contracts/http';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { Packs } from '@zhijian/policy';
import { aFact, aPrincipal, testDatabase, testRoom, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { hangzhou, Play } from '../campaign/campaign.fixture.js';
import { inspectionRoom } from '../room.js';

const folder = fileURLToPath(new URL('./packs.fixture', import.meta.url));
export const city = aPrincipal('city', '990000');
const approver = aPrincipal('city', '990000', undefined, 'second-person');

export async function theRoom(): Promise<TestRoom & { database: TestDatabase }> {
  const database = await testDatabase();
  const room = await testRoom(inspectionRoom, { database, packs: new Packs([folder]), at: '2026-10-20T09:00:00+08:00' });
  // A city whose code ends like a province's: the tree says what it is.
  await room.hear(aFact(jurisdictionChanged, '990000', { jurisdictionId: '990000', code: '990000', name: '测试市', level: 'city', from: '2000-01-01', to: null, mergedInto: null, parents: [], version: 1 }, { jurisdiction: '990000' }));
  return { ...room, database, stop: async () => { await room.stop(); await database.drop(); } };
}

interface Notice { number: string; off: string[]; workdays: string[] }
const mayDays = ['2027-05-01', '2027-05-02', '2027-05-03', '2027-05-04', '2027-05-05'];
/** Invented notices of 2027. A works on Saturday 8 May and 26 June; B on neither, and is off on Monday 10 May. */
export const noticeA: Notice = { number: '示例〔2026〕1号', off: mayDays, workdays: ['2027-05-08', '2027-06-26'] };
export const noticeB: Notice = { number: '示例〔2027〕2号', off: [...mayDays, '2027-05-10'], workdays: [] };

/** What the gateway states when a notice is entered, and when it is confirmed. */
export const proposed = (notice: Notice, noticeId = newId()) => aFact(calendarProposed, '2027', { noticeId, year: 2027, title: null, ...notice }, { jurisdiction: '990000' });
export const loaded = (notice: Notice, noticeId = newId()) => aFact(calendarLoaded, '2027', { noticeId, year: 2027, title: null, ...notice, calendar: 'CN-2014..2027#00000000' }, { jurisdiction: '990000' });

/** A campaign of the invented place, played without Temporal. */
export class Rehearsal extends Play {
  constructor(room: TestRoom, count: number, private readonly plan = 'testland/plan-2027') {
    super(room, count, { ...hangzhou, lead: city, approver });
  }

  override async drafted(): Promise<this> {
    const answer = await this.room.call(inspection.draftCampaign, { as: city, body: { name: '测试专项检查', pack: this.plan, units: this.codes.map((code) => ({ code, name: `测试${code.slice(-2)}区` })) } });
    this.campaignId = answer.body.campaignId;
    return this;
  }

  /** Every dated duty of a unit: its day, with `?` while it is provisional. */
  async days(unit = this.unit): Promise<Record<string, string>> {
    const [row] = await this.room.dataSource.query<{ stages: { duties: { id: string; dueOn: string | null; firm: boolean }[] }[] }[]>('select stages from campaign_unit where campaign_id = $1 and unit = $2', [this.campaignId, unit]);
    return Object.fromEntries(row!.stages.flatMap(({ duties }) => duties).flatMap(({ id, dueOn, firm }) => (dueOn ? [[id, `${dueOn.slice(5)}${firm ? '' : '?'}`]] : [])));
  }

  override amend(body: Record<string, unknown>) {
    return this.room.call(inspection.amendCampaign, { as: city, params: { campaignId: this.campaignId }, body: { reason: '测试', ...body } });
  }

  /** Its text asks for no volumes. */
  override submit(institutionId: string, change: Record<string, unknown> = {}) {
    return super.submit(institutionId, { volumes: null, ...change });
  }

  rollUp(): Promise<Record<string, string>> {
    return this.days(wholeCampaign);
  }
}
