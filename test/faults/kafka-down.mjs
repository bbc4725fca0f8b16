// Kafka stands still, then dies: commands keep working, and what they stated is sent afterwards.
import { randomUUID } from 'node:crypto';
import { probe } from './room/deploy.mjs';
import { checkInvariants } from './room/invariants.mjs';
import { eventually, pause } from './wait.mjs';

/** Sends commands one after another while `going()`; every one is answered at its first try. */
async function commandsWhile(town, going, acked) {
  const refused = [];
  let n = 0;
  do {
    const { trialId, tries } = await town.client.command(randomUUID());
    acked.push(trialId);
    n += 1;
    if (tries.length > 1) refused.push(tries);
    await pause(150); // about five a second
  } while (going());
  return { n, refused };
}

/** @returns `{ passed, failed, lines }` */
export async function kafkaDown(town, { seconds, acked }) {
  const lines = [];
  let failed = 0;
  const stands = Date.now() + seconds * 1000;
  const { kafka } = town.engines.pids();
  process.kill(kafka, 'SIGSTOP');
  const still = await commandsWhile(town, () => Date.now() < stands, acked).finally(() => process.kill(kafka, 'SIGCONT'));

  process.kill(kafka, 'SIGKILL');
  const port = Number(town.engines.kafkaBrokers.split(':')[1]);
  const back = eventually('Kafka is back', async () => town.engines.pids().kafka !== undefined && town.engines.pids().kafka !== kafka && (await probe.tcp(port)), 60_000);
  let gone = true;
  void back.finally(() => { gone = false; });
  const dead = await commandsWhile(town, () => gone, acked);
  await back;

  const from = Date.now();
  const { lost, doubled, lines: counted } = await checkInvariants(town, acked);
  if (lost || doubled || counted.length > 1) failed += 1;
  if (still.refused.length || dead.refused.length) failed += 1;
  lines.push(`Kafka stood still for ${seconds} s, then killed with -9: ${still.n + dead.n} commands answered meanwhile, ${still.refused.length + dead.refused.length} of them not at once; all through ${((Date.now() - from) / 1000).toFixed(1)} s later; ${counted[0]}`, ...counted.slice(1));
  return { passed: 2 - failed, failed, lines };
}
