import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspection } from '@zhijian/contracts/http';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { aPrincipal } from '@zhijian/testing';
import { readForm } from '@zhijian/documents';
import { creditCodeOf, Packs, type Pack } from '@zhijian/policy';
import { anInstitution, anItem, city, county, pack as packName, Play, theRoom } from '../campaign/campaign.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
let pack: Pack;
beforeAll(async () => { room = await theRoom(); pack = await new Packs().get(packName); });
afterAll(() => room?.stop());

const show = (play: Play, form: string, unit = play.unit, version?: number) => room.call(inspection.getForm, { as: city, params: { campaignId: play.campaignId, unit, form }, query: version ? { version } : {} });
const download = (play: Play, form: string, unit = play.unit, version?: number) => room.call(inspection.downloadForm, { as: city, params: { campaignId: play.campaignId, unit, form }, query: version ? { version } : {} });

/** Two units; in the first a body that reported and one that did not, and an idle one. */
async function running(until: string) {
  room.clock.set('2023-01-20T09:00:00+08:00');
  const play = await new Play(room, 2).approved();
  const [one, two] = play.codes as [string, string];
  const bodies = await play.has(['in', 'in', 'idle'], one);
  const others = await play.has(['in'], two);
  await play.to('2023-04-03T09:00:00+08:00', two);
  room.clock.set('2023-01-20T09:00:00+08:00');
  await play.to('2023-04-03T09:00:00+08:00', one);
  await play.accepted(bodies[0]!, { items: [anItem({ text: '=1+1 档案缺页' })], noProblems: false });
  await play.to(until, one);
  return { play, one, two, bodies, others };
}

describe('form 1', () => {
  it('[HZ-2023-08] [HZ-2023-16] is filled from the data, sent up as a frozen version, and read back from its spreadsheet equal', async () => {
    const { play, bodies, one } = await running('2023-04-19T09:00:00+08:00');
    const draft = (await show(play, 'HZ-F1')).body;
    expect(draft.draft.rows).toMatchObject([[1, expect.any(String), expect.any(String), '粉尘类、噪声类', '是', 12, 345, '1、=1+1 档案缺页'], [2, expect.any(String), expect.any(String), '粉尘类、噪声类', '是', null, null, null]]);
    expect(draft.draft.remarks).toEqual([{ row: 2, text: '未报送自查报告' }]);
    expect(draft.dueOn).toBe('2023-04-20');
    const sent = await play.send('HZ-F1', { summary: '' });
    expect(sent).toMatchObject({ status: 201, body: { version: 1, supplement: false, late: false, receiver: '市卫生健康行政执法队', clauses: ['HZ-2023-16', 'HZ-2023-08'], content: { head: { 填表人: '监督一科' } } } });
    expect(await play.states('self-check-form', one)).toEqual({ done: 1 });
    const file = await download(play, 'HZ-F1', one, 1);
    const read = await readForm(pack.forms['HZ-F1']!, new Uint8Array(file.bytes));
    expect(read).toMatchObject({ ok: true, rows: sent.body.content.rows, head: sent.body.content.head });
    expect(Object.keys((await show(play, 'HZ-F1', one, 1)).body.draft.head)).toEqual(['填报单位', '填表人', '联系电话']); // as printed
    expect(decodeURIComponent(String(file.headers['content-disposition']))).toContain('自查情况登记表（第1版）.xlsx');
    await play.submit(bodies[1]!, {});
    expect((await show(play, 'HZ-F1', one, 1)).body.draft.rows[1]!.slice(5)).toEqual([null, null, null]);
    expect((await show(play, 'HZ-F1')).body.draft.rows[1]!.slice(5)).toEqual([12, 345, '无']);
  });

  it('[HZ-2023-08] sent after 24:00 it is late; sent again it is a supplement and never a replacement', async () => {
    const { play, one } = await running('2023-04-21T00:00:00+08:00');
    expect((await play.send('HZ-F1')).body).toMatchObject({ version: 1, late: true });
    expect((await play.send('HZ-F1', { note: '补充一家' })).body).toMatchObject({ version: 2, supplement: true, late: null, note: '补充一家' });
    const { body } = await show(play, 'HZ-F1', one);
    expect(body.versions.map(({ version, supplement }) => [version, supplement])).toEqual([[1, false], [2, true]]);
    expect((await room.facts<{ campaignId: string; version: number }>('inspection.form-sent')).filter(({ data }) => data.campaignId === play.campaignId).map(({ data, jurisdiction }) => [data.version, jurisdiction])).toEqual([[1, one], [2, one]]);
  });

  it('two sent at the same moment are two versions', async () => {
    const { play } = await running('2023-04-19T09:00:00+08:00');
    expect((await Promise.all(Array.from({ length: 8 }, () => play.send('HZ-F1')))).map(({ body }) => body.version).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe('form 2 and the roll-up', () => {
  it('[HZ-2023-12] [HZ-2023-13] [HZ-2023-14] [HZ-2023-17] list whom they must, show what is decided, and count a body and a sanction once', async () => {
    const { play, one, two, bodies, others } = await running('2023-06-01T09:00:00+08:00');
    // A body of the first unit: a fine there, and a warning through an extension check of the second.
    const first = (await play.recorded(await play.drawn(bodies[0]!), [{ kind: 'archives', serious: true }], true)).body;
    await play.decided(first.caseId!, [{ kind: 'fine', fen: 1_250_000 }]);
    const extension = (await play.open({ unit: two, kind: 'extension-check', institutionId: bodies[0]! }, county(two))).body;
    const second = (await play.recorded(extension, [{ kind: 'not-to-standard', serious: true }])).body;
    await play.decided(second.caseId!, [{ kind: 'warning' }], two);
    // Filed elsewhere: one only criticised, one whose case is open. Filed nowhere: one found practising. Idle: one visited.
    const elsewhere = await anInstitution(room, '990000', { name: '外地甲院' });
    await play.recorded((await play.open({ kind: 'extension-check', institutionId: elsewhere })).body, [{ kind: 'archives' }]);
    const waiting = await anInstitution(room, '990000', { name: '外地乙院' });
    const third = (await play.recorded((await play.open({ kind: 'extension-check', institutionId: waiting })).body, [{ kind: 'archives', serious: true }])).body;
    await play.recorded((await play.open({ kind: 'extension-check', unregistered: { name: '无名体检点', address: '某路' } })).body, [{ kind: 'not-filed' }]);
    await play.recorded((await play.open({ kind: 'extension-check', institutionId: bodies[2]! })).body, []);

    await play.to('2023-11-08T09:00:00+08:00', one);
    const formOne = (await show(play, 'HZ-F2', one)).body.draft;
    const named = (rows: (string | number | null)[][]) => rows.map((row) => row[1]);
    expect(named(formOne.rows)).toHaveLength(4); // two in the campaign, the idle one filed here, the one filed nowhere
    expect(named(formOne.rows)).toContain('无名体检点');
    expect(formOne.rows.find((row) => row[6] === '√')!.slice(11)).toEqual([null, 1.25]);
    expect(formOne.remarks).toContainEqual({ row: 0, text: expect.stringMatching(/^外地乙院：案件 .+ 尚未作出决定，作出后补报$/) });
    expect((await show(play, 'HZ-F2', two)).body.draft.rows.map((row) => row.slice(11))).toContainEqual(['√', null]);

    expect(await play.send('HZ-F2', { summary: ' ' }, one)).toMatchObject({ status: 422, problem: { code: 'form-summary-missing', errors: [{ path: '/summary' }] } });
    expect((await play.send('HZ-F2', { summary: '各项工作均已办结' }, one)).body).toMatchObject({ version: 1, late: false });
    expect([(await show(play, 'HZ-F2', one, 1)).body.summary, (await show(play, 'HZ-F2', one)).body.summary]).toEqual(['各项工作均已办结', '']);
    const rolled = (await show(play, 'HZ-F2', wholeCampaign)).body.draft;
    expect(rolled.remarks).toContainEqual({ row: 0, text: expect.stringMatching(/^尚未报送：测试\d\d区$/) });
    expect(rolled.rows).toHaveLength(5);
    expect(rolled.rows.filter((row) => row[11] === '√' || row[12] !== null).map((row) => row.slice(11))).toEqual([['√', 1.25]]);
    expect(rolled.head['填报单位']).toBe('市卫生健康行政执法队');

    await play.decided(third.caseId!, [{ kind: 'fine', fen: 500_000 }], one);
    const supplement = (await play.send('HZ-F2', { note: '补报一件', summary: '' }, one)).body;
    expect(supplement).toMatchObject({ version: 2, supplement: true });
    expect(named(supplement.content.rows)).toContain('外地乙院');
    const file = await download(play, 'HZ-F2', wholeCampaign);
    expect(await readForm(pack.forms['HZ-F2']!, new Uint8Array(file.bytes))).toMatchObject({ ok: true, rows: (await show(play, 'HZ-F2', wholeCampaign)).body.draft.rows });
    expect((await play.send('HZ-F2', {}, wholeCampaign, county(one))).status).toBe(404);
    expect((await play.send('HZ-F2', {}, wholeCampaign)).body).toMatchObject({ version: 1, receiver: '市卫生健康委综合监督处' });
    expect(others).toHaveLength(1);
  });

  it('[HZ-2023-14] the roll-up joins strangers of one credit code, and not those that only share a name', async () => {
    const { play, one, two } = await running('2023-06-01T09:00:00+08:00');
    const found = async (unit: string, name: string, creditCode: string | null) =>
      play.recorded((await play.open({ unit, kind: 'extension-check', unregistered: { name, creditCode, address: '某路' } }, county(unit))).body, [{ kind: 'not-filed' }]);
    for (const unit of [one, two]) {
      await found(unit, '无名体检点', null);
      await found(unit, '有名体检点', creditCodeOf('91330100MA0000000'));
    }
    const names = (await show(play, 'HZ-F2', wholeCampaign)).body.draft.rows.map((row) => row[1]);
    expect(names.filter((name) => name === '无名体检点')).toHaveLength(2);
    expect(names.filter((name) => name === '有名体检点')).toHaveLength(1);
  });
});

describe('a form that is refused', () => {
  it('names what is wrong: a form the pack does not have, another unit, a draft, an empty list, a version nobody sent', async () => {
    const { play } = await running('2023-04-03T09:00:00+08:00');
    expect(await show(play, 'X')).toMatchObject({ status: 422, problem: { code: 'form-unknown', title: '政策包中没有表格 X' } });
    for (const elsewhere of [play.codes[1]!, '990000']) expect((await play.send('HZ-F1', {}, play.unit, county(elsewhere))).status).toBe(404);
    expect(await play.send('HZ-F1', {}, play.unit, aPrincipal('city', play.unit))).toMatchObject({ status: 422, problem: { code: 'agency-other', title: '这项工作由辖区卫生健康监督部门办理，您的账号不是该机关的工作人员' } });
    expect(await show(play, 'HZ-F1', play.unit, 3)).toMatchObject({ status: 404 });
    expect(await play.send('HZ-F1', { filledBy: '' })).toMatchObject({ status: 400, problem: { errors: [{ path: '/filledBy', message: '不能为空' }] } });
    const draft = await new Play(room, 1).drafted();
    expect(await draft.send('HZ-F1')).toMatchObject({ status: 409, problem: { code: 'form-not-open' } });
    const empty = await new Play(room, 1).approved();
    expect(await empty.send('HZ-F1')).toMatchObject({ status: 409, problem: { code: 'form-nothing' } });
  });
});
