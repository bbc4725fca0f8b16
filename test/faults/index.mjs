import * as processes from './processes.mjs';
import * as spine from './spine.mjs';
import * as starter from './starter.mjs';
import * as tamper from './tamper.mjs';

/** Every fault: `name` and `run({ rounds, seed, log })`, which answers `{ passed, failed, lines }`. `rounds` 1 is what `npm test` does. */
export const faults = [spine, processes, starter, tamper];
