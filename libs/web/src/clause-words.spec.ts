import { describe, expect, it } from '@jest/globals';
import { clauseWords } from './clause-words.js';

describe('the words of a clause', () => {
  const pack = { clauses: { 'TEST-2024-01': { quote: '公示不少于三个工作日' } }, laws: [{ clauses: {} }, { clauses: { 'LAW-2020-01': { quote: '公示不少于五个工作日' } } }] };
  it('are those of the pack, or of the law behind it', () => {
    expect(clauseWords(pack, 'TEST-2024-01')).toBe('公示不少于三个工作日');
    expect(clauseWords(pack, 'LAW-2020-01')).toBe('公示不少于五个工作日');
  });
  it('are nothing where neither has it, or nothing has come yet', () => {
    expect(clauseWords(pack, 'TEST-2024-99')).toBeUndefined();
    expect(clauseWords({}, 'TEST-2024-01')).toBeUndefined();
  });
});
