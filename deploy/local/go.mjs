// Programs built from Go modules.
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { run, which } from './command.mjs';
import { Failure } from './failure.mjs';
import { cached, cacheLog, intoCache } from './cache.mjs';

/** Folder `name` in the cache with the built programs; `programs` is `{ program: 'module/path@version' }`. */
export async function goPrograms(name, programs, fix) {
  const there = cached(name);
  if (there) return there;
  const go = which('go');
  if (!go) throw new Failure(`缺少 Go, 无法编译 ${name}`, `安装 Go 1.26 (https://go.dev/dl) 并放进 PATH; ${fix}`);
  const log = cacheLog(name);
  return intoCache(name, async (draft) => {
    for (const [program, module] of Object.entries(programs)) {
      const bin = join(draft, `build-${program}`);
      mkdirSync(bin, { recursive: true });
      const env = { ...process.env, GOBIN: bin };
      await run(go, ['install', module], { log, env, what: `编译 ${module}`, fix: `检查网络或 GOPROXY; ${fix}` });
      const built = module.split('@')[0].split('/').at(-1);
      renameSync(join(bin, built), join(draft, program));
    }
  });
}
