import { describe, expect, it } from '@jest/globals';
import { outcomeOf, type RoundResult } from './outcome.rules.js';

const inRound = (roundId: string, nearness: RoundResult['nearness'], result: string | null, reason: string | null = null): RoundResult => ({ roundId, title: `${roundId}比对`, nearness, result, reason });

describe('the comparison result that counts for a place', () => {
  it('is that of its own round, before those below it and those of others', () => {
    expect(outcomeOf([inRound('外市', 2, '不合格'), inRound('本市', 0, '优秀'), inRound('本县', 1, '合格')])).toEqual({ result: '优秀', reason: null, rounds: ['本市'] });
    expect(outcomeOf([inRound('外市', 2, '不合格'), inRound('本县', 1, '合格')])).toMatchObject({ result: '合格', rounds: ['本县'] });
    expect(outcomeOf([inRound('外市', 2, '不合格')])).toMatchObject({ result: '不合格', rounds: ['外市'] });
  });
  it('is open where its own round left it open, whatever another place found', () => {
    expect(outcomeOf([inRound('本市', 0, null, '未参加比对'), inRound('外市', 2, '优秀')])).toEqual({ result: null, reason: '未参加比对', rounds: ['本市'] });
  });
  it('of several rounds equally near is what they agree on, and undetermined with the reason where they do not', () => {
    expect(outcomeOf([inRound('b', 0, '合格'), inRound('a', 0, '合格')])).toEqual({ result: '合格', reason: null, rounds: ['a', 'b'] });
    expect(outcomeOf([inRound('b', 0, '合格'), inRound('a', 0, '优秀')])).toEqual({ result: null, reason: '待核实：同一年度有多轮比对而结果不一致（a比对：优秀；b比对：合格），政策文件没有规定以哪一轮为准', rounds: ['a', 'b'] });
    expect(outcomeOf([inRound('a', 0, '优秀'), inRound('b', 0, null, '未参加比对')])).toMatchObject({ result: null, reason: expect.stringContaining('b比对：未确定') });
  });
  it('is none where nobody compared', () => {
    expect(outcomeOf([])).toBeNull();
  });
});
