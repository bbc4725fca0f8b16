import { verifyBundle, type Verdict } from '@zhijian/audit/bundle';
import { textOf, textsOf, type Command } from '../command/command.js';
import { opened } from './bundle-file.js';
import { knownKeys } from './export.js';

const names: Readonly<Record<string, string>> = {
  file: '文件', key: '密钥', manifest: '清单', signature: '签名', installation: '出处', hashes: '各文件哈希', archive: '归档记录', history: '流程历史', entries: '日志条目', log: '日志证明', facts: '事实', certificates: '决定凭证', packs: '政策包', calendars: '工作日历',
  decisions: '决定重算', journal: '任务台账', roster: '名单', forms: '报表', published: '公布内容', colours: '颜色公布', replay: '重放',
};

export const auditVerify: Command = {
  noun: 'audit', verb: 'verify', usage: 'FILE [--key KEY]… [--installation ID]', summary: '只凭核验包核对哈希、日志证明、重放、摘要与决定，指出第一处不符（不需要任何服务；签名的密钥须由 --key 给出，或本机导出过）', takes: 1,
  options: { key: { type: 'string', multiple: true }, installation: { type: 'string' } },
  async answer({ arguments: [file = ''], values, surroundings: { cwd, env } }) {
    const given = textsOf(values, 'key');
    const keys = given.length ? given : knownKeys(env);
    const installation = textOf(values, 'installation');
    const it = await opened(cwd, file);
    if ('refused' in it) return answerOf({ ok: false, checks: [{ name: 'file', ok: false }], firstDivergence: it.refused });
    const { isolatedReplaying } = await import('@zhijian/workflow-runtime'); // only who replays needs it
    const { ok, checks, firstDivergence } = await verifyBundle(it.files, isolatedReplaying(), { keys, ...(installation === undefined ? {} : { installation }) });
    if (firstDivergence?.check === 'key') return answerOf({ ok, checks, firstDivergence: { ...firstDivergence, message: `${firstDivergence.message}；${whatToDo}` } });
    return answerOf({ ok, checks: [{ name: 'file', ok: true }, ...checks], firstDivergence });
  },
};

/** A signature proves nothing of whose it is: anybody can make a key, and a bundle with it. */
const whatToDo = '请将它与门户 /public/v1/log/head 公布的日志密钥（key）逐字比对，一致后再用 --key 给出';

function answerOf({ ok, checks, firstDivergence }: Pick<Verdict, 'ok' | 'checks' | 'firstDivergence'>) {
  const lines = checks.map((check) => `${check.ok ? '✓' : '✗'} ${names[check.name] ?? check.name}`);
  return { ok, json: { ok, checks, firstDivergence }, text: [...lines, ok ? '全部相符' : `第一处不符：${firstDivergence?.message ?? ''}`].join('\n') };
}
