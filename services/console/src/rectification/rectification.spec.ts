import { describe, expect, it } from '@jest/globals';
import { blankItem, leftWords, wrongIn } from './rectification.js';

describe('the board of rectification reports', () => {
  it('says how long there is, and that a provisional day is none to be late on', () => {
    const waiting = { daysLeft: 3, dueOn: '2024-11-08', firm: true, board: 'awaited' } as const;
    expect(leftWords(waiting)).toBe('还有 3 个工作日（含今天）');
    expect(leftWords({ ...waiting, daysLeft: 1 })).toBe('今天到期');
    expect(leftWords({ ...waiting, firm: false })).toContain('暂定');
    expect(leftWords({ ...waiting, board: 'overdue', daysLeft: null })).toBe('已逾期');
    expect(leftWords({ ...waiting, dueOn: null })).toBe('文件没有规定期限');
    expect(leftWords({ ...waiting, board: 'accepted' })).toBe('—');
  });
});

it('a draft names each omission at its field', () => {
  expect(wrongIn({ summary: '', items: [blankItem()], sealedBy: '' }, '2024-10-10').map(({ path }) => path)).toEqual(['/summary', '/items/0/problem', '/items/0/measure', '/items/0/correctBy', '/sealedBy']);
  const done = { problem: '缺少签名', measure: '培训', correctedOn: '2024-10-11', correctBy: null };
  expect(wrongIn({ summary: '已整改', items: [done], sealedBy: '质量负责人' }, '2024-10-10')).toEqual([{ path: '/items/0/correctedOn', message: '整改日期不能晚于今天' }]);
  expect(wrongIn({ summary: '已整改', items: [{ ...done, correctedOn: '2024-10-10' }], sealedBy: '质量负责人' }, '2024-10-10')).toEqual([]);
});
