import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { checkCompose } from './compose.check.mjs';
import { repository } from './settings.mjs';

const text = readFileSync(join(repository, 'deploy/compose.yaml'), 'utf8');

it('compose.yaml is valid and describes what npm start starts', async () => assert.deepEqual(await checkCompose(text), []));

it('an unknown key, a wrong type and another port are each found', async () => {
  assert.match((await checkCompose(text.replace('init: true', 'nonsense: true'))).join(), /nonsense/);
  assert.match((await checkCompose(text.replace('restart: always', 'restart: 7'))).join(), /must be string/);
  assert.match((await checkCompose(text.replace('"4210"', '"4211"'))).join(), /listens on 4210/);
  assert.match((await checkCompose(text.replace('numHistoryShards: 512', 'numHistoryShards: 4'))).join(), /temporal-config/);
});
