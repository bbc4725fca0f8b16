import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { call, theCampaign, theSystem, tokenOf } from '../support/system.js';
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
      const tried = async ({ method, path }: { method: string; path: string }, target: string): Promise<void> => {
        const ways: { mode: 'cors' | 'no-cors'; headers: Record<string, string> }[] = [{ mode: 'no-cors', headers: { 'content-type': 'text/plain' } }, { mode: 'cors', headers: { 'content-type': 'application/json', 'idempotency-key': 'evil', 'if-match': '"1"' } }, { mode: 'cors', headers: {} }];
        for (const init of ways) {
          const answer = await fetch(gateway + path, { method: init.mode === 'no-cors' ? 'POST' : method, credentials: 'include', body, ...init }).catch(() => null);
          if (answer && answer.type !== 'opaque' && answer.ok) passed.push(path);
        }
        await new Promise((done) => { const image = new Image(); image.onload = image.onerror = done; image.src = gateway + path; });
        const frame = document.createElement('iframe');
        frame.name = target;
        document.body.append(frame);
        const form = Object.assign(document.createElement('form'), { action: gateway + path, method: 'post', enctype: 'text/plain', target });
        form.append(Object.assign(document.createElement('input'), { name: body.slice(0, -1) + ',"x":"', value: '"}' }));
        document.body.append(form);
        await new Promise((done) => { frame.onload = done; setTimeout(done, 1500); form.submit(); });
        form.remove();
        frame.remove();
      };
      const left = [...all.entries()];
      const worker = async (): Promise<void> => { for (let next = left.pop(); next; next = left.pop()) await tried(next[1], `target-${next[0]}`); };
      await Promise.all(Array.from({ length: 6 }, worker));
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

  it('stored through the API under every name, reason and text of places, agencies, offices and campaigns, it is shown as text', async () => {
    const [system, security, city] = [await tokenOf('xitong'), await tokenOf('anquan'), await tokenOf('shi', '330100')];
    const run = Date.now().toString(36);
    const [payload] = payloads as [string];
    const stored = async (token: string, path: string, body: object): Promise<Record<string, string>> => { const answer = await call<Record<string, string>>(token, 'POST', path, body); expect([path, answer.status]).toEqual([path, 201]); return answer.body; };
    const { personId } = await stored(system, '/api/v1/people', { name: payload, accounts: [`xss-office-${run}`] });
    await stored(system, '/api/v1/jurisdictions', { jurisdictionId: `xss-${run}`, name: payload.slice(0, 40), level: 'area', parent: '330100', from: '2020-01-01', reason: payload });
    const { agencyId } = await stored(system, '/api/v1/agencies', { name: payload, kind: 'commission', jurisdictionId: '330106', from: '2020-01-01', headPersonId: null, reason: payload });
    await stored(security, '/api/v1/appointments', { personId, role: 'county', jurisdictionId: '330106', agencyId, from: '2020-01-01', reason: payload });
    const { campaignId } = await stored(city, '/api/v1/campaigns', { name: payload, pack: 'hangzhou/exam-campaign-2023', units: [{ code: '330106', name: payload.slice(0, 40) }] });
    const admin = new pg.Client({ connectionString: theSystem().databaseUrl });
    await admin.connect();
    try {
      for (const [account, path] of [['anquan', '/administration/areas'], ['anquan', '/administration/agencies'], ['anquan', `/administration/appointments?person=${personId!}`], ['anquan', '/administration/changes'], ['shi', '/campaigns'], ['shi', `/campaigns/${campaignId!}`]] as const) {
        const { page, context, faults } = await signedIn(browser, account, path);
        let dialogs = 0;
        page.on('dialog', (dialog) => { dialogs += 1; void dialog.dismiss(); });
        await page.getByText(payload.slice(0, 30)).filter({ visible: true }).first().waitFor();
        expect([path, dialogs, await page.evaluate(() => (window as unknown as { __x?: number }).__x ?? 0), faults]).toEqual([path, 0, 0, []]);
        await context.close();
      }
    } finally {
      for (const table of ['campaign_unit', 'campaign']) await admin.query(`delete from inspection.${table} where ${table === 'campaign' ? 'id' : 'campaign_id'} = $1`, [campaignId]);
      await admin.end();
    }
  }, 180_000);

  it('in every text that any answer may hold, is shown as text on every page of the console', async () => {
    const token = await tokenOf('sheng');
    const campaign = await theCampaign(token);
    const first = async (path: string, id: string): Promise<string> => ((await call<{ items?: Record<string, string>[] }>(token, 'GET', path)).body.items ?? [])[0]?.[id] ?? 'none';
    const [visit, notice, colours, body, plan, round, review] = await Promise.all([first(`/api/v1/campaigns/${campaign.campaignId}/visits?limit=1`, 'visitId'), first('/api/v1/notices?limit=1', 'noticeId'), first('/api/v1/colour-runs?limit=1', 'runId'), first('/api/v1/institutions?limit=1', 'institutionId'),
      first('/api/v1/evaluation-plans?limit=1', 'planId'), first('/api/v1/comparison-rounds?limit=1', 'roundId'), first('/api/v1/qualification-reviews?limit=1', 'reviewId')]);
    const at = `/campaigns/${campaign.campaignId}`;
    const unit = campaign.units[0]!.code;
    const pages = ['/campaigns', '/campaigns/new', at, `${at}/obligations`, `${at}/amendments`, `${at}/targets`, `${at}/cases`, `${at}/units/${unit}`, `${at}/units/${unit}/forms/HZ-F1`, `/visits/${visit}`, '/colours', '/colours/red-years', '/colours/corrections', `/colours/${colours}`, '/notices', `/notices/${notice}`,
      '/objections', '/institutions', `/institutions/${body}`, '/rectifications', '/checks', '/monitorings', '/reviews', `/reviews/${review}`, '/evaluations', `/evaluations/${plan}`, '/comparisons', `/comparisons/${round}`, '/packs', '/packs/hangzhou/exam-campaign-2023/1', '/calendar', '/decisions', '/tasks'];
    const hostile = (value: unknown, name = ''): unknown => {
      if (typeof value === 'string') return /[\u4e00-\u9fff]/.test(value) && !/Id$|^kind$|^state$/.test(name) ? `${value}${payloads[value.length % payloads.length]!}` : value;
      if (Array.isArray(value)) return value.map((one) => hostile(one, name));
      return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, hostile(one, key)])) : value;
    };
    const shown: string[] = [];
    const half = Math.ceil(pages.length / 2);
    await Promise.all(([['sheng', pages.slice(0, half)], ['sheng', pages.slice(half)], ['shenji', ['/audit', `/audit/cases/campaign/${campaign.campaignId}/${unit}`, '/operations', '/administration/changes']]] as const).map(async ([account, own]) => {
      const { page, context, faults } = await signedIn(browser, account, '/campaigns');
      let dialogs = 0;
      page.on('dialog', (dialog) => { dialogs += 1; void dialog.dismiss(); });
      await context.route('**/api/v1/**', async (route) => {
        const answer = await route.fetch().catch(() => undefined);
        if (!answer) return route.abort();
        return /json/.test(answer.headers()['content-type'] ?? '') && answer.ok() ? route.fulfill({ response: answer, json: hostile(await answer.json()) }) : route.fulfill({ response: answer });
      });
      for (const path of own) {
        await go(page, path);
        await page.locator('h1, [role=alert]').first().waitFor({ timeout: 20_000 });
        await page.waitForLoadState('networkidle');
        expect([path, dialogs, await page.evaluate(() => (window as unknown as { __x?: number }).__x ?? 0), await page.locator('iframe, a[href^="javascript:"], img[src="x"]').count(), faults]).toEqual([path, 0, 0, 0, []]);
        if (/__x|alert\(1\)/.test(await page.locator('body').innerText())) shown.push(path);
      }
      await context.unrouteAll({ behavior: 'ignoreErrors' });
      await context.close();
    }));
    expect(shown.length).toBeGreaterThan(pages.length / 2); // it does stand on the pages
  }, 400_000);

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
