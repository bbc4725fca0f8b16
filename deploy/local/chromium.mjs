// A real Chromium with a Chinese font, for browser tests.
import { join } from 'node:path';
import { answer, run, which } from './command.mjs';
import { Failure } from './failure.mjs';
import { cacheFolder } from './settings.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Path of a Chromium (`CHROMIUM` names one); as root on Debian or Ubuntu it and a CJK font are installed when missing. */
export async function ensureChromium() {
  const found = process.env.CHROMIUM ?? names.map(which).find(Boolean);
  const missing = [...(found ? [] : ['chromium']), ...(answer('fc-list', [':lang=zh'])?.trim() ? [] : ['fonts-noto-cjk', 'fontconfig'])];
  if (missing.length === 0) return found;
  const fix = `apt-get install --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !which('apt-get')) throw new Failure(`缺少 ${missing.join(' ')}`, fix);
  const log = join(cacheFolder(), 'logs', 'chromium.log');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { log, env, what: 'apt-get update', fix });
  await run('apt-get', ['install', '--yes', '--no-install-recommends', ...missing], { log, env, what: '安装 Chromium', fix });
  return found ?? names.map(which).find(Boolean);
}
