import { describe, expect, it } from '@jest/globals';
import { creditCode, loadPack, builtInPacks } from '@zhijian/policy';
import { join } from 'node:path';
import { expectedOf, isLate } from './expected.js';
import { reportDay, scenarioFor, visitDay, visited } from './scenario.js';

const pack = await loadPack(join(builtInPacks, 'hangzhou/exam-campaign-2023/1'));
const scenario = scenarioFor(pack);
const duty = (id: string) => pack.campaign?.stages.flatMap(({ duties }) => duties).find((it) => it.id === id);

describe('the data of the demonstration', () => {
  it('has every unit of the pack and at least 120 invented, labelled bodies with valid codes, each its own', () => {
    expect(scenario.units.map(({ code }) => code).sort()).toEqual(pack.campaign?.units.map(({ code }) => code).sort());
    expect(scenario.bodies.length).toBeGreaterThanOrEqual(120);
    expect(scenario.bodies.every((body) => creditCode.parse(body.creditCode).ok && body.name.startsWith('示例') && body.address.includes('示例路'))).toBe(true);
    expect(new Set(scenario.bodies.map((body) => body.creditCode)).size).toBe(scenario.bodies.length);
  });

  it('shows every way to behave', () => {
    const shown = new Set(scenario.bodies.map(({ behaviour }) => behaviour));
    for (const behaviour of ['honest', 'corrected', 'not-yet-due', 'uncorrected', 'late', 'perfunctory', 'idle', 'undetermined', 'paper', 'returned', 'early', 'superseded', 'silent', 'serious', 'undecided', 'new-in-june', 'closed-in-july', 'outside'] as const) expect(shown).toContain(behaviour);
    expect(scenario.data.extensionChecks.some(({ body }) => body.unfiled)).toBe(true);
  });

  it('repeats the day that the pack sets for reports', () => {
    expect(duty('self-check-report')?.due).toMatchObject({ on: scenario.data.reportLimit });
  });

  it('is late exactly where it means to be', () => {
    const late = scenario.bodies.filter((body) => isLate(body, scenario));
    expect(late.every(({ behaviour }) => behaviour === 'late')).toBe(true);
    expect(scenario.bodies.filter(({ behaviour }) => behaviour === 'late').filter((body) => !late.includes(body)).map(({ unit }) => unit)).toEqual([scenario.data.extension.unit]);
  });

  it('checks every body of the campaign after its report', () => {
    for (const body of scenario.bodies.filter(visited)) expect([visitDay(body, scenario.data)! > (reportDay(body, scenario.data) ?? ''), body.name]).toEqual([true, body.name]);
  });

  it('counts a body punished by two units once in the roll-up', () => {
    const { rollUpRows, units } = expectedOf(scenario);
    expect(units.reduce((sum, { formTwoRows }) => sum + formTwoRows, 0) - rollUpRows).toBe(2);
  });
});
