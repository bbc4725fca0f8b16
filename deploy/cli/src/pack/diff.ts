import { diffPacks, packName, type Difference } from '@zhijian/policy';
import type { Command } from '../command/command.js';
import { readPack } from './read-pack.js';

export const packDiff: Command = {
  noun: 'pack', verb: 'diff', usage: 'A B', summary: '两个政策包（或两个版本）逐项不同的取值，附条款', takes: 2, options: {},
  async answer(question) {
    const [{ pack: a }, { pack: b }] = [await readPack(question.arguments[0]!, question), await readPack(question.arguments[1]!, question)];
    const differences = diffPacks(a, b).map((it) => ({ ...it, old: it.old ?? null, new: it.new ?? null }));
    const text = [`${packName(a)} → ${packName(b)}`, ...differences.map(line), differences.length === 0 ? '取值完全相同' : `${differences.length} 处不同`].join('\n');
    return { ok: true, json: { a: packName(a), b: packName(b), same: differences.length === 0, differences }, text };
  },
};

const shown = (value: unknown): string => (value === null ? '（无）' : typeof value === 'string' ? value : JSON.stringify(value));

const line = ({ path, old, new: now, clauses }: Difference): string =>
  `${path}\n    ${shown(old)} → ${shown(now)}${clauses.length > 0 ? `（${clauses.join('、')}）` : ''}`;
