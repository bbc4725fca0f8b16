import { describe, expect, it } from '@jest/globals';
import { diffPacks } from './diff.js';
import { builtInPacks, Packs } from './load.js';
import { parsePack, type Pack } from './pack.js';
import { testlandFiles } from './testland.fixture.js';

const hangzhou = await new Packs([builtInPacks]).get('hangzhou/exam-campaign-2023@1');
const changed = (change: (draft: Pack) => void): Pack => {
  const draft = structuredClone(hangzhou);
  change(draft);
  return draft;
};

const testland = await parsePack(testlandFiles());
const against = async (file: string, from: string, to: string) => {
  const files = testlandFiles();
  expect(files[file]).toContain(from);
  return diffPacks(testland, await parsePack({ ...files, [file]: (files[file] ?? '').replace(from, to) }));
};

describe('what differs between two packs', () => {
  it('is nothing between a pack and itself, whatever its version and hash', () => {
    expect(diffPacks(hangzhou, { ...hangzhou, version: 2, hash: 'x', golden: [] })).toEqual([]);
  });

  it('is named value by value, with the clauses the value rests on', () => {
    const later = changed((draft) => {
      const duty = draft.campaign!.stages[1]!.duties.find(({ id }) => id === 'self-check-report')! as { due: unknown };
      duty.due = { ...(duty.due as object), on: '2023-04-20' };
      Object.assign(draft.parameters, { archiveSample: { min: 5, stated: false, clauses: ['HZ-2023-10'] } });
    });
    expect(diffPacks(hangzhou, later)).toEqual([
      { path: '/campaign/stages/self-check/duties/self-check-report/due/on', old: '2023-04-15', new: '2023-04-20', clauses: ['HZ-2023-07'] },
      { path: '/parameters/archiveSample/min', old: 1, new: 5, clauses: ['HZ-2023-10'] },
    ]);
  });

  it('an entry put in front is one difference, not one for each that follows', () => {
    const later = changed((draft) => {
      const [stage] = draft.campaign!.stages;
      (draft.campaign as unknown as { stages: unknown[] }).stages = [{ ...stage, id: 'before' }, ...draft.campaign!.stages];
    });
    expect(diffPacks(hangzhou, later).map(({ path, old }) => [path, old])).toEqual([['/campaign/stages/before', undefined]]);
  });

  it('the words of a clause rest on that clause', () => {
    const later = changed((draft) => Object.assign(draft.clauses['HZ-2023-12']!, { quote: '别的话' }));
    expect(diffPacks(hangzhou, later)).toEqual([{ path: '/clauses/HZ-2023-12/quote', old: '同时应加强对职业健康检查服务的延伸检查。', new: '别的话', clauses: ['HZ-2023-12'] }]);
  });

  it('names the cell of a table under its column', async () => {
    expect(await against('decisions/band.dmn', '&lt; 80', '&lt; 75')).toEqual([{ path: '/decisions/band/rules/poor/when/score', old: '< 80', new: '< 75', clauses: ['TEST-2024-01'] }]);
  });

  it('is nothing where only a comment or the order of things with an id changed', async () => {
    expect(await against('pack.yaml', 'version: 1', 'version: 2 # 第二稿')).toEqual([]);
    expect(diffPacks(hangzhou, changed((draft) => { (draft.campaign as unknown as { units: unknown[] }).units.reverse(); }))).toEqual([]);
  });

  it('names a reporting unit by its code, and a clause that a value has gained', async () => {
    expect(diffPacks(hangzhou, changed((draft) => { (draft.campaign as unknown as { units: unknown[] }).units.splice(0, 1); })).map(({ path }) => path)).toEqual(['/campaign/units/330102']);
    expect(await against('campaign.yaml', 'clauses: [TEST-2024-02]\n    duties', 'clauses: [TEST-2024-02, TEST-2024-03]\n    duties')).toMatchObject([{ path: '/campaign/stages/self-check/clauses', old: ['TEST-2024-02'], new: ['TEST-2024-02', 'TEST-2024-03'] }]);
  });
});
