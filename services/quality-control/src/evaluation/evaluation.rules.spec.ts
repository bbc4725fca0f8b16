import { describe, expect, it } from '@jest/globals';
import { acceptReturn, acceptStep, type Sheet } from './evaluation.rules.js';

const aSheet = (change: Partial<Sheet> = {}): Sheet => ({ evaluationId: 'a', institutionId: 'i', state: 'draft', served: true, entries: [], score: '80', missing: 0, scorers: ['x'], scoredBy: null, lookedBy: null, revision: 0, version: 1, ...change });
const nobody = (): boolean => false;

describe('a step of score sheets', () => {
  it('a sheet whose total cannot be told is not submitted, though nothing is missing', () => {
    expect(acceptStep('submit', [{ evaluationId: 'a', version: 1 }], [aSheet({ score: null })], nobody)).toMatchObject({ code: 'evaluation-incomplete' });
    expect(acceptStep('submit', [{ evaluationId: 'a', version: 1 }], [aSheet({ score: null, served: false })], nobody)).toEqual({ ok: true });
  });
  it('names every sheet at fault by its place, the first reason for all', () => {
    const sheets = [aSheet(), aSheet({ evaluationId: 'b', state: 'signed' }), aSheet({ evaluationId: 'c', version: 2 })];
    expect(acceptStep('submit', sheets.map(({ evaluationId }) => ({ evaluationId, version: 1 })), sheets, nobody)).toMatchObject({
      code: 'evaluation-not-draft', wrongState: true, errors: [{ path: '/sheets/1' }, { path: '/sheets/2', message: '有评分表在您查看之后被人改动，请刷新后重试' }],
    });
  });
});

it('a signed sheet is not sent back once a colour rests on it: that is a correction', () => {
  expect(acceptReturn({ state: 'signed' }, false, true)).toMatchObject({ code: 'evaluation-coloured', wrongState: true });
  expect(acceptReturn({ state: 'submitted' }, false, true)).toEqual({ ok: true });
  expect(acceptReturn({ state: 'draft' }, false, false)).toMatchObject({ code: 'evaluation-not-returnable' });
});
