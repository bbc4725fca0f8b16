import { describe, expect, it } from '@jest/globals';
import { acceptConclusion, looksOf } from './review.rules.js';

const line = (kind: 'occupational-health-service' | 'radiation-health-service' | 'health-examination', issuer: string | null, to: string | null = null) => ({ kind, number: null, issuer, from: null, to });
const today = '2024-11-09';

describe('[CQ-2024-20] whose matter a review is', () => {
  it('that of each authority which issued a qualification still held', () => {
    expect(looksOf([line('occupational-health-service', '990000'), line('radiation-health-service', '980000')], null, '990100', today)).toEqual([
      { authority: '980000', line: 'radiation-health-service' }, { authority: '990000', line: 'occupational-health-service' }]);
  });
  it('one matter where one authority issued all of them', () => {
    expect(looksOf([line('occupational-health-service', '990000'), line('radiation-health-service', '990000')], null, '990100', today)).toEqual([{ authority: '990000', line: null }]);
  });
  it('the place of the colour where nobody knows who issued it, or nothing is recorded', () => {
    expect(looksOf([line('occupational-health-service', null)], null, '990100', today)).toEqual([{ authority: '990100', line: 'occupational-health-service' }]);
    expect(looksOf([], 'radiation-health-service', '990100', today)).toEqual([{ authority: '990100', line: 'radiation-health-service' }]);
  });
  it('not of who issued what has ended, or another line than the one it is about', () => {
    const lines = [line('occupational-health-service', '990000', '2024-11-08'), line('radiation-health-service', '980000', today)];
    expect(looksOf(lines, null, '990100', today)).toEqual([{ authority: '980000', line: 'radiation-health-service' }]);
    expect(looksOf(lines, 'occupational-health-service', '990100', today)).toEqual([{ authority: '990100', line: 'occupational-health-service' }]);
  });
});

describe('concluding a review', () => {
  const review = { state: 'open', authority: '980000', jurisdiction: '990100', clauses: ['T-1'] };
  const kept = { outcome: 'kept', procedure: null } as const;
  const referred = { outcome: 'referred', procedure: '移送函〔2024〕3号' } as const;
  it('is for who issued the qualification', () => {
    expect(acceptConclusion(kept, review, { places: ['980000'], known: true })).toEqual({ ok: true });
    expect(acceptConclusion(referred, review, { places: ['990100'], known: true })).toMatchObject({ code: 'review-other-authority', clauses: ['T-1'] });
  });
  it('where that authority has nobody here, the place of the colour can only hand it on', () => {
    expect(acceptConclusion(referred, review, { places: ['990100'], known: false })).toEqual({ ok: true });
    expect(acceptConclusion(kept, review, { places: ['990100'], known: false })).toMatchObject({ code: 'review-refer-only', errors: [{ path: '/outcome' }] });
  });
  it('names the procedure it goes into, and happens once', () => {
    expect(acceptConclusion({ ...referred, procedure: null }, review, { places: ['980000'], known: true })).toMatchObject({ code: 'review-procedure-missing', errors: [{ path: '/procedure' }] });
    expect(acceptConclusion(kept, { ...review, state: 'kept' }, { places: ['980000'], known: true })).toMatchObject({ code: 'review-concluded', wrongState: true });
  });
});
