import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { drawSample } from '@zhijian/policy';
import { ask, emptyFolder } from '../asked.fixture.js';

const written = (value: unknown): string => {
  const file = join(emptyFolder(), 'draw.json');
  writeFileSync(file, JSON.stringify(value));
  return file;
};
const drawn = drawSample({ seed: 's', pool: ['a', 'b', 'c', 'd'], size: 2 });
const record = drawn.ok ? drawn.record : undefined;

describe('draw verify', () => {
  it('[HZ-2023-10] recomputes a draw from its record alone', async () => {
    expect(await ask(`draw verify ${written(record)} --json`)).toMatchObject({ code: 0, json: { ok: true, mismatches: [] } });
  });

  it('says no to a changed result, a changed pool and a duplicate', async () => {
    for (const change of [{ result: ['a', 'b', 'c'].slice(0, 2).reverse(), seed: 't' }, { pool: ['a', 'b', 'c', 'e'] }, { pool: ['a', 'a', 'c', 'd'] }]) {
      const { code, json } = await ask(`draw verify ${written({ ...record, ...change })} --json`);
      expect({ code, ok: json.ok }).toEqual({ code: 1, ok: false });
      expect(json.mismatches.length).toBeGreaterThan(0);
    }
  });

  it('calls a file that is not there, or no JSON, a wrong question', async () => {
    const noJson = join(emptyFolder(), 'x');
    writeFileSync(noJson, 'x');
    expect((await ask('draw verify nowhere.json')).code).toBe(2);
    expect((await ask(`draw verify ${noJson}`)).code).toBe(2);
  });
});
