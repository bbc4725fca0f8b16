// What `@jest/globals` is for tests that Node itself loads. It is loaded once for many test files, and so is what helps them:
// whose test or hook it is, is asked when it is said.
const current = globalThis[Symbol.for('zhijian.jest')];
const whoever = (name) => new Proxy(() => undefined, {
  apply: (_, self, args) => current.globals[name](...args),
  get: (_, key) => current.globals[name][key],
});

export const [afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test] = ['afterAll', 'afterEach', 'beforeAll', 'beforeEach', 'describe', 'expect', 'it', 'test'].map(whoever);
export const jest = new Proxy({}, { get: (_, name) => current.jest[name] });
