import { appendFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { builtInPacks } from '@zhijian/policy';
import { ask, emptyFolder } from '../asked.fixture.js';

const hangzhou = 'hangzhou/exam-campaign-2023';
const copied = (): string => {
  const folder = join(emptyFolder(), 'my-pack');
  cpSync(join(builtInPacks, hangzhou, '1'), folder, { recursive: true });
  return folder;
};

describe('pack check', () => {
  it('accepts the pack by name, by version and by folder', async () => {
    for (const name of [hangzhou, `${hangzhou}@1`, copied()]) {
      const { code, json } = await ask(`pack check ${name} --json`);
      expect({ code, pack: json.pack, failed: json.cases.failed }).toEqual({ code: 0, pack: `${hangzhou}@1`, failed: 0 });
      expect(Object.keys(json)).toEqual(['pack', 'findings', 'cases']);
    }
  });

  it('[HZ-2023-07] finds the two deadlines of the text as printed and says no', async () => {
    const { code, json } = await ask(`pack check ${hangzhou} --as-printed --json`);
    expect(code).toBe(1);
    expect(json.findings.filter((it) => it.severity === 'error').map((it) => it.kind)).toContain('duplicate-deadline');
  });

  it('[HZ-2023-07] prints with each finding the words it is about', async () => {
    const { json } = await ask(`pack check ${hangzhou} --as-printed --json`);
    expect(json.findings.filter(({ quote }) => !quote)).toEqual([]);
    expect((await ask(`pack check ${hangzhou} --as-printed`)).out).toMatch(/“自查报告”有2个期限[^\n]*\n {4}“4月5/);
  });

  it('names file and field of a pack that cannot be read', async () => {
    const folder = copied();
    appendFileSync(join(folder, 'pack.yaml'), 'colour: red\n');
    const { code, json } = await ask(`pack check ${folder} --json`);
    expect(code).toBe(1);
    expect(json.findings[0]).toMatchObject({ kind: 'schema', severity: 'error', id: 'schema:pack.yaml/colour' });
  });

  it('compares two packs that may bind one body at once', async () => {
    const { code, json } = await ask('pack check heshui/quality-action-2024 --with chongqing/colour-2024 --json');
    expect(code).toBe(0);
    expect(json.findings.filter(({ kind }) => kind === 'conflict').every(({ severity }) => severity !== 'error')).toBe(true);
    expect((await ask(`pack check ${hangzhou} --with nowhere/nothing`)).code).toBe(2);
  });

  it('[CQ-2024-12] asks where the law behind a text has more, with the clauses and the words of both, and lets it be', async () => {
    const { code, json } = await ask('pack check chongqing/colour-2024 --json');
    expect(code).toBe(0);
    expect(json.findings.find(({ id }) => id === 'against-law:frequencies/green-inspection:examination-inspection')).toMatchObject({
      kind: 'against-law', severity: 'warning', clauses: ['CQ-2024-12', 'ZYJC-2015-20'], quote: expect.stringMatching(/可不主动实施监督检查 … 设区的市级/),
    });
    expect((await ask('pack check chongqing/colour-2024')).out).toContain('与上位法不一致：《职业健康检查管理办法》');
  });

  it('checks the law itself, by name and by folder', async () => {
    for (const name of ['national/superior-law', join(builtInPacks, 'national/superior-law/2')]) expect(await ask(`pack check ${name} --json`)).toMatchObject({ code: 0, json: { pack: 'national/superior-law@2', findings: [] } });
  });

  it('says that a pack nobody has is a wrong question', async () => {
    expect((await ask('pack check nowhere/nothing')).code).toBe(2);
  });
});

describe('pack trace', () => {
  it('traces every clause of every pack, and prints the total', async () => {
    const { code, json } = await ask('pack trace --json');
    expect((await ask('pack trace')).out).toContain(`共 ${json.total} 条`);
    expect((await ask('pack trace')).out).toContain('XZCF-2021-42\n  取值 bound numbers/officers');
    expect({ code, missing: json.missing, all: json.traced === json.total }).toEqual({ code: 0, missing: [], all: true });
  });
});

describe('pack explain', () => {
  it('[HZ-2023-11] names value, rule and the clause with its words', async () => {
    const { code, json } = await ask(['pack', 'explain', hangzhou, 'case-filing', '--input', '{"uncorrectedItem":true,"seriousViolation":false}', '--json']);
    expect(code).toBe(0);
    expect(json).toMatchObject({ determined: true, value: 'file-case', clauses: [{ id: 'HZ-2023-11' }], pack: `${hangzhou}@1` });
  });

  it('is undetermined, not wrong, where an input is missing', async () => {
    const { code, json } = await ask(['pack', 'explain', hangzhou, 'case-filing', '--input', '{}', '--json']);
    expect(code).toBe(0);
    expect(json).toMatchObject({ determined: false, value: null });
    expect(json.reason).toContain('待核实');
  });

  it('refuses an unknown decision and an input that is no object', async () => {
    expect((await ask(['pack', 'explain', hangzhou, 'nothing', '--input', '{}'])).code).toBe(2);
    expect((await ask(['pack', 'explain', hangzhou, 'case-filing', '--input', '[1'])).code).toBe(2);
  });
});
