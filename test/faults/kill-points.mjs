// kill -9 at each of fourteen points between a command and its last effect: nothing lost, nothing doubled.
import { randomUUID } from 'node:crypto';
import { chance } from './chance.mjs';
import { checkInvariants } from './room/invariants.mjs';
import { pause } from './wait.mjs';

/** Points of different processes in one wave die together. */
const waves = [
  { command: 'after BEGIN', hearing: 'after poll before inbox' },
  { command: 'after the state write', bridge: "after a workflow start before the bridge's own commit" },
  { command: 'after the outbox write', hearing: 'inside the inbox transaction' },
  { command: 'after COMMIT before the answer', bridge: "inside the log's transaction" },
  { command: 'after send before ack', hearing: 'after the inbox before the offset commit' },
  { command: 'after ack before mark' },
  { command: 'inside an activity before its effect' },
  { command: 'after its effect before completion', bridge: "after the log's commit before its note" },
];

/** One wave: arms its points, sends commands until all of them have been hit, sees every command answered. */
async function strike(town, wave, random) {
  const acked = [];
  let struck = false;
  const dying = Promise.all(Object.entries(wave).map(([process, point]) => town.arm(process, point, 1 + Math.floor(random() * 3)))).finally(() => { struck = true; });
  dying.catch(() => undefined);
  const send = async () => {
    do {
      acked.push((await town.client.command(randomUUID())).trialId);
      await pause(100); // each command ends in a workflow: faster than those are done, the waiting would only measure the backlog
    } while (!struck);
  };
  await Promise.all([send(), send(), send()]);
  await dying;
  return acked;
}

/** @returns `{ passed, failed, lines }`; puts the answered commands into `acked` */
export async function killPoints(town, { rounds, seed, log, acked }) {
  const random = chance(seed);
  const lines = [];
  const took = [];
  let passed = 0;
  let failed = 0;
  for (let round = 1; round <= rounds; round += 1) {
    for (const wave of waves) {
      const from = Date.now();
      const points = Object.values(wave);
      try {
        acked.push(...(await strike(town, wave, random)));
        took.push(Date.now() - from);
        passed += points.length;
        log(`round ${round}: ${points.join(' + ')}: hit, back and answered after ${(took.at(-1) / 1000).toFixed(1)} s`);
      } catch (error) {
        failed += points.length;
        lines.push(`round ${round}, ${points.join(' + ')}: ${error.message}`);
      }
    }
  }
  const { lost, doubled, lines: counted } = await checkInvariants(town, acked);
  const sound = lost === 0 && doubled === 0 && counted.length === 1;
  return {
    passed: passed + (sound ? 1 : 0), failed: failed + (sound ? 0 : 1),
    lines: [`fourteen points, ${rounds} each: ${passed} kills with -9, slowest wave ${(Math.max(0, ...took) / 1000).toFixed(1)} s; ${counted[0]}`, ...lines, ...counted.slice(1)],
  };
}
