import { describe, expect, it } from '@jest/globals';
import { builtInCalendar, dueAt } from '@zhijian/calendar';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { builtInPacks, campaignStages, momentsOf, Packs, planCampaign, rehearse } from '@zhijian/policy';
import { loadHistory, type HistoryEvent } from './histories.js';

/** What a step answered that the workflow waits for next, and what it had done. */
interface Next { kind: string; stage?: string; duty?: string; dueAt?: string; wakeAt?: string }
type Done = Pick<Next, 'kind' | 'stage' | 'duty'>;
interface Answered { next?: Next; did?: Done[] | boolean }

type Attributes = { startToFireTimeout?: string; result?: { payloads?: { data: string }[] }; input?: { payloads?: { data: string }[] } } | undefined;
const attributes = (event: HistoryEvent, name: string): Attributes => event[`${name}EventAttributes`] as Attributes;

/** The answer in an event: of an activity, or of the start of all units together, which a signal brings. */
function answered(event: HistoryEvent): Answered | undefined {
  const data = (attributes(event, 'activityTaskCompleted')?.result ?? attributes(event, 'workflowExecutionSignaled')?.input)?.payloads?.[0]?.data;
  if (!data) return undefined;
  const said = JSON.parse(Buffer.from(data, 'base64').toString('utf8')) as (Answered | Next) & { result?: Answered };
  return said.result ?? ('dueAt' in said ? { next: said } : (said as Answered));
}

/** A unit's real run, read from its history alone: everything it was told to wait for, what was done, and its timers. */
function runOf(path: string) {
  const awaited: Next[] = [];
  const done: Done[] = [];
  const timers: { at: number; now: number; wakeAt: number }[] = [];
  let now = 0;
  for (const event of loadHistory(path).events) {
    if (event.eventType === 'EVENT_TYPE_WORKFLOW_TASK_STARTED') now = Date.parse(event.eventTime);
    const { next, did } = answered(event) ?? {};
    if (Array.isArray(did)) done.push(...did);
    if (next) awaited.push(next);
    const wait = attributes(event, 'timerStarted')?.startToFireTimeout;
    const last = awaited.at(-1);
    if (wait && last) timers.push({ at: now + Math.round(Number.parseFloat(wait) * 1000), now, wakeAt: Date.parse(last.wakeAt!) });
  }
  return { awaited, done, timers };
}

const nameOf = ({ kind, stage, duty }: Done): string => `${kind} ${kind === 'sweep' ? duty : stage}`;
const ends = ({ kind }: Done): boolean => ['sweep', 'close-stage'].includes(kind);

const runs = [
  ['Hangzhou', 'hangzhou/exam-campaign-2023', '330102', 'finished'],
  ['Jiangsu', 'jiangsu/norm-2014', '320100', 'together-jiangsu-amended'], ['Jiangsu as a whole', 'jiangsu/norm-2014', wholeCampaign, 'together-jiangsu-whole-campaign'],
  ['Heshui', 'heshui/quality-action-2024', '621024', 'together-heshui-amended'], ['Heshui as a whole', 'heshui/quality-action-2024', wholeCampaign, 'together-heshui-whole-campaign'],
] as const;

describe.each(runs)('the demonstrated run of %s', (_, name, unit, situation) => {
  const run = runOf(`unit-campaign/${situation}.2026-11.json`);

  it('set each timer to the instant it had been told, or at once where that had passed', () => {
    expect(run.timers.length).toBeGreaterThan(0);
    expect(run.timers.map(({ at }) => at)).toEqual(run.timers.map(({ now, wakeAt }) => Math.max(now + 1, wakeAt)));
  });

  it('ended on the days of a rehearsal’s deadlines, no more and no fewer', async () => {
    const pack = await new Packs([builtInPacks]).get(`${name}@1`);
    const city = unit === wholeCampaign ? '990001' : unit;
    const plan = planCampaign(pack, builtInCalendar, { units: [{ code: city, name: city }] });
    const stages = unit === wholeCampaign ? campaignStages(plan) : plan.cities[0]!.stages;
    const bodies = pack.campaign!.scope.kinds.map((kind, at) => ({ id: `B${at}`, name: `示例机构 ${at}`, kind, city, inspectors: ['a', 'b'] }));
    const deadlines = rehearse(pack, builtInCalendar, { bodies }).deadlines.filter((it) => it.city === (unit === wholeCampaign ? pack.jurisdiction : unit));

    const swept = new Set(momentsOf(stages).filter(({ kind }) => kind === 'sweep').map(({ duty }) => duty));
    const endOf = (duty: string): string => (swept.has(duty) ? `sweep ${duty}` : `close-stage ${stages.find((stage) => stage.duties.some(({ id }) => id === duty))!.id}`);
    const rehearsed = new Map(deadlines.map(({ duty, dueOn }) => [endOf(duty), Date.parse(dueAt(dueOn))]));
    const real = new Map([...run.done, ...run.awaited].filter(ends).map((it) => [nameOf(it), it]));
    const closing = stages.map(({ id }) => `close-stage ${id}`); // a stage ends with its day whether or not a duty does
    expect([...real.keys()].filter((end) => !closing.includes(end)).sort()).toEqual([...rehearsed.keys()].filter((end) => !closing.includes(end)).sort());
    expect([...rehearsed.keys()].filter((end) => !real.has(end))).toEqual([]);

    const waited = new Map(run.awaited.filter(ends).map((it) => [nameOf(it), Date.parse(it.dueAt!)])); // what was done together with an earlier end was not waited for by itself
    expect([...waited].filter(([end, at]) => rehearsed.has(end) && rehearsed.get(end) !== at)).toEqual([]);
    const instants = new Set([...rehearsed.values(), ...stages.map(({ closesOn }) => Date.parse(dueAt(closesOn)))]);
    expect([...waited].filter(([, at]) => !instants.has(at))).toEqual([]);
  });
});
