import { existsSync, lstatSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadPack, packName, PackError, type Pack } from '@zhijian/policy';
import { WrongQuestion, type Answer, type Command, type Question } from '../command/command.js';
import { policyFolder, sourceOf } from '../command/folders.js';
import { answerOf, check } from './check.js';
import { locked, place, placeSource } from './place.js';

export const packInstall: Command = {
  noun: 'pack', verb: 'install', usage: 'FOLDER', summary: '检查后装入；已装入的版本不被替换；运行中的服务 5 秒内可用', takes: 1, options: {},
  async answer(question) {
    const folder = resolve(question.surroundings.cwd, question.arguments[0]!);
    if (!existsSync(join(folder, 'pack.yaml'))) throw new WrongQuestion(`${folder} 不是政策包的文件夹（没有 pack.yaml）`);
    if (lstatSync(folder).isSymbolicLink()) throw new WrongQuestion(`${folder} 是链接，不装入；请给出真正的文件夹`);
    const checked = await check(folder, question);
    if (!checked.ok) return answerOf(checked);
    const pack = await loadPack(folder, question.packs().parents);
    return installed(pack, folder, question);
  },
};

async function installed(pack: Pack, folder: string, question: Question): Promise<Answer> {
  const name = packName(pack);
  const root = policyFolder(question.surroundings.env);
  const target = join(root, ...pack.id.split('/'), String(pack.version));
  const known = await hashOnShelf(name, question);
  if (known === pack.hash && existsSync(target)) return { ok: true, json: { installed: name, folder: target, new: false }, text: `${name} 早已装入，内容相同` };
  if (known !== undefined && known !== pack.hash) return refused(name, target);
  if (!placeSource(root, pack.document.source, sourceOf(pack, question.surroundings.env, folder))) {
    return { ok: false, json: { installed: null, folder: target, reason: 'source-differs' }, text: `已装入的来源文件中有同名而内容不同的 ${pack.document.source}：请把来源文件改名，并改 pack.yaml 的 document.source` };
  }
  const placed = await place(folder, target, pack.hash, question.packs().parents);
  if (placed === 'changed') return { ok: false, json: { installed: null, folder: target, reason: 'changed-meanwhile' }, text: '文件夹在检查之后被改动，没有装入；请重新装入' };
  if (placed === 'taken' && (await hashOf(target, question)) !== pack.hash) return refused(name, target);
  locked(root, name, pack.hash);
  return { ok: true, json: { installed: name, folder: target, new: placed === 'new' }, text: `${name} 已装入 ${target}` };
}

const refused = (name: string, folder: string): Answer =>
  ({ ok: false, json: { installed: null, folder, reason: 'version-installed' }, text: `${name} 早已装入且内容不同：已装入的版本不被替换，请另出新版本` });

/** The content hash of that version where it stands already, installed or as it comes with the house. */
async function hashOnShelf(name: string, question: Question): Promise<string | undefined> {
  const found = [...question.packs().list(), ...question.packs().laws()].find((it) => packName(it) === name);
  return found && hashOf(found.folder, question);
}

async function hashOf(folder: string, question: Question): Promise<string> {
  try {
    return (await loadPack(folder, question.packs().parents)).hash;
  } catch (error) {
    if (error instanceof PackError) return 'unreadable';
    throw error;
  }
}
