import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { resultWords } from '@zhijian/audit/bundle';

const services = fileURLToPath(new URL('../../services/', import.meta.url));
/** The directory's own commands belong to no case. */
const rooms = ['inspection', 'publication', 'qualification', 'quality-control'];
const sources = rooms.flatMap((room) => readdirSync(`${services}${room}/src`, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts') && !/(spec|fixture)\.ts$/.test(path)).map((path) => readFileSync(`${services}${room}/src/${path}`, 'utf8')));

it('every command that is noted has its Chinese word in the story of a case', () => {
  const noted = sources.flatMap((source) => [...source.matchAll(/\.note\(\s*'([^']+)'/g)].map(([, action]) => action!));
  expect(noted.length).toBeGreaterThan(40);
  expect([...new Set(noted)].filter((action) => resultWords[action] === undefined)).toEqual([]);
});
