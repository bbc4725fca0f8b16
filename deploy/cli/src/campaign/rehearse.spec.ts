import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ask, emptyFolder } from '../asked.fixture.js';

const hangzhou = 'hangzhou/exam-campaign-2023';
const head = 'id,name,kind,city,inspectors';
const lines = ['A1,甲体检中心,health-examination,330106,4', 'A2,乙体检中心,health-examination,330106,', 'B1,丙体检中心,health-examination,330127,张三、李四'];
const written = (text: string | Uint8Array): string => {
  const file = join(emptyFolder(), 'roster.csv');
  writeFileSync(file, text);
  return file;
};
const roster = (...also: string[]): string => written(`${[head, ...lines, ...also].join('\n')}\n`);
const rehearsed = (file: string, ...more: string[]) => ask(['campaign', 'rehearse', hangzhou, '--roster', file, '--json', ...more]);

describe('campaign rehearse', () => {
  it('has the fields the contract names; the same seed gives the same hash, another seed another', async () => {
    const { code, json } = await rehearsed(roster(), '--late', '50', '--seed', '7');
    expect(code).toBe(0);
    expect(json).toMatchObject({ hash: expect.stringMatching(/^[0-9a-f]{64}$/), perDay: expect.any(Array), perInspectorWeek: expect.any(Array), overloaded: [], late: [expect.anything(), expect.anything()], assumptions: { late: 50, seed: 7 } });
    expect(json.deadlines).toContainEqual({ city: '330106', duty: 'self-check-report', institution: 'A1', dueOn: '2023-04-15' });
    expect(json.deadlines).toContainEqual({ city: '330100', duty: 'roll-up', institution: null, dueOn: '2023-11-15' });
    const again = await rehearsed(written([head, ...lines.toReversed()].join('\r\n')), '--late', '50', '--seed', '7');
    expect(again.json.hash).toBe(json.hash);
    expect((await rehearsed(roster(), '--late', '50', '--seed', '8')).json.hash).not.toBe(json.hash);
  });

  it('says in words what it supposed, and who has too much', async () => {
    const { out } = await ask(['campaign', 'rehearse', hangzhou, '--roster', roster(), '--overload', '0']);
    expect(out).toContain('每人每周超过 0 次为超负荷');
    expect(out).toMatch(/超负荷 [1-6] 人：/);
  });

  it('takes the officers named for a body, and the number of a city where it is given', async () => {
    const { json } = await rehearsed(roster());
    expect(new Set(json.perInspectorWeek.filter(({ city }) => city === '330127').map(({ inspector }) => inspector))).toEqual(new Set(['张三', '李四']));
    expect(json.cities.find(({ city }) => city === '330106')).toMatchObject({ inspectors: 4 });
  });

  it('reads a roster saved by a spreadsheet: with a byte order mark, or in GB18030', async () => {
    const { hash } = (await rehearsed(roster())).json;
    expect((await rehearsed(written(`\ufeff${[head, ...lines].join('\r\n')}`))).json.hash).toBe(hash);
    const bytes = [...`${head}\nA1,`].map((letter) => letter.charCodeAt(0));
    const { json, code } = await rehearsed(written(Uint8Array.from([...bytes, 0xbc, 0xd7, ...[...',health-examination,330106,2'].map((letter) => letter.charCodeAt(0))])), '--late', '100');
    expect({ code, names: json.late.map(({ name }) => name) }).toEqual({ code: 0, names: ['甲'] });
  });

  it.each([
    ['A1,丁,health-examination,330106,4', '第5行第1列（id）：“id”与csv!A2重复'],
    ['C1,丁,hospital-of-dreams,330106,4', '第5行第3列（kind）：机构类别“hospital-of-dreams”'],
    ['C1,丁,health-examination,西湖区,4', '第5行第4列（city）：应为六位区划代码'],
    ['C1,,health-examination,330106,4', '第5行第2列（name）：未填写'],
    ['C1,丁,health-examination,330106,1.5', '第5行第5列（inspectors）：应为执法人员数'],
    ['C1,丁,health-examination,330106,4,x', '第5行第6列：该列没有列名'],
  ])('names line and column of what is wrong: %s', async (line, message) => {
    const { code, err, json } = await rehearsed(roster(line));
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(json.error.message).toContain('有 1 处错误');
  });

  it.each([['--late', '101'], ['--late', '-1'], ['--seed', 'x'], ['--officers', '0'], ['--failing', '2.5']])('refuses %s %s', async (name, value) => {
    expect((await rehearsed(roster(), `${name}=${value}`)).code).toBe(2);
  });

  it('asks for a roster that is there and not empty', async () => {
    expect((await ask(`campaign rehearse ${hangzhou}`)).err).toContain('--roster');
    expect((await rehearsed('/nowhere/roster.csv')).code).toBe(2);
    expect((await rehearsed(written(`${head}\n`))).err).toContain('没有机构');
    expect((await rehearsed(written('id,name\n1,2'))).err).toContain('缺少列“kind”');
  });
});
