import { describe, expect, it } from '@jest/globals';
import { theSystem } from '../support/system.js';

const portal = (path: string) => fetch(theSystem().urls.portal + path);

describe('the public portal', () => {
  it('finds a body by a part of its name and by its credit code, and says it is invented', async () => {
    const found = (await (await portal(`/public/v1/institutions?q=${encodeURIComponent('示例')}&limit=500`)).json()) as { items: { creditCode: string; name: string; invented: boolean }[] };
    expect(found.items.length).toBeGreaterThanOrEqual(120);
    expect(found.items.every(({ invented }) => invented)).toBe(true);
    const one = found.items[0]!;
    expect(await (await portal(`/public/v1/institutions/${one.creditCode}`)).json()).toMatchObject({ name: one.name });
    expect(await (await portal(`/i/${one.creditCode}`)).text()).toContain(one.name);
  });
  it('tells nothing that was not published: no contact, no findings', async () => {
    const text = await (await portal(`/public/v1/institutions?q=${encodeURIComponent('示例')}&limit=500`)).text();
    expect(text).not.toMatch(/contact|finding|case|岗/);
  });
});
