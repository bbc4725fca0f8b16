// npm ci, when what is installed differs from the lock file.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run, which } from './command.mjs';
import { Failure } from './failure.mjs';
import { readText } from './files.mjs';
import { repository } from './settings.mjs';

/** Whether node_modules holds every package of the lock file in its version. npm writes its own record last, so a broken-off run is noticed. */
export function packagesInstalled() {
  const lock = readText(join(repository, 'package-lock.json'));
  const record = readText(join(repository, 'node_modules/.package-lock.json'));
  if (!lock || !record) return false;
  const present = JSON.parse(record).packages;
  return Object.entries(JSON.parse(lock).packages).every(([path, { version, optional, devOptional, link }]) => {
    if (!path.startsWith('node_modules/') || optional || devOptional) return true;
    return link ? existsSync(join(repository, path)) : present[path]?.version === version;
  });
}

/** Installs the packages of the lock file. */
export async function installPackages(log) {
  const npm = which('npm');
  if (!npm) throw new Failure('缺少 npm', '安装 Node.js 20.12 或更新 (含 npm)');
  const env = { ...process.env, NODE_ENV: 'development' }; // the build needs development packages
  await run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=notice'], { cwd: repository, env, log, what: 'npm ci', fix: '检查网络或 npm 镜像 (npm config get registry), 然后再运行一次' });
}

/** Number of packages in the lock file. */
export const packageCount = () => Object.keys(JSON.parse(readText(join(repository, 'package-lock.json')) ?? '{"packages":{}}').packages).length;
