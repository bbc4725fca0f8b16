import { expect } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { theSystem } from '../support/system.js';

const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const launched = (): Promise<Browser> => chromium.launch({ executablePath: theSystem().chromium, args });

export interface Visitor { page: Page; context: BrowserContext; outside: string[]; faults: string[] }
export const phone = { width: 380, height: 800 };

/** A browser of one's own: whatever it asks of other hosts, and whatever breaks in its pages, is kept. */
export async function visitor(browser: Browser, options: { viewport?: { width: number; height: number }; javaScriptEnabled?: boolean } = {}): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 900 }, locale: 'zh-CN', acceptDownloads: true, ...options });
  context.setDefaultTimeout(45_000);
  const page = await context.newPage();
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

export const go = (page: Page, path: string) => page.goto(theSystem().urls.gateway + path);

/** A picture for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(theSystem().screenshots, { recursive: true });
  await page.screenshot({ path: join(theSystem().screenshots, `${name}.png`), fullPage: true });
}

/** Whether a page can be read without moving it sideways. */
export const fits = (page: Page): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

/** Asks until there is an answer, for a minute at most. */
export const until = async <T>(ask: () => Promise<T | undefined>): Promise<T> => {
  for (const end = Date.now() + 60_000; ;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error('not within a minute');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

/** The page on a narrow screen: it fits, and its picture is kept. */
export const onPhone = async (page: Page, name: string): Promise<void> => {
  await page.setViewportSize(phone);
  expect(await fits(page)).toBe(true);
  await picture(page, name);
  await page.setViewportSize({ width: 1366, height: 900 });
};
