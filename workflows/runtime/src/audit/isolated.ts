import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serialize } from 'node:v8';
import type { Replaying } from '@zhijian/audit/bundle';
import { historyOf } from '../archive/history-bytes.js';
import type { Asked } from './replaying.process.js';
import type { Given } from './replaying.thread.js';

type Left = Awaited<ReturnType<Replaying['replay']>>;
export interface Limits { milliseconds: number; /** bytes, of the heap and of the whole process */ heap: number; memory: number; /** bytes of what it may print */ output: number }
const usual: Limits = { milliseconds: 40_000, heap: 600_000_000, memory: 1_500_000_000, output: 1_000_000 };

/** How the process ends that took too much memory. */
const tooMuch = 70;

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url)); // of this room, from `src` and from `dist`
const program = at('dist/audit/replaying.process.js');
const readable = [at('dist/'), at('package.json'), fileURLToPath(new URL('../../../../node_modules/', import.meta.url))].map((path) => (path.endsWith('/') ? `${path}*` : path));

/** Where the system grants it (Linux), a network and a list of processes of its own: nothing else is in them. */
const apart = ['--user', '--map-current-user', '--net', '--pid', '--fork', '--kill-child'];
const unshare = '/usr/bin/unshare';
let granted: boolean | undefined;
const ownSpace = (): boolean => (granted ??= existsSync(unshare) && spawnSync(unshare, [...apart, 'true'], { stdio: 'ignore', timeout: 5000 }).status === 0);

/**
 * Replays with the program of a bundle in a process of its own, which has no environment, an empty folder, may read nothing
 * but the modules it runs, write nothing, start nothing and reach nothing, and has so much time and memory. Whatever the
 * program does there, this process goes on, and says what came of it.
 */
export function isolatedReplaying(limits: Limits = usual): Replaying {
  return { decode: historyOf, replay: (code, history, workflowId) => replayed({ code, history, workflowId }, limits) };
}

async function replayed(given: Given, limits: Limits): Promise<Left> {
  const no = (message: string): Left => ({ event: null, message });
  if (!process.allowedNodeEnvironmentFlags.has('--permission')) return no(`此 Node（${process.version}）不能隔离运行包内的程序，未运行；请用第 24 版`);
  if (!existsSync(program)) return no('重放程序还没有构建，请先运行 npm run build');
  const folder = mkdtempSync(join(tmpdir(), 'zhijian-replay-'));
  try {
    const { answer, why } = await asked(folder, given, limits);
    return why === null ? (JSON.parse(answer!) as Left) : no(why);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The line that begins with what only the process's first thread knows, or why there is none. */
function asked(cwd: string, given: Given, { milliseconds, heap, memory, output }: Limits): Promise<{ answer: string | null; why: string | null }> {
  const nonce = randomUUID();
  const node = [process.execPath, '--permission', ...readable.map((path) => `--allow-fs-read=${path}`), '--allow-addons', '--allow-worker', '--no-warnings', `--import=${at('dist/audit/closed-doors.js')}`, program];
  const [command, ...args] = ownSpace() ? [unshare, ...apart, ...node] : node;
  return new Promise((resolve) => {
    const child = spawn(command!, args, { cwd, env: {}, stdio: ['pipe', 'pipe', 'ignore'] });
    let stopped: string | null = null;
    const stop = (why: string): void => { stopped ??= why; child.kill('SIGKILL'); };
    const timer = setTimeout(() => stop(`包内的程序在 ${milliseconds / 1000} 秒内没有结束，已终止`), milliseconds);
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => { said += piece; if (said.length > output) stop('包内的程序输出过多，已终止'); });
    child.stdin.on('error', () => undefined).end(serialize({ nonce, given, heap, memory, tooMuch } satisfies Asked)); // a process that has ended says so by its end
    child.once('error', (error) => { clearTimeout(timer); resolve({ answer: null, why: `不能启动重放：${error.message}` }); });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      const line = said.split('\n').find((one) => one.startsWith(`${nonce} `));
      if (line !== undefined && stopped === null) resolve({ answer: line.slice(nonce.length + 1), why: null });
      else resolve({ answer: null, why: stopped ?? (code === tooMuch || code === 134 || signal === 'SIGABRT' ? '包内的程序超出了内存上限，已终止' : `包内的程序没有给出结果就结束了（${signal ?? code ?? ''}）`) });
    });
  });
}
