// Programs built from Go modules.
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { run, which } from './command.mjs';
import { Failure } from './failure.mjs';
import { cached, cacheLog, intoCache } from './cache.mjs';

/** Folder `name` in the cache with the built programs; `programs` is `{ program: 'module/path@version' }`, all of one module and version. */
export async function goPrograms(name, programs, fix) {
  const there = cached(name);
  if (there) return there;
  const go = which('go');
  if (!go) throw new Failure(`缺少 Go, 无法编译 ${name}`, `安装 Go 1.26 (https://go.dev/dl) 并放进 PATH; ${fix}`);
  const log = cacheLog(name);
  return intoCache(name, async (draft) => {
    const bin = join(draft, 'build');
    mkdirSync(bin, { recursive: true });
    const modules = Object.values(programs);
    // Without what only a debugger reads there is less to link.
    await run(go, ['install', '-ldflags=-s -w', ...modules], { log, env: { ...process.env, GOBIN: bin }, what: `编译 ${name}`, fix: `检查网络或 GOPROXY; ${fix}` });
    for (const [program, module] of Object.entries(programs)) renameSync(join(bin, module.split('@')[0].split('/').at(-1)), join(draft, program));
  });
}
