import { describe, expect, it } from '@jest/globals';
import { publishedPenalty, type PenaltyDecision } from './published-penalty.js';

const decision = (change: Partial<PenaltyDecision> = {}): PenaltyDecision => ({
  number: '示例卫罚〔2024〕1号', party: { kind: 'person', name: '欧阳骞翊', idNumber: '330106198001011237', phone: '13812345678', address: '示例路1号' }, facts: '欧阳骞翊在某日……', basis: '《职业病防治法》第八十条',
  sanctions: ['警告'], authority: '示例市卫生健康委员会', decidedOn: '2024-05-06', influential: true, ...change,
});

describe('what is published of a penalty', () => {
  it('of a person: number, masked name, basis, sanction, authority and day, and no more (行政处罚法 art. 48)', () => {
    const published = publishedPenalty(decision())!;
    expect(published).toEqual({ number: '示例卫罚〔2024〕1号', party: '欧*', creditCode: null, basis: '《职业病防治法》第八十条', sanctions: ['警告'], authority: '示例市卫生健康委员会', decidedOn: '2024-05-06', clauses: ['行政处罚法 第四十八条'] });
    for (const word of ['骞翊', '330106', '138', '示例路', '某日']) expect(JSON.stringify(published)).not.toContain(word);
  });
  it('of a body: its name and code; who represents it is not the party', () => {
    const published = publishedPenalty(decision({ party: { kind: 'institution', name: '示例体检中心', creditCode: '52990101000000001X', representative: '欧阳骞翊' } }))!;
    expect([published.party, published.creditCode, JSON.stringify(published).includes('骞翊')]).toEqual(['示例体检中心', '52990101000000001X', false]);
  });
  it('a decision without social influence is not published by this article', () => expect(publishedPenalty(decision({ influential: false }))).toBeNull());
});
