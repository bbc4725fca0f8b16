import { describe, expect, it } from '@jest/globals';
import { basisWords, limitWords, namesIn, wrongInLimit, wrongInVerification } from './limit.js';

const duty = { limitOn: '2024-12-20', missedAt: null, rectifiedOn: null };
describe('the limit for rectifying', () => {
  it('says whether it runs, has ended, was kept, or that nobody wrote one', () => {
    expect(limitWords(duty, '2024-12-20')).toBe('2024-12-20 24:00 以前');
    expect(limitWords(duty, '2024-12-21')).toContain('限期未整改');
    expect(limitWords({ ...duty, missedAt: '2024-12-21T00:00:00+08:00' }, '')).toContain('限期未整改');
    expect(limitWords({ ...duty, rectifiedOn: '2024-12-18' }, '2024-12-30')).toBe('2024-12-18 整改完成');
    expect(limitWords({ ...duty, limitOn: null }, '2024-12-30')).toBe('没有写明整改期限');
    expect(basisWords({ limitOn: '2024-12-20', reason: '', document: '', agency: '', basis: 'own-order', reading: 'R-9', at: '' })).toContain('按 R-9 的理解');
  });
  it('names what is missing at its field', () => {
    expect(wrongInLimit({ limitOn: null, reason: ' ', document: '' }, null, '2024-11-20').map(({ path }) => path)).toEqual(['/limitOn', '/reason', '/document']);
    expect(wrongInLimit({ limitOn: '2024-11-19', reason: '限期', document: '1号' }, null, '2024-11-20')).toMatchObject([{ path: '/limitOn' }]);
    expect(wrongInLimit({ limitOn: '2024-12-19', reason: '限期', document: '2号' }, '2024-12-20', '2024-11-20')).toMatchObject([{ path: '/limitOn', message: expect.stringContaining('只能延长') }]);
    expect(wrongInVerification({ rectifiedOn: '2024-11-21', names: '、', from: '' }, '2024-11-20').map(({ path }) => path)).toEqual(['/rectifiedOn', '/verifiedBy', '/from']);
    expect(namesIn('测试甲、测试乙，测试丙')).toEqual(['测试甲', '测试乙', '测试丙']);
  });
});
