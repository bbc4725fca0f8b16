import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { freeWords } from './free-words.js';

const schema = z.strictObject({
  code: z.string(),
  reason: z.string().max(500),
  items: z.array(z.strictObject({ itemId: z.uuid(), text: z.string().max(300), state: z.enum(['open', 'done']) })),
  answers: z.record(z.string(), z.union([z.string().max(400), z.number()])),
  behalf: z.nullable(z.strictObject({ by: z.string().max(40), why: z.string().max(300) })),
});
const body = {
  code: 'A-12', reason: 'K7',
  items: [{ itemId: '019a0000-0000-7000-8000-000000000001', text: 'OK', state: 'open' }, { itemId: '019a0000-0000-7000-8000-000000000002', text: '第二项尚未整改', state: 'done' }],
  answers: { 甲: 'yes', q2: 4, q3: '另行说明' },
  behalf: { by: '收发室', why: '2023-04-01' },
};

describe('what was written freely', () => {
  it('is every text of a field made for words, and every other one that looks like no code; longest first', () => {
    for (const times of [1, 2]) { // what the schema says is remembered from the first
      const { texts, names } = freeWords(body, schema);
      expect([times, texts.sort()]).toEqual([times, ['2023-04-01', 'K7', 'OK', 'yes', '另行说明', '收发室', '甲', '第二项尚未整改']]);
      expect(names.sort()).toEqual(['q3', 'reason', 'text', 'why', '甲']);
    }
    expect(freeWords({ ...body, reason: '与第二项尚未整改相同' }, schema).texts.slice(0, 3)).toEqual(['与第二项尚未整改相同', '2023-04-01', '第二项尚未整改']);
  });

  it('leaves out what is said of bodies and documents, and names it as open', () => {
    const { texts, open } = freeWords(body, schema, ['/items/*/text', '/behalf/by']);
    expect([texts.sort(), open.sort()]).toEqual([['2023-04-01', 'K7', 'yes', '另行说明', '甲'], ['OK', '收发室', '第二项尚未整改']]);
  });

  it('is not misled by names that every object has', () => {
    expect(freeWords({ answers: JSON.parse('{"constructor":"x","__proto__":"y"}') as unknown }, schema).texts.sort()).toEqual(['__proto__', 'x', 'y']);
  });
});
