import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { kafkaFor } from '@zhijian/messaging';
import type { Browser } from 'playwright-core';
import { call, theSystem, tokenOf } from '../support/system.js';
import { fits, launched, onPhone, picture, signedIn, until, type Visitor } from './chromium.js';

const key = `trial-${randomUUID()}`;
let browser: Browser;
let operator: Visitor;

/** A record that no room can read, put aside by each that hears the topic. */
beforeAll(async () => {
  const producer = kafkaFor(theSystem().kafkaBrokers, 'browser').producer();
  await producer.connect();
  await producer.send({ topic: 'qualification', acks: -1, messages: [{ key, value: '{"half' }] });
  await producer.disconnect();
  const token = await tokenOf('yunwei');
  await until(async () => ((await call<{ items: { key: string; room: string }[] }>(token, 'GET', '/api/v1/operations/parked?limit=500')).body.items.some((it) => it.key === key && it.room === 'inspection') ? true : undefined));
  browser = await launched();
  operator = await signedIn(browser, 'yunwei', '/operations');
}, 120_000);
afterAll(() => browser?.close());

it('an operator tries a fact again only with a reason, and is told what came of it', async () => {
  const { page } = operator;
  const row = page.getByRole('row').filter({ hasText: key }).filter({ hasText: 'inspection' });
  await row.getByText('不是合法的 JSON').waitFor();
  await row.getByRole('button', { name: `重试 ${key} 的暂存事实` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '重试', exact: true }).click();
  await dialog.getByText('请写明理由').first().waitFor();
  await picture(page, 'console-operations-retry');
  await dialog.getByLabel('理由').fill('已更正来源，重试');
  await dialog.getByRole('button', { name: '重试', exact: true }).click();
  await page.getByRole('status').getByText('已处理 0 条，仍暂存 1 条：不是合法的 JSON').waitFor();
  await until(async () => ((await row.getByText('2 次').count()) > 0 ? true : undefined));
  await picture(page, 'console-operations-retried');
  expect(await fits(page)).toBe(true);
  await onPhone(page, 'console-operations-phone');
  expect([operator.outside, operator.faults]).toEqual([[], []]);
});
