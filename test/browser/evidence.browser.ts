import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { call, theCampaign, theSystem, tokenOf, type PlayedCampaign } from '../support/system.js';
import { date, launched, people, picture } from './chromium.js';

interface Line { step: string; actor: string; rule: string | null; pack: string | null }
let browser: Browser;
let campaign: PlayedCampaign;
const { open, seen } = people(() => browser);

beforeAll(async () => {
  campaign = await theCampaign(await tokenOf('shenji'));
  browser = await launched();
}, 60_000);
afterAll(() => browser?.close());

/** What nothing in the database stops: triggers and row security do not hold for the superuser. */
async function asSuperuser(sql: string, values: unknown[]): Promise<Record<string, unknown>[]> {
  const admin = new pg.Client({ connectionString: theSystem().databaseUrl });
  await admin.connect();
  try {
    await admin.query('set session_replication_role = replica');
    return (await admin.query<Record<string, unknown>>(sql, values)).rows;
  } finally {
    await admin.end();
  }
}

describe('what was known on a past day', () => {
  it('is told of a duty with pack and calendar of then, stays the same, and before the campaign there was nothing', async () => {
    const { page } = await open('shi', `/campaigns/${campaign.campaignId}/obligations?unit=330106`);
    await page.getByRole('button', { name: '决定凭证' }).first().click();
    await page.getByText('重新计算相同').first().waitFor();
    await page.getByRole('link', { name: '此对象的全部决定' }).click();
    await page.getByRole('table', { name: '决定' }).waitFor();
    const decisions = () => page.getByRole('table', { name: '当日的决定' }).locator('tbody tr').allInnerTexts();
    await date(page, '截至哪一天', '2023-04-01');
    await page.getByRole('heading', { name: '2023-04-01 所知道的' }).waitFor();
    await page.getByText(/当时适用：政策包 hangzhou\/exam-campaign-2023@1，节假日安排 CN-/).first().waitFor();
    await page.getByRole('table', { name: '当日的决定' }).getByRole('link', { name: '期限' }).first().waitFor();
    const first = await decisions();
    await picture(page, 'evidence-as-of');
    await date(page, '截至哪一天', '2022-12-31');
    await page.getByText('当时尚无决定。').waitFor();
    await picture(page, 'evidence-as-of-before');
    await date(page, '截至哪一天', '2023-04-01');
    await page.getByRole('table', { name: '当日的决定' }).waitFor();
    expect(await decisions()).toEqual(first);
  });
});

describe('the story of a case', () => {
  it('shows of a step the rule by which it was decided, the person who did it, and the words of its clauses', async () => {
    const unit = campaign.units[1]!.code;
    const { lines } = (await call<{ lines: Line[] }>(await tokenOf('shenji'), 'GET', `/api/v1/audit/timeline/${encodeURIComponent(`campaign/${campaign.campaignId}/${unit}`)}`)).body;
    const at = lines.findIndex(({ step, rule }) => step === '登记检查' && rule !== null);
    const { page } = await open('shenji', `/audit/cases/campaign/${campaign.campaignId}/${unit}`);
    await page.getByRole('list', { name: '经过' }).locator('li button').nth(at).click();
    const detail = page.locator('.audit-detail');
    await detail.getByRole('heading', { name: '登记检查' }).waitFor();
    const told = await detail.innerText();
    expect(told).toMatch(/办理人\s*县级 xian@\d{6}/);
    expect(told).toMatch(/规则\s*[一-鿿]/);
    expect(told).not.toMatch(/规则\s*[a-z]/);
    expect(told).toMatch(/HZ-2023-\d+\s*“[^”]+”/);
    await picture(page, 'evidence-story');
  });
});

describe('a case whose rows somebody has altered since', () => {
  it('is not what it was: the replay says which row of what, and is content again once it is put back', async () => {
    const unit = campaign.units[3]!.code;
    const { page } = await open('shenji', `/audit/cases/campaign/${campaign.campaignId}/${unit}`);
    await page.getByRole('button', { name: '重放校验' }).click();
    await page.getByText(/与历史一致（\d+ 个事件/).waitFor({ timeout: 60_000 });
    const [form] = await asSuperuser(`select id, form, version, content from inspection.form_version where campaign_id = $1 and unit = $2 order by version desc, form limit 1`, [campaign.campaignId, unit]);
    await asSuperuser(`update inspection.form_version set content = jsonb_set(content, '{rows,0,1}', '"另一家机构"') where id = $1`, [form!['id']]);
    try {
      await page.getByRole('button', { name: '重放校验' }).click();
      await page.getByText(new RegExp(`不一致：.*${String(form!['form'])} 第 ${String(form!['version'])} 版的内容与报送时记入日志的不符`)).first().waitFor({ timeout: 60_000 });
      await picture(page, 'evidence-altered');
    } finally {
      await asSuperuser('update inspection.form_version set content = $2 where id = $1', [form!['id'], JSON.stringify(form!['content'])]);
    }
    await page.getByRole('button', { name: '重放校验' }).click();
    await page.getByText(/与历史一致（\d+ 个事件/).waitFor({ timeout: 60_000 });
    expect(await page.getByText(/不一致：/).count()).toBe(0);
  });
});

it('nothing was asked of other hosts, and no page broke', () => { expect(seen()).toEqual([]); });
