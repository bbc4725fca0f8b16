import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AnswerOf, inspection } from '@zhijian/contracts/http';
import type { Browser, Page } from 'playwright-core';
import { accountOf, districts, membersOf, plusDays, theRunningCampaign, type Member, type RunningCampaign } from '../support/running.js';
import { call, theSystem, tokenOf } from '../support/system.js';
import { date, eventually, fits, go, launched, onPhone, people, phone, picture, twoOfficers, until, visitor, type Visitor } from './chromium.js';

type Visit = AnswerOf<typeof inspection.getVisit>;
type Case = AnswerOf<typeof inspection.listCases>['items'][number];

const unit: string = districts.visit.code;
const stranger = '示例门诊部 丙';
let browser: Browser;
let campaign: RunningCampaign;
let subject: Member;
let inspector: Visitor;
const { open, seen } = people(() => browser);
const inCampaign = (rest = '') => `/campaigns/${campaign.campaignId}${rest}`;
const visitAt = async (page: Page): Promise<Visit> => (await call<Visit>(await tokenOf('xian', unit), 'GET', `/api/v1${new URL(page.url()).pathname}`)).body;
const cases = async (): Promise<Case[]> => (await call<{ items: Case[] }>(await tokenOf('xian', unit), 'GET', `/api/v1${inCampaign(`/cases?limit=500&unit=${unit}`)}`)).body.items;
const archive = (number: number) => `ZJ-${String(number).padStart(4, '0')}`;
/** Two officers of the day: chosen where the district's people are known, otherwise their numbers. */
beforeAll(async () => {
  campaign = await theRunningCampaign();
  subject = (await membersOf(campaign, unit)).find(({ visits }) => visits === 0)!;
  // What it reported of itself, by a day that has passed for one problem and not for the other.
  const county = await tokenOf('xian', unit);
  const known = (await call<AnswerOf<typeof inspection.getInstitutionInCampaign>>(county, 'GET', `/api/v1${inCampaign(`/institutions/${subject.institutionId}`)}`)).body;
  const received = plusDays(campaign.today, -2);
  const item = (text: string, correctBy: string) => ({ source: 'self', checklistItem: 'service', text, correctedOn: null, correctBy });
  const reported = await call(county, 'POST', `/api/v1${inCampaign('/self-checks')}`, {
    institutionId: subject.institutionId, noProblems: false, volumes: { employers: 12, workers: 900 }, sealedBy: '办公室（示例）', onBehalf: { receivedOn: received, reason: '收到盖章纸质报告' },
    items: [...known.lastYearProblems.map(({ problemId, text }) => ({ source: 'assessment-last-year', problemId, text, correctedOn: received, correctBy: null })), { ...item('急救药品过期', received), correctedOn: received, correctBy: null }, item('体检车消毒记录缺页', received), item('信息系统未与监管平台对接', plusDays(campaign.today, 60))],
  });
  expect([reported.status, JSON.stringify(reported.body)]).toEqual([201, expect.any(String)]);
  browser = await launched();
  inspector = await open('xian', inCampaign(`/units/${unit}`));
}, 240_000);
afterAll(() => browser?.close());

describe('a visit while the campaign goes on', () => {
  it('begins on the district’s page with the body chosen, two officers and today', async () => {
    const { page } = inspector;
    await page.getByRole('table', { name: '机构与任务' }).locator('tr').filter({ hasText: subject.name }).getByRole('link', { name: '开始检查' }).click();
    await page.getByRole('heading', { name: '开始检查', level: 1 }).waitFor();
    expect(await page.getByLabel('机构', { exact: true }).inputValue()).toBe(subject.institutionId);
    await page.getByRole('button', { name: '开始检查' }).click();
    await page.getByRole('link', { name: '现场检查不得少于两名执法人员' }).waitFor();
    await twoOfficers(page);
    const day = page.getByLabel('检查日期', { exact: true });
    await day.fill(plusDays(campaign.today, 1));
    await day.press('Tab');
    await page.getByRole('button', { name: '开始检查' }).click();
    await page.getByRole('link', { name: '不能晚于今天' }).waitFor();
    await picture(page, 'running-visit-tomorrow');
    await day.fill(campaign.today);
    await day.press('Tab');
    await page.getByRole('button', { name: '开始检查' }).click();
    await page.waitForURL(/\/visits\/[^/]+$/);
    await page.getByRole('heading', { name: `现场检查：${subject.name}` }).waitFor();
  });

  it('takes the list of archives the body supplies, names a number that stands twice and one that is a name, and draws once', async () => {
    const { page } = inspector;
    const list = page.getByLabel('档案编号');
    const pool = Array.from({ length: 30 }, (_, number) => archive(number + 1));
    await list.fill([...pool, archive(7)].join('\n'));
    await page.getByRole('button', { name: /^登记清单/ }).click();
    await page.getByRole('link', { name: `编号重复：${archive(7)}` }).waitFor();
    await list.fill([...pool, '张某某'].join('\n'));
    await page.getByRole('button', { name: /^登记清单/ }).click();
    await page.getByRole('link', { name: /档案编号只用字母、数字/ }).click();
    await eventually(() => page.evaluate(() => document.activeElement?.id), (it) => expect(it).toBe('field-archives'));
    await list.fill(pool.join('\n'));
    await page.getByRole('button', { name: '登记清单（30 份）' }).click();
    await page.getByText('机构提供 30 份档案编号').waitFor();
    const size = page.getByLabel('抽取份数');
    for (const wrong of ['31', '0', '五']) {
      await size.fill(wrong);
      await page.getByRole('button', { name: '抽取', exact: true }).click();
      await page.getByRole('link', { name: wrong === '31' ? '应在 1 与 30 之间' : '请填写抽取份数（正整数）' }).waitFor();
    }
    await size.fill('5');
    await page.getByRole('button', { name: '抽取', exact: true }).click();
    await page.locator('.drawn li').first().waitFor();
    const drawn = await page.locator('.drawn li').allInnerTexts();
    expect([drawn.length, drawn.every((one) => pool.includes(one)), await page.getByRole('button', { name: '抽取', exact: true }).count()]).toEqual([5, true, 0]);
    expect((await visitAt(page)).draw!.result).toEqual(drawn);
    await picture(page, 'running-visit-drawn');
    await onPhone(page, 'running-visit-drawn-phone');
  });

  it('verifies on the spot what the body reported, records kinds of non-conformity and ends, after a second question, in a case', async () => {
    const { page } = inspector;
    const overdue = page.getByRole('group', { name: /体检车消毒记录缺页/ });
    const later = page.getByRole('group', { name: /信息系统未与监管平台对接/ });
    await later.getByText('检查时尚未到期：未整改不算逾期').waitFor();
    await overdue.getByRole('radio', { name: '未整改' }).check();
    await eventually(() => page.locator('.finding-kind').filter({ hasText: '重点查处' }).count(), (it) => expect(it).toBe(3));
    await page.getByRole('group', { name: /急救药品过期/ }).getByText(`机构报告已于 ${plusDays(campaign.today, -2)} 整改`).waitFor();
    await page.getByRole('group', { name: /急救药品过期/ }).getByRole('radio', { name: '已整改' }).check();
    await overdue.getByLabel('核实情况（可不填）').fill('现场查看记录仍缺页');
    await later.getByRole('radio', { name: '未整改' }).check();
    await page.locator('.finding-kind').filter({ hasText: '未按要求建立档案' }).click();
    await page.locator('.finding-kind').filter({ hasText: '未按规范开展工作' }).click();
    await page.getByRole('button', { name: '记录检查结论' }).click();
    await page.getByRole('link', { name: '不合格情况第 2 项：请写明事实' }).click();
    await page.keyboard.type('抽查档案 2 份，肺功能检查未按规范操作');
    await page.getByLabel('事实', { exact: true }).first().fill('抽查档案 5 份，其中 1 份缺检查表');
    await page.getByLabel('检查项目', { exact: true }).first().selectOption({ label: '职业健康检查服务档案管理情况' });
    await page.getByLabel('检查项目', { exact: true }).nth(1).selectOption({ label: '职业健康检查服务活动规范性情况' });
    await page.getByRole('checkbox', { name: /问题突出，涉及严重违法/ }).nth(1).check();
    await page.getByLabel('备注（可不填）').fill('演示数据');
    await picture(page, 'running-visit-record');
    await page.getByRole('button', { name: '记录检查结论' }).click();
    await page.getByRole('dialog').getByText('不合格情况 2 项，其中严重违法 1 项').waitFor();
    await picture(page, 'running-visit-question');
    await page.getByRole('dialog').getByRole('button', { name: /记\s*录/ }).click();
    await page.getByText('已立案，案件见下。').waitFor();
    await page.getByRole('heading', { name: '立案与处理' }).waitFor();
    const visit = await visitAt(page);
    expect([visit.state, visit.verifications.map(({ outcome }) => outcome), visit.findings.map(({ kind, serious }) => [kind, serious]).sort()]).toEqual(['recorded', expect.arrayContaining(['uncorrected', 'not-yet-due']), [['archives', false], ['not-to-standard', true]]]);
    const [file] = (await cases()).filter(({ visitId }) => visitId === visit.visitId);
    expect(file).toMatchObject({ state: 'open', filedOn: campaign.today, subjectName: subject.name });
    expect(file!.reason).toMatch(/逾期未整改：体检车消毒记录缺页/);
    await page.getByText(file!.number).waitFor();
    expect(await page.locator('.recorded').innerText()).toMatch(/未按要求建立档案[^]*未按规范开展工作[^]*严重违法/);
    await picture(page, 'running-visit-case');
  });

  it('the outcome is registered by another person than who recorded the visit, fines in ten thousands of yuan', async () => {
    const { page: own } = inspector;
    await own.getByRole('button', { name: '登记处理结果' }).click();
    await own.getByText('检查结论由您登记，处理结果须由另一人登记').waitFor();
    const { page } = await open('shi', new URL(own.url()).pathname);
    const [file] = (await cases()).filter(({ subjectName }) => subjectName === subject.name);
    await page.getByText(file!.number).waitFor();
    await page.getByRole('button', { name: '再加一种处罚' }).click();
    await page.getByLabel('金额（万元）').fill('一万');
    await page.getByRole('button', { name: '登记处理结果' }).click();
    await page.getByRole('link', { name: '罚款：请填写金额（万元，最多六位小数）' }).waitFor();
    await page.getByLabel('金额（万元）').fill('1.25');
    const day = page.getByLabel('处理决定日期', { exact: true });
    await day.fill(plusDays(campaign.today, 2));
    await day.press('Tab');
    await page.getByRole('button', { name: '登记处理结果' }).click();
    await page.getByRole('link', { name: `须在 ${campaign.today} 与今天之间` }).waitFor();
    await day.fill(campaign.today);
    await day.press('Tab');
    await page.getByRole('button', { name: '登记处理结果' }).click();
    await page.getByText(`${campaign.today}：警告；罚款 1.25 万元`).waitFor();
    await picture(page, 'running-visit-decided');
    expect((await cases()).find(({ caseId }) => caseId === file!.caseId)).toMatchObject({ state: 'decided', decidedOn: campaign.today, sanctions: [{ kind: 'warning', fen: null }, { kind: 'fine', fen: 1_250_000 }] });
  });

  it('a penalty is published when somebody finds it to be of social impact, and taken back with its reason when it does not stand', async () => {
    const [file] = (await cases()).filter(({ subjectName }) => subjectName === subject.name);
    const { page } = await open('shi', `/visits/${file!.visitId}`);
    const part = page.getByRole('region', { name: '处罚决定公开' });
    await part.getByText('是否具有一定社会影响尚未认定，不公开。').waitFor();
    await part.getByRole('button', { name: '登记', exact: true }).click();
    for (const said of ['请填写行政处罚决定书的文号', '请填写作出决定的机关', '请写明处罚依据的法律、法规、规章条款', '请选择是否具有一定社会影响', '请写明认定的理由']) await part.getByRole('link', { name: said }).waitFor();
    const number = `示例卫罚〔2023〕${file!.caseId.slice(-4)}号`;
    await part.getByLabel('决定书文号').fill(number);
    await part.getByLabel('作出决定的机关').fill('拱墅区卫生健康局（示例）');
    await part.getByLabel('处罚依据').fill('《职业健康检查管理办法》第二十八条');
    await part.getByRole('radio', { name: '具有，依法公开' }).check();
    await part.getByLabel('认定的理由').fill('当地用人单位普遍关注');
    await picture(page, 'running-visit-penalty');
    await onPhone(page, 'running-visit-penalty-phone');
    await part.getByRole('button', { name: '登记并公开' }).click();
    await part.getByText('公开的当事人').waitFor();
    const citizen = await visitor(browser, { viewport: phone, javaScriptEnabled: false });
    const { items } = (await (await fetch(`${theSystem().urls.portal}/public/v1/institutions?q=${encodeURIComponent(subject.name)}`)).json()) as { items: { creditCode: string; name: string }[] };
    const address = `${theSystem().urls.portal}/i/${items.find(({ name }) => name === subject.name)!.creditCode}`;
    /** The body's public page, once it says this. */
    const publicly = (words: string): Promise<string> => until(async () => {
      await citizen.page.goto(address);
      const text = await citizen.page.locator('article').innerText();
      return text.includes(words) ? text : undefined;
    });
    expect(await publicly(number)).toMatch(/警告；罚款 1.25 万元[^]*拱墅区卫生健康局（示例）/);
    expect(await fits(citizen.page)).toBe(true);
    await picture(citizen.page, 'portal-penalty');
    await part.getByText('撤回公开的处罚决定').click();
    await part.getByRole('button', { name: '撤回并公开理由' }).click();
    for (const said of ['请选择撤回的原因', '请填写变更、撤销或者确认的文书文号', '请写明理由，理由将一并公开']) await part.getByRole('link', { name: said }).waitFor();
    await part.getByRole('radio', { name: '被变更' }).check();
    await date(part, '变更、撤销或者确认的日期', campaign.today);
    await part.getByLabel('文书文号').last().fill('示例政复决〔2023〕2号');
    await part.getByLabel('理由（公开）').fill('罚款数额明显不当');
    await part.getByRole('button', { name: '撤回并公开理由' }).click();
    await part.getByText('已撤回').waitFor();
    await picture(page, 'running-visit-penalty-withdrawn');
    expect(await publicly('罚款数额明显不当')).not.toContain('1.25 万元');
    await picture(citizen.page, 'portal-penalty-withdrawn');

    await part.getByText('登记变更后的处罚决定').click();
    const changed = part.getByRole('form', { name: '登记变更后的处罚决定' });
    await expect(changed.getByLabel('决定书文号').inputValue()).resolves.toBe('示例政复决〔2023〕2号'); // the paper that changed it
    await changed.getByRole('button', { name: '登记', exact: true }).click();
    for (const said of ['请选择是否具有一定社会影响', '请写明认定的理由']) await changed.getByRole('link', { name: said }).waitFor();
    await changed.getByRole('button', { name: '再加一种处罚' }).click();
    await changed.getByLabel('金额（万元）').fill('0.5');
    await changed.getByRole('radio', { name: '具有，依法公开' }).check();
    await changed.getByLabel('认定的理由').fill('原决定已经公开');
    await picture(page, 'running-visit-penalty-changed');
    await onPhone(page, 'running-visit-penalty-changed-phone');
    await changed.getByRole('button', { name: '登记并公开' }).click();
    await part.getByText('已公开').waitFor();
    const both = await publicly('警告；罚款 0.5 万元');
    expect([both.includes('示例政复决〔2023〕2号'), both.includes(number), both.includes('1.25 万元')]).toEqual([true, true, false]); // what was taken back stays named, without what it said
    await picture(citizen.page, 'portal-penalty-changed');
    await citizen.context.close();
  });

  it('an extension check finds a body that is filed in another district, and takes it in', async () => {
    const { page } = inspector;
    const [elsewhere] = await membersOf(campaign, districts.selfCheck.code);
    await go(page, inCampaign(`/units/${unit}/visits/new`));
    await page.getByRole('radio', { name: '延伸检查' }).check();
    await page.getByLabel('在名录中查找').fill(elsewhere!.name);
    await page.getByRole('radio', { name: new RegExp(`^${elsewhere!.name}（.*备案地 ${districts.selfCheck.code}`) }).check();
    await picture(page, 'running-visit-elsewhere');
    await twoOfficers(page);
    await page.getByRole('button', { name: '开始检查' }).click();
    await page.getByRole('heading', { name: `延伸检查：${elsewhere!.name}` }).waitFor();
    await page.getByText('外地备案').first().waitFor();
    expect(await visitAt(page)).toMatchObject({ kind: 'extension-check', institutionId: elsewhere!.institutionId, filedElsewhere: true, unit });
  });

  it('an extension check takes in somebody who is filed nowhere', async () => {
    const { page } = inspector;
    await go(page, inCampaign(`/units/${unit}/visits/new`));
    await page.getByRole('radio', { name: '延伸检查' }).check();
    await page.getByRole('checkbox', { name: '检查对象未备案，不在名录中' }).check();
    await page.getByRole('button', { name: '开始检查' }).click();
    for (const said of ['请填写检查对象名称', '请填写检查对象地址']) await page.getByRole('link', { name: said }).waitFor();
    await page.getByLabel('检查对象名称').fill(stranger);
    await page.getByLabel('地址', { exact: true }).fill('示例路 901 号');
    await twoOfficers(page);
    await page.getByRole('button', { name: '开始检查' }).click();
    await page.getByRole('heading', { name: `延伸检查：${stranger}` }).waitFor();
    await page.locator('.finding-kind').filter({ hasText: '未按规定备案' }).click();
    await page.getByLabel('事实', { exact: true }).fill('未备案擅自开展职业健康检查');
    await page.getByRole('button', { name: '记录检查结论' }).click();
    await page.getByRole('dialog').getByRole('button', { name: /记\s*录/ }).click();
    await page.getByText('检查已完成，无需立案。').waitFor();
    await picture(page, 'running-visit-extension');
  });

  it('Form 2 shows the kinds that were found, the warning and the fine, and whoever is filed nowhere', async () => {
    const { page } = inspector;
    await go(page, inCampaign(`/units/${unit}/forms/HZ-F2`));
    await page.locator('.sheet').waitFor();
    const row = async (name: string) => (await page.locator('.sheet tbody tr').filter({ hasText: name }).locator('td').allInnerTexts()).slice(2);
    const [punished, unfiled] = [await row(subject.name), await row(stranger)];
    // 未按规定备案 … 未按要求建立档案(5th) 未按规范开展工作(6th) … 警告 罚款（万元）
    expect(punished.map((cell) => cell !== '')).toEqual([false, false, false, false, true, true, false, false, false, true, true]);
    expect(punished.at(-1)).toBe('0.5'); // as it was changed
    expect(unfiled.map((cell) => cell !== '')).toEqual([true, ...Array<boolean>(10).fill(false)]);
    await picture(page, 'running-visit-form-2');
  });

  it('a body that was checked finds nothing of the inspectors’ notes on its own page', async () => {
    const { page } = await open(accountOf(subject.institutionId), inCampaign(`/institutions/${subject.institutionId}/self-check`));
    await page.getByRole('heading', { name: '任务与期限' }).waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/演示数据$|现场查看记录仍缺页/);
  });

  it('nothing came from other hosts and nothing broke', () => {
    expect(seen()).toEqual([]);
  });
});
