import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { clonePack, packName, parsePack, readFiles, type Clone } from '@zhijian/policy';
import { textOf, wholeOf, WrongQuestion, type Command, type Question } from '../command/command.js';
import { readPack } from './read-pack.js';

export const packClone: Command = {
  noun: 'pack', verb: 'clone', usage: 'PACK --year N --out FOLDER', takes: 1,
  summary: '由一个政策包生成另一年度的草稿：日期相应推移并逐个标明待确认，条款和引文照旧；检查会列出每一项待确认的',
  options: { year: { type: 'string' }, out: { type: 'string' } },
  async answer(question) {
    const [year, out] = [wholeOf(question.values, 'year'), textOf(question.values, 'out')];
    if (year === undefined || year < 2000 || year > 2149) throw new WrongQuestion('--year 应为四位年份，如 --year 2024');
    if (!out) throw new WrongQuestion('缺少 --out：草稿放在哪个文件夹');
    const target = resolve(question.surroundings.cwd, out);
    if (existsSync(target)) throw new WrongQuestion(`${target} 已经存在，不覆盖`);
    const { pack, folder } = await readPack(question.arguments[0]!, question);
    const clone = clonePack(readFiles(folder ?? folderOf(packName(pack), question)), { year, from: packName(pack) });
    await parsePack(clone.files, question.packs().parents);
    written(clone, target);
    const { id, shifted } = clone;
    return {
      ok: true, json: { pack: `${id}@1`, folder: target, shifted },
      text: [`${id}@1 草稿已写入 ${target}`, ...shifted.map(({ file, path, was, now }) => `  ${file} ${path}  ${was} → ${now}`), `${shifted.length} 个日期待确认（pack check 会逐项列出，不能直接启用）；条款和引文仍是 ${packName(pack)} 的`].join('\n'),
    };
  },
};

function folderOf(name: string, question: Question): string {
  const found = question.packs().list().find((it) => packName(it) === name);
  if (!found) throw new WrongQuestion(`没有找到 ${name} 的文件夹`);
  return found.folder;
}

/** Whole or not at all. */
function written({ files }: Clone, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  const draft = mkdtempSync(join(dirname(target), '.draft-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(draft, path)), { recursive: true });
      writeFileSync(join(draft, path), text);
    }
    chmodSync(draft, 0o755);
    renameSync(draft, target);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
