import { describe, expect, it } from '@jest/globals';
import { ask } from '../asked.fixture.js';

describe('doctor', () => {
  it('names each thing and the fix of what is missing', async () => {
    const { code, json } = await ask('doctor --json', { env: { ...process.env } });
    expect(code).toBe(json.ok ? 0 : 1);
    for (const check of json.checks) expect(check.ok ? check.fix === null : Boolean(check.fix)).toBe(true);
  });
});
