import { calendarOf, parseNotice } from '@zhijian/calendar';
import { PackError, packName, parsePack, type Pack } from '@zhijian/policy';
import { bundlePaths } from '../bundle/format.js';
import { basisOf } from '../bundle/history.js';
import { sha256 } from '../canonical.js';
import { finder, rowsOf, type Check, type Contents } from './contents.js';

const kept = ({ archive, files }: Contents, kind: 'pack' | 'calendar') => (archive?.files ?? []).filter((one) => one.kind === kind).flatMap(({ name, sha256 }) => {
  const path = bundlePaths.kept(kind, sha256);
  const content = files.get(path);
  return content ? [{ name, path, content: content.toString('utf8') }] : [];
});

const lately = new Map<string, Pack>();
/** Equal texts are one pack: whoever checks many cases of a campaign reads its pack once. What stands under another is read with it each time. */
async function parsed(text: string, parent: (name: string) => Promise<Pack>): Promise<Pack> {
  const hash = sha256(text);
  const known = lately.get(hash);
  if (known) return known;
  const pack = await parsePack(JSON.parse(text) as Record<string, string>, { parent });
  if (lately.size >= 8) lately.clear();
  if (!pack.parent) lately.set(hash, pack);
  return pack;
}

/** The packs that lie in a bundle, read by the bundle's own files alone. What cannot be read is missing. */
export async function packsIn(contents: Contents): Promise<Map<string, Pack>> {
  const texts = new Map(kept(contents, 'pack').map(({ name, content }) => [name, content]));
  const read = new Map<string, Pack>();
  const get = async (name: string): Promise<Pack> => {
    const known = read.get(name);
    if (known) return known;
    const text = texts.get(name);
    if (text === undefined) throw new PackError([{ file: name, path: '', message: '核验包内没有这个政策包' }]);
    const pack = await parsed(text, get);
    read.set(name, pack);
    return pack;
  };
  for (const name of texts.keys()) await get(name).catch(() => undefined);
  return read;
}

/** The packs the run went by are here, are what their names say, and are those that the campaign and the certificates are pinned to. */
export const packs: Check = async (contents) => {
  const found = finder('packs');
  const read = await packsIn(contents);
  const named = contents.history ? basisOf(contents.history).packs : [];
  const campaign = rowsOf<{ pack: string; packVersion: number; packHash: string }>(contents, 'inspection', 'campaign')[0];
  return [
    ...named.filter((name) => !kept(contents, 'pack').some((one) => one.name === name)).map((name) => found(bundlePaths.archive, `历史所依据的政策包 ${name} 不在核验包内`)),
    ...kept(contents, 'pack').flatMap(({ name, path }) => {
      const pack = read.get(name);
      if (!pack) return [found(path, `政策包 ${name} 不能读取`)];
      return packName(pack) === name ? [] : [found(path, `政策包 ${name} 的位置上是 ${packName(pack)}`)];
    }),
    ...(campaign ? [`${campaign.pack}@${campaign.packVersion}`] : []).flatMap((name) => {
      const pack = read.get(name);
      return !pack || pack.hash === campaign!.packHash ? [] : [found(`${bundlePaths.room('inspection')}#campaign`, `政策包 ${name} 的内容不是该行动批准时锁定的版本`)];
    }),
    ...contents.certificates.flatMap(({ at, certificate: { id, pack: pinned, clauses } }) => {
      const pack = pinned && read.get(`${pinned.id}@${pinned.version}`);
      if (!pack) return [];
      if (pack.hash !== pinned.sha256) return [found(at, `决定凭证 ${id} 所据政策包 ${packName(pack)} 的哈希与包内的不符`)];
      const wrong = clauses.find((clause) => pack.clauses[clause.id] !== undefined && pack.clauses[clause.id]!.quote !== clause.quote);
      return wrong ? [found(at, `决定凭证 ${id} 引用的条款 ${wrong.id} 与政策包中的原文不符`)] : [];
    }),
  ];
};

/** The calendars the run went by are here and are what their versions say. */
export const calendars: Check = (contents) => {
  const found = finder('calendars');
  const named = contents.history ? basisOf(contents.history).calendars : [];
  return [
    ...named.filter((version) => !kept(contents, 'calendar').some(({ name }) => name === version)).map((version) => found(bundlePaths.archive, `历史所依据的工作日历 ${version} 不在核验包内`)),
    ...kept(contents, 'calendar').flatMap(({ name, path, content }) => {
      try {
        const { version } = calendarOf(Object.values(JSON.parse(content) as Record<string, unknown>).map(parseNotice));
        return version === name ? [] : [found(path, `工作日历 ${name} 的内容实为 ${version}`)];
      } catch {
        return [found(path, `工作日历 ${name} 不能读取`)];
      }
    }),
  ];
};
