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
function start() {
  const campaignId = randomUUID();
  return server.environment.client.workflow.start(campaign, { taskQueue: taskQueues.workflows, workflowId: workflowIds.campaign(campaignId), args: [{ campaignId }] }).then((handle) => ({ campaignId, handle }));
}

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
