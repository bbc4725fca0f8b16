import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { builtInCalendar, daysBetween, localDate } from '@zhijian/calendar';
import { builtInPacks, creditCode, loadPack, planCampaign } from '@zhijian/policy';
import { momentsOf } from '../stage-hand.js';
import { agendaFor } from './agenda.js';
import { expectedOf } from './expected.js';
import { conductOf, scenarioFor, type Play } from './scenario.js';

const pack = await loadPack(join(builtInPacks, 'jiangsu/norm-2014/1'));
const scenario = scenarioFor(pack);
const expected = expectedOf(scenario);
const duty = (id: string) => pack.campaign?.stages.flatMap(({ duties }) => duties).find((it) => it.id === id);

describe('the data of Jiangsu’s demonstration', () => {
  it('has every unit of the pack, invented and labelled bodies with valid codes, each its own', () => {
    expect(scenario.units.map(({ code }) => code)).toEqual(pack.campaign?.units.map(({ code }) => code));
    expect(scenario.bodies.every((body) => creditCode.parse(body.creditCode).ok && body.name.startsWith('示例') && body.address.includes('示例大道'))).toBe(true);
    expect(new Set(scenario.bodies.map(({ creditCode: code }) => code)).size).toBe(scenario.bodies.length);
  });

  it('repeats what the pack says of days and of the sample', () => {
    expect(duty('self-check-report')).toMatchObject({ due: { on: scenario.data.reportLimit }, missed: { until: scenario.data.keyUntil } });
    expect(pack.rules.samples[scenario.data.sample.id]).toMatchObject({ size: { ratio: `1/${scenario.data.sample.of}` }, strata: ['unit'], rounding: 'up' });
  });

  it('shows every way to behave, and every circumstance of a case', () => {
    expect(new Set(scenario.bodies.map(({ behaviour }) => behaviour))).toEqual(new Set(Object.keys(scenario.data.behaviours)));
    expect(new Set(expected.cases.values())).toEqual(new Set(['self-reported', 'strict', 'ordinary', 'contradictory']));
    expect([expected.late.length, expected.silent.length, expected.lifted.length].every((count) => count > 0)).toBe(true);
  });

  it('names items of the pack’s list in its problems and findings', () => {
    const items = new Set([...pack.checklists['self-check']!.items.map(({ id }) => id), 'other']);
    const named = [...Object.values(scenario.data.problems), ...Object.values(scenario.data.findings)].map(({ checklistItem }) => checklistItem);
    expect(named.filter((id) => !items.has(id))).toEqual([]);
  });

  it('visits whoever has an offence, whatever is drawn', () => {
    const offences = scenario.bodies.filter((body) => expected.cases.has(body.name));
    expect(offences.every((body) => conductOf(body, scenario.data).visited === 'always')).toBe(true);
  });
});

describe('the agenda of Jiangsu’s demonstration', () => {
  const days = agendaFor({ scenario } as Play, expected, 'accounts.json').map(({ on }) => on);
  const moments = momentsOf(planCampaign(pack, builtInCalendar));

  it('goes forward in time, from before the first stage to the day after the last', () => {
    expect(days).toEqual([...days].sort());
    expect([days[0]! < moments[0]!.on, days.at(-1)]).toEqual([true, moments.at(-1)!.on]);
  });
  it('has no scene on the day before a deadline: a busy machine may overshoot by hours', () => {
    expect(days.filter((on) => moments.some((moment) => daysBetween(localDate(on), localDate(moment.on)) === 1))).toEqual([]);
  });
});
