import { expect, it } from '@jest/globals';
import { searchWith } from './search.js';

it('what is chosen besides stays chosen, and nothing of the page’s own is changed', () => {
  const search = new URLSearchParams('year=500000/2024&state=owed');
  expect(searchWith(search, { institution: 'body-1', state: 'met' })).toBe('?year=500000%2F2024&state=met&institution=body-1');
  expect(search.get('state')).toBe('owed');
});
