import { expect, it } from '@jest/globals';
import { FactConsumer } from './consumer.js';

const parked: unknown[] = [];
const consumer = new FactConsumer(null as never, { park: async (entry: unknown) => void parked.push(entry) } as never, { 'qualification.roster-frozen': () => Promise.resolve() });
const broken = (type?: string) => ({ topic: 'qualification', key: 'k', value: '{"half', type, heartbeat: async () => undefined });

it('what a record says is for others is not even read; what it says is for this room, or does not say, is', async () => {
  expect(await consumer.hear(broken('qualification.certificate-renewed'))).toBe('ignored');
  expect(parked).toEqual([]);
  expect(await consumer.hear(broken('qualification.roster-frozen'))).toBe('parked');
  expect(await consumer.hear(broken())).toBe('parked');
  expect(parked).toMatchObject([{ reason: '不是合法的 JSON' }, { reason: '不是合法的 JSON' }]);
});
