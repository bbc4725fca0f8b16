import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { accessDocument } from './document.js';

it('ACCESS.md says what the table says (written anew: node libs/access/write-document.mjs)', () => {
  expect(readFileSync(new URL('../ACCESS.md', import.meta.url), 'utf8')).toBe(accessDocument());
});
