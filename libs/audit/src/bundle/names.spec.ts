import { describe, expect, it } from '@jest/globals';
import type { Contents } from '../verify/contents.js';
import type { RoomPart } from './format.js';
import { namesIn } from './names.js';

const id = (number: number): string => `01a20381-0000-7000-8000-${String(number).padStart(12, '0')}`;
const [campaign, body, check, visit, other, file, sent, unknown, notice, list] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(id) as [string, string, string, string, string, string, string, string, string, string];
const said: Record<string, unknown>[] = [
  { campaignId: campaign, name: '示例专项治理', units: ['330127'] },
  { institutionId: body, name: '示例体检中心', creditCode: 'x' }, { selfCheckId: check, institutionId: body, version: 2 }, { selfCheckId: check, institutionId: body, reasons: [] },
  { visitId: visit, visitOn: '2023-04-27', institutionId: body, kind: 'site-check' }, { visitId: visit, drawId: 'd' }, { visitId: other, visitOn: '2023-05-06', institutionId: null, kind: 'extension-check' },
  { caseId: file, number: '杭卫立〔2023〕3号', institutionId: body }, { formVersionId: sent, form: 'HZ-F1', version: 1 }, { noticeId: notice, year: 2024, postedOn: '2024-06-03', institutionId: body }, { noticeId: list, year: 2024 },
];
const rows: Record<string, RoomPart['rows']> = {
  inspection: { campaign: [{ id: campaign, name: '后来改成的名称' }], unit: [{ unit: '330127', name: '淳安县' }] },
  publication: { snapshot: [{ noticeId: list, body: '{"entries":[{"name":"甲","title":"不是标题"}],"kind":"notice","title":"2024年分色结果公示"}' }, { noticeId: id(11), body: '{"title":' }] },
};
const contents = {
  facts: new Map(said.map((data, at) => [String(at), { id: String(at), type: 't', subject: '', time: '', actor: '', data }])),
  rooms: new Map(Object.entries(rows).map(([room, its]) => [room, { room, entries: [], certificates: [], ruleTexts: [], facts: [], rows: its }])),
} as unknown as Contents;
const named = namesIn(contents, new Map([['HZ-F1', '自查情况登记表'], ['report', '自查报告']]));
const of = (subject: string, detail: Record<string, unknown> = {}) => named({ subject, detail });

describe('what a command was about', () => {
  it.each([
    ['a body', body, '示例体检中心'], ['a campaign', campaign, '示例专项治理'], ['a unit of it', `${campaign}/330127`, '示例专项治理，淳安县'], ['all its units', `${campaign}/*`, '示例专项治理，全部单位'],
    ['a report', check, '示例体检中心，第 2 次自查报告'], ['a visit', visit, '示例体检中心，2023-04-27 的检查'], ['a visit to somebody who is not registered', other, '未登记的单位，2023-05-06 的延伸检查'],
    ['a case', file, '杭卫立〔2023〕3号（示例体检中心）'], ['a form', sent, '“自查情况登记表”第 1 版'], ['a notice', notice, '2024-06-03 的 2024 年度公示'], ['a notice by its title', list, '2024年分色结果公示'], ['a year of a place', '500000/2024', '区划 500000，2024 年度'],
  ])('is said in Chinese: %s', (_what, subject, words) => expect(of(subject)).toBe(words));

  it('is its number where the bundle does not know it, with the body that the note names', () => {
    expect([of(unknown), of(unknown, { institution: body }), of(unknown, { institution: id(99) }), of('')]).toEqual([`编号 ${unknown}`, `示例体检中心（编号 ${unknown}）`, `编号 ${unknown}`, '']);
  });
});
