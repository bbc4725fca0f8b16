import { join } from 'node:path';
import { loadPending, testTitles, tracePacks, type TraceRow } from '@zhijian/policy';
import type { Command } from '../command/command.js';
import { repository } from '../command/folders.js';

const testFolders = ['libs', 'services', 'workflows', 'deploy', 'test'].map((name) => join(repository, name));

export const packTrace: Command = {
  noun: 'pack', verb: 'trace', usage: '', summary: '每一条款 → 取值 → 规则 → 测试；规范性条款缺少其一即不通过', takes: 0, options: {},
  async answer({ packs }) {
    const shelf = packs();
    const all = await Promise.all([...shelf.list(), ...shelf.laws()].map(({ id, version }) => shelf.get(`${id}@${version}`)));
    const { total, traced, pending, missing, rows } = tracePacks(all, testTitles(testFolders), loadPending());
    const text = [...rows.map(line), `共 ${total} 条，已落实 ${traced} 条，待后续 ${pending.length} 条，缺 ${missing.length} 条${missing.length ? `：${missing.join('、')}` : ''}`].join('\n');
    return { ok: missing.length === 0, json: { total, traced, pending, missing }, text };
  },
};

const line = ({ clause, normative, values, rules, tests }: TraceRow): string =>
  `${clause}${normative ? '' : '（非规范性）'}\n  取值 ${values.join('，') || '—'}\n  规则 ${rules.join('，') || '—'}\n  测试 ${tests.length ? `${tests.length} 项：${tests.slice(0, 2).join('；')}${tests.length > 2 ? ' …' : ''}` : '—'}`;
