// kill -9 at each of twelve points between a command and its last effect: nothing lost, nothing doubled.
import { randomUUID } from 'node:crypto';
import { chance } from './chance.mjs';
import { checkInvariants } from './room/invariants.mjs';
import { startTown } from './room/town.mjs';

export const name = 'kill points';

/** Points of different processes in one wave die together. */
const waves = [
  { command: 'after BEGIN', hearing: 'after poll before inbox' },
  { command: 'after the state write', bridge: "after a workflow start before the bridge's own commit" },
  { command: 'after the outbox write', hearing: 'inside the inbox transaction' },
  { command: 'after COMMIT before the answer' },
  { command: 'after send before ack', hearing: 'after the inbox before the offset commit' },
  { command: 'after ack before mark' },
  { command: 'inside an activity before its effect' },
  { command: 'after its effect before completion' },
];

/** One wave: arms its points, sends commands until all of them have been hit, sees every command answered. */
async function strike(town, wave, random) {
  const acked = [];
  let struck = false;
  const dying = Promise.all(Object.entries(wave).map(([process, point]) => town.arm(process, point, 1 + Math.floor(random() * 3)))).finally(() => { struck = true; });
  dying.catch(() => undefined);
  const send = async () => {
    do acked.push((await town.client.command(randomUUID())).trialId); while (!struck);
  };
  await Promise.all([send(), send(), send()]);
  await dying;
  return acked;
}

export async function run({ rounds = 1, seed = 1, log = () => undefined } = {}) {
  const random = chance(seed);
  const town = await startTown({ log });
  const acked = [];
  const lines = [];
  let passed = 0;
  let failed = 0;
  try {
    for (let round = 1; round <= rounds; round += 1) {
      for (const wave of waves) {
        const from = Date.now();
        try {
          acked.push(...(await strike(town, wave, random)));
          passed += Object.keys(wave).length;
          log(`round ${round}: ${Object.values(wave).join(' + ')}: all answered after ${((Date.now() - from) / 1000).toFixed(1)} s`);
        } catch (error) {
          failed += Object.keys(wave).length;
          lines.push(`round ${round}, ${Object.values(wave).join(' + ')}: ${error.message}`);
        }
      }
    }
    const { lost, doubled, lines: counted } = await checkInvariants(town, acked);
    lines.unshift(`twelve points x ${rounds}, seed ${seed}: ${passed} kills; ${counted[0]}`);
    lines.push(...counted.slice(1));
    if (lost || doubled || counted.length > 1) failed += 1;
    else passed += 1;
  } finally {
    if (process.env.FAULTS_KEEP_LOGS) for (const name of ['command', 'hearing', 'bridge']) log(`--- ${name}\n${town.logOf(name).split('\n').slice(-40).join('\n')}`);
    await town.stop();
  }
  return { passed, failed, lines };
}
