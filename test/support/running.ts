import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnswerOf, inspection } from '@zhijian/contracts/http';
import { examination as examinationText, installMoved, moved, type Printed } from './moved-pack.js';
import { call, theSystem, tokenOf } from './system.js';

type Overview = AnswerOf<typeof inspection.getOverview>;
type Unit = AnswerOf<typeof inspection.getUnit>;
export type Member = Unit['institutions'][number];
export interface RunningCampaign { campaignId: string; today: string; /** The first day of its first stage. */ opensOn: string; units: readonly { code: string; name: string }[] }

/** Each file that acts in the campaign has a district of its own. */
export const districts = { selfCheck: { code: '330106', name: '西湖区' }, visit: { code: '330105', name: '拱墅区' }, district: { code: '330102', name: '上城区' }, overview: { code: '330108', name: '滨江区' } } as const;
/** The city of the campaign whose pack asks what a report is worth. */
export const judgedCity = { code: '320500', name: '苏州市' } as const;

interface Text {
  readonly name: string; readonly own: string; readonly title: string; readonly printed: Printed;
  /** The first printed day. */ readonly begins: string;
  /** The day of the month by which its reports fall due. */ readonly due: number;
  readonly units: readonly { code: string; name: string }[]; readonly lead: readonly [account: string, place: string]; readonly approver: readonly [account: string, place: string];
}

const examination: Text = {
  name: '浏览器测试：进行中的职业健康检查专项治理（示例）', own: 'testland/exam-campaign', title: '示例地职业健康检查执业行为专项治理', printed: examinationText, begins: '2023-02-01', due: 15,
  units: Object.values(districts), lead: ['shi', '330100'], approver: ['sheng', '330000'],
};
/** The printed October, when reports come in and their receiver says what they are worth. */
const norm: Text = {
  name: '浏览器测试：进行中的工作规范贯彻落实（示例）', own: 'testland/norm', title: '示例地工作规范贯彻落实', printed: { pack: 'jiangsu/norm-2014', source: 'jiangsu-2014-norm.txt', year: 2014, month: 10 }, begins: '2014-08-26', due: 10,
  units: [judgedCity], lead: ['sheng2', '320000'], approver: ['sheng', '320000'],
};

const within = async <T>(ask: () => Promise<T | undefined>, what: string): Promise<T> => {
  for (const end = Date.now() + 90_000; ;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`not within 90 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
};

/** Made by whoever asks first: drawn up, approved by another person, its lists frozen, its stages open. */
async function running(text: Text): Promise<RunningCampaign> {
  const { units, name, own } = text;
  const lead = await tokenOf(...text.lead);
  const { today } = (await call<{ today: string }>(lead, 'GET', '/api/v1/clock')).body;
  const known = (await call<{ items: { campaignId: string; name: string }[] }>(lead, 'GET', '/api/v1/campaigns?limit=500')).body.items.find((it) => it.name === name);
  const opensOn = moved(text.begins, today, text.printed);
  if (known) return { campaignId: known.campaignId, today, opensOn, units };
  if (Number(today.slice(8)) >= text.due) throw new Error(`${today} lies after the ${text.due}th, when the reports fall due`);
  await installMoved(today, { id: own, title: text.title, version: 1, printed: text.printed });
  const drafted = await within(async () => {
    const answer = await call<{ campaignId: string }>(lead, 'POST', '/api/v1/campaigns', { name, pack: own, units });
    if (answer.status === 201 || answer.status === 200) return answer.body;
    if (answer.body && (answer.body as { code?: string }).code === 'pack-unknown') return undefined; // the rooms learn of a pack within seconds
    throw new Error(JSON.stringify(answer.body));
  }, 'the campaign is drawn up');
  const approved = await call(await tokenOf(...text.approver), 'POST', `/api/v1/campaigns/${drafted.campaignId}/approval`, {});
  if (approved.status >= 300) throw new Error(JSON.stringify(approved.body));
  await within(async () => {
    const { units: seen } = (await call<Overview>(lead, 'GET', `/api/v1/campaigns/${drafted.campaignId}/overview`)).body;
    return seen.every(({ stages, funnel }) => funnel.roster > 0 && ['self-check', 'enforcement'].every((kind) => stages.some((stage) => stage.kind === kind && stage.openedAt))) ? true : undefined;
  }, 'the lists are frozen and the stages open');
  return { campaignId: drafted.campaignId, today, opensOn, units };
}

/** A campaign that goes on while the tests act in it: Hangzhou's document with its months moved, some of its districts and their invented bodies; self-check and enforcement are open. */
export const theRunningCampaign = (): Promise<RunningCampaign> => running(examination);

/** The same of Jiangsu's document in one of its cities: its receiver says what a report is worth. */
export const theRunningNorm = (): Promise<RunningCampaign> => running(norm);

/** The bodies of a district that take part. */
export async function membersOf({ campaignId }: RunningCampaign, unit: string, reader = 'xian'): Promise<Member[]> {
  const { institutions } = (await call<Unit>(await tokenOf(reader, unit), 'GET', `/api/v1/campaigns/${campaignId}/units/${unit}`)).body;
  return institutions.filter(({ state }) => state === 'in');
}

/** The demonstration account that acts for this body alone. */
export function accountOf(institutionId: string): string {
  const accounts = JSON.parse(readFileSync(join(theSystem().dir, 'accounts.json'), 'utf8')) as { name: string; places: { institutionId?: string }[] }[];
  return accounts.find(({ places }) => places.length === 1 && places[0]!.institutionId === institutionId)!.name;
}

export const plusDays = (on: string, days: number): string => new Date(Date.parse(on) + days * 86_400_000).toISOString().slice(0, 10);
