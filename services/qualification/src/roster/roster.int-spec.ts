import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@zhijian/contracts';
import { campaignApproved, campaignFinished, unitFinished, type rosterAmended, type rosterFrozen } from '@zhijian/contracts/facts';
import { qualification } from '@zhijian/contracts/http';
import { workflowIds } from '@zhijian/contracts/workflows';
import { aFact, aPrincipal, asStepOf, samplesOf, testDatabase, testRoom, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { activities } from '../activities.js';
import { aCreditCode, aRegistration } from '../institution/institution.fixture.js';
import { room as description } from '../room.js';
import { rosterDigest } from './roster.rules.js';
import { RosterService } from './roster.service.js';

type Data<K extends { data: { _output: unknown } }> = K['data']['_output'];
let database: TestDatabase;
let room: TestRoom;
let unit: string;
let campaignId: string;
let codes = 0;
let units = 0;

beforeAll(async () => {
  database = await testDatabase();
  room = await testRoom(description, { database, at: '2023-03-31T09:00:00+08:00' });
  room.byHand.add('filing'); // filings are rows of the test
});
afterAll(async () => {
  await room?.stop();
  await database?.drop();
});
beforeEach(() => {
  campaignId = newId();
  unit = `9902${String((units += 1)).padStart(2, '0')}`;
});

const policy = { pack: 'hangzhou/exam-campaign-2023', version: 1, clauses: ['HZ-2023-01'] };
const approve = () => room.hear(aFact(campaignApproved, campaignId, { campaignId, name: '测试专项', jurisdiction: '990200', units: [unit], policy, calendar: 'test' }));
const freeze = (): ReturnType<RosterService['freeze']> => asking()(() => activities(room.app.get(RosterService)).freezeRoster());
const asking = () => asStepOf(workflowIds.unit(campaignId, unit), newId());
const officer = () => aPrincipal('county', unit);
const register = async (change = {}, as = officer()) =>
  (await room.call(qualification.registerInstitution, { as, body: aRegistration({ creditCode: aCreditCode((codes += 1)), jurisdiction: unit, ...change }) })).body.institutionId;
const saw = (institutionId: string, operating: boolean) => room.call(qualification.recordOperation, {
  as: officer(), params: { institutionId }, body: { unit, operating, observedOn: '2023-03-20', evidence: '现场核实记录' },
});
const amendments = async () => (await room.facts<Data<typeof rosterAmended>>('qualification.roster-amended')).filter(({ data }) => data.campaignId === campaignId);
const of = async (code: string) => (await room.call(qualification.getRoster, { as: aPrincipal('county', code), params: { campaignId, unit: code } })).body;
const shown = () => of(unit);

describe('freezing the roster of a unit', () => {
  it('waits until this room has heard of the campaign', async () => {
    await expect(freeze()).rejects.toThrow('has not arrived yet');
  });

  it('[HZ-2023-01] takes filed institutions in, keeps idle and unseen ones visible, and states it with its digest', async () => {
    const [working, idle, unseen] = [await register(), await register(), await register()];
    await register({ filing: null });
    await register({ kind: 'disease-diagnosis' });
    await saw(working, true);
    await saw(idle, false);
    await approve();
    const frozen = await freeze();
    expect(frozen.counts).toEqual({ members: 3, in: 1, idle: 1, undetermined: 1 });
    const [fact] = await room.facts<Data<typeof rosterFrozen>>('qualification.roster-frozen');
    expect(fact).toMatchObject({ subject: unit, jurisdiction: unit, data: { part: 1, parts: 1, digest: frozen.digest, rosterId: frozen.rosterId, policy: { clauses: ['HZ-2023-01'] } } });
    expect(rosterDigest(fact!.data.members)).toBe(frozen.digest);
    expect(new Map(fact!.data.members.map((member) => [member.institutionId, member.state]))).toEqual(new Map([[working, 'in'], [idle, 'idle'], [unseen, 'undetermined']]));
    expect(await room.audit(frozen.rosterId)).toMatchObject([{ action: 'roster frozen', jurisdiction: unit, actor: expect.stringMatching(/^workflow:/) }]);
    expect(await shown()).toMatchObject({ rosterId: frozen.rosterId, members: [{ institutionId: working, name: '测试一院', state: 'in', reason: null }, { state: 'idle' }, { state: 'undetermined' }] });
  });

  it('a second call, also at the same time, answers the first roster', async () => {
    await register();
    await approve();
    const [first, second] = await Promise.all([freeze(), freeze()]);
    await register();
    expect(second).toEqual(first);
    expect(await freeze()).toEqual(first);
    expect((await room.facts<Data<typeof rosterFrozen>>('qualification.roster-frozen')).filter(({ data }) => data.campaignId === campaignId)).toHaveLength(1);
  });

  it('freezes several units at once; each has its own list, facts and entry, and one that is frozen stays', async () => {
    const other = `9903${String(units).padStart(2, '0')}`;
    const [first] = [await register(), await register({ jurisdiction: other }, aPrincipal('county', other))];
    await approve();
    const alone = await freeze();
    await register();
    const digests = await asking()(() => activities(room.app.get(RosterService)).freezeRosters({ units: [other, unit] }));
    expect(digests).toEqual({ [unit]: alone.digest, [other]: rosterDigest([{ institutionId: (await of(other)).members[0]!.institutionId, state: 'undetermined' }]) });
    expect((await shown()).members.filter(({ reason }) => reason === null).map(({ institutionId }) => institutionId)).toEqual([first]);
    const facts = (await room.facts<Data<typeof rosterFrozen>>('qualification.roster-frozen')).filter(({ data }) => data.campaignId === campaignId);
    expect(facts.map(({ subject, jurisdiction }) => [subject, jurisdiction])).toEqual([[unit, unit], [other, other]]);
    expect(await room.audit((await of(other)).rosterId)).toMatchObject([{ action: 'roster frozen', jurisdiction: other }]);
  });

  it('travels in ordered parts when it is large', async () => {
    await database.query('qualification',
      `with i as (insert into institution (id, credit_code, name, kind, jurisdiction, address, invented, registered_at)
         select $1 || 'i' || n, $1 || n, 'x', 'health-examination', $1, 'x', true, now() from generate_series(1, 1150) n returning id)
       insert into filing (id, institution_id, filed_on, filed_in, categories, items, outreach, recorded_at) select id || 'f', id, '2020-01-01', $1, '[]', '[]', false, now() from i`, [unit]);
    await approve();
    const { digest } = await freeze();
    const parts = (await room.facts<Data<typeof rosterFrozen>>('qualification.roster-frozen')).filter(({ data }) => data.campaignId === campaignId).map(({ data }) => data);
    expect(parts.map(({ part, parts: all, members }) => [part, all, members.length])).toEqual([[1, 3, 500], [2, 3, 500], [3, 3, 150]]);
    expect(rosterDigest(parts.flatMap(({ members }) => members))).toBe(digest);
  });
});

describe('after the freeze', () => {
  it('a new filing, an observation and a closure amend the roster openly, each with its reason', async () => {
    await approve();
    await freeze();
    const later = await register();
    await saw(later, true);
    await saw(later, true);
    await saw(later, false);
    await room.call(qualification.closeFiling, { as: officer(), params: { institutionId: later }, body: { closedOn: '2023-03-30', reason: '停业' } });
    expect((await amendments()).map(({ subject, data }) => [subject, data.member.state, data.reason])).toEqual([[unit, 'undetermined', '新备案或新取得资质'], [unit, 'in', '核实已开展'], [unit, 'idle', '核实未开展']]);
    expect((await shown()).members).toMatchObject([{ institutionId: later, state: 'idle', reason: '核实未开展', clauses: ['HZ-2023-01'] }]);
  });

  it('a closed filing takes an institution out, and stays visible', async () => {
    const institutionId = await register();
    await saw(institutionId, true);
    await approve();
    await freeze();
    await room.call(qualification.closeFiling, { as: officer(), params: { institutionId }, body: { closedOn: '2023-03-30', reason: '停业' } });
    expect((await amendments()).map(({ data }) => [data.member.institutionId, data.member.state, data.reason])).toEqual([[institutionId, 'idle', '备案或资质注销']]);
  });

  it('what is out of scope, filed elsewhere or never filed changes nothing', async () => {
    await approve();
    await freeze();
    await register({ kind: 'disease-diagnosis' });
    await saw(await register({ filing: null }), true);
    await register({ jurisdiction: '990101' }, aPrincipal('county', '990101'));
    expect(await amendments()).toEqual([]);
  });

  it('a registration beside the freeze is in the roster or amends it, never lost', async () => {
    await approve();
    const [, ...added] = await Promise.all([freeze(), register(), register(), register()]);
    expect((await shown()).members.map(({ institutionId }) => institutionId).sort()).toEqual([...added].sort());
  });

  it('a finished unit, or campaign, is not amended any more', async () => {
    await approve();
    await freeze();
    await room.hear(aFact(unitFinished, unit, { campaignId, unit, outcome: 'finished', digest: 'x', policy }));
    await register();
    await room.hear(aFact(campaignFinished, campaignId, { campaignId, finished: 1, unfinished: [], digest: 'x', policy }));
    await register();
    expect(await amendments()).toEqual([]);
  });
});

it.each(['inspection.campaign-approved', 'inspection.unit-finished', 'inspection.campaign-finished'])('this room still understands the samples of %s', async (type) => {
  for (const [, sample] of samplesOf(type)) await room.hear({ ...sample, id: newId() });
});

describe('the roster of an action about many kinds', () => {
  it('[HS-2024-07] takes in every kind that the pack names, whether anybody has looked at it or not', async () => {
    const kinds = ['occupational-health-service', 'radiation-health-service', 'health-examination', 'disease-diagnosis', 'pneumoconiosis-rehabilitation', 'disease-control-centre', 'hospital'] as const;
    for (const kind of kinds) await register({ kind });
    await register({ kind: 'radiation-medical' });
    await room.hear(aFact(campaignApproved, campaignId, { campaignId, name: '测试行动', jurisdiction: unit, units: [unit], policy: { pack: 'heshui/quality-action-2024', version: 1, clauses: ['HS-2024-07'] }, calendar: 'test' }));
    expect((await freeze()).counts).toEqual({ members: 7, in: 7, idle: 0, undetermined: 0 });
  });
});
