import { createHash } from 'node:crypto';
import { qualification, type Problem } from '@zhijian/contracts/http';
import { registerTable, writeTable } from '@zhijian/documents';
import type { Raw } from '../api.js';
import { everyPage } from '../pages.js';
import { circulated, type Body, type Play } from './scenario.js';

interface Try { name: string; status: number[]; call: () => Promise<Raw> }

const chinese = /[\u4e00-\u9fff]/;
const post = 'POST';

/** Bad input while the campaign runs: each must be refused in Chinese, and nothing may have changed. */
export async function refusedWhileRunning(play: Play): Promise<number> {
  const { units, data } = play.scenario;
  const [one, two] = units[0]!.bodies as [Body, Body];
  const county = play.officer(one.unit);
  const good = { creditCode: one.creditCode, name: '不应登记的机构', kind: data.kind, jurisdiction: one.unit, address: '某处', filing: null };
  const institutions = '/api/v1/institutions';
  const reports = `/api/v1/campaigns/${play.campaignId}/self-checks`;
  const report = { institutionId: play.idOf(one), items: [], noProblems: true, volumes: { employers: 1, workers: 1 }, sealedBy: '办公室' };
  const named = play.scenario.bodies.find((body) => circulated(body, data))!;
  const { unit, duty, on } = data.refusedDate;
  const register = (name: string, body: unknown, status: number[], key: string | null = name): Try => ({ name, status, call: () => county.raw(post, institutions, { body, ...(key ? { key: play.key('refused', encodeURIComponent(key)) } : {}) }) });
  const before = await countOf(play);
  const tries: Try[] = [
    register('信用代码校验码不符', { ...good, creditCode: `${one.creditCode.slice(0, 17)}${one.creditCode.endsWith('0') ? '1' : '0'}` }, [422]),
    register('信用代码位数不对', { ...good, creditCode: '123' }, [422]),
    register('信用代码已登记', good, [409]),
    register('未知的字段', { ...good, colour: 'red' }, [400]),
    register('类型不对', { ...good, name: 7 }, [400]),
    register('缺少 Idempotency-Key', good, [400], null),
    register('内容不是 JSON', '{"name":', [400]),
    register('内容达 10 MB', { ...good, name: 'x'.repeat(10_000_000) }, [413]),
    { name: '同一键用于另一内容', status: [422], call: () => county.raw(post, institutions, { body: { ...good, name: '另一内容' }, key: play.key('register', one.number) }) },
    { name: '辖区以外的机构', status: [403, 422], call: () => play.officer(units[1]!.code).raw(post, institutions, { body: { ...good, jurisdiction: one.unit }, key: play.key('refused', 'foreign') }) },
    { name: '没有令牌', status: [401], call: () => play.api.raw('GET', '/api/v1/campaigns', {}) },
    { name: '他人的自查报告', status: [403, 422], call: () => play.body(two).raw(post, reports, { body: report, key: play.key('refused', 'other-body') }) },
    { name: '不存在的机构的报告', status: [422, 404], call: () => county.raw(post, reports, { body: { ...report, institutionId: '00000000-0000-7000-8000-000000000000' }, key: play.key('refused', 'nobody') }) },
    { name: '未说明上年度通报的问题', status: [422], call: () => play.body(named).raw(post, reports, { body: { ...report, institutionId: play.idOf(named) }, key: play.key('refused', 'unanswered') }) },
    { name: '自定日期晚于上级规定', status: [422], call: async () => play.officer(unit).raw('PUT', planOf(play, unit), { body: { text: '方案', dates: [{ duty, on }], file: true }, ifMatch: await versionOf(play, unit), key: play.key('refused', 'date') }) },
    { name: '编辑未带版本', status: [428], call: () => play.officer(unit).raw('PUT', planOf(play, unit), { body: { text: '方案', dates: [], file: false }, key: play.key('refused', 'no-version') }) },
    { name: '编辑已过时的版本', status: [412], call: () => play.officer(unit).raw('PUT', planOf(play, unit), { body: { text: '方案', dates: [], file: false }, ifMatch: 999, key: play.key('refused', 'stale') }) },
    { name: '机构账号代行监督', status: [403], call: () => play.body(one).raw(post, institutions, { body: good, key: play.key('refused', 'role') }) },
  ];
  for (const it of tries) await refused(play, it);
  await badSheets(play, one);
  play.journal.equal('错误输入之后名录不变', await countOf(play), before);
  return tries.length + 2;
}

export async function refusedAfterwards(play: Play): Promise<void> {
  const one = play.scenario.units[0]!.bodies[0]!;
  await refused(play, {
    name: '行动结束后的报告', status: [409], call: () => play.body(one).raw(post, `/api/v1/campaigns/${play.campaignId}/self-checks`, {
      key: play.key('refused', 'closed'), body: { institutionId: play.idOf(one), items: [], noProblems: true, volumes: { employers: 1, workers: 1 }, sealedBy: '办公室' } }),
  });
}

async function refused(play: Play, { name, status, call }: Try): Promise<void> {
  const answer = await call();
  const problem = answer.body as Partial<Problem>;
  play.journal.expect(`拒绝：${name}`, status.includes(answer.status) && chinese.test(problem.title ?? ''), `${answer.status} ${problem.title ?? ''}`);
}

/** A list with a wrong heading has no good line; one with bad cells names them, and its good lines wait for a confirmation that never comes. */
async function badSheets(play: Play, one: Body): Promise<void> {
  const row = (creditCode: string, name: string) => ({ creditCode, name, kind: play.scenario.data.kind, jurisdiction: one.unit, address: one.address, contactPost: null, filingNumber: null, filedOn: null, categories: [...one.categories], items: [], outreach: false, invented: true });
  const wrongHeading = { ...registerTable, columns: registerTable.columns.map((column) => (column.key === 'name' ? { ...column, title: '单位' } : column)) };
  // two spreadsheets of the same content differ in their bytes: the key names the bytes
  const keyOf = (file: Uint8Array) => createHash('sha256').update(file).digest('hex').slice(0, 16);
  const upload = (file: Uint8Array, name: string) => play.officer(one.unit).raw('POST', `${qualification.importRegister.path}?fileName=${name}.xlsx`, { file, key: play.key('refused', name, keyOf(file)) });
  const heading = await upload(await writeTable(wrongHeading, [row(one.creditCode, '甲')]), 'heading');
  const cells = await upload(await writeTable(registerTable, [row('12345', '乙'), row(one.creditCode, '丙')]), 'cells');
  const faults = ({ body }: Raw) => ((body as { errors?: { path: string; message: string }[] }).errors ?? []);
  play.journal.expect('拒绝：名单表头不符', faults(heading).some(({ message }) => chinese.test(message)) && ((heading.body as { good?: unknown[] }).good ?? []).length === 0, JSON.stringify(heading.body).slice(0, 200));
  play.journal.expect('拒绝：名单单元格有误', faults(cells).some(({ path, message }) => /![A-Z]+\d+/.test(path) && chinese.test(message)), JSON.stringify(cells.body).slice(0, 200));
}

const planOf = (play: Play, unit: string): string => `/api/v1/campaigns/${play.campaignId}/units/${unit}/plan`;

async function versionOf(play: Play, unit: string): Promise<number> {
  const { body } = await play.officer(unit).raw('GET', `/api/v1/campaigns/${play.campaignId}/units/${unit}`);
  return (body as { plan: { version: number } }).plan.version;
}

async function countOf(play: Play): Promise<number> {
  return (await everyPage((cursor) => play.lead.ask(qualification.listInstitutions, { query: { limit: 500, ...(cursor ? { cursor } : {}) } }))).length;
}
