import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { opens } from '@zhijian/audit';
import { inspection, operations } from '@zhijian/contracts/http';
import { aPrincipal } from '@zhijian/testing';
import { city, Play, theRoom } from './campaign.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
let play: Play;
const security = aPrincipal('security-admin', '330100');
const reason = '经办人欧阳骞翊因病住院，报告延期';
const listed = async (as = security) => (await room.call(operations.listKeptTexts, { as, params: { room: 'inspection' }, query: {} })).body.items;
const erase = (commitments: string[], as = security) => room.call(operations.eraseKeptTexts, { as, params: { room: 'inspection' }, body: { commitments, request: '杭卫信访〔2029〕12号' } });
const reasonShown = async () => (await room.call(inspection.listAmendments, { as: city, params: { campaignId: play.campaignId } })).body.items[0]!.reason;
const everything = async () => JSON.stringify([await room.facts(), await room.database.query('inspection', 'select body from command_entry'), await room.database.query('inspection', 'select body from certificate')]);

beforeAll(async () => {
  room = await theRoom();
  play = await new Play(room, 1).approved();
  await play.has(['in']);
  await play.to('2023-03-05T09:00:00+08:00');
  expect((await play.amend({ kind: 'extend', stage: 'self-check', on: '2023-05-25', reason })).status).toBe(201);
});
afterAll(() => room?.stop());

describe('what an officer wrote freely', () => {
  it('stands in the row, and in facts, entries and certificates only as a commitment that the row opens', async () => {
    expect(await reasonShown()).toBe(reason);
    expect(await everything()).not.toContain('欧阳骞翊');
    const [kept] = await room.database.query<{ commitment: string; salt: Buffer; body: string }>('inspection', 'select commitment, salt, body from kept_text where body = $1', [reason]);
    expect(opens(kept!.commitment, kept!.salt, kept!.body)).toBe(true);
    expect(await everything()).toContain(kept!.commitment);
  });

  it('is listed without its words, to the security administrator and the auditor only', async () => {
    const items = await listed();
    expect(items).toContainEqual(expect.objectContaining({ subject: play.campaignId, holdUntil: '2028-03-05', holdBasis: expect.stringContaining('第三十六条'), erasedAt: null }));
    expect(JSON.stringify(items)).not.toContain('欧阳');
    expect((await room.call(operations.listKeptTexts, { as: city, params: { room: 'inspection' }, query: {} })).status).toBe(403);
  });

  it('is not erased while the law wants it kept, by nobody', async () => {
    const { commitment } = (await listed()).find(({ subject }) => subject === play.campaignId)!;
    expect(await erase([commitment])).toMatchObject({ status: 409, problem: { code: 'kept-text-held', title: expect.stringContaining('法定留存期未满（至 2028-03-05）') } });
    expect((await erase([commitment], city)).status).toBe(403);
    expect(await reasonShown()).toBe(reason);
  });

  it('once erased is gone from every row, with its salt; what was proved stays as it was', async () => {
    const proofs = await everything();
    room.clock.set('2029-01-10T09:00:00+08:00');
    const { commitment } = (await listed()).find(({ subject }) => subject === play.campaignId)!;
    const done = await erase([commitment]);
    expect(done).toMatchObject({ status: 201, body: { erased: 1 } });
    expect(done.body.rows).toBeGreaterThan(0);
    expect(await reasonShown()).toBe('（已依法删除）');
    const left = await room.database.query<{ body: string | null; salt: Buffer | null; erased_reason: string }>('inspection', 'select body, salt, erased_reason from kept_text where commitment = $1', [commitment]);
    expect(left).toEqual([{ body: null, salt: null, erased_reason: '杭卫信访〔2029〕12号' }]);
    const after = JSON.parse(await everything()) as unknown[][];
    const before = JSON.parse(proofs) as unknown[][];
    expect(after[0]).toEqual(before[0]);
    expect(after[1]).toEqual(expect.arrayContaining(before[1]!));
    expect((await room.audit()).at(-1)).toMatchObject({ action: 'text erased', detail: { commitment } });
    expect(await erase([commitment])).toMatchObject({ status: 409, problem: { code: 'kept-text-unknown' } });
  });
});

describe('a number of a person', () => {
  it.each(['330106198001011237', '138 1234 5678'])('typed into a reason is refused by the name of its field, and nothing of it is said back: %s', async (number) => {
    const id = number.length === 18 ? `33010619800101123${'10X98765432'[[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2].reduce((sum, weight, at) => sum + weight * Number('33010619800101123'[at]), 0) % 11]}` : number;
    const refused = await play.amend({ kind: 'extend', stage: 'self-check', on: '2029-05-26', reason: `联系人 ${id}` });
    expect(refused).toMatchObject({ status: 400, problem: { code: 'bad-input', errors: [{ path: '/reason', message: expect.stringContaining('不需要个人信息') }] } });
    expect(JSON.stringify(refused.problem)).not.toContain(id);
  });
});
