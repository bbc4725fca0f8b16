import { describe, expect, it } from '@jest/globals';
import { changedBody, penaltyBody, withdrawalBody } from './penalty.js';

const draft = { number: '示例卫罚〔2023〕1号', authority: '示例区卫生健康局', basis: '《职业病防治法》第八十条', party: 'institution', influential: true, reason: '当地居民普遍关注' } as const;
const paths = (made: { wrong: { path: string }[] } | { body: unknown }) => ('wrong' in made ? made.wrong.map(({ path }) => path) : []);

describe('the form of a penalty', () => {
  it('is sent as it is filled in; who has not chosen has not said that it is of no impact', () => {
    expect(penaltyBody(draft)).toEqual({ body: draft });
    expect(penaltyBody({ ...draft, influential: false })).toEqual({ body: { ...draft, influential: false } });
    expect(paths(penaltyBody({ ...draft, influential: null }))).toEqual(['/influential']);
  });
  it('names each field that is empty', () => expect(paths(penaltyBody({ number: ' ', authority: '', basis: '', party: 'person', influential: null, reason: '' }))).toEqual(['/number', '/authority', '/basis', '/influential', '/reason']));
});

describe('the form of its taking back', () => {
  const back = { ground: 'annulled', changedOn: '2023-06-19', document: '示例政复决〔2023〕2号', reason: '认定事实的证据不足' } as const;
  const of = (change: Partial<Record<keyof typeof back, string | null>> = {}) => withdrawalBody({ ...back, ...change } as typeof back, '2023-05-20', '2023-06-20');
  it('is sent for a change between the decision and today', () => {
    expect(of()).toEqual({ body: back });
    for (const changedOn of ['2023-05-19', '2023-06-21', null]) expect(paths(of({ changedOn }))).toEqual(['/changedOn']);
  });
  it('names each field that is empty', () => expect(paths(of({ ground: null, changedOn: null, document: ' ', reason: '' }))).toEqual(['/ground', '/changedOn', '/document', '/reason']));
});

describe('the form of what came in its place', () => {
  const rows = [{ kind: 'warning', amount: '' }, { kind: 'fine', amount: '0.5' }] as const;
  const of = (decidedOn: string | null, some: Parameters<typeof changedBody>[2] = rows, more = draft as Parameters<typeof changedBody>[0]) => changedBody(more, decidedOn, some, '2023-05-20', '2023-06-21');
  it('is sent with its paper, its day and its sanctions', () => expect(of('2023-06-20')).toEqual({ body: { ...draft, decidedOn: '2023-06-20', sanctions: [{ kind: 'warning', fen: null }, { kind: 'fine', fen: 500_000 }] } }));
  it('names each field that is empty, and a day before the decision or after today', () => {
    expect(paths(of(null, [{ kind: 'fine', amount: '' }], { ...draft, number: '', influential: null }))).toEqual(['/decidedOn', '/sanctions/0/fen', '/number', '/influential']);
    for (const on of ['2023-05-19', '2023-06-22']) expect(paths(of(on))).toEqual(['/decidedOn']);
  });
});
