import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { ownClock } from './clock.mjs';
import { demonstrationPlayed, playDemonstration } from './demonstration.mjs';

function stage(text) {
  const dir = mkdtempSync(join(tmpdir(), 'zhijian-demonstration-'));
  const program = join(dir, 'program.mjs');
  writeFileSync(program, text);
  const clock = ownClock({ folder: dir, begin: '2023-03-01T08:00:00+08:00' });
  return { program, system: { dir, clock, environment: process.env, stopping: () => false } };
}

it('the child moves the clock, prints its progress, and is played once', async () => {
  const { program, system } = stage(`
    process.on('message', (answer) => { console.log(answer.id, answer.ok, answer.clock.scale); process.disconnect(); });
    process.send({ type: 'clock', id: 7, scale: 500, cruise: 1000 });`);
  const lines = [];
  await playDemonstration({ system, program, line: (text) => lines.push(text) });
  assert.deepEqual(lines, ['7 true 500']);
  assert.deepEqual([system.clock.read().scale, system.clock.read().cruise, demonstrationPlayed(system.dir)], [1, 1, true]);
  system.clock.stop();
});

it('a step that did not hold is a failure with the log, and it may be played again', async () => {
  const { program, system } = stage(`console.error('error: Form 2 differs'); process.exit(1);`);
  await assert.rejects(playDemonstration({ system, program }), /Form 2 differs/);
  assert.equal(demonstrationPlayed(system.dir), false);
  system.clock.stop();
});
