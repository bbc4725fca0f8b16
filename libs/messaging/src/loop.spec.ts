import { expect, it } from '@jest/globals';
import { Loop } from './loop.js';

const aDay = 86_400_000;

it('what rests for a day is woken at once, and comes to its end when it is stopped', async () => {
  let turns = 0;
  const second = Promise.withResolvers<void>();
  const loop: Loop = new Loop(async () => {
    turns += 1;
    if (turns === 2) second.resolve();
    await loop.pause(aDay);
  });
  loop.start();
  loop.wake();
  await second.promise;
  await loop.stop();
  expect({ turns, running: loop.running }).toEqual({ turns: 2, running: false });
});

it('a stop lets the turn under way come to its end, and begins no rest', async () => {
  const going = Promise.withResolvers<void>();
  let ended = false;
  const loop: Loop = new Loop(async () => {
    await going.promise;
    await loop.pause(aDay);
    ended = true;
  });
  loop.start();
  const stopped = loop.stop();
  going.resolve();
  await stopped;
  expect(ended).toBe(true);
});
