import { expect } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { eventually as asked } from '@zhijian/testing/eventually';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { theSystem } from '../support/system.js';

const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const launched = (): Promise<Browser> => chromium.launch({ executablePath: theSystem().chromium, args });

/** For the environment, which keeps what stands on them when a test fails. */
const opened: Page[] = ((globalThis as { openPages?: Page[] }).openPages ??= []);

export interface Visitor { page: Page; context: BrowserContext; outside: string[]; faults: string[] }
export const phone = { width: 380, height: 800 };

/** A browser of one's own: whatever it asks of other hosts, and whatever breaks in its pages, is kept. */
export async function visitor(browser: Browser, options: { viewport?: { width: number; height: number }; javaScriptEnabled?: boolean } = {}): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 900 }, locale: 'zh-CN', acceptDownloads: true, ...options });
  context.setDefaultTimeout(45_000);
  const page = await context.newPage();
  opened.push(page);
  const { urls } = theSystem();
  const ours = [urls.gateway, urls.portal, urls.identity].map((url) => new URL(url).host);
  const outside: string[] = [];
  const faults: string[] = [];
  context.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (/^https?:$/.test(protocol) && !ours.includes(host)) outside.push(request.url());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error' && /Content Security Policy|Warning:/.test(message.text())) faults.push(message.text()); });
  return { page, context, outside, faults };
}

/** Opens a page of the console; on the way there a person signs in. */
export async function signedIn(browser: Browser, account: string, path: string, options: Parameters<typeof visitor>[1] = {}): Promise<Visitor> {
  const it = await visitor(browser, options);
  await it.page.goto(theSystem().urls.gateway + path);
  await it.page.getByLabel('账号').fill(account);
  await it.page.getByLabel('口令').fill('demo');
  await it.page.getByRole('button', { name: '登录' }).click();
  await it.page.waitForURL((url) => url.host === new URL(theSystem().urls.gateway).host && !url.pathname.startsWith('/auth'));
  return it;
}

/** Opens pages of the console for the people of a test and keeps who they are: at its end nothing was asked of other hosts and nothing broke. */
export function people(browser: () => Browser): { open: (account: string, path: string) => Promise<Visitor>; seen: () => string[] } {
  const all: Visitor[] = [];
  return {
    open: async (account, path) => { const it = await signedIn(browser(), account, path); all.push(it); return it; },
    seen: () => all.flatMap(({ outside, faults }) => [...outside, ...faults]),
  };
}

/** Fills in a day and leaves the field, as people do; once more where a window that was just closing took the focus back meanwhile, and the day with it. */
export async function date(within: Locator | Page, label: string | RegExp, on: string): Promise<void> {
  const field = within.getByLabel(label, { exact: true });
  for (let tries = 2; tries > 0; tries -= 1) {
    await field.fill(on);
    await field.press('Tab');
    if ((await field.inputValue()) === on) return;
  }
}

export const go = (page: Page, path: string) => page.goto(theSystem().urls.gateway + path);

/** A picture for people to look at; where nobody will (`CI`), none is taken: on long pages it is half of Chromium's work. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env['CI']) return;
  mkdirSync(theSystem().screenshots, { recursive: true });
  await page.screenshot({ path: join(theSystem().screenshots, `${name}.png`), fullPage: true });
}

/** Whether somebody sees it without moving the page. */
export const inSight = async (what: Locator): Promise<boolean> => {
  const [box, height] = [await what.boundingBox(), await what.page().evaluate(() => window.innerHeight)];
  return box !== null && box.y >= 0 && box.y + box.height <= height;
};

/** Whether a page can be read without moving it sideways; a month that is just being put away is none of it. */
export async function fits(page: Page): Promise<boolean> {
  await page.locator('.ant-picker-dropdown').filter({ visible: true }).first().waitFor({ state: 'hidden' });
  return page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
}

/** Asks until there is an answer, for a minute at most. */
export const until = async <T>(ask: () => Promise<T | undefined>): Promise<T> => {
  for (const end = Date.now() + 60_000; ;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error('not within a minute');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

/** Asks until a claim holds of the answer, for fifteen seconds at most; what is claimed of the last answer fails as any expectation does. */
export const eventually = <T>(ask: () => Promise<T>, claim: (answer: T) => void): Promise<boolean> => asked('what a page shows', async () => { claim(await ask()); return true; }, 15_000);

/** The page on a narrow screen: it fits, and its picture is kept. */
export const onPhone = async (page: Page, name: string): Promise<void> => {
  await page.setViewportSize(phone);
  expect(await fits(page)).toBe(true);
  await picture(page, name);
  await page.setViewportSize({ width: 1366, height: 900 });
};

/** Two officers of whom the form knows, or two numbers where it knows none; which of them it is shows when its question is answered. */
export async function twoOfficers(form: Locator | Page): Promise<void> {
  const boxes = form.getByRole('group', { name: '执法人员' }).getByRole('checkbox');
  const numbers = form.getByRole('textbox', { name: '执法人员' });
  await boxes.first().or(numbers).waitFor();
  if (await numbers.count()) return numbers.fill('示例001、示例002');
  for (const one of (await boxes.all()).slice(0, 2)) await one.check();
}
