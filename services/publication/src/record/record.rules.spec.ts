import { expect, it } from '@jest/globals';
import { institutionRegistered, type InstitutionRef } from '@zhijian/contracts/facts';
import { samplesOf } from '@zhijian/testing';
import { publicContent } from './record.rules.js';

it.each(samplesOf(institutionRegistered.type))('the public part of %s names no contact', (_, { data }) => {
  const content = publicContent(data as unknown as InstitutionRef);
  expect(content).not.toBeNull();
  expect(Object.keys(content!)).not.toContain('contactPost');
});

it('an institution that never filed and was granted nothing is not public', () => {
  const sample = samplesOf(institutionRegistered.type)[0]![1];
  expect(publicContent({ ...(sample.data as unknown as InstitutionRef), filing: null })).toBeNull();
});

it('a filing that is suspended is public among the qualifications; once it serves again it is public as the filing alone', () => {
  const sample = samplesOf(institutionRegistered.type).map(([, { data }]) => data as unknown as InstitutionRef).find(({ filing }) => filing !== null)!;
  const own = { kind: sample.kind, number: sample.filing!.number, issuer: null, from: sample.filing!.filedOn, to: null };
  const suspended = { from: '2024-02-01', how: 'ordered', basis: '示例〔2024〕3号' } as const;
  const lines = (change: object) => publicContent({ ...sample, lines: [{ ...own, ...change }] })!.lines;
  expect(lines({ suspended })).toEqual([{ ...own, ended: null, suspended, categories: [], items: [] }]);
  expect(lines({ suspendedBefore: [{ ...suspended, to: '2024-02-20' }] })).toEqual([]);
});
