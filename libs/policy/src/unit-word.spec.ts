import { describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { Packs, PackError, parsePack } from './index.js';
import { testlandFiles } from './testland.fixture.js';
import { unitWordOf } from './unit-word.js';

const named = (...names: string[]) => unitWordOf(names.map((name) => ({ name })));
/** The campaign of Testland with other fields. */
const packWith = (change: object) => parsePack({ ...testlandFiles(), 'campaign.yaml': stringify({ ...(parse(testlandFiles()['campaign.yaml']!) as object), ...change }) });

describe('what the units of a campaign are called', () => {
  it('comes from how their names end, a city of county rank in brackets', () => {
    expect([named('甲区', '乙县', '丙市'), named('甲区', '乙自治县'), named('甲市', '乙市'), named('甲市', '乙自治州'), named('甲县'), named('甲旗', '乙市')])
      .toEqual(['区、县（市）', '区、县', '市', '市、州', '县', '旗（市）']);
    expect([named(), named('甲区', '某某农场')]).toEqual(['地区', '地区']);
  });

  it.each([['hangzhou/exam-campaign-2023', '区、县（市）'], ['jiangsu/norm-2014', '市'], ['chongqing/colour-2024', '区、县'], ['guizhou/reform-2021', '市、州'], ['heshui/quality-action-2024', '县']])('of %s: %s', async (name, word) => {
    expect((await new Packs().get(name)).campaign?.unitWord).toBe(word);
  });

  it('is the pack’s own word where it has one, and that one is short', async () => {
    const units = [{ code: '990101', name: '甲区' }];
    expect((await packWith({ units })).campaign?.unitWord).toBe('区');
    expect((await packWith({ units, unitWord: '街道' })).campaign?.unitWord).toBe('街道');
    for (const unitWord of ['', '一个很长很长很长很长的词']) await expect(packWith({ units, unitWord })).rejects.toBeInstanceOf(PackError);
    await expect(packWith({ units, unitWord: '' })).rejects.toMatchObject({ problems: [{ file: 'campaign.yaml', path: '/unitWord' }] });
  });
});
