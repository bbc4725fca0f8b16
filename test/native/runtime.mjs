// Jest's runtime with one thing changed: Node itself loads the modules of a test file, in no sandbox. What a file before it in the
// same process has loaded is there, and warm. Such tests cannot replace modules, and share what modules keep.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import JestRuntime from 'jest-runtime';
import './loading.mjs';

const require = createRequire(import.meta.url);
const current = globalThis[Symbol.for('zhijian.jest')];

export default class NativeRuntime extends (JestRuntime.default ?? JestRuntime) {
  unstable_shouldLoadAsEsm() {
    return true;
  }

  async unstable_importModule(path) {
    current.file += 1;
    current.jest = this.jestGlobals.jestObjectFor(path);
    await import(pathToFileURL(path).href);
  }

  /** Jest's own framework begins anew with each file: tests, hooks and handlers of the last one are forgotten. */
  requireInternalModule(path) {
    for (const symbol of Object.getOwnPropertySymbols(globalThis)) if (['JEST_STATE_SYMBOL', 'EVENT_HANDLERS'].includes(symbol.description)) delete globalThis[symbol];
    delete require.cache[require.resolve(path)];
    return require(path);
  }

  setGlobalsForRuntime(globals) {
    current.globals = globals;
    super.setGlobalsForRuntime(globals);
  }

  getSourceMaps() {
    return globalThis[Symbol.for('zhijian.source-maps')];
  }
}
