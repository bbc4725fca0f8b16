// What the containers of deploy/compose.yaml run beside the services: setup | demonstration | ready PORT.
import { ownClock } from './clock.mjs';
import { demonstrationExists, demonstrationPlayed, playDemonstration } from './demonstration.mjs';
import { entryKeyIn } from './entry-key.mjs';
import { describeFailure } from './failure.mjs';
import { installBuiltInPacks, migrateAndCreateTopics } from './prepare.mjs';
import * as probe from './probe.mjs';
import { demonstrationStart } from './settings.mjs';
import { createNamespace } from './temporal.mjs';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const [task, port] = process.argv.slice(2);
const environment = process.env;
const folder = environment.ZHIJIAN_DATA ?? '/data';
const log = join(folder, 'logs', 'setup.log');
const clock = () => ownClock({ folder, begin: demonstrationStart() });

const tasks = {
  async setup() {
    mkdirSync(environment.CALENDAR_DIR, { recursive: true });
    entryKeyIn(folder);
    clock().stop(); // the file is there and stands still until its owner starts
    await createNamespace({ address: environment.TEMPORAL_ADDRESS, namespace: environment.TEMPORAL_NAMESPACE, log });
    await migrateAndCreateTopics({ environment, log });
    console.log(`packs: ${installBuiltInPacks(environment.POLICY_DIR).join(' ') || 'none new'}`);
  },
  async demonstration() {
    const owned = clock();
    const stopping = new AbortController();
    const keepAlive = setInterval(() => {}, 1 << 30);
    process.once('SIGTERM', () => {
      stopping.abort();
      owned.stop();
      clearInterval(keepAlive);
      process.exit(0);
    });
    if (demonstrationPlayed(folder) || !demonstrationExists()) return;
    while (!(await probe.http(4200, '/readyz'))) await new Promise((done) => setTimeout(done, 1000));
    await playDemonstration({ system: { dir: folder, environment, clock: owned, stopping: () => stopping.signal.aborted }, line: console.log, signal: stopping.signal });
  },
  async ready() {
    process.exit((await probe.http(Number(port), '/readyz')) ? 0 : 1);
  },
};

try {
  await tasks[task]();
} catch (error) {
  console.error(describeFailure(error));
  process.exit(1);
}
