import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, builtInCalendar, due, dueAt, localDate, parseNotice, withNotice } from '@zhijian/calendar';
import type { AnswerOf, gateway, inspection } from '@zhijian/contracts/http';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { call, theSystem, tokenOf } from '../support/system.js';
import { eventually, fits, go, launched, onPhone, phone, picture, signedIn, until, type Visitor } from './chromium.js';

/** An invented notice of a year far off, on which nothing else in the system rests. */
const notice = { year: 2040, number: '示例〔2039〕1号', off: ['2040-01-01', '2040-01-02', '2040-01-03', '2040-01-04'], workdays: ['2040-01-07'] };
const from = localDate('2039-12-31');
const period = { from, workingDays: 30 };
const before = due(period, builtInCalendar);
const after = due(period, withNotice(builtInCalendar, parseNotice(notice)));

/** Reports of rectification of two invented bodies, published on that day: rows laid down for this test and taken away after it. */
const bodies = [1, 2].map((number) => ({ institutionId: crypto.randomUUID(), rectificationId: crypto.randomUUID(), name: `示例职业卫生技术服务机构 日历 ${number}` }));
/** A report of a third body, which came in when its day was provisional: a day behind the one that the notice makes certain. */
const sent = { institutionId: crypto.randomUUID(), rectificationId: crypto.randomUUID(), name: '示例职业卫生技术服务机构 日历 3', receivedAt: `${addDays(after.on, 1)}T10:00:00+08:00` };
const all = [...bodies, sent];
const objection = `browser-calendar-${process.pid}`;
let browser: Browser;
let admin: pg.Client;
let visitor: Visitor;
let place: string;

beforeAll(async () => {
  browser = await launched();
  place = (await call<{ places: { code: string }[] }>(await tokenOf('sheng'), 'GET', '/api/v1/me')).body.places.find(({ code }) => code === '500000')!.code;
  admin = new pg.Client({ connectionString: theSystem().databaseUrl });
  await admin.connect();
  await admin.query(`select set_config('app.reach', 'all', false)`);
  for (const [at, { institutionId, rectificationId, name }] of all.entries()) {
    await admin.query(`insert into inspection.institution_ref (institution_id, name, credit_code, kind, jurisdiction, address, invented, revision) values ($1, $2, $3, 'occupational-health-service', $4, '示例路 1 号', true, 1)`, [institutionId, name, `91990000MA000020${at}X`, place]);
    await admin.query(
      `insert into inspection.rectification (id, institution_id, jurisdiction, place, year, run_id, colour, revision, published_on, due_on, due_at, firm, because, pack, pack_version, calendar, clauses, ordered_at)
       values ($1, $2, $3, $3, 2039, 'browser-calendar', 'red', 1, $4, $5, $6, $7, $8, 'chongqing/colour-2024', 1, $9, '["CQ-2024-17"]', '2039-12-31T09:00:00+08:00')`,
      [rectificationId, institutionId, place, from, before.on, dueAt(before.on), before.firm, before.because, before.calendar]);
  }
  await admin.query(`update inspection.rectification set state = 'submitted' where id = $1`, [sent.rectificationId]);
  await admin.query(`insert into inspection.rectification_report (id, rectification_id, report, summary, items, sealed_by, received_at) values ($1, $1, 1, '示例整改报告', '[]', '示例负责人', $2)`, [sent.rectificationId, sent.receivedAt]);
  visitor = await signedIn(browser, 'sheng', '/calendar?month=2040-01');
}, 120_000);
afterAll(async () => {
  await admin?.query('set session_replication_role = replica');
  await admin?.query('delete from inspection.rectification_report where id = $1', [sent.rectificationId]);
  for (const table of ['objection_word where objection_id', 'objection where id', 'notice_entry where notice_id', 'notice where id']) await admin?.query(`delete from publication.${table} = $1`, [objection]);
  for (const table of ['rectification where institution_id', 'institution_ref where institution_id']) await admin?.query(`delete from inspection.${table} = any($1::uuid[])`, [all.map(({ institutionId }) => institutionId)]);
  await admin?.end();
  await browser?.close();
});

const days = async () => (await call<AnswerOf<typeof inspection.listRectifications>>(await tokenOf('sheng'), 'GET', '/api/v1/rectifications?year=2039&limit=500')).body.items.filter(({ institutionId }) => institutionId !== sent.institutionId).map(({ dueOn, firm }) => ({ dueOn, firm }));
const both = (on: string, firm: boolean) => bodies.map(() => ({ dueOn: on, firm }));

describe('a holiday notice', () => {
  it('is not known: the month is provisional, and nothing is marked', async () => {
    const { page } = visitor;
    await page.getByText('当年的放假通知尚未录入，本月的休息日为暂定').waitFor();
    expect([await page.locator('.month-work').count(), await days()]).toEqual([0, both(before.on, false)]);
  });

  it('entered, is answered with the clocks of all rooms that it would move, by place and body, old day and new; none has moved', async () => {
    const { page } = visitor;
    await page.getByLabel('年份').fill(String(notice.year));
    await page.getByLabel('文号（可不填）').fill(notice.number);
    await page.getByLabel('放假的日子').fill('2040年1月1日至2040年1月4日');
    await page.getByLabel('调休上班的周六、周日').fill(notice.workdays.join());
    await page.getByRole('button', { name: '录入并预览' }).click();
    const table = page.getByRole('table', { name: '会变动的期限' });
    await table.waitFor();
    for (const { name } of bodies) {
      const row = await table.locator('tr').filter({ hasText: name }).innerText();
      for (const words of ['2039年度整改报告', before.on, after.on]) expect(row).toContain(words);
    }
    expect(await page.locator('.calendar-preview').innerText()).toContain('整改报告 2 份');
    await picture(page, 'calendar-preview');
    await page.setViewportSize(phone);
    expect(await fits(page)).toBe(true);
    await picture(page, 'calendar-preview-phone');
    await page.setViewportSize({ width: 1366, height: 900 });
    expect(await days()).toEqual(both(before.on, false));
  });

  it('confirmed, moves exactly those; the month shows 休 and 班 with the notice they rest on', async () => {
    const { page } = visitor;
    const noticeId = new URL(page.url()).searchParams.get('notice')!;
    const listed = (await call<AnswerOf<typeof gateway.getCalendarPreview>>(await tokenOf('sheng'), 'GET', `/api/v1/calendar-previews/${noticeId}`)).body.moved;
    expect(listed.map(({ clock, new: next, firm }) => [clock, next, firm]).sort()).toEqual(bodies.map(({ rectificationId }) => [`rectification/${rectificationId}`, after.on, true]).sort());
    await page.locator('.calendar-preview').getByRole('button', { name: '确认', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(`${listed.length} 个期限随之变动`).waitFor();
    await dialog.getByRole('button', { name: '确认', exact: true }).click();
    await page.locator('.calendar-notice').filter({ hasText: notice.number }).getByText('已确认').waitFor();
    await until(async () => ((await days()).every(({ firm }) => firm) ? true : undefined));
    expect(await days()).toEqual(both(after.on, true));
    const review = page.getByRole('table', { name: '需复核的事项' });
    await review.waitFor(); // what was done on a provisional day, behind the day that is certain now
    const rows = await review.locator('tbody tr').allInnerTexts();
    expect(rows).toHaveLength(1);
    for (const words of [sent.name, '2039年度整改报告', before.on, after.on, `${addDays(after.on, 1)} 10:00`]) expect(rows[0]).toContain(words);
    expect(await page.locator('.calendar-preview').innerText()).toContain('暂定日期上已办理的事项，需复核');
    await picture(page, 'calendar-review');
    await onPhone(page, 'calendar-review-phone');
    await review.getByText('待复核').waitFor();
    await review.getByRole('button', { name: `注明已复核：${sent.name}：2039年度整改报告` }).click();
    const form = page.getByRole('form', { name: '注明已复核' });
    await form.getByRole('button', { name: '注明已复核' }).click();
    await form.getByRole('link', { name: '请写明复核意见' }).click();
    await eventually(() => page.evaluate(() => document.activeElement?.id), (it) => expect(it).toBe('field-note'));
    await form.getByLabel('复核意见').fill('办理时期限未定，不作逾期处理（示例）');
    await form.getByRole('button', { name: '注明已复核' }).click();
    await review.locator('.zj-chip').filter({ hasText: '已复核' }).waitFor();
    expect(await review.locator('tbody tr').innerText()).toMatch(/已复核 .*，20\d\d-.*[^]*不作逾期处理（示例）/);
    await picture(page, 'calendar-looked');
    expect(await days()).toEqual(both(after.on, true));
    await go(page, '/calendar?month=2040-01');
    await page.getByRole('button', { name: '1月2日，放假，示例〔2039〕1号' }).click();
    await page.getByText('依据：示例〔2039〕1号').waitFor();
    expect([await page.locator('.month-rest').count(), await page.locator('.month-work').count()]).toEqual([4, 1]);
    await picture(page, 'calendar-confirmed');
  });
});

describe('an objection', () => {
  /** Laid down once the notice above is confirmed, in a year that it says nothing of. */
  beforeAll(async () => {
    await admin.query(`insert into publication.notice (id, run_id, jurisdiction, year, basis_year, because, state, pack, pack_version, title, document, parts, undetermined, made_at, clauses) values ($1, $1, $2, 2039, 2038, 'run', 'draft', 'chongqing/colour-2024', 1, '2039年度分色结果（日历测试）', '{"title":"示例分色管理工作方案","issuer":null,"number":null,"onRequest":true}', 1, 0, '2041-03-01T08:00:00+08:00', '[]')`, [objection, place]);
    await admin.query(`insert into publication.notice_entry (notice_id, institution_id, revision, colour, entry, credit_code, name, kind, jurisdiction, invented) values ($1, $2, 1, 'red', '{}', '91990000MA0000209X', $3, 'occupational-health-service', $4, true)`, [objection, sent.institutionId, sent.name, place]);
    await admin.query(`insert into publication.objection (id, notice_id, institution_id, jurisdiction, raised_at, raised_by, due_on, due_stated, firm, calendar, clauses) values ($1, $1, $2, $3, '2041-03-04T09:00:00+08:00', 'institution:x', '2041-03-20', false, true, $4, '[]')`, [objection, sent.institutionId, place, before.calendar]);
    await admin.query(`insert into publication.objection_word (objection_id, what, words, said_at, said_by) values ($1, 'raised', '示例：上一年度的比对结果有误', '2041-03-04T09:00:00+08:00', 'institution:x')`, [objection]);
  });

  it('stands in the calendar on the day of its answer, with its place and body; its line leads to it', async () => {
    const { page } = visitor;
    await go(page, '/calendar?month=2041-03');
    const row = page.getByRole('table', { name: '本月到期的期限' }).locator('tr').filter({ hasText: sent.name });
    expect(await row.innerText()).toMatch(/2041-03-20 24:00 前[^]*答复异议：2039年度分色结果（日历测试）/);
    await row.getByRole('cell').last().getByRole('link').click();
    await page.getByText('示例：上一年度的比对结果有误').waitFor();
    expect(new URL(page.url()).pathname).toBe(`/objections/${objection}`);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain(sent.name);
    await picture(page, 'calendar-objection');
    expect([visitor.outside, visitor.faults]).toEqual([[], []]);
  });
});
