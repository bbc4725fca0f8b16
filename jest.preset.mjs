import { fileURLToPath } from 'node:url';

const native = (name) => fileURLToPath(new URL(`./test/native/${name}`, import.meta.url));

/** The one Jest set-up: Node itself loads the tests and the sources (test/native). */
export const preset = {
  runtime: native('runtime.mjs'),
  testEnvironment: native('environment.mjs'),
  transform: {},
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/', '/.local/', '/.nx/'],
};
export default { ...preset, testMatch: ['<rootDir>/src/**/*.spec.ts'] };
