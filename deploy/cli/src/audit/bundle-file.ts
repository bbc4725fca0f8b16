import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { bundleLimits, NoBundle, unzipped, type Divergence, type Files } from '@zhijian/audit/bundle';
import { WrongQuestion } from '../command/command.js';

/** What a file is: the files of a bundle, or why it is none. Nothing is unpacked to disk. */
export type Opened = { files: Files } | { refused: Divergence };

/** @throws WrongQuestion when there is no such file */
export async function opened(cwd: string, file: string): Promise<Opened> {
  const path = resolve(cwd, file);
  try {
    const { size } = statSync(path);
    if (size > bundleLimits.file) return refused(`文件超过 ${bundleLimits.file / 1_000_000} MB，不是核验包`);
    return { files: await unzipped(readFileSync(path)) };
  } catch (error) {
    if (error instanceof NoBundle) return refused(error.message);
    if (typeof (error as NodeJS.ErrnoException).code === 'string') throw new WrongQuestion(`不能读取 ${path}`);
    throw error;
  }
}

const refused = (message: string): Opened => ({ refused: { check: 'file', where: '', message: `${message}，未作任何核验` } });
