import { preset } from './jest.preset.mjs';

/** Every test of the house in one run; which kind is chosen by `--testRegex` (see test/run.mjs). */
export default {
  ...preset,
  roots: ['<rootDir>/libs', '<rootDir>/services', '<rootDir>/workflows', '<rootDir>/deploy/cli', '<rootDir>/test'],
  testRegex: '(?<!int-|workflow\\.)spec\\.ts$',
  workerIdleMemoryLimit: '1500MB',
  maxWorkers: 2,
  testTimeout: 30_000,
};
