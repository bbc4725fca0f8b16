import { schemaFolders, sealingKey, urlFor } from '@zhijian/persistence';
import { beijing, databaseUrl, log, metrics, setting } from '@zhijian/service-kit';
import { join } from 'node:path';
import { Gauge } from 'prom-client';
import { Alarms, type Alarm } from './alarms.js';
import { findingTitles } from './finding.js';
import { KeptFile } from './kept-file.js';
import { logKey } from './log-key.js';
import type { Remembered } from './sealed-tree.js';
import { Sequencer } from './sequencer.js';
import { Watcher, type Held, type Look } from './watcher.js';
import { witnessesPath, type RegisteredWitness } from './witnesses.js';

/** Heads carry the machine's time: they are seen by people outside, whom no demonstration clock concerns. */
const now = (): string => beijing(Date.now());
const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers: [metrics] });

export interface RunningLog { alarms: Alarms; looked: () => Look | null; stop: () => Promise<void> }

/** Keeps the log of all rooms, and watches it, until stopped. What it must not believe the database about lies in the data folder. */
export function runLog(): RunningLog {
  const folder = setting('ZHIJIAN_DATA', '.local');
  const rooms = Object.keys(schemaFolders);
  const key = logKey(setting('LOG_KEY_FILE', join(folder, 'log-key.json')));
  const measured = { size: gauge('zhijian_log_size', 'entries in the log when it was last checked'), alarms: gauge('zhijian_log_alarms', 'open alarms of the log'), seconds: gauge('zhijian_log_check_seconds', 'duration of the last check'), at: gauge('zhijian_log_checked', 'when the log was last checked, seconds since 1970') };
  const tell = ({ kind, room, subject }: Alarm): void => log.fatal({ msg: findingTitles[kind], kind, room, subject });
  const alarms = new Alarms(new KeptFile(join(folder, 'log-alarms.json')), now, tell);
  let last: Look | null = null;

  const sequencer = new Sequencer({
    url: urlFor('workflows_app', databaseUrl()), rooms, key, memory: new KeptFile<Remembered>(join(folder, 'log-tree.json')), now, log: (entry) => log.warn(entry),
    broken: (what) => { if (what) log.fatal({ msg: findingTitles[what.kind], kind: what.kind, detail: what.detail, then: 'nothing is signed until the log is as it was' }); },
  });
  const watcher = new Watcher({
    url: urlFor('log_watcher', databaseUrl()), rooms, key, seal: sealingKey(), held: new KeptFile<Held>(join(folder, 'log-heads.json')), witnesses: new KeptFile<RegisteredWitness[]>(witnessesPath()), alarms, now, log: (entry) => log.warn(entry),
    looked: (look) => {
      last = look;
      measured.size.set(look.size);
      measured.alarms.set(alarms.open());
      measured.seconds.set(look.took / 1000);
      measured.at.set(Date.now() / 1000);
    },
  });
  sequencer.start();
  watcher.start();
  return { alarms, looked: () => last, stop: async () => { await Promise.all([sequencer.stop(), watcher.stop()]); } };
}
