import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AnswerOf, qualityControl } from '@zhijian/contracts/http';
import { creditCodeOf } from '@zhijian/policy';
import pg from 'pg';
import { gradeTable } from './grade-table.js';
import { onTheShelf, written } from './shelf.js';
import { call, theSystem, tokenOf } from './system.js';

type Sheets = AnswerOf<typeof qualityControl.listEvaluatedBodies>;

/** Only bodies of this kind are coloured here, so that whoever else is registered in the place is not touched. */
const line = 'radiation-health-service';
const built = fileURLToPath(new URL('../../libs/policy/packs/chongqing/colour-2024/1/', import.meta.url));
const source = '示例评分和比对方案：绩效评估总分100分；两项放射检测结果均满意的为优秀，一项满意的为合格，其余为不合格。\n';
const inputs = (id: string, place: string): Record<string, string> => ({
  'pack.yaml': `id: ${id}
version: 1
title: 示例：放射卫生技术服务机构的评分和比对
jurisdiction: '${place}'
document: { title: 示例评分和比对方案, source: testland-inputs.txt, sourceSha256: ${createHash('sha256').update(source).digest('hex')} }
inForce: { from: 2020-01-01 }
clauses: { TI-2020-01: { normative: true, quote: 两项放射检测结果均满意的为优秀，一项满意的为合格，其余为不合格 } }
readings: {}
`,
  'rules.yaml': `indicators:
  service:
    title: 示例：放射卫生技术服务机构质量指标
    lines: [${line}]
    total: 100
    grid: 0.5
    groups: { work: { title: 工作 } }
    items: [{ id: work, number: '1', text: 工作质量, group: work, points: 100 }]
    notApplicable: rescale
    rounded: { places: 2, rounding: cut }
    clauses: [TI-2020-01]
schemes:
  radiation:
    title: 示例：放射卫生检测能力比对
    line: ${line}
    measurands:
      - { id: dose-rate, title: 周围剂量当量率, unit: μSv/h, places: 2, score: z, assigned: { by: fixed }, deviation: { by: percent, percent: '10' } }
      - { id: voltage, title: 管电压, unit: kV, places: 1, score: z, assigned: { by: fixed }, deviation: { by: percent, percent: '10' } }
    grades: [{ id: 优秀, passes: true }, { id: 合格, passes: true }, { id: 不合格, passes: false }]
    decision: comparison-grade
    inputs: { satisfactory: { count: satisfactory } }
    without: { absent: undetermined, late: undetermined, withdrawn: undetermined, partial: undetermined }
    published: { of: evaluated, includesBetter: false }
    clauses: [TI-2020-01]
`,
  'decisions/comparison-grade.dmn': gradeTable({
    input: 'satisfactory', label: '满意的项目数', range: '[0..2]', grades: ['优秀', '合格', '不合格'], clause: 'TI-2020-01',
    rows: [{ id: 'both', when: '>= 2', grade: '优秀', why: '两项满意' }, { id: 'one', when: '[1..2)', grade: '合格', why: '一项满意' }, { id: 'none', when: '< 1', grade: '不合格', why: '没有满意的' }],
  }),
});

/** Chongqing's document for another place, and for one kind of bodies alone. */
function colours(folder: string, id: string, place: string, reportWithin: number): void {
  cpSync(built, folder, { recursive: true, filter: (path) => !path.startsWith(join(built, 'tests')) });
  const edited = (file: string, change: (text: string) => string) => writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));
  edited('pack.yaml', (text) => text.replace(/^id: .*$/m, `id: ${id}`).replace(/^title: .*$/m, 'title: 示例：分色管理（虚构）').replace(/^jurisdiction: .*$/m, `jurisdiction: '${place}'`));
  edited('rules.yaml', (text) => text.replace('workingDays: 30', `workingDays: ${reportWithin}`).replace('30个工作日内', `${reportWithin}个工作日内`));
  edited('decisions/managed.dmn', (text) => text.replaceAll(/"occupational-health-service","radiation-health-service","health-examination"(?=<|\))/g, `"${line}"`));
}

const within = async <T>(ask: () => Promise<T | undefined>, what: string): Promise<T> => {
  for (const end = Date.now() + 60_000; ;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`not within a minute: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
};

/** A body of a place that is coloured: its score, and how many of its two results are satisfactory; null where there is none. */
export interface Wanted { readonly name: string; readonly score: string | null; readonly satisfactory: 0 | 1 | 2 | null }
export interface Coloured { readonly institutionId: string; readonly name: string; readonly creditCode: string }
export interface ColouredPlace { readonly place: string; readonly pack: string; readonly today: string; readonly bodies: readonly Coloured[] }

/**
 * A place of a test's own whose bodies have scores and results of these years: registered, evaluated, signed and compared
 * through the API by the people who do that. What people then do with it is the test's.
 */
export async function aColouredPlace({ place, name, years, bodies, reportWithin = 30 }: { place: string; name: string; years: readonly number[]; bodies: readonly Wanted[]; /** Working days for a report of rectification. */ reportWithin?: number }): Promise<ColouredPlace> {
  const [pack, given] = [`testland/${name}`, `testland/${name}-inputs`];
  onTheShelf(pack, (folder) => colours(folder, pack, place, reportWithin));
  onTheShelf(given, written(inputs(given, place)));
  const as = (account: string) => tokenOf(account, place);
  const asked = async <T>(account: string, method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await call<T>(await as(account), method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const { today } = await asked<{ today: string }>('zhikong', 'GET', '/api/v1/clock');
  await within(async () => {
    const { items } = await asked<{ items: { id: string }[] }>('zhikong', 'GET', '/api/v1/packs');
    return [pack, given].every((id) => items.some((one) => one.id === id)) ? true : undefined;
  }, 'the packs are known');
  const registered: Coloured[] = [];
  for (const [at, body] of bodies.entries()) {
    const creditCode = creditCodeOf(`91${place}MAEW${name.length % 10}${String(at).padStart(4, '0')}`);
    const filing = { number: `（示例）放卫技字第${at + 1}号`, filedOn: '2020-05-06', categories: ['放射卫生检测与评价'], items: [], outreach: false };
    const { institutionId } = await asked<{ institutionId: string }>('shi', 'POST', '/api/v1/institutions', { name: body.name, creditCode, kind: line, jurisdiction: place, address: `示例路${at + 1}号`, contactPost: null, invented: true, filing });
    registered.push({ institutionId, name: body.name, creditCode });
  }
  for (const year of years) {
    await scored(asked, { place, year, pack: `${given}@1`, bodies: bodies.map((body, at) => ({ ...body, ...registered[at]! })) });
    await compared(asked, { place, year, pack: `${given}@1`, today, bodies: bodies.map((body, at) => ({ ...body, ...registered[at]! })) });
  }
  return { place, pack: `${pack}@1`, today, bodies: registered };
}

const daysFrom = (on: string, days: number): string => new Date(Date.parse(on) + days * 86_400_000).toISOString().slice(0, 10);
type Asked = <T>(account: string, method: string, path: string, body?: unknown) => Promise<T>;
interface Year { place: string; year: number; pack: string; bodies: readonly (Wanted & Coloured)[] }

/** Entered by the centre, looked at by an expert, signed by an approver. */
async function scored(asked: Asked, { place, year, pack, bodies }: Year): Promise<void> {
  const { planId } = await asked<{ planId: string }>('zhikong', 'POST', '/api/v1/evaluation-plans', { jurisdiction: place, year, line, pack, set: 'service' });
  const at = `/api/v1/evaluation-plans/${planId}`;
  const those = bodies.filter(({ score }) => score !== null);
  const sheets = async (state?: string) => (await asked<Sheets>('zhikong', 'GET', `${at}/bodies?limit=500${state ? `&state=${state}` : ''}`)).items.filter(({ institutionId }) => bodies.some((one) => one.institutionId === institutionId));
  await within(async () => ((await sheets()).length === bodies.length ? true : undefined), 'quality control knows the bodies');
  for (const { institutionId, score } of those) await asked('zhikong', 'POST', `${at}/evaluations`, { institutionId, served: true, entries: [{ item: 'work', score }] });
  for (const [account, step, state] of [['zhikong', 'submissions', 'draft'], ['zhuanjia', 'second-looks', 'submitted'], ['pizhun', 'sign-offs', 'looked']] as const) {
    await asked(account, 'POST', `${at}/${step}`, { sheets: (await sheets(state)).map(({ evaluationId, version }) => ({ evaluationId, version })) });
  }
}

/** Reported on paper and entered by number; then evaluated, once the last day is behind: the clock of a shared system is not moved for it. */
async function compared(asked: Asked, { place, year, pack, bodies, today }: Year & { today: string }): Promise<void> {
  const { roundId } = await asked<{ roundId: string }>('zhikong', 'POST', '/api/v1/comparison-rounds', { pack, scheme: 'radiation', year, jurisdiction: place, title: `${year}年放射卫生检测能力比对（示例）`, submitBy: daysFrom(today, 90), parts: [] }); // days may pass meanwhile
  const at = `/api/v1/comparison-rounds/${roundId}`;
  await asked('zhikong', 'POST', `${at}/opening`, { fixed: [{ measurand: 'dose-rate', value: '2.50' }, { measurand: 'voltage', value: '80.0' }] });
  const admin = new pg.Client({ connectionString: theSystem().databaseUrl });
  await admin.connect();
  try {
    await admin.query(`select set_config('app.reach', 'all', false)`);
    const { rows } = await admin.query<{ institutionId: string; code: string }>('select institution_id as "institutionId", code from quality_control.comparison_participant where round_id = $1', [roundId]);
    for (const { institutionId, satisfactory } of bodies.filter((one) => one.satisfactory !== null)) {
      const results = [{ measurand: 'dose-rate', value: satisfactory! > 0 ? '2.51' : '3.60' }, { measurand: 'voltage', value: satisfactory! > 1 ? '80.4' : '112.0' }];
      await asked('zhikong', 'POST', `${at}/laboratories/${rows.find((row) => row.institutionId === institutionId)!.code}/submissions`, { results, receivedOn: today });
    }
    await admin.query('update quality_control.comparison_round set submit_by = $2 where id = $1', [roundId, daysFrom(today, -1)]);
  } finally {
    await admin.end();
  }
  await asked('zhikong', 'POST', `${at}/evaluation`, { setAside: [] });
}
