import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { leafHash } from '@zhijian/audit';
import { inspection, operations } from '@zhijian/contracts/http';
import { aPrincipal } from '@zhijian/testing';
import { anItem, county, Play } from '../campaign/campaign.fixture.js';
import { coloured, colouredRoom } from '../rectification/rectification.fixture.js';

let room: Awaited<ReturnType<typeof colouredRoom>>;
beforeAll(async () => { room = await colouredRoom(); });
afterAll(() => room?.stop());

/** Of one city; the matters are of others too: whoever erases is bound to no place. */
const security = aPrincipal('security-admin', '330100');
const listed = async (subject: string) => (await room.call(operations.listKeptTexts, { as: security, params: { room: 'inspection' }, query: { subject } })).body.items.map(({ commitment }) => commitment);
const proved = async () => Promise.all(['outbox', 'certificate', 'rule_text', 'command_entry'].map((table) => room.database.query<{ body: string }>('inspection', `select body from ${table} order by 1`)));
const holding = async (text: string): Promise<string[]> => {
  const tables = await room.database.query<{ name: string }>('inspection', `select relname as name from pg_class where relnamespace = 'inspection'::regnamespace and relkind = 'r' order by 1`);
  return (await Promise.all(tables.map(async ({ name }) => ((await room.database.query('inspection', `select 1 from "${name}" t where strpos(t::text, $1) > 0 limit 1`, [text])).length ? [name] : [])))).flat();
};

/** Years later somebody asks for these words to be erased: they are found by their matter, and go from it alone. */
async function erased(subject: string, words: readonly string[]): Promise<void> {
  const before = await proved();
  const now = room.clock.now();
  room.clock.set('2031-01-10T09:00:00+08:00');
  const ours = await room.database.query<{ commitment: string; body: string }>('inspection', 'select commitment, body from kept_text where body = any($1) and commitment = any($2)', [words, await listed(subject)]);
  expect([...new Set(ours.map(({ body }) => body))].sort()).toEqual([...words].sort());
  expect(await room.call(operations.eraseKeptTexts, { as: security, params: { room: 'inspection' }, body: { commitments: ours.map(({ commitment }) => commitment), request: '示例〔2031〕1号' } })).toMatchObject({ status: 201 });
  room.clock.set(now);
  expect(await Promise.all(words.map(holding))).toEqual(words.map(() => []));
  const after = await proved();
  expect(after.slice(0, 3)).toEqual(before.slice(0, 3));
  expect(after[3]).toEqual(expect.arrayContaining(before[3]!));
  const leaves = await room.database.query<{ body: string; leaf: Buffer }>('inspection', 'select body, leaf from command_entry');
  expect(leaves.filter(({ body, leaf }) => !leafHash(body).equals(leaf))).toEqual([]);
}

describe('what a body wrote in a self-check report that nobody took over', () => {
  const words = { superseded: '档案管理员欧阳骞翊离岗', submitted: '主检医师尉迟煜焱未在岗', returned: '经办人诸葛珩琰未签名' };
  const ids: Record<string, string> = {};
  let play: Play;
  const shown = async (id: string) => (await room.call(inspection.getSelfCheck, { as: county(play.unit), params: { selfCheckId: id } })).body;

  it('stands in its row and its keep only, whether another took its place, it still waits or it was returned', async () => {
    room.clock.set('2023-01-20T09:00:00+08:00');
    play = await new Play(room, 1).approved();
    const [one, two] = await play.has(['in', 'in']);
    await play.to('2023-04-10T09:00:00+08:00');
    const sent = async (body: string, text: string) => (await play.submit(body, { items: [anItem({ text })], noProblems: false })).body;
    ids['superseded'] = (await sent(one!, words.superseded)).selfCheckId;
    ids['submitted'] = (await sent(one!, words.submitted)).selfCheckId;
    const { selfCheckId, version } = await sent(two!, words.returned);
    ids['returned'] = selfCheckId;
    expect((await room.call(inspection.returnSelfCheck, { as: county(play.unit), params: { selfCheckId }, ifMatch: version, body: { reasons: ['请写明整改措施'] } })).status).toBe(201);
    for (const text of Object.values(words)) expect(await holding(text)).toEqual(['handled', 'kept_text', 'self_check']);
  });

  it.each(['superseded', 'submitted', 'returned'] as const)('%s: is named by the report and erased, every proof as it was', async (state) => {
    expect(await shown(ids[state]!)).toMatchObject({ state, items: [{ text: words[state] }] });
    await erased(ids[state]!, [words[state]]);
    expect(await shown(ids[state]!)).toMatchObject({ state, items: [{ text: '（已依法删除）' }] });
  });
});

describe('what a body wrote in a rectification report that nobody accepted', () => {
  const words = { superseded: '质量负责人上官璟瑄已培训', submitted: '检测员慕容珺瑶补签', returned: '授权签字人司徒翊宸复核' };
  const item = (text: string) => ({ problem: `${text}的问题`, measure: text, correctedOn: null, correctBy: '2030-12-31' });

  it.each([['superseded', 'submitted'], ['returned', 'returned']] as const)('%s: is named by its matter and erased, every proof as it was', async (state, stands) => {
    const { play, institutionId } = await coloured(room, { on: '2024-09-24T09:00:00+08:00', year: state === 'returned' ? 2024 : 2025 });
    await play.report(institutionId, { items: [item(words[state])] });
    if (state === 'returned') await play.returned(institutionId, ['缺少整改照片']);
    else await play.report(institutionId, { items: [item(words.submitted)] });
    const { rectificationId } = (await play.duty(institutionId))!;
    const written = state === 'returned' ? [words.returned] : [words.superseded, words.submitted];
    await erased(rectificationId, written.flatMap((text) => [text, `${text}的问题`]));
    const { history, state: now } = (await play.duty(institutionId))!;
    expect([now, history.map((one) => [one.state, one.items])]).toEqual([stands, (state === 'returned' ? ['returned'] : ['superseded', 'submitted']).map((one) => [one, [expect.objectContaining({ problem: '（已依法删除）', measure: '（已依法删除）' })]])]);
  });
});
