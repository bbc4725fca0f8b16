// Small scripts for PATH that answer as the real programs do.
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A folder inside `base` with programs, each by its name and what its shell does. */
export function programs(base, scripts) {
  const folder = mkdtempSync(join(base, 'bin-'));
  for (const [name, does] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${does}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

export const says = (text) => `echo '${text}'`;
export const java = { java: `${says('openjdk version "17.0.13" 2024-10-15')} >&2` };
export const failing = `${says('ERROR no route to the registry')}; exit 1`;
