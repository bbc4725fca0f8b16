// What the operating system says about a process, so that only our own processes are ever signalled.
import { readFileSync } from 'node:fs';
import { answer } from './command.mjs';

/** `{ started, command }` of a living process, or undefined when there is none (a zombie counts as gone). */
export function processOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return { started: fields[19], command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim() };
  } catch {
    if (process.platform === 'linux') return undefined;
    const line = answer('ps', ['-p', String(pid), '-o', 'lstart=,command=']);
    return line ? { started: line.slice(0, 24), command: line.slice(24).trim() } : undefined;
  }
}

/** Signals a process group; quiet when it is gone. */
export function signalGroup(pid, signal) {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal);
      return;
    } catch {
      // the group or the process is gone
    }
  }
}

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Waits until none of the pids lives; gives those that still do when the limit (ms) is over. */
export async function waitForEnd(pids, limit) {
  const end = Date.now() + limit;
  let living = pids.filter((pid) => processOf(pid));
  while (living.length > 0 && Date.now() < end) {
    await pause(50);
    living = living.filter((pid) => processOf(pid));
  }
  return living;
}
