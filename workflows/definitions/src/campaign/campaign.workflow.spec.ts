import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { taskQueues, wholeCampaign, workflowIds } from '@zhijian/contracts/workflows';
import { campaign } from './campaign.workflow.js';
import { aYear, day, theServer, type FakeMoment } from './campaign.fixture.js';
import { amended, unitCampaign } from './unit.workflow.js';

let server: Awaited<ReturnType<typeof theServer>>;
beforeAll(async () => { server = await theServer(); }, 180_000);
afterAll(() => server?.stop());

const own: FakeMoment[] = [{ kind: 'open-stage', day: 284 }, { kind: 'close-stage', day: 314 }];
const whole = () => own.map((moment) => ({ ...moment }));
function start(more: { units?: string[]; freezing?: string[] } = {}) {
  const campaignId = randomUUID();
  return server.environment.client.workflow.start(campaign, { taskQueue: taskQueues.workflows, workflowId: workflowIds.campaign(campaignId), args: [{ campaignId, ...more }] }).then((handle) => ({ campaignId, handle }));
}
/** A unit whose first stage is open already when its campaign is approved. */
const begun = (): FakeMoment[] => [{ kind: 'freeze-roster', day: 0 }, { kind: 'open-stage', day: 0 }, { kind: 'close-stage', day: 100 }];

describe('the whole campaign', () => {
  it('plays a year of thirteen units in parallel and collects what they come to', () => {
    const units = Object.fromEntries(Array.from({ length: 13 }, (_, at) => [`u${String(at).padStart(2, '0')}`, aYear()]));
    return server.played({ ...units, [wholeCampaign]: whole() }, async (rooms) => {
      const { handle } = await start();
      expect(await handle.result()).toEqual({ finished: 13, unfinished: [] });
      expect(rooms.finished).toMatchObject({ failed: [], outcomes: Object.keys(units).map((unit) => ({ unit })) });
      expect(rooms.done.every(({ day, due }) => day === due)).toBe(true);
    });
  }, 90_000);

  it('a unit that fails holds up no other, and is named', () => server.played({ a: aYear(), b: aYear(), [wholeCampaign]: whole() }, async (rooms) => {
    rooms.broken.add('a');
    const { handle } = await start();
    expect(await handle.result()).toEqual({ finished: 1, unfinished: ['a'] });
    expect(rooms.finished).toMatchObject({ failed: ['a'], outcomes: [{ unit: 'b' }] });
    expect(rooms.done.filter(({ unit }) => unit === 'b').every(({ day, due }) => day === due)).toBe(true);
  }), 60_000);

  it('names its units: all are started in its first step, and what is due is done for all of them at once', () => server.played({ a: begun(), b: begun(), [wholeCampaign]: whole() }, async (rooms) => {
    const { handle } = await start({ units: ['a', 'b'], freezing: ['a', 'b'] });
    expect(await handle.result()).toEqual({ finished: 2, unfinished: [] });
    expect([...rooms.orders].sort()).toEqual(['* closeStage', '* openStage', 'a closeStage', 'b closeStage', 'freezeRosters a b', 'openUnits']);
    expect(rooms.done.every(({ day: did, due }) => did === due)).toBe(true);
    const events = (await handle.fetchHistory()).events!;
    const first = events.findIndex((event) => event.workflowTaskCompletedEventAttributes);
    const commands = events.slice(first + 1, first + 6);
    expect(commands.filter((event) => event.startChildWorkflowExecutionInitiatedEventAttributes)).toHaveLength(3);
  }), 60_000);

  it('what cannot be done together each unit does by itself', () => server.played({ a: begun(), b: begun(), [wholeCampaign]: whole() }, async (rooms) => {
    rooms.together = false;
    const { handle } = await start({ units: ['a', 'b'], freezing: ['a', 'b'] });
    expect(await handle.result()).toEqual({ finished: 2, unfinished: [] });
    expect(rooms.orders.filter((order) => /planUnit|takeRoster/.test(order)).sort()).toEqual(['* planUnit', 'a planUnit', 'a takeRoster', 'b planUnit', 'b takeRoster']);
  }), 60_000);

  it('a unit that is left out of the common opening holds up no other', () => server.played({ a: begun(), b: begun(), [wholeCampaign]: whole() }, async (rooms) => {
    rooms.broken.add('a');
    const { handle } = await start({ units: ['a', 'b'], freezing: ['a', 'b'] });
    expect(await handle.result()).toEqual({ finished: 1, unfinished: ['a'] });
    expect(rooms.count('a planUnit')).toBe(1);
    expect(rooms.count('b planUnit')).toBe(0);
  }), 60_000);

  // Time goes on by `sleep` here: while a result is waited for, the server would skip to the time-out of whoever waits for ever.
  it('a unit that cannot even start holds up no other', () => server.played({ a: aYear(), b: aYear(), [wholeCampaign]: whole() }, async (rooms) => {
    const campaignId = randomUUID();
    rooms.suspended.add('a');
    await server.environment.client.workflow.start(unitCampaign, { taskQueue: taskQueues.workflows, workflowId: workflowIds.unit(campaignId, 'a'), args: [{ campaignId, unit: 'a' }] });
    const handle = await server.environment.client.workflow.start(campaign, { taskQueue: taskQueues.workflows, workflowId: workflowIds.campaign(campaignId), args: [{ campaignId }] });
    await server.environment.sleep(315 * day);
    expect(rooms.finished).toMatchObject({ failed: ['a'], outcomes: [{ unit: 'b' }] });
    expect(await handle.result()).toEqual({ finished: 1, unfinished: ['a'] });
  }), 60_000);

  it('a unit that is suspended over the end is named as unfinished, and goes on alone when it is resumed', () => server.played({ a: aYear(), b: aYear(), [wholeCampaign]: whole() }, async (rooms) => {
    rooms.suspended.add('a');
    const { campaignId, handle } = await start();
    await server.environment.sleep(315 * day);
    expect(rooms.finished).toMatchObject({ failed: [], outcomes: [{ unit: 'b' }] });
    rooms.suspended.delete('a');
    const unit = server.environment.client.workflow.getHandle<typeof unitCampaign>(workflowIds.unit(campaignId, 'a'));
    await unit.signal(amended, { factId: 'f1', kind: 'resume' });
    expect(await unit.result()).toMatchObject({ unit: 'a', outcome: 'finished' });
    expect(await handle.result()).toEqual({ finished: 1, unfinished: ['a'] });
  }), 60_000);
});
