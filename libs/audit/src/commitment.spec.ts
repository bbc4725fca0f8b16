import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commit, holdOf, likeCode, opens, withheld } from './index.js';

describe('what somebody wrote freely', () => {
  it('is committed to by a salt of its own: the same text twice is two commitments, each opened by its own salt only', () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), (text) => {
      const [one, two] = [commit(text), commit(text)];
      expect([one.commitment === two.commitment, opens(one.commitment, one.salt, text), opens(one.commitment, two.salt, text), opens(one.commitment, one.salt, `${text}.`)]).toEqual([false, true, false, false]);
    }));
  });
  it('stands in no value that leaves: whole, inside a sentence, as a key, at any depth; words of ours are not torn', () => {
    const told = withheld({ reason: '当事人王小明反映', list: ['张三', { 张三: 1 }], ours: '自查报告弄虚作假：张三；无需整改', short: '无' }, ['当事人王小明反映', '张三', '无'], (text) => `<${text.length}>`);
    expect(told).toEqual({ reason: '<8>', list: ['<2>', { '<2>': 1 }], ours: '自查报告弄虚作假：<2>；无需整改', short: '<1>' });
  });
  it('stands as it is only where it was written for everybody to read', () => {
    const told = withheld({ basis: '因技术人员不足责令暂停', reason: '技术人员不足', title: '暂停：技术人员不足' }, ['技术人员不足'], (text) => `<${text.length}>`, { open: ['因技术人员不足责令暂停'] });
    expect(told).toEqual({ basis: '因技术人员不足责令暂停', reason: '<6>', title: '暂停：<6>' });
  });
  it('is withheld whatever it looks like where words are said, and no id, state or day of ours is taken for it', () => {
    const texts = ['done', '330106', 'Zx7Qk2', '2023-04-05'];
    const told = withheld({ reason: 'Zx7Qk2', reasons: ['done', { note: '330106' }], standard: 'Zx7Qk2', unit: '330106', what: 'done', dueOn: '2023-04-05', at: '2023-04-05T10:00:00+08:00', Zx7Qk2: 1, sentence: '逾期：Zx7Qk2。期限为2023-04-05', id: 'case/Zx7Qk2' }, texts, (text) => `<${text.length}>`, { names: ['standard'] });
    expect(told).toEqual({ reason: '<6>', reasons: ['<4>', { note: '<6>' }], standard: '<6>', unit: '330106', what: 'done', dueOn: '2023-04-05', at: '2023-04-05T10:00:00+08:00', Zx7Qk2: 1, sentence: '逾期：<6>。期限为2023-04-05', id: 'case/Zx7Qk2' });
  });
  it('is kept for five years: 行政处罚法 art. 36', () => expect(holdOf('2024-02-29T10:00:00+08:00')).toMatchObject({ until: '2029-02-28', basis: expect.stringContaining('第三十六条') }));
});

it('takes an id, a code, a day and a hash for no words, and a sentence, a name or a longer row of letters for words', () => {
  expect(['330106', '01a22bc4-261f-7000-bc4d-c110ca1c8589', '2024-03-08', '2024-03-08T09:00:00.000+08:00', '0881382ff004307895ac3588a76ef2d7eeff074f73f670a0cd295b377c96d75d'].filter((one) => !likeCode(one))).toEqual([]);
  expect(['张三', '认定有误', 'a b', 'g'.repeat(64), 'a'.repeat(63)].filter(likeCode)).toEqual([]);
});
