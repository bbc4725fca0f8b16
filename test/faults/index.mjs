import * as killPoints from './kill-points.mjs';

/** Every fault: `name` and `run({ rounds, seed, log })`, which answers `{ passed, failed, lines }`. */
export const faults = [killPoints];
