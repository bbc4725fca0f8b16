import { bundlePaths, type KeptKind } from '../bundle/format.js';
import { canonicalJson, sha256 } from '../canonical.js';
import { finder, type Check } from './contents.js';

/** Every file of the manifest is there and is what was signed; nothing else is there. */
export const hashes: Check = ({ files, manifest }) => {
  const found = finder('hashes');
  const listed = new Map(manifest.files.map((file) => [file.path, file]));
  return [
    ...manifest.files.flatMap(({ path, sha256: hash, bytes }) => {
      const content = files.get(path);
      if (!content) return [found(path, `清单所列的文件 ${path} 不在核验包内`, false)];
      return content.length === bytes && sha256(content) === hash ? [] : [found(path, `文件 ${path} 的内容与签名清单记载的 SHA-256 不符`, false)];
    }),
    ...[...files.keys()].filter((path) => path !== bundlePaths.manifest && path !== bundlePaths.signature && !listed.has(path)).map((path) => found(path, `文件 ${path} 不在签名清单内`)),
  ];
};

const kinds: Record<KeptKind, string> = { pack: '政策包', calendar: '工作日历' };

/** The archive's record is the one its entry in the log speaks of, and what it names by hash is what lies beside it. */
export const archive: Check = ({ files, archive: record, entries, manifest, rooms }) => {
  const found = finder('archive');
  if (!record) return [found(bundlePaths.archive, '归档记录缺失或不能读取')];
  const logged = entries.filter(({ room }) => room === 'workflows').flatMap(({ entry }) => entry.notes).filter(({ action, subject }) => action === 'history archived' && subject === record.workflowId);
  const same = logged.some(({ detail }) => canonicalJson(detail) === canonicalJson(record));
  const of = (path: string, hash: string, what: string) => (sha256(files.get(path) ?? '') === hash ? [] : [found(path, `${what}与归档时记入日志的 SHA-256 不符`, path === bundlePaths.bundle)]);
  return [
    ...(same ? [] : [found(bundlePaths.archive, logged.length ? '归档记录与日志中的归档条目不一致' : '日志中没有这次归档的条目', logged.length > 0)]),
    ...(record.workflowId === manifest.workflowId && record.runId === manifest.runId ? [] : [found(bundlePaths.manifest, `清单所称的流程（${manifest.workflowId}，运行 ${manifest.runId}）不是归档的那一次运行`)]),
    ...of(bundlePaths.history, record.historySha256, '流程历史'),
    ...of(bundlePaths.bundle, record.bundleSha256, '当日运行的流程程序'),
    ...record.files.flatMap(({ kind, name, sha256: hash }) => of(bundlePaths.kept(kind, hash), hash, `${kinds[kind]} ${name} `).map((one) => ({ ...one, exact: true }))),
    ...['inspection', 'workflows'].filter((room) => !rooms.has(room)).map((room) => found(bundlePaths.room(room), `缺少 ${room} 服务的记录`)),
  ];
};
