import { bundlePaths, contentsOf, packWordsIn, storyOf, type Manifest, type ManifestSignature, type StoryLine } from '@zhijian/audit/bundle';
import type { Command } from '../command/command.js';
import { opened } from './bundle-file.js';

export const auditTimeline: Command = {
  noun: 'audit', verb: 'timeline', usage: 'FILE', summary: '把核验包里的流程讲成经过：时间、步骤、结果、条款、办理人（先用 audit verify 核验）', takes: 1, options: {},
  async answer({ arguments: [file = ''], surroundings: { cwd } }) {
    const it = await opened(cwd, file);
    if ('refused' in it) return { ok: false, json: { ok: false, lines: [], reason: it.refused.message }, text: it.refused.message };
    const json = <T>(path: string): T => JSON.parse(it.files.get(path)?.toString('utf8') ?? '{}') as T;
    const { replaying } = await import('@zhijian/workflow-runtime'); // only who replays needs the engine's own reader
    const contents = contentsOf(it.files, json<Manifest>(bundlePaths.manifest), json<ManifestSignature>(bundlePaths.signature), (bytes) => replaying.decode(bytes));
    const lines = storyOf(contents, await packWordsIn(contents));
    return { ok: true, json: { ok: true, verified: false, workflowId: contents.archive?.workflowId ?? '', lines }, text: [...lines.map(written), unverified].join('\n') };
  },
};

/** A story is what a file says; whether it is true, only `verify` finds out. */
const unverified = '（以上是核验包的记载，未经核对；是否属实，用 audit verify 核验）';

const written = ({ at, event, step, result, clauses, actor }: StoryLine): string =>
  [`${at.slice(0, 16).replace('T', ' ')}  ${step}${event ? `（事件 ${event}）` : ''}${result ? `：${result}` : ''}`, ...(clauses.length ? [`    依据 ${clauses.map(({ id, quote }) => (quote ? `${id}“${quote}”` : id)).join('、')}`] : []), `    办理人 ${actor.startsWith('workflow:') ? '系统（按流程自动办理）' : actor}`].join('\n');
