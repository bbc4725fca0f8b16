/** The command line as a function, for tests of other rooms. */
export { run } from './run.js';
export type { Surroundings } from './command/command.js';
