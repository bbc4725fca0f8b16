import { canonicalJson, leafHash, sha256, type CommandEntry, type LogKey } from '@zhijian/audit';
import { bundlePaths, caseOf, gatheringNow, type LogProofs, type Manifest, type RoomPart } from '@zhijian/audit/bundle';
import { provenBy } from './clean-bundle.fixture.js';
import type { Bundle } from './tampered-bundle.fixture.js';
import type { Tampering } from './tamperings.fixture.js';

type Row = Record<string, unknown>;

const paper = { number: '示例卫罚〔2023〕1号', authority: '示例县卫生健康局', decidedOn: '2023-05-06', creditCode: '52990101000000001X' };
const shown = { party: '示例体检中心', basis: '《中华人民共和国职业病防治法》第八十条', sanctions: [{ kind: 'warning', fen: null }, { kind: 'fine', fen: 1_250_000 }] };
const back = { ground: 'annulled', changedOn: '2023-06-19', document: '示例政复决〔2023〕2号', reason: '认定事实的证据不足', withdrawBy: '2023-06-25' };
const law = ['XZCF-2021-48', 'XZCF-2021-85'];
const at = { disclosed: '2023-05-08T10:00:00.000+08:00', withdrawn: '2023-06-20T10:00:00.000+08:00' };
/** Of one case the penalty stands, of the other it was taken back. */
export const cases = { standing: '01a20000-0000-7000-8000-0000000000c1', withdrawn: '01a20000-0000-7000-8000-0000000000c2' } as const;

let made = 0;
const id = (): string => `01a20000-0000-7000-9000-${String((made += 1)).padStart(12, '0')}`;
const entryOf = (room: string, time: string, action: string, subject: string, more: Partial<CommandEntry>, detail: Row): CommandEntry =>
  ({ v: 1, id: id(), room, at: time, actor: 'county:xian@330127', jurisdiction: '330127', cause: id(), workflow: null, notes: [{ action, subject, jurisdiction: '330127', policy: null, detail }], facts: [], certificates: [], ...more });

/** Adds penalties that became public to a district's file, as both rooms leave them, in a log of this key. */
export function withPenalties(bundle: Bundle, key: LogKey): void {
  const { campaignId, unit } = caseOf(bundle.read<Manifest>(bundlePaths.manifest).workflowId);
  const added: Record<'inspection' | 'publication', { entries: CommandEntry[]; facts: RoomPart['facts'] }> = { inspection: { entries: [], facts: [] }, publication: { entries: [], facts: [] } };
  const rows: Row[] = [];
  const stated = (type: string, action: string, time: string, caseId: string, data: Row): string => {
    const factId = id();
    const body = JSON.stringify({ id: factId, type, time, actor: 'county:xian@330127', subject: 'b1', data: { campaignId, unit, caseId, institutionId: 'b1', ...data } });
    added.inspection.facts.push({ id: factId, body });
    added.inspection.entries.push(entryOf('inspection', time, action, caseId, { facts: [{ id: factId, type, sha256: sha256(body) }] }, {}));
    return factId;
  };
  const stood = (action: string, time: string, caseId: string, row: Row): void => {
    added.publication.entries.push(entryOf('publication', time, action, caseId, {}, { revision: row['revision'] }));
    rows.push({ caseId, institutionId: 'b1', jurisdiction: unit, ...paper, ...row, publishedAt: new Date(time).toISOString() });
  };
  for (const caseId of Object.values(cases)) {
    stated('inspection.case-decided', 'case decided', '2023-05-06T10:00:00.000+08:00', caseId, { decidedOn: paper.decidedOn, sanctions: shown.sanctions });
    const clauses = ['行政处罚法 第四十八条'];
    const factId = stated('inspection.penalty-disclosed', 'penalty recorded', at.disclosed, caseId, { revision: 1, penalty: { ...paper, ...shown, clauses }, policy: { clauses } });
    stood('penalty published', at.disclosed, caseId, { revision: 1, withdrawn: false, ...shown, clauses, ground: null, changedOn: null, document: null, reason: null, withdrawBy: null, factId });
  }
  const factId = stated('inspection.penalty-withdrawn', 'penalty withdrawn', at.withdrawn, cases.withdrawn, { revision: 2, ...paper, ...back, policy: { clauses: law } });
  stood('penalty taken down', at.withdrawn, cases.withdrawn, { revision: 2, withdrawn: true, party: null, basis: null, sanctions: null, clauses: law, ...back, factId });
  for (const [room, { entries, facts }] of Object.entries(added)) bundle.room(room, (part) => { part.facts.push(...facts); part.entries.push(...entries.map(listed)); });
  bundle.room('publication', (part) => { part.rows['penalty'] = rows; });
  proven(bundle, key);
}

const listed = (entry: CommandEntry) => ({ id: entry.id, body: canonicalJson(entry), leaf: leafHash(canonicalJson(entry)).toString('hex') });

/** A log of the file's entries alone, and a manifest of today. */
function proven(bundle: Bundle, key: LogKey): void {
  const parts = [...bundle.files.keys()].filter((path) => path.startsWith('rooms/')).map((path) => bundle.read<RoomPart>(path));
  const proofs = provenBy(key, parts.flatMap(({ entries }) => entries));
  bundle.json<LogProofs>(bundlePaths.proofs, (old) => { Object.assign(old, proofs); });
  bundle.json<Manifest>(bundlePaths.manifest, (manifest) => { Object.assign(manifest, { gathering: gatheringNow, treeHead: proofs.head }); });
  bundle.signedBy(key);
}

const inPublic = (change: (rows: Row[]) => void) => (bundle: Bundle): void => bundle.room('publication', (part) => change(part.rows['penalty']!));
const rowOf = (rows: Row[], caseId: string, revision: number): Row => rows.find((row) => row['caseId'] === caseId && row['revision'] === revision)!;
const without = (caseId: string, revision: number) => inPublic((rows) => { rows.splice(rows.indexOf(rowOf(rows, caseId, revision)), 1); });
const penalty = (caseId: string, revision: number): RegExp => new RegExp(`^rooms/publication\\.json#penalty/${caseId}/${revision}$`);
const { standing, withdrawn } = cases;
const stands = { ...shown, withdrawn: false, ground: null, changedOn: null, document: null, reason: null, withdrawBy: null };

export const penaltyTamperings: readonly Tampering[] = [
  { what: 'a public penalty gets another fine', where: penalty(standing, 1), message: /示例卫罚〔2023〕1号 的第 1 次公开记录的处罚内容与公开时所记的不同/, change: inPublic((rows) => { rowOf(rows, standing, 1)['sanctions'] = [{ kind: 'warning', fen: null }]; }) },
  { what: 'a public penalty names another body', where: penalty(standing, 1), message: /统一社会信用代码、当事人、机构与/, change: inPublic((rows) => { Object.assign(rowOf(rows, standing, 1), { party: '示例二院', creditCode: '52990101000000002X', institutionId: 'b2' }); }) },
  { what: 'a public penalty of another place, day and fact', where: penalty(standing, 1), message: /决定日期、辖区、所据事实、公开时间与/, change: inPublic((rows) => { Object.assign(rowOf(rows, standing, 1), { jurisdiction: '330106', decidedOn: '2023-05-05', factId: 'f', publishedAt: '2023-05-07T02:00:00.000Z' }); }) },
  { what: 'a public penalty is taken out', where: /^rooms\/inspection\.json#facts\//, message: /已公开的处罚决定 示例卫罚〔2023〕1号 在公开记录中缺失/, change: without(standing, 1) },
  { what: 'a public penalty becomes one that was taken back', where: penalty(standing, 1), message: /没有撤回，却作为已撤回的公开/, change: inPublic((rows) => { Object.assign(rowOf(rows, standing, 1), { ...back, withdrawn: true, party: null, basis: null, sanctions: null }); }) },
  { what: 'a penalty that was taken back stands again, its taking back gone', where: /^rooms\/inspection\.json#facts\//, message: /已经撤回，公开记录中却没有撤回/, change: without(withdrawn, 2) },
  { what: 'a penalty that was taken back stands again, its taking back written over', where: penalty(withdrawn, 2), message: /已经撤回，却仍作为有效决定公开/, change: inPublic((rows) => { Object.assign(rowOf(rows, withdrawn, 2), stands); }) },
  { what: 'a penalty that was taken back stands again by a later row', where: penalty(withdrawn, 3), message: /第 3 次公开记录在日志中没有事实可查/, change: inPublic((rows) => { rows.push({ ...rowOf(rows, withdrawn, 2), ...stands, revision: 3 }); }) },
  { what: 'why a penalty was taken back is worded otherwise', where: penalty(withdrawn, 2), message: /撤回事由、撤回理由与撤回时所记的不同/, change: inPublic((rows) => { Object.assign(rowOf(rows, withdrawn, 2), { ground: 'changed', reason: '罚款数额有误' }); }) },
  { what: 'a penalty of another case is made up', where: penalty('made-up', 1), message: /在日志中没有事实可查/, change: inPublic((rows) => { rows.push({ ...rowOf(rows, standing, 1), caseId: 'made-up' }); }) },
  { what: 'all public penalties are taken out', where: /^rooms\/inspection\.json#facts\//, message: /在公开记录中缺失/, change: (bundle) => bundle.room('publication', (part) => { delete part.rows['penalty']; }) },
];
