import { describe, expect, it } from '@jest/globals';
import { unfitFields } from './unfit-fields.js';

describe('what no field takes', () => {
  it.each([
    ['a NUL', '甲\u0000乙'], ['half a character', '示例\ud83d'], ['the number of a telephone', '请联系 13800138000'],
  ])('%s is named by its field, at any depth, as a value and as a name', (_, text) => {
    const message = expect.stringMatching(/请删去后再提交$/) as unknown as string;
    expect(unfitFields({ reason: text, lines: [{ note: '照常' }, { note: text }] })).toEqual([{ path: '/reason', message }, { path: '/lines/1/note', message }]);
    expect(unfitFields({ [text]: 1 }, ['query'])).toEqual([{ path: '/query/*', message }]);
  });

  it('what people write is none of it: line ends, emoji, rare characters', () => expect(unfitFields({ reason: '第一行\n第二行\t𠮷😀' })).toEqual([]));
});
