import { expect, it } from '@jest/globals';
import { factKinds } from '@zhijian/contracts';
import '@zhijian/contracts/facts';
import { decidedFacts } from './decided-facts.js';

const declared = factKinds().map(({ type, version }) => `${type}.v${version}`).sort();

it('every kind of fact is either a decision with its certificate or says why it is none', () => {
  expect(declared.filter((kind) => !Object.hasOwn(decidedFacts, kind))).toEqual([]);
  expect(Object.keys(decidedFacts).filter((kind) => !declared.includes(kind))).toEqual([]);
});
