import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspection } from '@zhijian/contracts/http';
import { aPrincipal } from '@zhijian/testing';
import { aReport, jiangsu, person, Play, theRoom } from '../campaign/campaign.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom('2014-08-25T09:00:00+08:00'); });
afterAll(() => room?.stop());

const province = jiangsu.lead;
async function running() {
  room.clock.set('2014-08-25T09:00:00+08:00');
  const play = await new Play(room, 1, jiangsu).approved();
  const ids = await play.has(['in', 'in']);
  await play.to('2014-10-08T09:00:00+08:00');
  return { play, body: ids[0]!, ids };
}
const problem = (change: Record<string, unknown> = {}) => ({ source: 'self', checklistItem: 'B5', text: '现场采样记录不全', correctedOn: null, correctBy: '2014-10-31', measure: '补充采样记录表并培训', responsible: '采样人员', ...change });
const offence = (change: Record<string, unknown> = {}) => problem({ checklistItem: 'C4', text: '使用外单位人员的培训合格证书', correctedOn: '2014-09-20', correctBy: null, measure: null, responsible: null, ...change });
const submit = (play: Play, institutionId: string, items: unknown[], change: Record<string, unknown> = {}) =>
  room.call(inspection.submitSelfCheck, { as: person(institutionId, play.unit), params: { campaignId: play.campaignId }, body: aReport(institutionId, { items, noProblems: items.length === 0, volumes: null, ...change }) });
const received = async (play: Play, as: ReturnType<typeof aPrincipal>) => (await room.call(inspection.listSelfChecks, { as, params: { campaignId: play.campaignId } })).body.items.map(({ institutionId, as: standing }) => [institutionId, standing]);

describe('a sealed report to the province', () => {
  it('[JS-2014-37] goes to the province with its list of problems, a copy to the city; the fact names both', async () => {
    const { play, body } = await running();
    const { status, body: report } = await submit(play, body, [problem(), offence()]);
    expect(status).toBe(201);
    expect(report).toMatchObject({
      receiver: { agency: 'province-bureau', name: '省安监局' }, copies: [{ agency: 'city-bureau' }], attachments: ['issue-list'], volumes: null, late: false, dueOn: '2014-10-10',
      items: [{ class: 'gap', measure: '补充采样记录表并培训', responsible: '采样人员' }, { class: 'violation' }],
    });
    const [fact] = (await room.facts<{ selfCheckId: string }>('inspection.self-check-submitted')).filter(({ data }) => data.selfCheckId === report.selfCheckId);
    expect(fact!.data).toMatchObject({ receiver: { agency: 'province-bureau', place: '320000' }, copies: [{ agency: 'city-bureau', place: play.unit }], attachments: ['issue-list'], problems: 2, violations: 1 });
    expect((await room.call(inspection.getSelfCheck, { as: province, params: { selfCheckId: report.selfCheckId } })).body).toMatchObject({ receiver: { name: '省安监局' }, copies: [{ name: '所在辖区市安监局' }] });
  });

  it('[JS-2014-37] the city reads its copy and nothing more; another city sees nothing', async () => {
    const { play, body } = await running();
    const report = (await submit(play, body, [problem()])).body;
    const city = aPrincipal('city', play.unit);
    expect([await received(play, province), await received(play, city), await received(play, aPrincipal('auditor', '320000'))]).toEqual([[[body, 'receiver']], [[body, 'copy']], [[body, 'reader']]]);
    expect((await room.call(inspection.listSelfChecks, { as: aPrincipal('city', '987700'), params: { campaignId: play.campaignId } })).status).toBe(404);
    const at = { params: { selfCheckId: report.selfCheckId }, ifMatch: 1 };
    expect(await room.call(inspection.returnSelfCheck, { as: city, ...at, body: { reasons: ['不完整'] } })).toMatchObject({ status: 422, problem: { code: 'agency-other', clauses: ['JS-2014-37'], title: '这项工作由省安监局办理，您的账号不是该机关的工作人员' } });
    expect(await room.call(inspection.acceptSelfCheck, { as: city, ...at, body: {} })).toMatchObject({ status: 422, problem: { code: 'agency-other' } });
    expect((await room.call(inspection.acceptSelfCheck, { as: province, ...at, body: {} })).body).toMatchObject({ state: 'accepted' });
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['[JS-2014-33] an offence that takes a later date', { ...offence({ correctedOn: null, correctBy: '2014-10-20' }) }, '/items/0/correctBy', 'JS-2014-33'],
    ['[JS-2014-34] a gap without a measure', problem({ measure: null }), '/items/0/measure', 'JS-2014-34'],
    ['[JS-2014-34] a gap without a responsible post', problem({ responsible: ' ' }), '/items/0/responsible', 'JS-2014-34'],
    ['[JS-2014-34] another problem without its class', problem({ checklistItem: 'other' }), '/items/0/class', 'JS-2014-34'],
    ['[JS-2014-01] a problem of no item of the list', problem({ checklistItem: 'Z9' }), '/items/0/checklistItem', 'JS-2014-34'],
  ])('%s is refused and names the field', async (_, item, path, clause) => {
    const { play, body } = await running();
    const { status, problem: refused } = await submit(play, body, [item]);
    expect([status, refused.code, refused.errors.map((error) => error.path)]).toEqual([422, 'self-check-item-incomplete', [path]]);
    expect(refused.clauses).toContain(clause);
  });

  it('[JS-2014-33] an offence not corrected yet is reported with today as its day; [JS-2014-22] an open list has another item', async () => {
    const { play, body } = await running();
    expect((await submit(play, body, [offence({ correctedOn: null, correctBy: '2014-10-08' }), problem({ checklistItem: 'other', class: 'gap' })])).body.items.map((item) => item.class)).toEqual(['violation', 'gap']);
    const { checklist, volumePeriod } = (await room.call(inspection.getInstitutionInCampaign, { as: person(body, play.unit), params: { campaignId: play.campaignId, institutionId: body } })).body;
    expect([checklist.length, checklist.at(-1), checklist.filter((item) => item.class === 'violation').length, volumePeriod]).toEqual([27, { id: 'other', title: '其他', group: null, class: null, clauses: [] }, 4, null]);
  });

  it('volumes that the text does not ask for are refused', async () => {
    const { play, body } = await running();
    expect(await submit(play, body, [], { volumes: { employers: 1, workers: 2 } })).toMatchObject({ status: 422, problem: { code: 'self-check-volumes', errors: [{ path: '/volumes', message: '本次专项行动不要求填报业务量' }] } });
  });

  it('[JS-2014-42] one that the province finds perfunctory or false puts its body under key supervision and into the sample, with the reason', async () => {
    const { play, ids } = await running();
    for (const [at, quality] of (['perfunctory', 'falsified'] as const).entries()) {
      const report = (await submit(play, ids[at]!, [problem()])).body;
      const accepted = await room.call(inspection.acceptSelfCheck, { as: province, params: { selfCheckId: report.selfCheckId }, ifMatch: 1, body: { judged: { quality, reason: '与上年度报告一字不差' } } });
      expect(accepted.body).toMatchObject({ state: 'accepted', judged: { quality } });
      expect((await room.call(inspection.getSelfCheck, { as: person(ids[at]!, play.unit), params: { selfCheckId: report.selfCheckId } })).body).toMatchObject({ state: 'accepted', judged: null }); // nothing may announce the check that follows
      const { flags } = (await room.call(inspection.getInstitutionInCampaign, { as: province, params: { campaignId: play.campaignId, institutionId: ids[at]! } })).body;
      expect(flags).toMatchObject([{ kind: 'key-supervision', reason: `自查报告${quality === 'falsified' ? '弄虚作假' : '敷衍了事'}：与上年度报告一字不差`, clauses: ['JS-2014-42'], untilOn: '2014-12-31' }]);
    }
    expect((await play.obligations({ duty: 'site-check' })).map(({ institutionId }) => institutionId).sort()).toEqual([...ids].sort());
  });
});
