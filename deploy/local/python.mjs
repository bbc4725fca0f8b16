// Python's own library only, for the verifiers that share no code with ours.
import { join } from 'node:path';
import { run, which } from './command.mjs';
import { Failure } from './failure.mjs';
import { cacheFolder } from './settings.mjs';

/** Path of python3; as root on Debian or Ubuntu it is installed when missing. */
export async function ensurePython() {
  const found = which('python3');
  if (found) return found;
  const fix = 'apt-get install --no-install-recommends python3';
  if (process.getuid?.() !== 0 || !which('apt-get')) throw new Failure('缺少 python3', fix);
  const log = join(cacheFolder(), 'logs', 'python.log');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { log, env, what: 'apt-get update', fix });
  await run('apt-get', ['install', '--yes', '--no-install-recommends', 'python3'], { log, env, what: '安装 python3', fix });
  return which('python3');
}
