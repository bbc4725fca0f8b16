import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { repository } from './command/folders.js';

const bin = join(repository, 'deploy/cli/bin.mjs');
const built = existsSync(join(repository, 'deploy/cli/dist/main.js'));

(built ? describe : describe.skip)('the program', () => {
  const started = (...args: string[]) => spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8' });

  it('answers with one JSON document and the exit code', () => {
    const { status, stdout, stderr } = started('calendar', 'due', '--from', '2024-09-13', '--working-days', '5', '--json');
    expect({ status, stderr, on: (JSON.parse(stdout) as { on: string }).on }).toEqual({ status: 0, stderr: '', on: '2024-09-23' });
  });

  it('ends with 2 for a wrong question', () => {
    expect(started('nothing').status).toBe(2);
  });
});
