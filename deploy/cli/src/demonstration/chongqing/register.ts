import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { qualification, qualityControl } from '@zhijian/contracts/http';
import { registerTable, writeTable } from '@zhijian/documents';
import { repository } from '../../command/folders.js';
import { run } from '../../run.js';
import { eventually } from '../crew.js';
import type { Stage } from '../drama.js';
import { everyPage } from '../pages.js';
import { accountsWritten } from '../register.js';
import { nameOf } from '../troupe.js';
import { isFirst, type Body, type Play } from './scenario.js';

/** Who acts in the city itself. */
export const cityOf = ({ api, scenario: { data } }: Play, person: keyof Play['scenario']['data']['people']) => api.as(data.people[person], data.jurisdiction);

/** A file's bytes differ from one writing to the next: its key names them. */
export const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

/** Installs the invented packs, as an officer would: what other documents order is no part of the city's plan. */
export async function packsInstalled(play: Play, { env }: Stage): Promise<string> {
  const { packs, comparisonPack } = play.scenario.data;
  for (const pack of packs) {
    const said: string[] = [];
    const code = await run(['pack', 'install', join(repository, 'deploy/cli/src/demonstration/packs', pack)], { out: (text) => said.push(text), err: (text) => said.push(text), env, cwd: repository });
    play.journal.equal(`装入示例政策包 ${pack} ${code === 0 ? '' : said.join('')}`, code, 0);
  }
  const known = await eventually(async () => (await cityOf(play, 'centre').ask(qualityControl.listComparisonSchemes)).items.some(({ pack }) => comparisonPack.startsWith(pack)));
  play.journal.expect('装入的比对方案可用', known);
  return `装入示例政策包 ${packs.length} 个（虚构的比对方案和质量指标）`;
}

/** A list of bodies as a file, read first and registered when confirmed; second qualifications and visitors are entered one by one. */
export async function registered(play: Play, first: boolean, accountsFile: string): Promise<string> {
  const { bodies, data } = play.scenario;
  const own = bodies.filter((body) => !body.visits && isFirst(body, data) === first);
  const commission = cityOf(play, 'commission');
  const file = await writeTable(registerTable, own.map((body) => rowOf(play, body)));
  const read = await commission.ask(qualification.importRegister, { query: { fileName: '机构名单（演示）.xlsx' }, file, key: play.key('register', digest(file)) });
  play.journal.equal('名单没有错误', [read.rows, read.errors], [own.length, []]);
  const done = await commission.ask(qualification.confirmRegisterImport, { params: { importId: read.importId }, key: play.key('register-confirm', read.importId) });
  play.journal.equal('名单全部登记', done.registered + done.unchanged, own.length);
  if (!first) await visitorsRegistered(play);
  await idsRead(play);
  await play.each('登记第二项资质', own.filter(({ lines }) => lines.length > 1), (body) => secondLine(play, body), nameOf);
  accountsWritten(play, accountsFile);
  return `登记机构 ${own.length} 家${first ? '' : `，外省来渝 ${play.scenario.outside.length} 家`}（均为虚构）`;
}

function rowOf({ scenario: { data } }: Play, body: Body) {
  const { registration, contactPost } = data;
  return {
    creditCode: body.creditCode, name: body.name, kind: body.kind, jurisdiction: body.unit, address: body.address, contactPost, filingNumber: registration.number.replace('{number}', String(body.number).padStart(3, '0')),
    filedOn: registration.filedOn, categories: body.categories, items: registration.items, outreach: body.outreach, invented: true,
  };
}

function visitorsRegistered(play: Play): Promise<number> {
  const { outside, data } = play.scenario;
  return play.each('登记外省来渝机构', outside, async (body) => {
    const { institutionId } = await cityOf(play, 'commission').ask(qualification.registerInstitution, {
      key: play.key('visitor', body.number), body: { creditCode: body.creditCode, name: body.name, kind: body.kind, jurisdiction: body.unit, address: body.address, contactPost: data.contactPost, invented: true, filing: null, serves: [data.servesIn] },
    });
    const line = { kind: body.kind, number: data.secondLine.number.replace('{number}', String(body.number)), issuer: data.visitorIssuer, from: data.secondLine.from, to: data.secondLine.to, categories: data.registration.categories[body.is], items: data.registration.items };
    await cityOf(play, 'commission').ask(qualification.recordLine, { params: { institutionId }, key: play.key('visitor-line', body.number), body: line });
  }, nameOf);
}

async function secondLine(play: Play, body: Body): Promise<void> {
  const { secondLine: { number, ...line }, registration: { categories, items }, jurisdiction } = play.scenario.data;
  await cityOf(play, 'commission').ask(qualification.recordLine, {
    params: { institutionId: play.idOf(body) }, key: play.key('line', body.number), body: { ...line, kind: body.lines[1]!, number: number.replace('{number}', String(body.number)), issuer: jurisdiction, categories: categories.r, items },
  });
}

async function idsRead(play: Play): Promise<void> {
  const all = await everyPage((cursor) => cityOf(play, 'commission').ask(qualification.listInstitutions, { query: { limit: 500, ...(cursor ? { cursor } : {}) } }));
  const ids = new Map(all.map(({ creditCode, institutionId }) => [creditCode, institutionId]));
  for (const { number, creditCode } of play.scenario.bodies) if (ids.has(creditCode)) play.ids.set(number, ids.get(creditCode)!);
}
