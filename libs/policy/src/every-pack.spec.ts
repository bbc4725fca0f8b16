import { describe, expect, it } from '@jest/globals';
import { builtInCalendar } from '@zhijian/calendar';
import { builtInSources, checkLock, checkPack, explain, loadPending, mayBeApproved, Packs, packName, planCampaign, readSource, testTitles, tracePacks, type Pack, type PlannedDuty } from './index.js';

const packs = new Packs();
const installed = packs.list().map(packName);
const everyPack: readonly (readonly [string, Pack])[] = await Promise.all(installed.map(async (name) => [name, await packs.get(name)] as const));

it('the five documents are installed, locked and unchanged', async () => {
  expect([...new Set(packs.list().map(({ id }) => id))]).toEqual(['chongqing/colour-2024', 'guizhou/reform-2021', 'hangzhou/exam-campaign-2023', 'heshui/quality-action-2024', 'jiangsu/norm-2014']);
  expect(packs.laws().map(packName)).toEqual(['national/superior-law@1', 'national/superior-law@2']);
  expect(await checkLock()).toEqual({ ok: true, changed: [], unlocked: [], gone: [] });
});
it('every normative clause of every pack, and of the law behind them, has a value and a test, or says which work it waits for', async () => {
  const laws = await Promise.all(packs.laws().map((it) => packs.get(packName(it))));
  const trace = tracePacks([...everyPack.map(([, pack]) => pack), ...laws], testTitles([builtInSources.replace(/sources$/, 'src')]), loadPending());
  expect(trace.missing).toEqual([]);
  expect(trace.traced + trace.pending.length).toBe(trace.rows.filter((row) => row.normative || row.tests.length > 0 && row.values.length + row.rules.length > 0).length);
});

it('the law behind them quotes its source, and its golden cases hold', async () => {
  for (const it of packs.laws()) {
    const law = await packs.get(packName(it));
    const check = checkPack(law, { sourceText: readSource(law), calendar: builtInCalendar });
    expect(check).toEqual({ pack: packName(it), findings: [], cases: { passed: law.golden.length, failed: 0, failures: [] } });
    expect(law.laws).toBeUndefined();
  }
  for (const [, pack] of everyPack) expect(pack.laws?.map(({ name }) => name)).toEqual(['national/superior-law@2']);
});

describe.each(everyPack)('%s', (name, pack) => {
  const check = checkPack(pack, { sourceText: readSource(pack), calendar: builtInCalendar });
  const printed = checkPack(pack, { asPrinted: true, sourceText: readSource(pack), calendar: builtInCalendar });

  it('is found by its name, quotes its source, and may be approved as read', () => {
    expect(check.pack).toBe(name);
    expect(check.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(check.cases.failures).toEqual([]);
    expect(mayBeApproved(check)).toBe(true);
  });
  it('finds as read what it finds as printed, only milder, and answered by its own readings', () => {
    const rank = { error: 2, warning: 1, info: 0 };
    expect(check.findings.map(({ id }) => id)).toEqual(printed.findings.map(({ id }) => id));
    check.findings.forEach((finding, i) => {
      expect(rank[finding.severity]).toBeLessThanOrEqual(rank[printed.findings[i]?.severity ?? 'info']);
      if (finding.reading) expect(Object.keys(pack.readings)).toContain(finding.reading);
      expect(finding.message).toMatch(/\p{Script=Han}/u);
    });
  });
  it('names the other wording and the reason of every reading, and no clause is quoted twice', () => {
    for (const reading of Object.values(pack.readings)) expect([reading.otherWording, reading.why, reading.decidedBy].every((words) => words.trim().length > 2)).toBe(true);
    const quotes = Object.values(pack.clauses).map(({ quote }) => quote);
    expect(new Set(quotes).size).toBe(quotes.length);
  });
  it('explains each decision of each of its golden cases: value, rule, clause with its words, pack and calendar', () => {
    for (const one of pack.golden) {
      if (!('decision' in one)) continue;
      const why = explain(pack, one.decision, one.inputs, builtInCalendar);
      expect({ case: one.title, ...why }).toMatchObject({ case: one.title, determined: !one.undetermined, pack: name, calendar: builtInCalendar.version });
      expect(why.clauses.length).toBeGreaterThan(0);
      for (const { id, quote } of why.clauses) expect(quote).toBe(pack.clauses[id]?.quote);
      if (why.determined) expect([why.value, why.rule]).toEqual([one.expect, expect.stringMatching(/./)]);
      else expect([why.value, why.rule, why.reason]).toEqual([null, null, expect.stringMatching(/^待核实/)]);
    }
  });
  it('decides every table in some golden case, and leaves it undetermined with nothing given', () => {
    const decided = new Set(pack.golden.flatMap((one) => ('decision' in one ? [one.decision] : [])));
    expect(Object.keys(pack.decisions).filter((id) => !decided.has(id))).toEqual([]);
    for (const id of Object.keys(pack.decisions)) expect(explain(pack, id, {})).toMatchObject({ determined: false, value: null });
  });
  it('plans: every duty has somebody to do it, a receiver, clauses and a reason for its date; the same twice over', () => {
    const plan = planCampaign(pack, builtInCalendar);
    expect(planCampaign(pack, builtInCalendar)).toEqual(plan);
    expect(plan.cities.map(({ city }) => city)).toEqual(pack.campaign?.units.map(({ code }) => code));
    const duties: PlannedDuty[] = [...plan.campaignDuties, ...(plan.cities[0] ? [...plan.cities[0].stages, ...plan.cities[0].milestones].flatMap((stage) => stage.duties) : [])];
    expect(duties.length).toBe(pack.campaign?.stages.flatMap((stage) => stage.duties).length);
    for (const duty of duties) {
      expect(duty).toMatchObject({ actor: expect.any(String), receiver: expect.any(String), because: expect.stringMatching(/./) });
      expect(duty.clauses.every((id) => id in pack.clauses)).toBe(true);
      if (duty.after) expect(duty.dueOn).toBeNull();
    }
  });
});
