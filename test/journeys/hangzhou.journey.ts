import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { AnswerOf, inspection } from '@zhijian/contracts/http';
import exceljs from 'exceljs';
import { call, theCampaign, theSystem, tokenOf, type PlayedCampaign } from '../support/system.js';

/**
 * The campaign as somebody outside sees it: what people did is read over HTTP (receipts, visits, findings, decisions), what
 * must follow is worked out here by the printed words, and compared with what the system says. No rule of ours is called.
 */
type Unit = AnswerOf<typeof inspection.getUnit>;
type Report = AnswerOf<typeof inspection.getSelfCheck>;
type Visit = AnswerOf<typeof inspection.listVisits>['items'][number];
type Case = AnswerOf<typeof inspection.listCases>['items'][number];
type Form = AnswerOf<typeof inspection.getForm>;
type Page<T> = { items: T[]; next: string | null };

const pack = 'hangzhou/exam-campaign-2023';
const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const source = readFileSync(at('libs/policy/sources/hangzhou-2023-exam-campaign.txt'), 'utf8').replaceAll(/\s+/g, '');
/** The days the text prints; where two drafts stand in one paragraph, the second. */
const printed = (words: RegExp): string => {
  const [, month, day] = [...source.matchAll(words)].at(-1)!;
  return `2023-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
};
const days = {
  report: printed(/(\d+)月(\d+)前形成自查报告上报/g), formOne: printed(/于2023年(\d+)月(\d+)日前将治理实施方案和自查情况登记表报送/g),
  formTwo: printed(/并于2023年(\d+)月(\d+)日前，将《/g), rollUp: printed(/汇总后由其于(\d+)月(\d+)日前报/g),
};
/** A day ends at 24:00 in Beijing. */
const endOf = (day: string): number => Date.parse(`${day}T24:00:00+08:00`);

let city: string;
let campaign: PlayedCampaign & { jurisdiction: string };
let units: Unit[];
let reports: Map<string, Report>;
let visits: Visit[];
let cases: Case[];
const inCampaign = (rest = ''): string => `/api/v1/campaigns/${campaign.campaignId}${rest}`;
const ask = async <T>(path: string): Promise<T> => {
  const { status, body } = await call<T>(city, 'GET', path);
  expect([path, status]).toEqual([path, 200]);
  return body;
};
const every = async <T>(path: string): Promise<T[]> => {
  const { items, next } = await ask<Page<T>>(path);
  return next ? [...items, ...(await every<T>(`${path.replace(/&cursor=.*/, '')}&cursor=${encodeURIComponent(next)}`))] : items;
};
const formOf = (unit: string, form: string, version?: number) => ask<Form>(inCampaign(`/units/${encodeURIComponent(unit)}/forms/${form}${version ? `?version=${version}` : ''}`));
const membersOf = ({ institutions }: Unit) => institutions.filter(({ state }) => state === 'in');

beforeAll(async () => {
  city = await tokenOf('shi', '330100');
  campaign = (await theCampaign(city, pack)) as typeof campaign;
  units = await Promise.all(campaign.units.map(({ code }) => ask<Unit>(inCampaign(`/units/${code}`))));
  visits = await every<Visit>(inCampaign('/visits?limit=200'));
  cases = await every<Case>(inCampaign('/cases?limit=200'));
  const known = units.flatMap(membersOf).flatMap(({ selfCheckId }) => selfCheckId ?? []);
  reports = new Map((await Promise.all(known.map((id) => ask<Report>(`/api/v1/self-checks/${id}`)))).map((one) => [one.institutionId, one]));
}, 120_000);

/** The day by which a unit's bodies report: the printed one, the unit's own earlier one, or one to which the city extended. */
async function limitOf({ code, plan }: Unit): Promise<string> {
  const amendments = await every<{ kind: string; units: string[]; duty: string | null; on: string | null }>(inCampaign('/amendments?limit=200'));
  const extended = amendments.filter(({ kind, duty, units: of }) => kind === 'extend' && duty === 'self-check-report' && of.includes(code)).at(-1)?.on;
  return extended ?? plan.dates.find(({ duty }) => duty === 'self-check-report')?.on ?? days.report;
}

/** What must be in Form 2 of a place (a district, or the whole city), worked out from visits and decisions alone. */
interface Row { name: string; kinds: Set<string>; warned: boolean; fen: number }
const kinds = ['not-filed', 'chief-physician', 'suspected-disease-report', 'false-certificate', 'archives', 'not-to-standard', 'information-report', 'quality-assessment', 'other'];
const decided = (visit: Visit) => cases.filter(({ caseId, state }) => caseId === visit.caseId && state === 'decided').flatMap(({ sanctions }) => sanctions);
function expectedRows(place: readonly Unit[]): Row[] {
  const blank = (name: string): Row => ({ name, kinds: new Set(), warned: false, fen: 0 });
  const rows = new Map(place.flatMap(membersOf).map(({ institutionId, name }): [string, Row] => [institutionId, blank(name)]));
  for (const visit of visits.filter(({ unit }) => place.some(({ code }) => code === unit))) {
    const key = visit.institutionId ?? `${visit.unit}/${visit.subjectName}`;
    const sanctions = decided(visit);
    const listed = rows.has(key) || (visit.institutionId ? sanctions.some(({ kind }) => kind !== 'none') : visit.findings.length > 0); // filed elsewhere: only whom an extension check punished
    if (!listed) continue;
    const row = rows.get(key) ?? blank(visit.subjectName);
    for (const { kind } of visit.findings) row.kinds.add(kind);
    row.warned ||= sanctions.some(({ kind }) => kind === 'warning');
    row.fen += sanctions.reduce((sum, { kind, fen }) => sum + (kind === 'fine' ? (fen ?? 0) : 0), 0);
    rows.set(key, row);
  }
  return [...rows.values()];
}
const cellsOf = ({ name, kinds: found, warned, fen }: Row): unknown[] => [name, ...kinds.map((kind) => found.has(kind)), warned, fen];
const filledIn = (row: readonly (string | number | null)[]): unknown[] => [row[1], ...row.slice(2, 12).map((cell) => cell !== null && cell !== ''), Math.round(Number(row[12] ?? 0) * 1_000_000)];
const byName = (rows: unknown[][]): unknown[][] => [...rows].sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));

describe('the campaign of Hangzhou 2023, from its plan to the final report, seen from outside', () => {
  it('[HZ-2023-07] [HZ-2023-08] [HZ-2023-13] [HZ-2023-14] the command line plans it on the days the text prints, and it ran on those', async () => {
    expect(days).toEqual({ report: '2023-04-15', formOne: '2023-04-20', formTwo: '2023-11-10', rollUp: '2023-11-15' });
    const planned = JSON.parse(execFileSync(process.execPath, [at('deploy/cli/bin.mjs'), 'campaign', 'plan', pack, '--json'], { encoding: 'utf8' })) as { cities: { city: string; stages: { id: string; opensOn: string; closesOn: string; duties: { id: string; dueOn: string }[] }[] }[] };
    const districts = planned.cities.filter(({ city: code }) => code !== campaign.jurisdiction);
    expect(districts.map(({ city: code }) => code).sort()).toEqual(units.map(({ code }) => code).sort());
    const whole = planned.cities.find(({ city: code }) => code === campaign.jurisdiction)!;
    expect(whole.stages.flatMap(({ duties }) => duties).map(({ id, dueOn }) => [id, dueOn])).toEqual([['roll-up', days.rollUp]]);
    for (const { stages } of districts) {
      const due = (id: string) => stages.flatMap(({ duties }) => duties).find((duty) => duty.id === id)?.dueOn;
      expect([due('self-check-report'), due('self-check-form'), due('local-plan'), due('summary')]).toEqual([days.report, days.formOne, days.formOne, days.formTwo]);
      expect(stages.map(({ opensOn, closesOn }) => [opensOn, closesOn])).toEqual([['2023-02-01', '2023-03-31'], ['2023-03-01', '2023-04-30'], ['2023-04-01', '2023-10-31'], ['2023-11-01', '2023-11-30']]);
    }
    for (const { state, stages } of units) {
      expect(state).toBe('finished');
      for (const { opensOn, closesOn, openedAt, closedAt } of stages) expect([Date.parse(openedAt!) >= Date.parse(`${opensOn}T00:00:00+08:00`), Date.parse(closedAt!) >= endOf(closesOn)]).toEqual([true, true]);
    }
  });

  it('[HZ-2023-05] every body of the list was told before the stage ended', () => {
    const told = units.flatMap(membersOf);
    expect(told.length).toBeGreaterThan(90);
    expect(told.filter(({ notifiedOn, obligations }) => notifiedOn === null && obligations.some(({ duty }) => duty === 'self-check-report'))).toEqual([]);
    expect(told.filter(({ notifiedOn }) => notifiedOn !== null && notifiedOn > '2023-04-30')).toEqual([]);
  });

  it('[HZ-2023-07] [AMB-HZ-5] who reported after 24:00 of its unit’s day is late, who never did is overdue, and nobody else', async () => {
    const seen: Record<string, number> = {};
    for (const unit of units) {
      const limit = await limitOf(unit);
      for (const { name, institutionId, obligations } of membersOf(unit)) {
        const duty = obligations.find((one) => one.duty === 'self-check-report');
        if (!duty) {
          const { filing } = await ask<{ filing: { filedOn: string } }>(`/api/v1/institutions/${institutionId}`);
          expect([name, filing.filedOn > limit]).toEqual([name, true]); // it was filed when the day had passed
          continue;
        }
        const first = Math.min(...(reports.get(institutionId)?.history ?? []).map(({ receivedAt }) => Date.parse(receivedAt)));
        const expected = first === Infinity ? 'overdue' : first < endOf(limit) ? 'done' : 'late';
        expect([name, duty.state, duty.lateAt === null ? null : Date.parse(duty.lateAt)]).toEqual([name, expected, expected === 'done' ? null : endOf(limit)]);
        seen[`${limit} ${expected}`] = (seen[`${limit} ${expected}`] ?? 0) + 1;
      }
    }
    expect(new Set(Object.keys(seen).map((one) => one.slice(0, 10)))).toEqual(new Set(['2023-04-10', '2023-04-15', '2023-04-20']));
    expect(new Set(Object.keys(seen).map((one) => one.slice(11)))).toEqual(new Set(['done', 'late', 'overdue']));
  });

  it('[HZ-2023-16] Form 1 says of each body what its own report says, and is the printed table', async () => {
    const titles = /职业健康检查执业行为自查情况登记表填报单位：填表人：联系电话：(序号.*?自查发现问题)/.exec(source)![1]!;
    for (const unit of units) {
      const { draft, versions } = await formOf(unit.code, 'HZ-F1');
      expect((draft.columns as { title: string }[]).map(({ title }) => title).join('')).toBe(titles);
      expect(draft.rows.map((row) => row[1]).sort()).toEqual(membersOf(unit).map(({ name }) => name).sort());
      for (const row of draft.rows) {
        const body = membersOf(unit).find(({ name }) => name === row[1])!;
        const report = reports.get(body.institutionId);
        expect([row[2], row[3], row[4], row[5], row[6]]).toEqual([body.address, body.categories.join('、'), body.outreach ? '是' : '否', report?.volumes?.employers ?? null, report?.volumes?.workers ?? null]);
        const problems = String(row[7] ?? '');
        if (report) expect(report.items.length ? report.items.map(({ text }) => problems.includes(text)) : [problems === '无']).toEqual(Array(Math.max(1, report.items.length)).fill(true));
        else expect(problems).toBe('');
      }
      expect([unit.name, versions[0]!.late]).toEqual([unit.name, Date.parse(versions[0]!.sentAt) >= endOf(days.formOne)]);
    }
  });

  it('[HZ-2023-09] [HZ-2023-10] every body on the list was visited inside the stage, and each draw comes out of its own record', () => {
    const visited = new Set(visits.filter(({ kind }) => kind === 'site-check').map(({ institutionId }) => institutionId));
    expect(units.flatMap(membersOf).filter(({ institutionId }) => !visited.has(institutionId))).toEqual([]);
    expect(visits.filter(({ visitOn }) => visitOn < '2023-04-01' || visitOn > '2023-10-31')).toEqual([]);
    const hash = (text: string) => createHash('sha256').update(text).digest('hex');
    const drawn = visits.flatMap(({ draw }) => draw ?? []);
    expect(drawn).toHaveLength(visits.filter(({ kind }) => kind === 'site-check').length);
    for (const { seed, pool, size, result, poolSha256 } of drawn) {
      expect(result).toEqual(pool.map((id) => [hash(`${seed}\n${id}`), id] as const).sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, size).map(([, id]) => id));
      expect(poolSha256).toBe(hash([...pool].sort((a, b) => (a < b ? -1 : 1)).map((id) => `${id}\n`).join('')));
    }
    const { algorithm, seed, pool, poolSha256, size, result } = drawn[0]!;
    const file = join(mkdtempSync(join(tmpdir(), 'draw-')), 'draw.json');
    writeFileSync(file, JSON.stringify({ algorithm, seed, pool, poolSha256, size, result }));
    expect(JSON.parse(execFileSync(process.execPath, [at('deploy/cli/bin.mjs'), 'draw', 'verify', file, '--json'], { encoding: 'utf8' }))).toEqual({ ok: true, mismatches: [] });
  });

  it('[HZ-2023-11] a case was filed where a problem stood open past its own day or an offence was serious, and nowhere else', () => {
    const why = { overdue: 0, serious: 0, waiting: 0 };
    for (const { visitOn, verifications, findings, caseId, subjectName } of visits) {
      const overdue = verifications.some(({ corrected, acceptedBy }) => corrected === false && acceptedBy !== null && acceptedBy < visitOn);
      const serious = findings.some((one) => one.serious);
      expect([subjectName, visitOn, caseId !== null]).toEqual([subjectName, visitOn, overdue || serious]);
      why.overdue += Number(overdue);
      why.serious += Number(serious);
      why.waiting += Number(verifications.some(({ corrected, acceptedBy }) => corrected === false && acceptedBy !== null && acceptedBy >= visitOn));
    }
    expect(Object.values(why).every((count) => count > 0)).toBe(true);
    expect(cases.map(({ caseId }) => caseId).sort()).toEqual(visits.flatMap(({ caseId }) => caseId ?? []).sort());
    expect(new Set(cases.map(({ number }) => number)).size).toBe(cases.length);
    expect(cases.every(({ decidedOn, filedOn, sanctions }) => decidedOn !== null && decidedOn >= filedOn && sanctions.length > 0)).toBe(true);
  });

  it('[HZ-2023-12] [HZ-2023-17] Form 2 of every district lists whom the text names, with nine kinds, warning and fine', async () => {
    for (const unit of units) {
      const { draft, versions } = await formOf(unit.code, 'HZ-F2');
      expect([unit.name, byName(draft.rows.map(filledIn))]).toEqual([unit.name, byName(expectedRows([unit]).map(cellsOf))]);
      expect([unit.name, versions[0]!.late]).toEqual([unit.name, Date.parse(versions[0]!.sentAt) >= endOf(days.formTwo)]);
      const sent = await formOf(unit.code, 'HZ-F2', 1);
      expect([unit.name, sent.summary.length > 10]).toEqual([unit.name, true]); // the summary goes along and can be read
    }
    const elsewhere = visits.filter(({ kind, filedElsewhere }) => kind === 'extension-check' && filedElsewhere);
    expect(new Set(elsewhere.map((visit) => decided(visit).length > 0))).toEqual(new Set([true, false])); // both kinds were played
  });

  it('[HZ-2023-14] the city counts each body once and each fine once, in its own table and in the file people download', async () => {
    const expected = byName(expectedRows(units).map(cellsOf)); // here the text's own area is the city
    const { draft, versions } = await formOf('*', 'HZ-F2');
    expect(byName(draft.rows.map(filledIn))).toEqual(expected);
    expect(units.flatMap((unit) => expectedRows([unit])).length).toBeGreaterThan(expected.length); // somebody was punished in two places
    expect(draft.rows.reduce((sum, row) => sum + Math.round(Number(row[12] ?? 0) * 1_000_000), 0)).toBe(cases.flatMap(({ sanctions }) => sanctions).reduce((sum, { kind, fen }) => sum + (kind === 'fine' ? fen! : 0), 0));
    expect([versions[0]!.late, Date.parse(versions[0]!.sentAt) < endOf(days.rollUp), versions.length]).toEqual([false, true, 2]);
    const file = await fetch(theSystem().urls.gateway + inCampaign('/units/*/forms/HZ-F2/xlsx'), { headers: { authorization: `Bearer ${city}` } });
    const book = new exceljs.Workbook();
    await book.xlsx.load(await file.arrayBuffer());
    const rows: unknown[][] = [];
    book.worksheets[0]!.eachRow((row) => { const [first, ...rest] = (row.values as (string | number | null | undefined)[]).slice(1); if (typeof first === 'number') rows.push(filledIn([first, ...Array.from({ length: 12 }, (_, index) => rest[index] ?? null)])); });
    expect(byName(rows)).toEqual(expected);
  });

  it('the overview counts what was counted here, district by district', async () => {
    const { units: shown } = await ask<AnswerOf<typeof inspection.getOverview>>(inCampaign('/overview'));
    for (const unit of units) {
      const { funnel } = shown.find(({ code }) => code === unit.code)!;
      const members = membersOf(unit);
      const of = (state: Unit['institutions'][number]['state']) => unit.institutions.filter((one) => one.state === state).length;
      const late = members.filter(({ obligations }) => obligations.some(({ duty, state }) => duty === 'self-check-report' && state === 'late')).length;
      const expected = { filed: unit.institutions.length, roster: members.length, idle: of('idle'), undetermined: of('undetermined'), notified: members.filter(({ notifiedOn }) => notifiedOn).length, acknowledged: members.filter(({ acknowledgedOn }) => acknowledgedOn).length, selfChecked: members.filter(({ institutionId }) => reports.has(institutionId)).length, late, cases: cases.filter((one) => one.unit === unit.code).length };
      expect([unit.name, Object.fromEntries(Object.keys(expected).map((key) => [key, funnel[key as keyof typeof funnel]]))]).toEqual([unit.name, expected]);
    }
  });
});
