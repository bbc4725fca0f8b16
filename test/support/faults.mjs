// The faults that a promise names: once each in `npm test`, in full in `npm run prove`.
import { faults } from '../faults/index.mjs';

const seedOf = () => Number(process.env.SEED ?? Date.now() % 1_000_000);

/** How often the full count repeats: the spine's kill points twenty times each, every process three times. */
const roundsInFull = ({ name }) => Number(process.env.ROUNDS ?? (name.includes('spine') ? 20 : 3));

async function all(chosen, roundsOf, show = false) {
  const seed = seedOf();
  const lines = [`seed ${seed}`];
  const total = { passed: 0, failed: 0 };
  for (const fault of chosen) {
    const done = await fault.run({ rounds: roundsOf(fault), seed, log: (line) => lines.push(line) });
    total.passed += done.passed;
    total.failed += done.failed;
    lines.push(...done.lines.map((line) => `${fault.name}: ${line}`));
    if (show) console.log(lines.splice(0).join('\n'));
  }
  return { code: total.failed ? 1 : 0, ...total, output: lines.join('\n') };
}

export const faultsOnce = () => all(faults, () => 1);
export const faultsInFull = (names) => all(faults.filter(({ name }) => names.some((word) => name.includes(word))), roundsInFull, true);
