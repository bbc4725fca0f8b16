import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { bundlePaths, unzipped, type Manifest, type ManifestSignature } from '@zhijian/audit/bundle';
import { caseFileName } from '@zhijian/contracts/words';
import { tokenFor } from '../account/token.js';
import { textOf, WrongQuestion, type Command } from '../command/command.js';
import { dataFolder } from '../command/folders.js';

export const auditExport: Command = {
  noun: 'audit', verb: 'export', usage: 'WORKFLOW-ID [--run ID] --out FILE', summary: '把一件流程的全部证据导出为一个文件（历史、程序、政策包、日志证明、凭证、台账、公布内容）；不加 --run 时为最近一次运行，--out 为文件夹时自行取名', takes: 1,
  options: { out: { type: 'string' }, run: { type: 'string' } },
  async answer({ arguments: [workflowId = ''], values, surroundings: { env, cwd } }) {
    const out = textOf(values, 'out');
    if (!out) throw new WrongQuestion('请用 --out 给出要写的文件');
    const runId = textOf(values, 'run');
    const file = await fetched(env, workflowId, runId);
    const files = await unzipped(file);
    const manifest = JSON.parse(files.get(bundlePaths.manifest)!.toString('utf8')) as Manifest;
    const { keyId } = JSON.parse(files.get(bundlePaths.signature)!.toString('utf8')) as ManifestSignature;
    const path = fileAt(resolve(cwd, out), caseFileName(workflowId, runId));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file);
    const known = rememberKey(env, keyId);
    const document = { file: path, bytes: file.length, workflowId, runId: manifest.runId, installation: manifest.installation, key: keyId, madeAt: manifest.madeAt };
    return { ok: true, json: document, text: `已写入 ${path}（${Math.ceil(file.length / 1024)} KB）\n运行 ${manifest.runId}\n系统 ${manifest.installation}\n密钥 ${keyId}`, notes: known ? [] : ['此密钥已记入本机；在另一台机器上核验时，用 --key 给出它'] };
  },
};

/** A folder holds the file under the name of its case, and of its run where one was named. */
const fileAt = (path: string, name: string): string => (statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, name) : path);

/** A token from the environment, else the demonstration's auditor. */
const tokenOf = async (env: NodeJS.ProcessEnv): Promise<string> => env['ZHIJIAN_TOKEN'] || (await tokenFor(env, 'shenji')).access_token;

async function fetched(env: NodeJS.ProcessEnv, workflowId: string, runId: string | undefined): Promise<Buffer> {
  const gateway = (env['GATEWAY_URL'] ?? `http://127.0.0.1:${env['GATEWAY_PORT'] ?? '4200'}`).replace(/\/$/, '');
  const token = await tokenOf(env);
  const which = runId === undefined ? '' : `?${new URLSearchParams({ runId }).toString()}`;
  const answer = await fetch(`${gateway}/api/v1/audit/export/${encodeURIComponent(workflowId)}${which}`, { headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(60_000) }).catch(() => undefined);
  if (!answer) throw new WrongQuestion(`系统 ${gateway} 没有应答，请先运行 npm start`);
  if (!answer.ok) {
    const { title, errors = [] } = (await answer.json().catch(() => ({}))) as { title?: string; errors?: { message: string }[] };
    throw new WrongQuestion([title ?? `系统没有给出核验包（${answer.status}）`, ...errors.map(({ message }) => message)].join('：'));
  }
  return Buffer.from(await answer.arrayBuffer());
}

const keysFile = (env: NodeJS.ProcessEnv): string => join(dataFolder(env), 'audit-keys.json');

/** Keys of installations that this machine has exported from. */
export const knownKeys = (env: NodeJS.ProcessEnv): string[] => (existsSync(keysFile(env)) ? (JSON.parse(readFileSync(keysFile(env), 'utf8')) as string[]) : []);

/** @returns whether it was known before */
function rememberKey(env: NodeJS.ProcessEnv, key: string): boolean {
  const known = knownKeys(env);
  if (known.includes(key)) return true;
  mkdirSync(dirname(keysFile(env)), { recursive: true });
  writeFileSync(keysFile(env), JSON.stringify([...known, key]));
  return false;
}
