import { describe, expect, it } from '@jest/globals';
import { diffPacks } from './diff.js';
import { builtInPacks, Packs } from './load.js';
import type { Pack } from './pack.js';

const hangzhou = await new Packs([builtInPacks]).get('hangzhou/exam-campaign-2023@1');
const changed = (change: (draft: Pack) => void): Pack => {
  const draft = structuredClone(hangzhou);
  change(draft);
  return draft;
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
});
