import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { canonicalJson, inclusionRanges, leafHash, proofFrom, rootOf, sha256, signHead, type CommandEntry, type LogKey, type Note } from '@zhijian/audit';
import { attributesOf, basisOf, bundlePaths, eventHashes, kindOf, objectsIn, payloadsOf, stepDigest, type ArchiveRecord, type History, type JournalRow, type LogProofs, type RoomPart } from '@zhijian/audit/bundle';
import { builtInCalendar } from '@zhijian/calendar';
import { workflowIds } from '@zhijian/contracts/workflows';
import { Packs } from '@zhijian/policy';
import { bytesOf } from '../archive/history-bytes.js';
import { keptCalendar, keptPacks } from '../archive/kept-files.js';
import { Bundle } from './tampered-bundle.fixture.js';

/** Read once for all bundles. */
const installed = new Packs();

type Said = Record<string, unknown>;
interface Part { rows: JournalRow[]; moments: Said[]; obligations: Said[]; entries: CommandEntry[]; facts: { id: string; body: string }[] }

const actor = (workflowId: string): string => `workflow:${workflowId}`;
const uuid = (random: () => number): string => `01a2${hex(random, 4)}-${hex(random, 4)}-7${hex(random, 3)}-8${hex(random, 3)}-${hex(random, 12)}`;
const hex = (random: () => number, many: number): string => Array.from({ length: many }, () => Math.floor(random() * 16).toString(16)).join('');

/** Changes what the payloads of a history say, in place. */
function told(history: History, change: (value: Said) => void): void {
  for (const event of history.events) for (const name of ['input', 'result']) {
    for (const payload of ((attributesOf(event)[name] ?? {}) as { payloads?: { data: string }[] }).payloads ?? []) {
      const value = JSON.parse(Buffer.from(payload.data, 'base64').toString('utf8')) as Said;
      for (const one of objectsIn(value)) change(one);
      payload.data = Buffer.from(JSON.stringify(value), 'utf8').toString('base64');
    }
  }
}

/**
 * A clean bundle that never was: a stored history as another campaign's, days later, its journal of other obligations,
 * with everything around it as the rooms would have left it.
 */
export async function cleanBundle(stored: History, { code, key, random }: { code: string; key: LogKey; random: () => number }): Promise<Bundle> {
  const before = (attributesOf(stored.events[0]!) as { workflowId: string }).workflowId;
  const campaignId = uuid(random);
  const runId = uuid(random);
  const history = JSON.parse(Buffer.from(JSON.stringify(stored)).toString('utf8').replaceAll(workflowIds.partsOf(before).campaignId, campaignId)) as History;
  const workflowId = before.replace(workflowIds.partsOf(before).campaignId, campaignId);
  const { unit } = workflowIds.partsOf(workflowId);
  const later = Math.floor(random() * 400) * 86_400_000;
  for (const event of history.events) event.eventTime = new Date(Date.parse(event.eventTime) + later).toISOString();
  Object.assign(attributesOf(history.events[0]!), { originalExecutionRunId: runId, firstExecutionRunId: runId, workflowId });
  for (const event of history.events) if (kindOf(event) === 'WORKFLOW_TASK_COMPLETED') Object.assign(attributesOf(event), { workerVersion: { buildId: `workflow-bundle+${sha256(code)}` } });

  const part: Part = { rows: [], moments: [], obligations: [], entries: [], facts: [] };
  const at = (): string => new Date(Date.parse(history.events[0]!.eventTime) + part.entries.length * 60_000).toISOString();
  const entered = (more: Partial<CommandEntry>): CommandEntry => {
    const entry: CommandEntry = { v: 1, id: uuid(random), room: 'inspection', at: at(), actor: actor(workflowId), jurisdiction: unit, cause: 'test', workflow: null, notes: [], facts: [], certificates: [], ...more };
    part.entries.push(entry);
    return entry;
  };
  const replaced = new Map<string, string>();
  const digests: string[] = [];
  const known = new Map<string, { journal: [string, string]; digest: string }>();
  told(history, (said) => {
    if (typeof said['campaignId'] === 'string') said['campaignId'] = campaignId;
    if (typeof said['calendar'] === 'string') said['calendar'] = builtInCalendar.version;
    if (typeof said['factId'] === 'string') {
      const fact = replaced.get(said['factId']) ?? uuid(random);
      if (!replaced.has(said['factId'])) {
        replaced.set(said['factId'], fact);
        const body = JSON.stringify({ id: fact, type: 'inspection.campaign-amended', time: at(), actor: 'city:shi@330100', subject: campaignId, data: { campaignId } });
        part.facts.push({ id: fact, body });
        entered({ facts: [{ id: fact, type: 'inspection.campaign-amended', sha256: sha256(body) }], actor: 'city:shi@330100' });
      }
      said['factId'] = fact;
    }
  });
  for (const event of history.events) {
    const scheduled = history.events[Number(attributesOf(event)['scheduledEventId'] ?? 0) - 1];
    const activity = kindOf(event) === 'ACTIVITY_TASK_COMPLETED' && scheduled ? (attributesOf(scheduled) as { activityId: string }).activityId : null;
    const one = { events: [event] };
    told(one, (said) => {
      if (!Array.isArray(said['did'])) return;
      const entry = entered({ workflow: activity ? { id: workflowId, run: runId, activity } : null });
      for (const done of said['did'] as Said[]) {
        const old = done['digest'] as string | undefined;
        const seen = old && known.get(`${old} ${JSON.stringify(done['journal'])}`);
        if (seen) { Object.assign(done, seen); continue; }
        const moment = uuid(random);
        const rows = old === undefined ? [] : Array.from({ length: 1 + Math.floor(random() * 6) }, (_, index): JournalRow => ({ seq: String(part.rows.length + 1 + index), obligationId: uuid(random), what: 'opened', at: entry.at, dueAt: random() < 0.2 ? null : new Date(Date.parse(entry.at) + 30 * 86_400_000).toISOString(), momentId: moment, actor: entry.actor }));
        part.rows.push(...rows);
        part.obligations.push(...rows.map(({ obligationId, dueAt }) => ({ id: obligationId, title: '任务', state: 'open', dueAt, doneAt: null })));
        const digest = rows.length ? stepDigest(rows) : null;
        digests.push(digest ?? '-');
        part.moments.push({ id: moment, kind: done['kind'], state: 'done', doneAt: entry.at, digest });
        if (digest) { const claim = { journal: [rows[0]!.seq, rows.at(-1)!.seq] as [string, string], digest }; Object.assign(done, claim); known.set(`${old} ${JSON.stringify(done['journal'])}`, claim); }
      }
    });
  }
  const outcome = sha256(digests.join('\n'));
  told(history, (said) => { if (said['outcome'] === 'finished' && said['unit'] === unit) said['digest'] = outcome; });
  return assembled({ history, part, workflowId, runId, campaignId, unit, outcome, code, key, entered });
}

async function assembled({ history, part, workflowId, runId, campaignId, unit, outcome, code, key, entered }: { history: History; part: Part; workflowId: string; runId: string; campaignId: string; unit: string; outcome: string; code: string; key: LogKey; entered: (more: Partial<CommandEntry>) => CommandEntry }): Promise<Bundle> {
  const bytes = bytesOf(historyFromJSON(history));
  const hashes = eventHashes(bytes);
  const { packs, calendars } = basisOf(history);
  const kept = [...await keptPacks(installed, packs), ...(calendars.length ? [keptCalendar(builtInCalendar)] : [])];
  const whole = payloadsOf(history.events.at(-1)!)[0] !== undefined;
  const record: ArchiveRecord = {
    v: 1, workflowId, runId, workflowType: (attributesOf(history.events[0]!) as { workflowType: { name: string } }).workflowType.name, campaignId, unit, status: whole ? 'COMPLETED' : 'RUNNING', startedAt: history.events[0]!.eventTime, closedAt: history.events.at(-1)!.eventTime,
    events: history.events.length, historySha256: sha256(bytes), eventsSha256: sha256(hashes), bundleSha256: sha256(code), sdk: 'test', files: kept.map(({ kind, name, sha256: hash }) => ({ kind, name, sha256: hash })), archivedAt: history.events.at(-1)!.eventTime,
  };
  const note: Note = { action: 'history archived', subject: workflowId, jurisdiction: '', policy: null, detail: { ...record } };
  const archived = entered({ room: 'workflows', notes: [note] });
  const listed = (entries: readonly CommandEntry[]) => entries.map((entry) => ({ id: entry.id, body: canonicalJson(entry), leaf: leafHash(canonicalJson(entry)).toString('hex') }));
  const empty = { certificates: [], ruleTexts: [], facts: [], rows: {} };
  const inspection: RoomPart = {
    ...empty, room: 'inspection', entries: listed(part.entries.filter((entry) => entry !== archived)), facts: part.facts,
    rows: { journal: part.rows as unknown as Said[], obligation: part.obligations, moment: part.moments, unit: [{ unit, outcome: { digest: outcome } }] },
  };
  const workflows: RoomPart = { ...empty, room: 'workflows', entries: listed([archived]) };
  const text = (value: unknown): Buffer => Buffer.from(canonicalJson(value), 'utf8');
  const proofs = provenBy(key, [...inspection.entries, ...workflows.entries]);
  const bundle = new Bundle(new Map([
    [bundlePaths.archive, text(record)], [bundlePaths.history, bytes], [bundlePaths.events, Buffer.from(hashes)], [bundlePaths.bundle, Buffer.from(code)], [bundlePaths.proofs, text(proofs)],
    ...kept.map(({ kind, sha256: hash, content }) => [bundlePaths.kept(kind, hash), Buffer.from(content)] as const), [bundlePaths.room('inspection'), text(inspection)], [bundlePaths.room('workflows'), text(workflows)],
    [bundlePaths.manifest, text({ format: 1, installation: key.installation, madeAt: record.archivedAt, workflowId, runId, files: [], treeHead: proofs.head })],
  ]));
  bundle.signedBy(key);
  return bundle;
}

/** A log of these entries alone. */
export function provenBy(key: LogKey, entries: RoomPart['entries']): LogProofs {
  const leaves = entries.map(({ leaf }) => Buffer.from(leaf, 'hex'));
  const head = signHead({ v: 1, installation: key.installation, size: leaves.length, root: rootOf(leaves).toString('hex'), at: '2026-11-22T00:00:00.000+08:00' }, key);
  const path = (index: number): string[] => proofFrom(inclusionRanges(index, leaves.length), ({ level, index: nth }) => rootOf(leaves.slice(nth * 2 ** level, (nth + 1) * 2 ** level))).map((hash) => hash.toString('hex'));
  return { head, publicKey: key.publicKey, entries: Object.fromEntries(entries.map(({ id }, index) => [id, { index, path: path(index) }])) };
}
