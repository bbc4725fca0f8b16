import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalJson, opens, sha256, type CommandEntry } from '@zhijian/audit';
import { audit, inspection, operations } from '@zhijian/contracts/http';
import { aPrincipal } from '@zhijian/testing';
import { anItem, city, county, Play, theRoom } from './campaign.fixture.js';

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

  it('is not erased either while the same words stand in another matter that must be kept', async () => {
    room.clock.set('2029-01-10T09:00:00+08:00');
    await room.database.query('inspection', `insert into kept_text (commitment, salt, body, subject, jurisdiction, actor, kept_at, hold_until, hold_basis) select 'commitment:' || repeat('a', 64), salt, body, 'another matter', jurisdiction, actor, kept_at, '2033-05-06', hold_basis from kept_text where body = $1`, [reason]);
    const { commitment } = (await listed()).find(({ subject }) => subject === play.campaignId)!;
    expect(await erase([commitment])).toMatchObject({ status: 409, problem: { code: 'kept-text-shared', title: expect.stringContaining('其他事项中，该事项的法定留存期未满（至 2033-05-06）') } });
    expect(await reasonShown()).toBe(reason);
    await room.database.query('inspection', `update kept_text set body = '据来信，' || body || '，另行安排' where subject = 'another matter'`);
    expect(await erase([commitment])).toMatchObject({ status: 409, problem: { code: 'kept-text-shared', title: expect.stringContaining('至 2033-05-06') } }); // as part of a longer text too
    await room.database.query('inspection', `delete from kept_text where subject = 'another matter'`);
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

describe('erased words inside longer ones', () => {
  const said = '联络人诸葛珩琰';
  /** Puts a text where a row of the room has it, as a sentence of ours or of somebody else repeats it. */
  const member = async (text: string) => {
    const id = crypto.randomUUID();
    room.byHand.add('sample_member');
    await room.database.query('inspection', `insert into sample_member (campaign_id, sample, unit, institution_id, how, reason, clauses, added_at) values ($1, 's', $2, $3, 'added', $4, '[]', now())`, [play.campaignId, play.unit, id, text]);
    return async () => (await room.database.query<{ reason: string }>('inspection', 'select reason from sample_member where institution_id = $1', [id]))[0]!.reason;
  };
  const amended = async (text: string, on: string) => expect((await play.amend({ kind: 'extend', stage: 'self-check', on, reason: text })).status).toBe(201);
  const commitmentOf = async (text: string) => (await room.database.query<{ commitment: string }>('inspection', 'select commitment from kept_text where body = $1', [text]))[0]!.commitment;

  it('go from the sentences of every row; what merely begins alike stays, and so do short words inside others', async () => {
    room.clock.set('2023-03-06T09:00:00+08:00');
    await amended(said, '2023-05-26');
    await amended(`因${said}请假，顺延`, '2023-05-27');
    await amended('琰', '2023-05-28');
    await amended('Qz41f7', '2023-05-29');
    const sentences = await Promise.all([`逾期未整改：${said}`, `多次联系${said}未果。`, '联络人诸葛明', '逾期未整改：琰；珩', '诸葛珩琰来信', '逾期：Qz41f7。', 'Qz41f7-2'].map(member));
    const around = await commitmentOf(`因${said}请假，顺延`);
    room.clock.set('2029-01-10T12:00:00+08:00');
    for (const text of [said, '琰', 'Qz41f7']) expect((await erase([await commitmentOf(text)])).status).toBe(201);
    expect(await Promise.all(sentences.map((now) => now()))).toEqual(['逾期未整改：（已依法删除）', '多次联系（已依法删除）未果。', '联络人诸葛明', '逾期未整改：（已依法删除）；珩', '诸葛珩琰来信', '逾期：（已依法删除）。', 'Qz41f7-2']);
    expect((await room.call(inspection.listAmendments, { as: city, params: { campaignId: play.campaignId } })).body.items.map((one) => one.reason)).toContain('因（已依法删除）请假，顺延');
    // The longer text opens its commitment no more, and what is left of it can still be named and erased.
    expect(await room.database.query('inspection', 'select body, salt from kept_text where commitment = $1', [around])).toEqual([{ body: '因（已依法删除）请假，顺延', salt: null }]);
    expect((await erase([around])).status).toBe(201);
  });

  it('stay where the words of a rule say the same: those are ours', async () => {
    const words = '报送材料齐全';
    await room.database.query('inspection', `insert into rule_text (sha256, body) values ('rule of this test', '{"say":"报送材料齐全的，予以受理"}')`);
    room.clock.set('2023-03-07T09:00:00+08:00');
    await amended(words, '2023-05-30');
    await amended(`按${words}办理，另行告知诸葛珩琰`, '2023-05-31');
    const around = await commitmentOf(`按${words}办理，另行告知诸葛珩琰`);
    const [inside, alone] = [await member(`按${words}办理`), await member(words)];
    room.clock.set('2029-01-10T13:00:00+08:00');
    expect((await erase([await commitmentOf(words)])).status).toBe(201);
    expect([await inside(), await alone()]).toEqual([`按${words}办理`, '（已依法删除）']);
    // What was kept stays as its rows do, and so is found there when its turn comes.
    expect(await room.database.query('inspection', 'select body, salt is null as closed from kept_text where commitment = $1', [around])).toEqual([{ body: `按${words}办理，另行告知诸葛珩琰`, closed: false }]);
    expect(await erase([around])).toMatchObject({ status: 201, body: { rows: expect.any(Number) } });
    expect(JSON.stringify((await room.call(inspection.listAmendments, { as: city, params: { campaignId: play.campaignId } })).body.items)).not.toContain('珩琰');
  });

  it('asked for together, the longer one is gone as a whole whichever is named first', async () => {
    room.clock.set('2023-03-07T10:00:00+08:00');
    const [part, whole] = ['联络人令狐璟', '因联络人令狐璟请假，改期办理'];
    await amended(part, '2023-06-01');
    await amended(whole, '2023-06-02');
    const row = await member(whole);
    room.clock.set('2029-01-10T13:30:00+08:00');
    await room.database.query('inspection', `update kept_text set hold_until = hold_until - 1 where body = $1`, [whole]); // the shorter one comes first
    expect((await erase([await commitmentOf(part), await commitmentOf(whole)])).status).toBe(201);
    expect(await row()).toBe('（已依法删除）');
  });
});

describe('words that nothing states', () => {
  it('the text of a plan has a commitment by which it is found and erased', async () => {
    room.clock.set('2023-03-08T09:00:00+08:00');
    const planText = '实施方案：由上官璟瑄牵头，各科配合。';
    const { body: { plan } } = await room.call(inspection.getUnit, { as: county(play.unit), params: { campaignId: play.campaignId, unit: play.unit } });
    const saved = await room.call(inspection.filePlan, { as: county(play.unit), params: { campaignId: play.campaignId, unit: play.unit }, ifMatch: plan.version, body: { text: planText, dates: [], file: false } });
    expect(saved.status).toBe(200);
    expect(await everything()).not.toContain('上官');
    room.clock.set('2029-01-10T14:00:00+08:00');
    const [kept] = (await room.call(operations.listKeptTexts, { as: security, params: { room: 'inspection' }, query: { subject: play.unit } })).body.items; // a draft states nothing: it is found by its place
    expect((await erase([kept!.commitment])).status).toBe(201);
    expect(await room.database.query('inspection', `select plan_text from campaign_unit where plan_text <> ''`)).toEqual([{ plan_text: '（已依法删除）' }]);
  });
});

describe('what a body wrote in its report and a form repeats', () => {
  const words = '档案管理员欧阳骞翊离岗，未办交接';
  let reporting: Play;
  /** The case as an auditor takes it away, and whether its form is the one that the log has the hash of. */
  const taken = async () => {
    const { body } = await room.call(audit.getAuditPart, { as: aPrincipal('auditor', '330100'), params: { room: 'inspection' }, query: { workflowId: `campaign/${reporting.campaignId}/${reporting.unit}` } });
    const sent = body.entries.flatMap((entry) => (JSON.parse(entry.body) as CommandEntry).notes).find(({ action }) => action === 'form sent');
    return { said: JSON.stringify(body), fits: sha256(canonicalJson(body.rows['form']![0]!['content'])) === sent!.detail['table'] };
  };
  const cell = async () => (await room.call(inspection.getForm, { as: city, params: { campaignId: reporting.campaignId, unit: reporting.unit, form: 'HZ-F1' }, query: { version: 1 } })).body.draft.rows[0]!.at(-1);
  const tables = async () => (await room.database.query<{ name: string }>('inspection', `select c.relname as name from pg_class c where c.relnamespace = 'inspection'::regnamespace and c.relkind = 'r'`)).map(({ name }) => name);
  const holding = async () => (await Promise.all((await tables()).map(async (name) => ((await room.database.query('inspection', `select 1 from "${name}" t where t::text like $1 limit 1`, [`%${words}%`])).length ? name : [])))).flat();

  it('is printed there, and is in no file of an auditor; the log knows the table without it', async () => {
    room.clock.set('2023-01-20T09:00:00+08:00');
    reporting = await new Play(room, 1).approved();
    const [body] = await reporting.has(['in']);
    await reporting.to('2023-04-10T09:00:00+08:00');
    await reporting.accepted(body!, { items: [anItem({ text: words })], noProblems: false });
    await reporting.recorded(await reporting.drawn(body!));
    expect((await reporting.send('HZ-F1', { summary: '' })).body.content.rows[0]!.at(-1)).toBe(`1、${words}`);
    expect(await cell()).toBe(`1、${words}`);
    const [sent] = await room.database.query<{ content: unknown; sha256: string; salt: Buffer }>('inspection', 'select content, sha256, salt from form_version where campaign_id = $1', [reporting.campaignId]);
    expect([sent!.salt.length, sent!.sha256 === sha256(JSON.stringify(sent!.content)), sent!.sha256 === sha256(canonicalJson(sent!.content))]).toEqual([32, false, false]);
    const { said, fits } = await taken();
    expect([said.includes(words), fits]).toEqual([false, true]);
    expect(await holding()).toEqual(expect.arrayContaining(['self_check', 'form_version', 'handled', 'kept_text', 'visit']));
  });

  it('once erased stands nowhere in the room, in no answer either; the form is still the one that the log has the hash of', async () => {
    room.clock.set('2029-01-11T09:00:00+08:00');
    const kept = await room.database.query<{ commitment: string }>('inspection', 'select commitment from kept_text where body = $1 order by commitment', [words]);
    expect((await erase([kept[0]!.commitment])).body).toMatchObject({ erased: kept.length }); // each command that named them has committed to them
    expect(await holding()).toEqual([]);
    expect(await cell()).toBe('1、（已依法删除）');
    expect((await taken()).fits).toBe(true);
    expect(await room.database.query('inspection', 'select salt from form_version where campaign_id = $1', [reporting.campaignId])).toEqual([{ salt: null }]); // nor can anybody try out what had been there
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
