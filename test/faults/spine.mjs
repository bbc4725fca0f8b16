// The spine under faults, in one small house on real engines.
import { edits } from './edits.mjs';
import { kafkaDown } from './kafka-down.mjs';
import { killPoints } from './kill-points.mjs';
import { startTown } from './room/town.mjs';

export const name = 'kills: the spine';

/** `rounds` 1 is the small count of the tests; more (20) is the full count. */
export async function run({ rounds = 1, seed = 1, log = () => undefined } = {}) {
  const full = rounds > 1;
  const town = await startTown({ log });
  const acked = [];
  const parts = [
    ['edits', () => edits(town, full ? { people: 50, each: 40 } : { people: 10, each: 10 })],
    ['kill points', () => killPoints(town, { rounds, seed, log, acked })],
    ['Kafka down', () => kafkaDown(town, { seconds: full ? 60 : 4, acked })],
  ];
  const total = { passed: 0, failed: 0, lines: [`seed ${seed}`] };
  try {
    for (const [part, work] of parts) {
      const { passed, failed, lines } = await work().catch((error) => ({ passed: 0, failed: 1, lines: [`${part}: ${error.stack}`] }));
      total.passed += passed;
      total.failed += failed;
      total.lines.push(...lines);
      for (const line of lines) log(line);
    }
    if (total.failed) for (const of of ['command', 'hearing', 'bridge']) total.lines.push(`--- ${of}`, ...town.logOf(of).split('\n').slice(-30));
  } finally {
    await town.stop();
  }
  return total;
}
