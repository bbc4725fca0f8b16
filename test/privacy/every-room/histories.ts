import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { NativeConnection, Worker } from '@temporalio/worker';
import { payloadsOf, type History } from '@zhijian/audit/bundle';
import type { Fact } from '@zhijian/contracts';
import type { Tx } from '@zhijian/persistence';
import { bridgeHandlers, quietRuntime, routes } from '@zhijian/workflow-runtime';
import { rooms, type House } from './house.js';

const namespace = process.env['TEMPORAL_NAMESPACE'] ?? 'zhijian';
const address = process.env['TEMPORAL_ADDRESS'];
/** So long the workflows may take to come as far as they can. */
const patience = 60_000;

/** Activity workers of the rooms in this process, on their own task queues. */
async function workersOf(house: House, connection: NativeConnection): Promise<Worker[]> {
  const serving = [...house.rooms].filter(([name]) => 'activities' in rooms[name]);
  return Promise.all(serving.map(([name, room]) => {
    const { inject, make } = (rooms[name] as unknown as { activities: { inject: never[]; make: (...services: never[]) => object } }).activities;
    return Worker.create({ connection, namespace, identity: name, taskQueue: name, activities: make(...inject.map((type) => room.app.get<unknown, never>(type))) });
  }));
}

/** What a history says: everything readable, payloads and failures too. */
function wordsOf(history: History): string {
  return JSON.stringify([history, history.events.map(payloadsOf)]);
}

/**
 * Plays the workflows of all facts in a real engine, years later, when everything that waits for a day is due.
 * @returns what each history says, by its workflow
 */
export async function historiesAfter(house: House, facts: readonly Fact[]): Promise<Map<string, string>> {
  quietRuntime();
  const client = new Client({ connection: await Connection.connect({ address: address! }), namespace });
  const connection = await NativeConnection.connect({ address: address! });
  const workers = await workersOf(house, connection);
  const running = Promise.all(workers.map((worker) => worker.run()));
  const moved = new Set<string>();
  const handlers = bridgeHandlers(async () => client);
  const noted = { now: house.clock.now(), query: async () => [] } as unknown as Tx;
  const bridge = async (some: readonly Fact[]): Promise<void> => {
    for (const fact of some) {
      for (const { workflowId } of routes[fact.type]?.(fact) ?? []) moved.add(workflowId);
      await handlers[fact.type]?.(fact as Fact<never>, noted);
    }
  };
  house.clock.set('2026-01-15T09:00:00+08:00');
  await bridge(facts);
  const open = async (): Promise<string[]> => (await Promise.all([...moved].map(async (id) => ((await client.workflow.getHandle(id).describe().catch(() => null))?.status.name === 'RUNNING' ? [id] : [])))).flat();
  let left = await open();
  for (const end = Date.now() + patience; left.length > 0 && Date.now() < end; left = await open()) await bridge(await house.tell());
  const said = new Map<string, string>();
  for (const id of moved) {
    const proto = await client.workflow.getHandle(id).fetchHistory().catch(() => null);
    if (proto) said.set(id, wordsOf(JSON.parse(historyToJSON(proto)) as History));
  }
  for (const id of left) await client.workflow.getHandle(id).terminate('looked at').catch(() => undefined);
  for (const worker of workers) worker.shutdown();
  await running;
  await connection.close();
  await client.connection.close();
  return said;
}
