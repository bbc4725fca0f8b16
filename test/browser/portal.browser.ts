import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { theSystem } from '../support/system.js';
import { eventually, fits, launched, phone, picture, visitor, type Visitor } from './chromium.js';

let browser: Browser;
let citizen: Visitor;
const portal = (path = '/') => theSystem().urls.portal + path;

beforeAll(async () => {
  browser = await launched();
  citizen = await visitor(browser, { viewport: phone, javaScriptEnabled: false });
}, 60_000);
afterAll(() => browser?.close());

describe('a citizen with a phone and without scripts', () => {
  it('finds a body by part of its name and reads what it is filed for', async () => {
    const { page } = citizen;
    await page.goto(portal());
    await picture(page, 'portal-home');
    await page.getByLabel('机构名称或统一社会信用代码').fill('示例');
    await page.getByRole('button', { name: '查询' }).click();
    await eventually(() => page.locator('.results li').count(), (it) => expect(it).toBeGreaterThan(1));
    await picture(page, 'portal-results');
    await page.locator('.results li').filter({ hasText: '已备案' }).first().locator('a').click();
    await page.getByText('检查类别').waitFor();
    expect(await page.locator('article').innerText()).toContain('示例数据');
    expect(await fits(page)).toBe(true);
    await picture(page, 'portal-institution');
  });
  it('prints the page of a body with a colour: no navigation, no search, and its words stay readable in black on white', async () => {
    const { page } = citizen;
    const stood = page.url();
    const { items } = (await (await fetch(portal(`/public/v1/institutions?q=${encodeURIComponent('示例（渝）')}&limit=500`))).json()) as { items: { creditCode: string; colour: { title: string } | null }[] };
    const coloured = items.find(({ colour }) => colour !== null)!;
    await page.goto(portal(`/i/${coloured.creditCode}`));
    await page.emulateMedia({ media: 'print' });
    try {
      for (const part of ['header', 'nav', 'footer', 'form.search']) expect(await page.locator(part).first().isVisible()).toBe(false);
      expect(await page.locator('article h1').isVisible()).toBe(true);
      // Words carry the state and the colour; paper has no tint for them.
      const words = await page.locator('article .state, article .colour').evaluateAll((all) => all.filter((it) => it.checkVisibility()).map((it) => ({ text: it.textContent?.trim() ?? '', ink: getComputedStyle(it).color, ground: getComputedStyle(it).backgroundColor })));
      expect(words.map(({ text }) => text).join(' ')).toMatch(/[红黄绿]色/);
      for (const { text, ink, ground } of words) expect({ said: /[一-鿿]/.test(text), ink, ground }).toEqual({ said: true, ink: 'rgb(0, 0, 0)', ground: 'rgb(255, 255, 255)' });
      expect(await fits(page)).toBe(true);
      await picture(page, 'portal-institution-print');
    } finally {
      await page.emulateMedia({ media: null });
    }
    await page.goto(stood);
  });
  it('sees a code that leads to this page, and what stood there on another day', async () => {
    const { page } = citizen;
    expect(await page.locator('.qr img').evaluate((image: HTMLImageElement) => image.naturalWidth > 0)).toBe(true);
    const address = page.url();
    await page.goto(`${address}?asOf=2000-01-01`);
    expect(await page.locator('main').innerText()).toContain('截至 2000-01-01 24:00 没有公布过这家机构');
    await page.goto(address);
  });
  it('finds the same body by its code, typed with blanks and in small letters', async () => {
    const { page } = citizen;
    const name = await page.locator('h1').innerText();
    const code = (await page.locator('article code').first().innerText()).toLowerCase();
    await page.getByLabel('机构名称或统一社会信用代码').fill(code);
    await page.getByRole('button', { name: '查询' }).click();
    await eventually(() => page.locator('.results li').count(), (it) => expect(it).toBe(1));
    expect(name).toContain((await page.locator('.results a').first().innerText()).trim());
  });
  it('goes from page to page of a long list', async () => {
    const { page } = citizen;
    await page.goto(portal(`/?q=${encodeURIComponent('示例')}`));
    const first = await page.locator('.results a').first().innerText();
    await page.getByRole('link', { name: '下一页' }).click();
    await eventually(() => page.locator('.results a').first().innerText(), (it) => expect(it).not.toBe(first));
  });
  it('reads in 公示专栏 what is up for objection and how to object', async () => {
    const { page } = citizen;
    await page.goto(portal());
    await page.getByRole('link', { name: '公示专栏' }).click();
    await eventually(() => page.locator('main').innerText(), (it) => expect(it).toContain('如何提出异议'));
    expect(await fits(page)).toBe(true);
    await picture(page, 'portal-notice-list');
    const csv = await (await fetch(portal('/public/v1/export.csv'))).text();
    expect(csv).toContain('统一社会信用代码,机构名称');
  });
  it.each([['/?q=查无此机构', '没有找到', 'portal-empty'], ['/?q=一', '请至少输入两个字', 'portal-too-short'], ['/i/none', '没有公布过这家机构', 'portal-not-found'], ['/nowhere', '没有这个页面', 'portal-no-page']])('%s is told what to do', async (path, words, name) => {
    const { page } = citizen;
    await page.goto(portal(encodeURI(path)));
    expect(await page.locator('main').innerText()).toContain(words);
    expect(await fits(page)).toBe(true);
    await picture(page, name);
  });
  it('what is typed is shown, never run', async () => {
    const { page, faults } = await visitor(browser);
    let dialogs = 0;
    page.on('dialog', (dialog) => { dialogs++; void dialog.dismiss(); });
    await page.goto(portal(`/?q=${encodeURIComponent('"><img src=x onerror=alert(1)><script>alert(1)</script>')}`));
    expect(dialogs).toBe(0);
    expect(faults).toEqual([]);
  });
  it('nothing was asked of any other host', () => expect(citizen.outside).toEqual([]));
});
