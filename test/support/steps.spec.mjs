import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { root } from './root.mjs';
import { failures } from './steps.mjs';

const suite = (more) => ({ name: join(root, 'test/browser/one.browser.ts'), message: '', assertionResults: [], ...more });

it('each failure is told with its file, its name and its own words, the first one too', () => {
  const said = failures([
    suite({ assertionResults: [{ status: 'passed', fullName: 'page opens', failureMessages: [] }, { status: 'failed', fullName: 'page closes', failureMessages: ['\u001B[31mExpected: 1\u001B[39m\n    at Object.toBe (one.browser.ts:7:3)\n    at Runner (/x/node_modules/jest/index.js:1:1)'] }] }),
    suite({ assertionResults: [{ status: 'failed', fullName: 'page prints', failureMessages: ['not within a minute'] }] }),
  ]);
  assert.equal(said, '  ● test/browser/one.browser.ts › page closes\n    Expected: 1\n        at Object.toBe (one.browser.ts:7:3)\n  ● test/browser/one.browser.ts › page prints\n    not within a minute');
});

it('a file that did not run says why', () => {
  assert.equal(failures([suite({ message: 'Cannot find module' })]), '  ● test/browser/one.browser.ts\n    Cannot find module');
});
