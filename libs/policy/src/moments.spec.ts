import { describe, expect, it } from '@jest/globals';
import { localDate } from '@zhijian/calendar';
import { campaignStages, momentsOf, type CampaignPlan, type PlannedDuty, type PlannedStage } from './index.js';

const aDuty = (change: Partial<PlannedDuty>): PlannedDuty => ({
  id: 'report', kind: 'self-check-report', title: '报告', stage: 'check', subject: 'institution', actor: 'institution', receiver: 'office', copyTo: [], form: null, checklist: null,
  dueOn: localDate('2030-04-15'), limitOn: localDate('2030-04-15'), after: null, firm: true, because: '', wording: null, missed: { consequence: null, clauses: [] }, reminders: [], mayBringForward: false, clauses: ['TEST-2030-02'], ...change,
});
const aStage = (change: Partial<PlannedStage>): PlannedStage => ({ id: 'check', kind: 'self-check', title: '自查', opensOn: localDate('2030-03-01'), closesOn: localDate('2030-04-30'), clauses: ['TEST-2030-01'], duties: [aDuty({})], ...change });

describe('moments of a unit', () => {
  it('a report due by the 15th is swept when that day has ended in Beijing', () => {
    expect(momentsOf([aStage({})]).find(({ kind }) => kind === 'sweep')).toMatchObject({ duty: 'report', dueAt: '2030-04-16T00:00:00+08:00', clauses: ['TEST-2030-02'] });
  });
  it('the roster is frozen just before the first stage that binds institutions opens', () => {
    const kinds = momentsOf([aStage({ id: 'list', opensOn: localDate('2030-02-01'), duties: [] }), aStage({})]).map(({ kind, stage }) => `${kind} ${stage}`);
    expect(kinds.slice(0, 3)).toEqual(['open-stage list', 'freeze-roster check', 'open-stage check']);
  });
  it('a duty due on the last day of its stage is swept by the closing', () => {
    expect(momentsOf([aStage({ duties: [aDuty({ dueOn: localDate('2030-04-30') })] })]).map(({ kind }) => kind)).toEqual(['freeze-roster', 'open-stage', 'close-stage']);
  });
  it('while its last day is provisional it has a moment of its own, which holds the closing up', () => {
    expect(momentsOf([aStage({ duties: [aDuty({ dueOn: localDate('2030-04-30'), firm: false })] })]).map(({ kind, firm }) => [kind, firm])).toEqual([['freeze-roster', true], ['open-stage', true], ['sweep', false], ['close-stage', true]]);
  });
  it('what ends comes before what begins at the same instant', () => {
    const next = aStage({ id: 'visit', opensOn: localDate('2030-05-01'), closesOn: localDate('2030-06-30'), duties: [] });
    expect(momentsOf([next, aStage({})]).slice(-3).map(({ kind, stage }) => `${kind} ${stage}`)).toEqual(['close-stage check', 'open-stage visit', 'close-stage visit']);
  });
  it('overlapping stages keep their own windows', () => {
    const summary = aStage({ id: 'summary', opensOn: localDate('2030-03-10'), closesOn: localDate('2030-03-20'), duties: [] });
    expect(momentsOf([aStage({}), summary]).filter(({ kind }) => kind !== 'remind').map(({ kind, stage }) => `${kind} ${stage}`))
      .toEqual(['freeze-roster check', 'open-stage check', 'open-stage summary', 'close-stage summary', 'sweep check', 'close-stage check']);
  });
});

describe('what the campaign’s own workflow waits for', () => {
  const plan = (duties: PlannedDuty[], ...stages: PlannedStage[]): CampaignPlan => ({ cities: [{ city: '990101', name: '东区', stages, milestones: [] }], campaignDuties: duties } as unknown as CampaignPlan);
  const early = aStage({ id: 'early', opensOn: localDate('2030-02-01'), closesOn: localDate('2030-02-20') });
  const late = aStage({ id: 'late', opensOn: localDate('2030-05-01'), closesOn: localDate('2030-06-30') });
  it('its own duties where they stand, and the end of the last stage, in which it need have none', () => {
    expect(campaignStages(plan([aDuty({ id: 'plan', stage: 'early', subject: 'campaign' })], early, aStage({}), late)).map(({ id, duties }) => [id, duties.map((duty) => duty.id)])).toEqual([['early', ['plan']], ['late', []]]);
  });
  it('nothing more where its own duties stand in the last stage', () => {
    expect(campaignStages(plan([aDuty({ id: 'roll-up', stage: 'late', subject: 'campaign' })], early, late)).map(({ id }) => id)).toEqual(['late']);
  });
  it('without duties of its own, the end of the last stage', () => {
    expect(campaignStages(plan([], early, late)).map(({ id }) => id)).toEqual(['late']);
  });
});
