import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { WrongQuestion, type Command } from '../command/command.js';
import { repository } from '../command/folders.js';

interface Diagnosis { ok: boolean; checks: { name: string; ok: boolean; optional: boolean; found: string | null; fix: string | null }[] }

/** The same as `npm run doctor`, which also runs before anything is installed. */
export const doctor: Command = {
  noun: 'doctor', verb: null, usage: '', summary: '逐项指出缺什么、怎么补', takes: 0, options: {},
  async answer({ surroundings: { env } }) {
    const ended = spawnSync(process.execPath, [join(repository, 'deploy/local/doctor.mjs'), '--json'], { cwd: repository, env, encoding: 'utf8' });
    try {
      const diagnosis = JSON.parse(ended.stdout) as Diagnosis;
      return { ok: diagnosis.ok, json: diagnosis, text: diagnosis.checks.map(line).join('\n') };
    } catch {
      throw new WrongQuestion(`检查没有完成：${ended.stderr || ended.error?.message || ended.stdout}`);
    }
  },
};

const line = ({ name, ok, optional, found, fix }: Diagnosis['checks'][number]): string => `${ok ? '✓' : optional ? '–' : '✗'} ${name}  ${found ?? '无'}${fix ? `\n    办法: ${fix}` : ''}`;
