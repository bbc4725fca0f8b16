// processes.json of a data folder: who runs, for people and tools, and for clearing up after a supervisor that was killed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readText, writeAtomically } from './files.mjs';
import { processOf, signalGroup, waitForEnd } from './machine.mjs';

export const listFile = (folder) => join(folder, 'processes.json');

/** Writes `{ name, pid, command, port, log, restarts }[]` in one step. */
export const writeProcessList = (folder, entries) => writeAtomically(listFile(folder), `${JSON.stringify(entries, null, 2)}\n`);

/** The entries on file; a damaged or missing file is an empty list. */
export function readProcessList(folder) {
  try {
    return JSON.parse(readText(listFile(folder)) ?? '[]');
  } catch {
    return [];
  }
}

/** Ends what an earlier supervisor of this folder left running. Only a process whose pid and command line both agree is touched. */
export async function clearLeftovers(folder) {
  const left = readProcessList(folder).filter((entry) => processOf(entry.pid)?.command === entry.command);
  for (const { name, pid } of left) signalGroup(pid, name === 'postgres' ? 'SIGINT' : 'SIGTERM');
  const stubborn = await waitForEnd(left.map((entry) => entry.pid), 10_000);
  stubborn.forEach((pid) => signalGroup(pid, 'SIGKILL'));
  await waitForEnd(stubborn, 5_000);
  if (existsSync(listFile(folder))) writeProcessList(folder, []); // a folder that is not ours is left as it is
  return left.map((entry) => entry.name);
}
