import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { builtInPacks } from '@zhijian/policy';
import { ask, emptyFolder } from '../asked.fixture.js';

const hangzhou = 'hangzhou/exam-campaign-2023';

describe('pack diff', () => {
  it('tells what a draft of the next version changes, value by value', async () => {
    const folder = join(emptyFolder(), 'draft');
    cpSync(join(builtInPacks, hangzhou, '1'), folder, { recursive: true });
    const file = join(folder, 'campaign.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('on: 2023-04-15, roll: none', 'on: 2023-04-14, roll: none'));
    const { code, json, out } = await ask(`pack diff ${hangzhou}@1 ${folder} --json`);
    expect({ code, json }).toEqual({ code: 0, json: { a: `${hangzhou}@1`, b: `${hangzhou}@1`, same: false, differences: [
      { path: '/campaign/stages/self-check/duties/self-check-report/due/on', old: '2023-04-15', new: '2023-04-14', clauses: ['HZ-2023-07'] },
    ] } });
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect((await ask(`pack diff ${hangzhou} ${hangzhou}`)).out).toContain('取值完全相同');
  });

  it('asks for two packs that are there', async () => {
    expect((await ask(`pack diff ${hangzhou}`)).code).toBe(2);
    expect((await ask(`pack diff ${hangzhou} nowhere/nothing`)).code).toBe(2);
  });
});
