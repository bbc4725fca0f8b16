import { describe, expect, it } from '@jest/globals';
import { countWords, dueWords, entryState, hashOf, leftWords, siteFaults, type Notice, type Objection } from './notice.js';

const notice = { entries: 5, published: 3, ready: 0, waiting: 2, state: 'ended', daysLeft: 5, workingDaysLeft: 3, lastDay: '2024-09-23' } as Notice;
const objection = { state: 'open', dueOn: '2024-09-20', dueStated: false, daysLeft: 2, overdue: false, firm: true } as Objection;

describe('a notice in words', () => {
  it('counts down in days and working days', () => {
    expect(leftWords(notice)).toBe('还有 5 天（3 个工作日），至 2024-09-23 24:00');
    expect(leftWords({ ...notice, daysLeft: null })).toBe('');
  });
  it('says what was published and what is held back, once it has ended', () => {
    expect(countWords(notice)).toBe('共 5 家，已公开 3 家，因异议暂缓 2 家');
    expect(countWords({ ...notice, state: 'posted' })).toBe('共 5 家');
  });
  it('says of each body where it stands', () => {
    const entry = { state: 'listed' as const, ready: false, objection: null };
    expect(entryState(entry, 'posted')[1]).toBe('公示中');
    expect(entryState({ ...entry, ready: true }, 'ended')[1]).toBe('待登记公开');
    expect(entryState({ ...entry, objection: { objectionId: 'o', state: 'open', outcome: null } }, 'posted')).toEqual(['warn', '有异议，待答复']);
    expect(entryState({ ...entry, objection: { objectionId: 'o', state: 'answered', outcome: 'kept' } }, 'posted')[1]).toBe('公示中');
    expect(entryState({ ...entry, objection: { objectionId: 'o', state: 'answered', outcome: 'to-be-changed' } }, 'ended')[1]).toBe('异议成立，待更正');
  });
});

describe('the clock of an objection', () => {
  it('is the day an officer named, or none', () => {
    expect(dueWords(objection)).toBe('2024-09-20 24:00 前（指定），还有 2 天');
    expect(dueWords({ ...objection, daysLeft: -1, overdue: true })).toBe('2024-09-20 24:00 前（指定），已逾期 1 天');
    expect(dueWords({ ...objection, dueOn: null, daysLeft: null })).toBe('文件没有规定期限，尚未指定');
    expect(dueWords({ ...objection, state: 'answered' })).toBe('');
  });
});

it('a posting elsewhere needs an address and the hash of what stood there', async () => {
  expect(siteFaults({ address: 'wsjkw', proof: 'x' }).map(({ path }) => path)).toEqual(['/address', '/proof']);
  const proof = await hashOf(new Blob(['abc']));
  expect(proof).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(siteFaults({ address: 'https://wsjkw.example.cn/1.html', proof })).toEqual([]);
});
