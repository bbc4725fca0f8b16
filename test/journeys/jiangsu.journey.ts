import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { AnswerOf, inspection, Problem } from '@zhijian/contracts/http';
import type { Fact } from '@zhijian/contracts';
import { kafkaFor } from '@zhijian/messaging';
import { call, theCampaign, theSystem, tokenOf, type PlayedCampaign } from '../support/system.js';

const command = fileURLToPath(new URL('../../deploy/cli/bin.mjs', import.meta.url));
type Page<T> = { items: T[] };
type Received = AnswerOf<typeof inspection.listSelfChecks>['items'][number];
type Case = AnswerOf<typeof inspection.listCases>['items'][number];
type Sample = AnswerOf<typeof inspection.getSample>;
type InCampaign = AnswerOf<typeof inspection.getInstitutionInCampaign>;

const pack = 'jiangsu/norm-2014';
let province: string;
let campaign: PlayedCampaign;
let sample: Sample;
let facts: Fact<Record<string, unknown>>[];
const at = (rest = ''): string => `/api/v1/campaigns/${campaign.campaignId}${rest}`;
const ask = async <T>(path: string, token = province): Promise<T> => (await call<T>(token, 'GET', path)).body;
const inCampaign = (institutionId: string) => ask<InCampaign>(at(`/institutions/${institutionId}`));
const clausesOf = ({ policy }: Record<string, unknown>): string[] => (policy as { clauses?: string[] } | undefined)?.clauses ?? [];

beforeAll(async () => {
  province = await tokenOf('sheng', '320000');
  campaign = await theCampaign(province, pack);
  sample = await ask<Sample>(at('/samples/enforcement-visits'));
  facts = (await everyFact('inspection')).filter(({ data }) => data['campaignId'] === campaign.campaignId);
}, 120_000);

/** Everything a topic holds, from its beginning: what any consumer could have read. */
async function everyFact(topic: string): Promise<Fact<Record<string, unknown>>[]> {
  const kafka = kafkaFor(theSystem().kafkaBrokers, 'journey');
  const admin = kafka.admin();
  await admin.connect();
  const ends = (await admin.fetchTopicOffsets(topic)).map(({ partition, offset }) => [partition, BigInt(offset)] as const);
  await admin.disconnect();
  const left = new Map(ends.filter(([, end]) => end > 0n));
  const read: Fact<Record<string, unknown>>[] = [];
  const consumer = kafka.consumer({ groupId: `journey-${crypto.randomUUID()}` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((done, failed) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => failed(payload.error));
    void consumer.run({
      eachMessage: async ({ partition, message }) => {
        read.push(JSON.parse(message.value!.toString()) as Fact<Record<string, unknown>>);
        if (BigInt(message.offset) + 1n >= (left.get(partition) ?? 0n)) left.delete(partition);
        if (left.size === 0) done();
      },
    });
  });
  await consumer.disconnect();
  return read;
}

describe('the campaign of Jiangsu 2014, played on the engines', () => {
  it('[JS-2014-35] [JS-2014-36] [JS-2014-38] thirteen cities opened and closed the stages on their days; reporting lay inside enforcement', async () => {
    const { units } = await ask<AnswerOf<typeof inspection.getOverview>>(at('/overview'));
    expect(units.map(({ state }) => state)).toEqual(Array(13).fill('finished'));
    expect(units[0]!.stages.map(({ id, opensOn, closesOn }) => [id, opensOn, closesOn])).toEqual([
      ['plan', '2014-08-26', '2014-08-30'], ['self-check', '2014-09-01', '2014-09-30'], ['report', '2014-10-01', '2014-10-10'], ['enforcement', '2014-10-01', '2014-11-30'],
    ]);
    for (const { stages } of units) for (const stage of stages) expect([stage.id, stage.openedAt !== null && stage.closedAt !== null]).toEqual([stage.id, true]);
  });

  it('[JS-2014-37] sealed reports came to the province with their lists, each city read its own copies and nobody else’s', async () => {
    const { items } = await ask<Page<Received>>(at('/self-checks?limit=500'));
    expect(items.every((it) => it.as === 'receiver' && it.receiver?.agency === 'province-bureau' && it.copies[0]?.agency === 'city-bureau')).toBe(true);
    const city = await ask<Page<Received>>(at('/self-checks?limit=500'), await tokenOf('shi', '320100'));
    expect([new Set(city.items.map(({ unit }) => unit)), new Set(city.items.map(({ as }) => as))]).toEqual([new Set(['320100']), new Set(['copy'])]);
    expect((await call<Problem>(await tokenOf('shi2'), 'GET', at('/self-checks?limit=500'))).status).toBe(404); // a city outside: the campaign is not there
    const submitted = facts.filter(({ type }) => type === 'inspection.self-check-submitted');
    expect(submitted.every(({ data }) => JSON.stringify(data['receiver']).includes('320000') && (data['copies'] as { place: string }[])[0]?.place === data['unit'])).toBe(true);
  });

  it('[JS-2014-42] [AMB-JS-4] who was late by 24:00 of 10 October is in the re-opened sample and under key supervision to the end of the year', async () => {
    const overdue = facts.filter(({ type, data }) => type === 'inspection.obligation-overdue' && data['duty'] === 'self-check-report');
    expect(overdue.length).toBeGreaterThan(3);
    expect(new Set(overdue.map(({ data }) => Date.parse(data['dueAt'] as string)))).toEqual(new Set([Date.parse('2014-10-11T00:00:00+08:00')]));
    const kept = [];
    for (const { data } of overdue) {
      const { flags } = await inCampaign(data['institutionId'] as string);
      const inside = sample.members.some(({ institutionId, removedAt }) => institutionId === data['institutionId'] && removedAt === null);
      const [flag] = flags.filter(({ clauses }) => clauses.includes('JS-2014-42'));
      if (flag?.liftedAt === null) kept.push([inside, flag.untilOn, flag.clauses]);
      else expect(flag?.liftedReason).toBe('经核实并未逾期'); // the sealed paper, received in time and entered later
    }
    expect(new Set(kept.map((one) => JSON.stringify(one)))).toEqual(new Set([JSON.stringify([true, '2014-12-31', ['JS-2014-42']])]));
  });

  it('[JS-2014-38] anybody computes each draw again from its record alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'draw-'));
    for (const { stratum, ...record } of sample.draws.slice(0, 3)) {
      const file = join(folder, `${stratum}.json`);
      writeFileSync(file, JSON.stringify(record));
      expect(JSON.parse(execFileSync(process.execPath, [command, 'draw', 'verify', file, '--json'], { encoding: 'utf8' }))).toEqual({ ok: true, mismatches: [] });
    }
    expect(sample.draws).toHaveLength(13);
  });

  it('[JS-2014-39] before somebody was there, no fact on Kafka that names a body or carries its key spoke of a check; its public page never does', async () => {
    const arrivals = facts.filter(({ type }) => type === 'inspection.visit-opened');
    expect(arrivals.length).toBeGreaterThanOrEqual(sample.members.filter(({ removedAt }) => removedAt === null).length);
    const telling = /site-check|enforcement-visits|key-supervision|unannounced/;
    for (const { institutionId } of sample.members) {
      const arrived = arrivals.filter(({ data }) => data['institutionId'] === institutionId).map(({ time }) => Date.parse(time)).sort()[0] ?? Infinity;
      const named = facts.filter((fact) => Date.parse(fact.time) < arrived && (fact.subject === institutionId || JSON.stringify(fact.data).includes(institutionId)));
      expect(named.filter((fact) => telling.test(JSON.stringify(fact)) || clausesOf(fact.data).some((id) => ['JS-2014-39', 'JS-2014-42'].includes(id))).map(({ type }) => type)).toEqual([]);
      expect(named.length).toBeGreaterThan(0);
    }
    const { creditCode } = await inCampaign(sample.members[0]!.institutionId);
    const shown = await (await fetch(`${theSystem().urls.portal}/public/v1/institutions/${creditCode}`)).text();
    expect(shown).toContain(creditCode);
    expect(shown).not.toMatch(/检查任务|重点监督|抽查|visit|sample/);
  });

  it('[JS-2014-39] a body that was never visited has been told of nothing, not even now', async () => {
    const visited = new Set((await ask<Page<{ institutionId: string }>>(at('/visits?limit=500'))).items.map(({ institutionId }) => institutionId));
    const units = await Promise.all(campaign.units.map(({ code }) => ask<AnswerOf<typeof inspection.getUnit>>(at(`/units/${code}`))));
    const body = units.flatMap(({ institutions }) => institutions).find(({ institutionId }) => !visited.has(institutionId))!;
    expect(facts.filter((fact) => fact.subject === body.institutionId).map(({ type }) => type)).not.toContain('inspection.visit-opened');
    expect(body.obligations.map(({ duty }) => duty)).not.toContain('site-check');
  });

  it('[JS-2014-40] [JS-2014-41] cases carry their circumstance with its clauses: lenient, strict, ordinary, and one that a person must weigh', async () => {
    const { items } = await ask<Page<Case>>(at('/cases?limit=500'));
    expect(new Set(items.map(({ circumstance }) => circumstance?.value))).toEqual(new Set(['self-reported', 'strict', 'ordinary', 'contradictory']));
    const clauses = { 'self-reported': ['JS-2014-40'], strict: ['JS-2014-41'] } as Record<string, string[]>;
    for (const { circumstance } of items) if (clauses[circumstance!.value!]) expect(circumstance!.clauses).toEqual(clauses[circumstance!.value!]);
    for (const { institutionId, caseId, circumstance } of items.filter((it) => it.circumstance?.value === 'strict')) {
      expect((await inCampaign(institutionId!)).flags.filter((flag) => flag.caseId === caseId).map(({ kind }) => [kind, circumstance?.value])).toEqual([['strict', 'strict']]);
    }
  });

  it('what belongs to the province is refused to a city, and to another province, in Chinese with the clause', async () => {
    const [report] = (await ask<Page<Received>>(at('/self-checks?limit=1'), await tokenOf('shi', '320100'))).items;
    for (const [account, place, said] of [['shi', '320100', [422, 'agency-other', ['JS-2014-37']]], ['sheng', '330000', [404, 'not-found', []]]] as const) {
      const answer = await call<Problem>(await tokenOf(account, place), 'POST', `/api/v1/self-checks/${report!.selfCheckId}/return`, { reasons: ['请补充'] }, { 'if-match': `"${report!.version}"` });
      expect([answer.status, answer.body.code, answer.body.clauses]).toEqual(said);
      expect(answer.body.title).toMatch(/[\u4e00-\u9fff]/);
    }
  });
});
