import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { ask, emptyFolder } from '../asked.fixture.js';

jest.setTimeout(60_000); // checks whole packs

const hangzhou = 'hangzhou/exam-campaign-2023';

describe('pack clone', () => {
  it("writes next year's draft, which the check does not let pass", async () => {
    const out = join(emptyFolder(), 'next');
    const { code, json } = await ask(['pack', 'clone', hangzhou, '--year', '2024', '--out', out, '--json']);
    expect({ code, pack: json.pack }).toEqual({ code: 0, pack: 'hangzhou/exam-campaign-2024@1' });
    expect(json.shifted).toContainEqual({ file: 'campaign.yaml', path: '/stages/self-check/duties/self-check-report/due/on', was: '2023-04-15', now: '2024-04-15', clauses: ['HZ-2023-07'] });
    const checked = await ask(`pack check ${out} --json`);
    expect(checked.code).toBe(1);
    expect(checked.json.findings.filter(({ kind }) => kind === 'unquoted')).toHaveLength(json.shifted.length + 1);
    expect(checked.json.cases.failed).toBe(0);
    expect((await ask(`pack install ${out} --json`)).code).toBe(1);
    expect((await ask(`campaign plan ${out} --city 330106 --json`)).json.cities[0]!.stages[1]!.duties.map(({ dueOn }) => dueOn)).toContain('2024-04-15');
    expect((await ask(['pack', 'clone', hangzhou, '--year', '2025', '--out', out])).err).toContain('不覆盖');
  });

  it('asks for a year, another than its own, and a folder; writes nothing otherwise', async () => {
    const folder = emptyFolder();
    const out = join(folder, 'next');
    for (const wrong of [[], ['--year', '24'], ['--year', '2023']]) expect((await ask(['pack', 'clone', hangzhou, '--out', out, ...wrong])).code).toBe(2);
    expect((await ask(['pack', 'clone', hangzhou, '--year', '2024'])).code).toBe(2);
    expect([existsSync(out), readdirSync(folder)]).toEqual([false, []]);
  });
});
