import { beforeAll, describe, expect, it } from '@jest/globals';
import { builtInCalendar } from '@zhijian/calendar';
import { Packs, planCampaign, type CityPlan } from '@zhijian/policy';
import { differentParts } from './pack-version.rules.js';
import { beginsOn, dutiesAfter, dutiesOpenedWith, undatedDuties } from './unit-stages.rules.js';

const unitOf = async (pack: string): Promise<CityPlan> => planCampaign(await new Packs().get(pack), builtInCalendar).cities[0]!;
const ids = (duties: readonly { id: string }[]): string[] => duties.map(({ id }) => id);

it('a campaign begins in a unit with its first stage, or on the day it was drawn up where that was earlier', async () => {
  const { stages } = await unitOf('hangzhou/exam-campaign-2023');
  expect(beginsOn(stages, '2023-01-19T16:00:00Z')).toBe('2023-01-20');
  expect(beginsOn([...stages].reverse(), '2023-03-10T09:00:00+08:00')).toBe('2023-02-01');
});

describe('duties without any time in the text', () => {
  let county: CityPlan;
  beforeAll(async () => { county = await unitOf('heshui/quality-action-2024'); });

  it('[HS-2024-12] [HS-2024-15] [HS-2024-28] are opened with the first stage of the unit', () => {
    expect(ids(dutiesOpenedWith(county, county.stages[0]!))).toEqual(['issue-list', 'improvement-plan', 'site-check', 'baseline-register', 'capability-confirmation', 'training', 'progress-report']);
  });

  it('are opened once, with whichever stage opens first, not with a later one', () => {
    const [first] = county.stages;
    const later = { ...first!, id: 'later', opensOn: first!.closesOn, duties: [] };
    expect(ids(dutiesOpenedWith({ ...county, stages: [later, first!] }, later))).toEqual([]);
    expect(ids(dutiesOpenedWith({ ...county, stages: [later, first!] }, first!))).toContain('training');
  });

  it('are none where every stage has its days, and none that wait for an event', async () => {
    const district = await unitOf('hangzhou/exam-campaign-2023');
    expect(undatedDuties(district)).toEqual([]);
    const waiting = { ...county.milestones[0]!, duties: county.milestones[0]!.duties.map(({ noLimit: _, ...duty }) => duty) };
    expect(undatedDuties({ milestones: [waiting] })).toEqual([]);
  });

  it('a duty whose event is still to come is not opened with its stage; its event opens it', () => {
    const [first] = county.stages;
    const waiting = { ...first!.duties[0]!, id: 'feedback', dueOn: null, after: { event: 'visit-held' as const, workingDays: 10 } };
    const unit = { ...county, stages: [{ ...first!, duties: [...first!.duties, waiting] }] };
    expect(ids(dutiesOpenedWith(unit, unit.stages[0]!))).not.toContain('feedback');
    expect(ids(dutiesAfter(unit, 'visit-held'))).toEqual(['feedback']);
    expect(ids(dutiesAfter(unit, 'ordered'))).toEqual([]);
  });

  it('that a later version of the pack drops are named as a difference in parts', () => {
    expect(differentParts(county.milestones, county.milestones)).toEqual([]);
    expect(differentParts(county.milestones, county.milestones.slice(1))).toEqual(['stages/baseline', 'stages/baseline/duties/baseline-register']);
  });
});
