import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import './quiet-queue.js';
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

interface Queue { pending: { send(): void; expectResponse: boolean }[]; inflight: Map<number, unknown>; throttledUntil: number; checkPendingRequests(): void; destroy(): void }
const Made = RequestQueue as unknown as new (options: Record<string, unknown>) => Queue;
let queue: Queue;
beforeEach(() => {
  jest.useFakeTimers();
  queue = new Made({ maxInFlightRequests: 1, requestTimeout: 1000, enforceRequestTimeout: false, clientId: 'test', broker: 'test', logger: { debug: () => undefined }, isConnected: () => true });
});
afterEach(() => {
  queue.destroy();
  jest.useRealTimers();
});

it('a connection on which nothing waits sets no timer', () => {
  queue.checkPendingRequests();
  expect(jest.getTimerCount()).toBe(0);
});

it('what waits behind a throttle is sent when that has passed, and then it is quiet again', () => {
  let sent = 0;
  queue.throttledUntil = Date.now() + 200;
  queue.pending.push({ send: () => { sent += 1; }, expectResponse: true });
  queue.checkPendingRequests();
  expect([sent, jest.getTimerCount()]).toEqual([0, 1]);
  jest.advanceTimersByTime(250);
  expect([sent, queue.pending.length, jest.getTimerCount()]).toEqual([1, 0, 0]);
});
