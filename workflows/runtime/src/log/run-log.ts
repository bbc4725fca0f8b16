import { schemaFolders, urlFor } from '@zhijian/persistence';
import { beijing, databaseUrl, log, setting } from '@zhijian/service-kit';
import { join } from 'node:path';
import { KeptFile } from './kept-file.js';
import { logKey } from './log-key.js';
import type { Remembered } from './sealed-tree.js';
import { Sequencer } from './sequencer.js';

/** Heads carry the machine's time: they are seen by people outside, whom no demonstration clock concerns. */
const now = (): string => beijing(Date.now());

/** Keeps the log of all rooms until stopped. Its files lie in the data folder. */
export function runLog(): () => Promise<void> {
  const folder = setting('ZHIJIAN_DATA', '.local');
  const sequencer = new Sequencer({
    url: urlFor('workflows_app', databaseUrl()), rooms: Object.keys(schemaFolders), key: logKey(setting('LOG_KEY_FILE', join(folder, 'log-key.json'))),
    memory: new KeptFile<Remembered>(join(folder, 'log-tree.json')), now, log: (entry) => log.warn(entry),
    broken: (what) => { if (what) log.fatal({ msg: 'the log in the database is not the one that was signed', kind: what.kind, detail: what.detail }); },
  });
  sequencer.start();
  return () => sequencer.stop();
}
