import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { taskQueues, workflowIds } from '@zhijian/contracts/workflows';
import { aYear, day, theServer, type FakeMoment, type FakeRooms } from './campaign.fixture.js';
import { amended, opened, unitCampaign } from './unit.workflow.js';

let server: Awaited<ReturnType<typeof theServer>>;
beforeAll(async () => { server = await theServer(); }, 180_000);
afterAll(() => server?.stop());

const start = (more: { together?: true } = {}) => server.environment.client.workflow.start(unitCampaign, { taskQueue: taskQueues.workflows, workflowId: workflowIds.unit(randomUUID(), 'u'), args: [{ campaignId: 'c', unit: 'u', ...more }] });
const kinds = (rooms: FakeRooms) => rooms.done.map(({ kind }) => kind);
const onTheirDay = (rooms: FakeRooms) => rooms.done.every(({ day: did, due }) => did === due);

describe('one unit’s part of a campaign', () => {
  it('goes through a whole year from moment to moment, each on its day', () => server.played({ u: aYear() }, async (rooms) => {
    const handle = await start();
    expect(await handle.result()).toEqual({ unit: 'u', outcome: 'finished', counts: {}, digest: 'd' });
    expect(kinds(rooms)).toEqual(['open-stage', 'freeze-roster', 'open-stage', 'open-stage', 'remind', 'sweep', 'close-stage', 'close-stage', 'open-stage', 'close-stage']);
    expect(onTheirDay(rooms)).toBe(true);
    expect((await handle.fetchHistory()).events!.length).toBeLessThan(130);
  }), 60_000);

  it('a timer that fires early asks again and does nothing before its day', () => server.played({ u: aYear() }, async (rooms) => {
    rooms.early = 0.5;
    await (await start()).result();
    expect(onTheirDay(rooms)).toBe(true);
    expect(rooms.count('u openStage')).toBeGreaterThan(4);
    expect(rooms.orders.filter((order) => order.startsWith('u freezeRoster'))).toEqual(['u freezeRoster day 39']);
  }), 60_000);

  it('an amendment wakes it and it asks again: a day that moved is done on the new day', () => {
    const moments: FakeMoment[] = [{ kind: 'open-stage', day: 1 }, { kind: 'sweep', day: 100 }, { kind: 'close-stage', day: 120 }];
    return server.played({ u: moments }, async (rooms) => {
      const handle = await start();
      await server.environment.sleep(10 * day);
      moments[1]!.day = 30;
      await handle.signal(amended, { factId: 'f1', kind: 'replace-date' });
      await server.environment.sleep(15 * day);
      moments[1]!.day = 60;
      await handle.signal(amended, { factId: 'f2', kind: 'extend' });
      await handle.result();
      expect(rooms.done.map(({ kind, day: did }) => [kind, did])).toEqual([['open-stage', 1], ['sweep', 60], ['close-stage', 120]]);
      expect(rooms.count('u nextStep')).toBe(2);
    });
  }, 60_000);

  it('opened together with the others it waits to be told, and goes on from there', () => server.played({ u: aYear() }, async (rooms) => {
    const handle = await start({ together: true });
    const first = aYear()[0]!;
    await server.environment.sleep('5 seconds');
    expect(rooms.orders).toEqual([]);
    rooms.units.get('u')![0]!.done = true;
    await handle.signal(opened, { result: { did: [{ kind: first.kind, counts: {} }], next: await rooms.step('u') } });
    await handle.result();
    expect(rooms.count('u planUnit')).toBe(0);
    expect(kinds(rooms)).toEqual(aYear().slice(1).sort((a, b) => a.day - b.day).map(({ kind }) => kind));
    expect(onTheirDay(rooms)).toBe(true);
  }), 60_000);

  it.each([['told that nothing came of it', true], ['told nothing at all', false]])('%s it does everything by itself', (_, told) => server.played({ u: aYear() }, async (rooms) => {
    const handle = await start({ together: true });
    if (told) await handle.signal(opened, { result: null });
    await handle.result();
    expect(rooms.count('u planUnit')).toBe(1);
    expect(kinds(rooms)).toHaveLength(aYear().length);
  }), 60_000);

  it('a repeated signal changes nothing', () => {
    const moments: FakeMoment[] = [{ kind: 'sweep', day: 100 }];
    return server.played({ u: moments }, async (rooms) => {
      const handle = await start();
      await server.environment.sleep(day);
      for (let time = 0; time < 3; time += 1) {
        await handle.signal(amended, { factId: 'f1', kind: 'extend' });
        await server.environment.sleep(day);
      }
      await handle.result();
      expect(rooms.count('u nextStep')).toBe(1);
    });
  }, 60_000);

  it('suspended it does nothing, however long; resumed it does what has become due', () => {
    const moments: FakeMoment[] = [{ kind: 'open-stage', day: 10 }, { kind: 'sweep', day: 20 }, { kind: 'close-stage', day: 200 }];
    return server.played({ u: moments }, async (rooms) => {
      const handle = await start();
      await server.environment.sleep(5 * day);
      rooms.suspended.add('u');
      await handle.signal(amended, { factId: 'f1', kind: 'suspend' });
      await server.environment.sleep(100 * day);
      expect(rooms.done).toEqual([]);
      rooms.suspended.delete('u');
      await handle.signal(amended, { factId: 'f2', kind: 'resume' });
      await handle.result();
      expect(rooms.done.map(({ kind, day: did }) => [kind, did])).toEqual([['open-stage', 105], ['sweep', 105], ['close-stage', 200]]);
    });
  }, 60_000);
});
