import { describe, expect, it } from '@jest/globals';
import { stretches, valueLine } from './pack.js';

describe('the source of a pack', () => {
  const clauses = { 'XX-2024-01': { quote: '自查 自改' }, 'XX-2024-02': { quote: '自改，限期整改' }, 'XX-2024-03': { quote: '没有这一句' } };

  it('is cut where quotes begin and end, white space aside; nothing of it is lost', () => {
    const text = '（二）自查自\n改，限期整改。';
    const cut = stretches(text, clauses);
    expect(cut.map((it) => it.text).join('')).toBe(text);
    expect(cut.filter((it) => it.clauses.length).map((it) => [it.text, it.clauses])).toEqual([
      ['自查', ['XX-2024-01']], ['自\n改', ['XX-2024-01', 'XX-2024-02']], ['，限期整改', ['XX-2024-02']],
    ]);
  });

  it('keeps rare characters whole', () => {
    expect(stretches('𠮷县自查自改', clauses)[1]).toEqual({ text: '自查自改', clauses: ['XX-2024-01'] });
  });
});

describe('a value in one line', () => {
  it('names its fields and leaves its clauses out', () => {
    expect(valueLine({ min: 1, stated: false, clauses: ['XX-2024-01'] })).toBe('不少于 1，文件写明 否');
    expect(valueLine({ values: [{ id: 'green', title: '绿' }, { id: 'red', title: '红' }] })).toBe('各级 绿；红');
    expect(valueLine(null)).toBe('—');
  });
});
