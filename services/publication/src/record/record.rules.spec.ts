import { expect, it } from '@jest/globals';
import { institutionRegistered, type InstitutionRef } from '@zhijian/contracts/facts';
import { samplesOf } from '@zhijian/testing';
import { publicContent } from './record.rules.js';

it.each(samplesOf(institutionRegistered.type))('the public part of %s names no contact', (_, { data }) => {
  const content = publicContent(data as unknown as InstitutionRef);
  expect(content).not.toBeNull();
  expect(Object.keys(content!)).not.toContain('contactPost');
});

it('an institution that never filed is not public', () => {
  const sample = samplesOf(institutionRegistered.type)[0]![1];
  expect(publicContent({ ...(sample.data as unknown as InstitutionRef), filing: null })).toBeNull();
});
