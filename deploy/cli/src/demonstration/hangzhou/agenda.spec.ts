import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { builtInCalendar, daysBetween, localDate } from '@zhijian/calendar';
import { builtInPacks, loadPack, planCampaign } from '@zhijian/policy';
import { agendaFor } from './agenda.js';
import { expectedOf } from './expected.js';
import { formsOf } from './forms.js';
import { scenarioFor, type Play } from './scenario.js';
import { momentsOf } from '../stage-hand.js';

const pack = await loadPack(join(builtInPacks, 'hangzhou/exam-campaign-2023/1'));
const scenario = scenarioFor(pack);
const days = agendaFor({ scenario } as Play, formsOf(pack), expectedOf(scenario), 'accounts.json').map(({ on }) => on);
const moments = momentsOf(planCampaign(pack, builtInCalendar));

describe('the agenda of the demonstration', () => {
  it('goes forward in time, from before the first stage to the day after the last', () => {
    expect(days).toEqual([...days].sort());
    expect([days[0]! < moments[0]!.on, days.at(-1)]).toEqual([true, moments.at(-1)!.on]);
  });

  it('has no scene on the day before a deadline: a busy machine may overshoot by hours', () => {
    const near = days.filter((on) => moments.some((moment) => daysBetween(localDate(on), localDate(moment.on)) === 1));
    expect(near).toEqual([]);
  });

  it('knows the days on which workflows sweep what is due', () => {
    expect(moments.find(({ sweeps }) => sweeps.includes('self-check-report'))?.on).toBe('2023-04-16');
    expect(moments.filter(({ stages }) => stages).map(({ on }) => on)).toEqual(['2023-02-01', '2023-03-01', '2023-04-01', '2023-05-01', '2023-11-01', '2023-12-01']);
  });
});
