import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { call, theSystem, tokenOf } from '../support/system.js';
import { go, launched, signedIn, visitor } from './chromium.js';

let browser: Browser;
let evil: Server;
let mutations: { method: string; path: string }[];
beforeAll(async () => {
  browser = await launched();
  evil = createServer((_request, response) => { response.setHeader('content-type', 'text/html'); response.end('<!doctype html><title>evil</title><body></body>'); });
  await new Promise<void>((resolve) => evil.listen(0, () => resolve()));
  const { paths } = (await (await fetch(`${theSystem().urls.gateway}/api/openapi.json`)).json()) as { paths: Record<string, Record<string, unknown>> };
  mutations = Object.entries(paths).filter(([path]) => path.startsWith('/api/')).flatMap(([path, of]) => Object.keys(of).filter((method) => method !== 'get').map((method) => ({ method: method.toUpperCase(), path: path.replaceAll(/\{\w+\}/g, '01a21020-5555-7a01-8c11-0d9f3a6f8e0e') })));
}, 60_000);
afterAll(async () => {
  await browser?.close();
  evil?.close();
});

describe('a page of another site, opened by somebody who is signed in', () => {
  it.each(['127.0.0.1', 'localhost'])('cannot change anything, from %s: by form, by fetch, by image', async (host) => {
    const { page, context } = await signedIn(browser, 'xitong', '/');
    const accepted: string[] = [];
    let seen = 0;
    context.on('response', (response) => {
      if (!response.url().startsWith(`${theSystem().urls.gateway}/api/`) || response.request().frame().url().startsWith(theSystem().urls.gateway)) return;
      seen += 1;
      if (response.ok() && response.request().method() !== 'GET' && response.request().method() !== 'OPTIONS') accepted.push(`${response.request().method()} ${response.url()}`);
    });
    await page.goto(`http://${host}:${(evil.address() as AddressInfo).port}/`);
    const through = await page.evaluate(async ({ gateway, all }) => {
      const passed: string[] = [];
      const body = JSON.stringify({ name: null, accounts: ['planted-by-a-foreign-page'] });
      for (const { method, path } of all) {
        const ways: { mode: 'cors' | 'no-cors'; headers: Record<string, string> }[] = [{ mode: 'no-cors', headers: { 'content-type': 'text/plain' } }, { mode: 'cors', headers: { 'content-type': 'application/json', 'idempotency-key': 'evil', 'if-match': '"1"' } }, { mode: 'cors', headers: {} }];
        for (const init of ways) {
          const answer = await fetch(gateway + path, { method: init.mode === 'no-cors' ? 'POST' : method, credentials: 'include', body, ...init }).catch(() => null);
          if (answer && answer.type !== 'opaque' && answer.ok) passed.push(path);
        }
        await new Promise((done) => { const image = new Image(); image.onload = image.onerror = done; image.src = gateway + path; });
        const frame = document.createElement('iframe');
        frame.name = 'target';
        document.body.append(frame);
        const form = Object.assign(document.createElement('form'), { action: gateway + path, method: 'post', enctype: 'text/plain', target: 'target' });
        form.append(Object.assign(document.createElement('input'), { name: body.slice(0, -1) + ',"x":"', value: '"}' }));
        document.body.append(form);
        await new Promise((done) => { frame.onload = done; setTimeout(done, 1500); form.submit(); });
        form.remove();
        frame.remove();
      }
      return passed;
    }, { gateway: theSystem().urls.gateway, all: mutations });
    expect([through, accepted]).toEqual([[], []]);
    expect(seen).toBeGreaterThanOrEqual(mutations.length); // they did arrive
    expect((await call<{ items: unknown[] }>(await tokenOf('xitong'), 'GET', '/api/v1/people?q=planted-by')).body.items).toEqual([]);
    await context.close();
  }, 240_000);
});

const payloads = ['<script>window.__x=1;alert(1)</script>', '<img src=x onerror="window.__x=1;alert(1)">', '"><svg onload=window.__x=1>', `'-alert(1)-'`, 'javascript:alert(1)', '<iframe srcdoc="<script>parent.__x=1</script>">', '{{constructor.constructor("window.__x=1")()}}', '<a href="javascript:window.__x=1">x</a>', '<style>@import "javascript:1"</style>', '</title><script>window.__x=1</script>', '&lt;script&gt;window.__x=1&lt;/script&gt;', '\u202e<b onmouseover=window.__x=1>'];

describe('text that would be a program', () => {
  it('is shown as text: nothing of it runs in the console, and the policy allows no inline script', async () => {
    const { page, context, faults } = await signedIn(browser, 'xitong', '/administration/people');
    let dialogs = 0;
    page.on('dialog', (dialog) => { dialogs += 1; void dialog.dismiss(); });
    const token = await tokenOf('xitong');
    const run = Date.now().toString(36);
    for (const [at, name] of payloads.entries()) expect((await call(token, 'POST', '/api/v1/people', { name: name.slice(0, 40), accounts: [`xss-${run}-${at}${name.slice(0, 150)}`] })).status).toBe(201);
    await page.reload();
    await page.getByLabel('查找').fill(`xss-${run}`);
    await page.getByText(`xss-${run}-${payloads.length - 1}`).first().waitFor();
    expect(await page.getByText('<script>window.__x=1;alert(1)</script>').count()).toBeGreaterThan(0);
    for (const payload of payloads) await go(page, `/administration/appointments?person=${encodeURIComponent(payload)}#${encodeURIComponent(payload)}`);
    await go(page, '/administration/changes');
    expect([dialogs, await page.evaluate(() => (window as unknown as { __x?: number }).__x ?? 0), faults]).toEqual([0, 0, []]);
    const policy = (await fetch(theSystem().urls.gateway)).headers.get('content-security-policy') ?? '';
    expect(/script-src ([^;]*)/.exec(policy)?.[1]).toBe(`'self'`);
    expect(policy).toContain(`default-src 'none'`);
    await context.close();
  });

  it('is shown as text in the portal, in questions and addresses', async () => {
    const { page, context } = await visitor(browser);
    let dialogs = 0;
    page.on('dialog', (dialog) => { dialogs += 1; void dialog.dismiss(); });
    for (const payload of payloads) {
      for (const path of [`/?q=${encodeURIComponent(payload)}`, `/institutions?q=${encodeURIComponent(payload)}`, `/institutions/${encodeURIComponent(payload)}`]) {
        await page.goto(`${theSystem().urls.portal}${path}`);
        expect(await page.evaluate(() => (window as unknown as { __x?: number }).__x ?? 0)).toBe(0);
      }
    }
    const policy = (await fetch(theSystem().urls.portal)).headers.get('content-security-policy') ?? '';
    expect([dialogs, /script-src [^;]*unsafe-inline/.test(policy), policy.length > 0]).toEqual([0, false, true]);
    await context.close();
  });
});
