import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { loadPack, packName, PackError } from '@zhijian/policy';
import { WrongQuestion, type Command, type Question } from '../command/command.js';
import { policyFolder } from '../command/folders.js';
import { answerOf, check } from './check.js';

export const packInstall: Command = {
  noun: 'pack', verb: 'install', usage: 'FOLDER', summary: '检查后装入；已装入的版本不被替换；运行中的服务 5 秒内可用', takes: 1, options: {},
  async answer(question) {
    const folder = resolve(question.surroundings.cwd, question.arguments[0]!);
    if (!existsSync(join(folder, 'pack.yaml'))) throw new WrongQuestion(`${folder} 不是政策包的文件夹（没有 pack.yaml）`);
    const checked = await check(folder, question);
    if (!checked.ok) return answerOf(checked);
    const pack = await loadPack(folder, question.packs().parents);
    const name = packName(pack);
    const target = join(policyFolder(question.surroundings.env), ...pack.id.split('/'), String(pack.version));
    const installed = existsSync(target) ? await hashOf(target, question) : undefined;
    if (installed === pack.hash) return { ok: true, json: { installed: name, folder: target, new: false }, text: `${name} 早已装入，内容相同` };
    if (installed !== undefined || !place(folder, target)) {
      return { ok: false, json: { installed: null, folder: target, reason: 'version-installed' }, text: `${name} 早已装入且内容不同：已装入的版本不被替换，请另出新版本` };
    }
    return { ok: true, json: { installed: name, folder: target, new: true }, text: `${name} 已装入 ${target}` };
  },
};

async function hashOf(folder: string, question: Question): Promise<string> {
  try {
    return (await loadPack(folder, question.packs().parents)).hash;
  } catch (error) {
    if (error instanceof PackError) return 'unreadable';
    throw error;
  }
}

/** Copies to a draft beside the target and renames it: a reader sees the whole pack or none. False when another was faster. */
function place(folder: string, target: string): boolean {
  mkdirSync(dirname(target), { recursive: true });
  const draft = mkdtempSync(join(dirname(target), '.draft-'));
  try {
    cpSync(folder, draft, { recursive: true, filter: (path) => !/[\\/]\.[^\\/]*$/.test(path.slice(folder.length)) });
    renameSync(draft, target);
    return true;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
