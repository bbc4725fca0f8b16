import { bundlePaths } from '../bundle/format.js';
import type { LogProofs } from '../bundle/proofs.js';
import { canonicalJson } from '../canonical.js';
import { headSigned, includes } from '../log/index.js';
import { finder, type Check } from './contents.js';
import { entryName } from './log.check.js';

/** Every entry stands in the log: its leaf leads up to the root of a head that the log's key signed. */
export const log: Check = ({ files, manifest, signature, entries }) => {
  const found = finder('log');
  const proofs = JSON.parse(files.get(bundlePaths.proofs)?.toString('utf8') ?? 'null') as LogProofs | null;
  const head = manifest.treeHead;
  if (!proofs || !head) return [found(bundlePaths.proofs, '核验包内没有日志证明')];
  if (canonicalJson(proofs.head) !== canonicalJson(head)) return [found(bundlePaths.proofs, '日志证明所据的树头不是清单所记的那一个')];
  if (proofs.publicKey !== signature.publicKey || !headSigned(head, proofs.publicKey)) return [found(bundlePaths.proofs, '日志树头的签名不符')];
  if (head.head.installation !== manifest.installation) return [found(bundlePaths.proofs, '日志树头出自另一套系统')];
  const root = Buffer.from(head.head.root, 'hex');
  return entries.flatMap(({ at, entry, leaf }) => {
    const proof = proofs.entries[entry.id];
    if (!proof) return [found(at, `${entryName(entry)}没有日志证明`)];
    const stands = includes({ index: proof.index, size: head.head.size, leaf: Buffer.from(leaf, 'hex'), path: proof.path.map((hash) => Buffer.from(hash, 'hex')), root });
    return stands ? [] : [found(at, `${entryName(entry)}不在签名树头（${head.head.size} 条）所证明的日志之内`)];
  });
};

/** Entries that the proofs speak of and the bundle does not have. */
export const dropped: Check = ({ files, entries }) => {
  const proofs = JSON.parse(files.get(bundlePaths.proofs)?.toString('utf8') ?? 'null') as LogProofs | null;
  const here = new Set(entries.map(({ entry }) => entry.id));
  return Object.entries(proofs?.entries ?? {}).filter(([id]) => !here.has(id)).map(([id, { index }]) => finder('log')(`${bundlePaths.proofs}#${id}`, `日志第 ${index + 1} 条（${id}）有证明，其内容却已从包内删去`));
};
