import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { countersign, newLogKey, type LogKey, type SignedHead, type TreeHead, type Witnessed } from '@zhijian/audit';
import { textOf, WrongQuestion, type Command } from '../command/command.js';

/** What a witness keeps: its own key, the log's key as it first learnt it, and the head it signed last. */
interface Kept { name: string; key: LogKey; logKey: string; last: TreeHead | null }

const refusals: Record<Exclude<Witnessed, { ok: true }>['code'], string> = {
  'not-signed-by-the-log': '树头的签名不是这份日志的密钥所作', 'another-installation': '树头属于另一套系统', older: '日志比上次会签时短', 'not-a-continuation': '日志不是上次会签内容的延续，已被改写',
};

/** Asks the portal. @throws WrongQuestion when it does not answer */
async function asked<T>(portal: string, path: string): Promise<T> {
  const answer = await fetch(`${portal.replace(/\/$/, '')}/public/v1/log/${path}`, { signal: AbortSignal.timeout(20_000) }).catch((error: unknown) => { throw new WrongQuestion(`门户没有应答：${String(error)}`); });
  if (!answer.ok) throw new WrongQuestion(`门户答复 ${answer.status}（${path}）`);
  return await answer.json() as T;
}

function kept(file: string, name: string, logKey: string | undefined): Kept {
  if (existsSync(file)) {
    const known = JSON.parse(readFileSync(file, 'utf8')) as Kept;
    if (known.name !== name || (logKey !== undefined && logKey !== known.logKey)) throw new WrongQuestion(`${file} 属于见证方“${known.name}”或另一个日志密钥`);
    return known;
  }
  if (logKey === undefined) throw new WrongQuestion('首次会签须用 --key 给出日志的公钥（从日志以外的途径取得）');
  return { name, key: newLogKey(name), logKey, last: null };
}

export const auditWitness: Command = {
  noun: 'audit', verb: 'witness', usage: 'NAME --portal URL [--key KEY] [--state FILE]', summary: '以见证方身份会签存证日志的最新树头：只会签上次所签内容的延续', takes: 1,
  options: { portal: { type: 'string' }, key: { type: 'string' }, state: { type: 'string' } },
  async answer({ arguments: [name = ''], values, surroundings: { cwd } }) {
    const portal = textOf(values, 'portal');
    if (!portal) throw new WrongQuestion('请用 --portal 给出门户地址');
    const file = resolve(cwd, textOf(values, 'state') ?? 'witness.json');
    const mine = kept(file, name, textOf(values, 'key'));
    const next = await asked<SignedHead>(portal, 'head');
    const between = mine.last && mine.last.size < next.head.size;
    const { path } = between ? await asked<{ path: string[] }>(portal, `proof?from=${mine.last!.size}&to=${next.head.size}`) : { path: [] };
    const done = countersign(next, { last: mine.last, proof: path, logKey: mine.logKey, witness: name, key: mine.key });
    if (!done.ok) return { ok: false, json: { ok: false, code: done.code, size: next.head.size }, text: `不予会签：${refusals[done.code]}` };
    writeFileSync(`${file}.new`, JSON.stringify({ ...mine, last: next.head }), { mode: 0o600 });
    renameSync(`${file}.new`, file);
    return {
      ok: true, json: { ok: true, countersignature: done.countersignature, publicKey: mine.key.publicKey },
      text: `已会签 ${next.head.size} 条记录的树头\n${JSON.stringify(done.countersignature)}`, notes: [`见证方公钥（由运维登记到 witnesses.json）：${mine.key.publicKey}`, '将上面的会签交由运维 POST 到 /api/v1/audit/countersignatures'],
    };
  },
};
