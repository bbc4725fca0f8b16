import { bundlePaths } from '../bundle/format.js';
import { canonicalJson, sha256 } from '../canonical.js';
import { leafHash, type CommandEntry } from '../command-entry.js';
import { ruleText } from '../rules/rule-text.js';
import { finder, type Check, type Contents, type Found } from './contents.js';

/** What an entry is called: its first note, or its id. */
export const entryName = ({ id, at, notes: [note] }: CommandEntry): string => `${at.slice(0, 19).replace('T', ' ')} 的日志条目“${note?.action ?? id}”`;

/** Every entry hashes to its leaf, in the one form that is hashed, once. */
export const entries: Check = ({ rooms, entries: all }) => {
  const found = finder('entries');
  const seen = new Set<string>();
  return [
    ...[...rooms.values()].flatMap(({ room, entries: given }) => given.filter(({ id }) => !all.some((one) => one.entry.id === id)).map(({ id }) => found(`${bundlePaths.room(room)}#entries/${id}`, `日志条目 ${id} 不能读取`))),
    ...all.flatMap(({ room, at, entry, body, leaf }) => {
      const twice = seen.has(entry.id);
      seen.add(entry.id);
      if (twice) return [found(at, `${entryName(entry)}出现两次`)];
      if (leafHash(body).toString('hex') !== leaf || canonicalJson(entry) !== body) return [found(at, `${entryName(entry)}的内容与其叶哈希不符`)];
      return entry.room.replaceAll('_', '-') === room ? [] : [found(at, `${entryName(entry)}属于 ${entry.room}，却列在 ${room} 之下`)];
    }),
  ];
};

type Committed = 'facts' | 'certificates';

/** What the entries name is there as it was committed, and nothing is there that no entry names. */
function committed(contents: Contents, kind: Committed, word: string): Found[] {
  const found = finder(kind);
  return [...contents.rooms.values()].flatMap((part) => {
    const given = new Map<string, string>(part[kind].map(({ id, body }) => [id, body]));
    const named = new Set<string>();
    const at = (id: string): string => `${bundlePaths.room(part.room)}#${kind}/${id}`;
    const missing = contents.entries.filter(({ room }) => room === part.room).flatMap(({ entry }) => entry[kind].flatMap((one: { id: string; sha256: string; type?: string }) => {
      named.add(one.id);
      const body = given.get(one.id);
      if (body === undefined) return [found(at(one.id), `${entryName(entry)}所记的${word} ${one.type ?? one.id} 缺失`)];
      return sha256(body) === one.sha256 ? [] : [found(at(one.id), `${word} ${one.type ?? one.id}（${one.id}）与${entryName(entry)}所记的 SHA-256 不符`)];
    }));
    const strange = [...given.keys()].filter((id) => !named.has(id)).map((id) => found(at(id), `${word} ${id} 没有任何日志条目提到`));
    return [...missing, ...strange];
  });
}

export const facts: Check = (contents) => committed(contents, 'facts', '事实');

/** Certificates are those committed; their inputs, rule texts and clauses are what they say. */
export const certificates: Check = (contents) => {
  const found = finder('certificates');
  return [...committed(contents, 'certificates', '决定凭证'), ...contents.certificates.flatMap(({ room, at, certificate }) => {
    if (sha256(canonicalJson(certificate.inputs)) !== certificate.inputsSha256) return [found(at, `决定凭证 ${certificate.id} 的输入与其哈希不符`)];
    const { rule } = certificate;
    const text = rule && contents.rooms.get(room)?.ruleTexts.find((one) => one.sha256 === rule.sha256);
    if (rule && (!text || ruleText(text.body).sha256 !== rule.sha256)) return [found(at, `决定凭证 ${certificate.id} 所用规则“${rule.name}”的文本缺失或被改动`)];
    return [];
  })];
};
