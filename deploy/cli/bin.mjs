#!/usr/bin/env node
// `npm run cli`: starts the built program with the Node that npm installed, otherwise with the one running this.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const repository = resolve(here, '..', '..');
const program = join(here, 'dist', 'main.js');
const node = [join(repository, 'node_modules/node/bin/node'), join(repository, 'node_modules/.bin/node')].find((path) => existsSync(path)) ?? process.execPath;

if (!existsSync(join(repository, 'node_modules')) || !existsSync(program)) {
  console.error(existsSync(join(repository, 'node_modules')) ? '命令行程序还没有构建，请先运行 npm run build' : '依赖还没有安装，请先运行 npm ci 和 npm run build（或直接运行 npm start）');
  process.exit(2);
}
const settings = join(repository, '.env');
if (existsSync(settings)) process.loadEnvFile(settings);
const ended = spawnSync(node, ['--enable-source-maps', '--disable-warning=ExperimentalWarning', program, ...process.argv.slice(2)], { stdio: 'inherit' });
if (ended.error) {
  console.error(`不能启动 ${node}：${ended.error.message}`);
  process.exit(2);
}
process.exit(ended.status ?? 2);
