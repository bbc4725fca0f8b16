import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { builtInCalendar, daysBetween, localDate } from '@zhijian/calendar';
import { builtInPacks, loadPack, planCampaign } from '@zhijian/policy';
import { momentsOf } from '../stage-hand.js';
import { agendaFor } from './agenda.js';
import { expectedOf, targetsOn } from './expected.js';
import { scenarioFor, type Play } from './scenario.js';

const pack = await loadPack(join(builtInPacks, 'heshui/quality-action-2024/1'));
const scenario = scenarioFor(pack);
const days = agendaFor({ scenario } as Play, pack, 'accounts.json').map(({ on }) => on);
const moments = momentsOf(planCampaign(pack, builtInCalendar));

describe('the scenario of Heshui', () => {
  it('goes forward through two years, ends on the day after the last, and keeps away from the eve of deadlines', () => {
    expect(days).toEqual([...days].sort());
    expect([days[0]!.slice(0, 4), days.at(-1)]).toEqual(['2024', moments.at(-1)!.on]);
    expect(days.filter((on) => moments.some((moment) => daysBetween(localDate(on), localDate(moment.on)) === 1))).toEqual([]);
    expect(moments.find(({ sweeps }) => sweeps.includes('issue-list'))?.on).toBe('2024-09-01');
  });

  it('has a body of each kind of the text but one, all called examples', () => {
    const there = new Set(scenario.bodies.map(({ kind }) => kind));
    expect(pack.campaign!.scope.kinds.filter((kind) => !there.has(kind))).toEqual(['disease-diagnosis']);
    expect(scenario.bodies.every(({ name }) => name.startsWith('示例'))).toBe(true);
    expect(new Set(scenario.bodies.map(({ creditCode }) => creditCode)).size).toBe(scenario.bodies.length);
  });

  it('predicts a coverage below 100 % after the first year and of 100 % at the end', () => {
    expect(targetsOn(scenario, pack, scenario.data.days.halfway).get('supervision')?.total).toEqual([6, 11, 'not-met']);
    expect(targetsOn(scenario, pack, scenario.data.days.finished).get('supervision')?.total).toEqual([12, 12, 'met']);
  });

  it('ends with targets that are met, that do not apply and that nobody knows yet', () => {
    const states = [...targetsOn(scenario, pack, scenario.data.days.finished)].map(([id, { total, kinds }]) => [id, (total ?? kinds[0]?.slice(1))![2]]);
    expect(Object.fromEntries(states)).toEqual({
      'service-cards': 'met', 'service-supervision': 'met', 'evaluation-rectification': 'met', 'service-cases': 'met', 'examination-reports': 'met', 'diagnosis-reports': 'not-applicable',
      supervision: 'met', 'quality-control': 'met', 'quality-rectification': 'undetermined', cases: 'met',
    });
    expect(expectedOf(scenario)).toMatchObject({ notDone: ['capability-confirmation 示例职业健康检查医院 08', 'progress-report -'], late: { 'issue-list': { length: 2 } }, missing: { 'issue-list': { length: 1 } } });
  });
});
