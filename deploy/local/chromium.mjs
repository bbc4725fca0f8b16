// A real Chromium with a Chinese font, for browser tests.
import { join } from 'node:path';
import { answer, run, which } from './command.mjs';
import { Failure } from './failure.mjs';
import { cacheFolder } from './settings.mjs';

/** Chromium without what only a window needs: the same pages for two thirds of the work. */
const shell = 'chromium-headless-shell';
const names = [shell, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Path of a Chromium that is here already (`CHROMIUM` names one), or undefined. */
export const chromiumHere = () => process.env.CHROMIUM ?? names.map(which).find(Boolean);

/** Path of a Chromium; as root on Debian or Ubuntu it and a CJK font are installed when missing. */
export async function ensureChromium() {
  const found = chromiumHere();
  const fonts = answer('fc-list', [':lang=zh'])?.trim() ? [] : ['fonts-noto-cjk', 'fontconfig'];
  if (found && fonts.length === 0) return found;
  const needed = [...(found ? [] : ['chromium']), ...fonts].join(' ');
  const fix = `apt-get install --no-install-recommends ${needed}`;
  if (process.getuid?.() !== 0 || !which('apt-get')) throw new Failure(`缺少 ${needed}`, fix);
  const log = join(cacheFolder(), 'logs', 'chromium.log');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { log, env, what: 'apt-get update', fix });
  const browser = /Candidate: \d/.test(answer('apt-cache', ['policy', shell]) ?? '') ? shell : 'chromium';
  await run('apt-get', ['install', '--yes', '--no-install-recommends', ...(found ? [] : [browser]), ...fonts], { log, env, what: '安装 Chromium', fix });
  return chromiumHere();
}
