import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@zhijian/contracts';
import { inspection } from '@zhijian/contracts/http';
import { appointmentChanged, jurisdictionChanged, personRegistered } from '@zhijian/contracts/facts';
import { aFact, aPrincipal, samplesOf } from '@zhijian/testing';
import { anInstitution, approver, city, county, pack, Play, theRoom } from './campaign.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom(); });
afterAll(() => room?.stop());

const approve = (campaignId: string, as = approver) => room.call(inspection.approveCampaign, { as, params: { campaignId } });

describe('drawing up and approving a campaign', () => {
  it('shows the plan with what was found in its text, and states nothing yet', async () => {
    const play = await new Play(room, 2).drafted();
    const { body } = await room.call(inspection.getCampaign, { as: city, params: { campaignId: play.campaignId } });
    expect(body).toMatchObject({ state: 'draft', pack, packVersion: 1, units: play.codes.map((code) => ({ code })) });
    expect(body.findings.every(({ severity }) => severity !== 'error')).toBe(true);
    expect(body.findings.filter(({ quote }) => !quote).map(({ id }) => id)).toEqual([]); // each with the words it is about
    expect(await room.facts('inspection.campaign-approved')).toEqual([]);
    expect(await room.audit(play.campaignId)).toMatchObject([{ action: 'campaign drafted' }]);
  });

  it('approval pins pack and calendar and states what starts the workflows', async () => {
    const play = await new Play(room, 2).drafted();
    expect((await approve(play.campaignId)).body).toMatchObject({ state: 'approved', version: 2 });
    const fact = (await room.facts('inspection.campaign-approved')).at(-1);
    expect(fact).toMatchObject({ data: { campaignId: play.campaignId, units: play.codes, policy: { pack, version: 1, clauses: expect.arrayContaining(['HZ-2023-03', 'HZ-2023-09']) } } });
  });

  it('takes two persons: who drew it up cannot approve it', async () => {
    const play = await new Play(room, 1).drafted();
    expect(await approve(play.campaignId, city)).toMatchObject({ status: 422, problem: { code: 'approver-is-author', title: '拟定人不能批准自己拟定的行动，须由另一人批准' } });
    expect((await approve(play.campaignId)).body).toMatchObject({ state: 'approved', draftedBy: city.id, approvedBy: approver.id });
  });

  it('takes two persons, not two accounts of one; authority at its place or above; and the named approver where the directory has one', async () => {
    const author = newId();
    const known = (kind: typeof personRegistered, data: object) => room.hear(aFact(kind, newId(), data as never));
    await known(personRegistered, { personId: author, accounts: [city.id, 'the-same-person'], state: 'active', version: 1 });
    const play = await new Play(room, 1).drafted();
    const same = { ...aPrincipal('city', '330100', undefined, 'the-same-person'), personId: author };
    expect((await approve(play.campaignId, same)).problem.code).toBe('approver-is-author');
    expect((await approve(play.campaignId, aPrincipal('city', '330200', undefined, 'elsewhere'))).problem.code).toMatch(/approver-elsewhere|not-found/);
    const above = newId();
    await known(personRegistered, { personId: above, accounts: ['pizhun'], state: 'active', version: 1 });
    await known(jurisdictionChanged as never, { jurisdictionId: '330100', code: '330100', name: '杭州市', level: 'city', from: '2000-01-01', to: null, mergedInto: null, parents: [{ parent: '330000', from: '2000-01-01', to: null }], version: 1 });
    const appointmentId = newId();
    const appointment = { appointmentId, personId: above, role: 'approver', agencyId: null, agencyKind: null, jurisdictionId: '330000', institutionId: null, institutionName: null, from: '2020-01-01', to: null, delegatedFrom: null, state: 'granted', handedTo: null, version: 1 };
    await known(appointmentChanged as never, appointment);
    expect((await approve(play.campaignId)).problem).toMatchObject({ code: 'approver-needed', title: '这项行动须由330000的批准人批准' });
    await known(appointmentChanged as never, { ...appointment, state: 'ended', version: 2 });
    expect((await approve(play.campaignId)).body).toMatchObject({ state: 'approved' });
  });

  it('takes a unit\'s own days where the pack allows them, and names each that it does not allow', async () => {
    const [code] = new Play(room, 1).codes;
    const draft = (on: string) => room.call(inspection.draftCampaign, { as: city, body: { name: '测试专项治理', pack, units: [{ code: code!, name: '测试区' }], dates: [{ unit: code!, duty: 'self-check-report', on }] } });
    const { body } = await draft('2023-04-10');
    const unit = await room.call(inspection.getUnit, { as: county(code!), params: { campaignId: body.campaignId, unit: code! } });
    expect(unit.body.stages.flatMap(({ duties }) => duties).find(({ id }) => id === 'self-check-report')).toMatchObject({ dueOn: '2023-04-10' });
    expect(await draft('2023-04-16')).toMatchObject({ status: 422, problem: { code: 'draft-dates-refused', errors: [{ path: '/dates/0/on' }] } });
  });

  it('a second approval is refused', async () => {
    const play = await new Play(room, 1).drafted();
    await approve(play.campaignId);
    expect(await approve(play.campaignId)).toMatchObject({ status: 409, problem: { code: 'campaign-not-draft', title: '专项行动已经批准，不能再次批准' } });
  });

  it('one whose every stage has ended is not started: it would make everybody late at once; the stages are named', async () => {
    const before = room.clock.now();
    const play = await new Play(room, 1).drafted();
    room.clock.set('2024-01-10T09:00:00+08:00');
    const { status, problem } = await approve(play.campaignId);
    expect([status, problem?.code, problem?.title]).toEqual([422, 'campaign-days-over', expect.stringContaining('已经全部结束')]);
    expect(problem?.errors).toContainEqual({ path: '/stages/self-check', message: expect.stringContaining('已于 2023-04-30 结束') });
    room.clock.set(before);
    expect(await approve(play.campaignId)).toMatchObject({ status: 201 });
  });

  it('a text that contradicts itself cannot be approved before a reading answers it', async () => {
    const play = await new Play(room, 1).drafted();
    const error = { id: 'x', kind: 'duplicate-deadline', severity: 'error', clauses: ['HZ-2023-07'], message: '两个期限' };
    await room.database.query('inspection', 'update campaign set findings = $2 where id = $1', [play.campaignId, JSON.stringify([error])]);
    expect(await approve(play.campaignId)).toMatchObject({ status: 422, problem: { code: 'campaign-findings-open', clauses: ['HZ-2023-07'] } });
    expect((await room.facts<{ campaignId: string }>('inspection.campaign-approved')).some(({ data }) => data.campaignId === play.campaignId)).toBe(false);
  });

  it('names what is wrong with a draft, in Chinese', async () => {
    const draft = (body: Record<string, unknown>, as = city) => room.call(inspection.draftCampaign, { as, body: { name: '测试', pack, units: [{ code: '990001', name: '测试区' }], ...body } });
    expect(await draft({ pack: 'nowhere/none' })).toMatchObject({ status: 422, problem: { code: 'pack-unknown', title: expect.stringContaining('nowhere/none') } });
    expect(await draft({ units: [{ code: '990001', name: '甲' }, { code: '990001', name: '乙' }] })).toMatchObject({ status: 422, problem: { code: 'unit-twice' } });
    expect(await draft({ colour: 'red' })).toMatchObject({ status: 400, problem: { errors: [{ path: '/colour', message: '未知的字段' }] } });
    expect(await draft({ name: 7 })).toMatchObject({ status: 400, problem: { errors: [{ path: '/name', message: '应为文本' }] } });
    expect((await draft({}, aPrincipal('expert', '330100'))).status).toBe(403);
  });

  it('a key used again gives the first answer; with another body it is refused', async () => {
    const key = newId();
    const draft = (name: string) => room.call(inspection.draftCampaign, { as: city, key, body: { name, pack, units: [{ code: '990001', name: '测试区' }] } });
    const first = await draft('甲');
    expect((await draft('甲')).body.campaignId).toBe(first.body.campaignId);
    expect(await draft('乙')).toMatchObject({ status: 422, problem: { code: 'key-reused' } });
  });

  it.each([['no number at all', 'x'], ['no campaign', newId()]])('%s is not found', async (_, campaignId) => {
    expect(await room.call(inspection.getCampaign, { as: city, params: { campaignId } })).toMatchObject({ status: 404, problem: { code: 'not-found', title: expect.stringMatching(/[\u4e00-\u9fff]/) } });
  });

  it('lists campaigns page by page', async () => {
    const one = await room.call(inspection.listCampaigns, { as: city, query: { limit: 1 } });
    const two = await room.call(inspection.listCampaigns, { as: city, query: { limit: 1, cursor: one.body.next! } });
    expect(two.body.items[0]!.campaignId < one.body.items[0]!.campaignId).toBe(true);
  });
});

describe('what other rooms state', () => {
  it.each(['qualification.institution-registered', 'qualification.filing-recorded', 'qualification.filing-closed', 'qualification.roster-frozen', 'qualification.roster-amended', 'quality-control.assessment-circulated'])('the samples of %s are understood', async (type) => {
    for (const [, sample] of samplesOf(type)) await room.hear({ ...sample, id: newId() });
  });

  it('an older fact never overwrites a newer one, and one heard twice changes nothing', async () => {
    const [, sample] = samplesOf('qualification.institution-registered')[0]!;
    const institutionId = newId();
    const named = (name: string, revision: number, id = newId()) => ({ ...sample, id, data: { ...sample.data, institutionId, name, revision } });
    await room.hear(named('新名', 3));
    await room.hear(named('旧名', 2));
    const again = named('再改', 4);
    await room.hear(again);
    await room.hear(again);
    expect(await room.database.query('inspection', 'select name, revision from institution_ref where institution_id = $1', [institutionId])).toEqual([{ name: '再改', revision: 4 }]);
  });
});

it('an overview is one screen however many bodies there are', async () => {
  const play = await new Play(room, 2).approved();
  await play.has(['in', 'in', 'idle', 'undetermined']);
  await play.to('2023-04-10T09:00:00+08:00');
  const { body } = await room.call(inspection.getOverview, { as: aPrincipal('auditor'), params: { campaignId: play.campaignId } });
  expect(body.units[0]).toMatchObject({ code: play.unit, state: 'running', funnel: { filed: 4, roster: 2, idle: 1, undetermined: 1 }, obligations: { overdue: 1, open: 9 } });
  expect(body.funnel[0]).toEqual({ step: 'roster', title: '名单', count: 2 });
  expect(body.next[0]).toMatchObject({ unit: play.unit, duty: 'self-check-report', dueOn: '2023-04-15', open: 2, clauses: ['HZ-2023-07'] });
  expect(body.clauses).toContain('HZ-2023-09');
});

it('the way from the list to the case counts as checked only bodies of the list, each once', async () => {
  room.clock.set('2023-01-20T09:00:00+08:00');
  const play = await new Play(room, 1).approved();
  const [body] = await play.has(['in', 'in', 'idle']);
  await play.to('2023-05-20T09:00:00+08:00');
  for (const _ of [1, 2]) await play.recorded(await play.drawn(body!));
  await play.recorded((await play.open({ kind: 'extension-check', institutionId: await anInstitution(room, '990000') })).body, [{ kind: 'archives' }]);
  await play.recorded((await play.open({ kind: 'extension-check', unregistered: { name: '无名体检点', address: '某路' } })).body, [{ kind: 'not-filed' }]);
  const { body: { units, funnel } } = await room.call(inspection.getOverview, { as: city, params: { campaignId: play.campaignId } });
  expect([units[0]!.funnel.roster, units[0]!.funnel.visited, units[0]!.funnel.findings, funnel.find(({ step }) => step === 'visited')!.count]).toEqual([2, 1, 2, 1]);
});
