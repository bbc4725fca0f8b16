import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { verifyDraw } from '@zhijian/policy';
import { WrongQuestion, type Command } from '../command/command.js';

export const drawVerify: Command = {
  noun: 'draw', verb: 'verify', usage: 'FILE', summary: '只凭抽取记录重新计算（sha256-rank-1）', takes: 1, options: {},
  async answer({ arguments: [file = ''], surroundings }) {
    const verdict = verifyDraw(recordIn(resolve(surroundings.cwd, file)));
    return { ok: verdict.ok, json: { ok: verdict.ok, mismatches: verdict.mismatches }, text: verdict.ok ? '与记录一致' : verdict.mismatches.map(({ field, message }) => `✗ ${field} ${message}`).join('\n') };
  },
};

function recordIn(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new WrongQuestion(error instanceof SyntaxError ? `${path} 不是 JSON` : `不能读取 ${path}`);
  }
}
