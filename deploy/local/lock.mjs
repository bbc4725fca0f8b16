// One supervisor per data folder.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.mjs';
import { processOf } from './machine.mjs';

const holderOf = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};

/** Takes the folder's lock and gives the function that releases it. A lock whose holder died is taken over. */
export function lockFolder(folder) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'lock.json');
  const mine = JSON.stringify({ pid: process.pid, started: processOf(process.pid)?.started });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const handle = openSync(file, 'wx');
      writeSync(handle, mine);
      closeSync(handle);
      return () => {
        if (holderOf(file)?.pid === process.pid) rmSync(file, { force: true });
      };
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const holder = holderOf(file);
      if (holder && processOf(holder.pid)?.started === holder.started) {
        throw new Failure(
          `数据文件夹 ${folder} 正由另一个 npm start 使用 (进程 ${holder.pid})`,
          '先在那个终端按 Ctrl-C 停止它, 或用 npm start -- --data 另一个文件夹 (并另设端口)',
        );
      }
      rmSync(file, { force: true });
    }
  }
  throw new Failure(`无法锁定数据文件夹 ${folder}`, '稍后重试');
}
