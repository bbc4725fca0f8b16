import { sha256 } from '@zhijian/audit';
import { decidedByTable } from '@zhijian/audit/rules';
import { dayOf, localDate } from '@zhijian/calendar';
import { newId } from '@zhijian/contracts';
import type { Settled } from '@zhijian/contracts/activities';
import { colourPublished, colourWithdrawn, noticeFinished } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';
import { decide, type Pack } from '@zhijian/policy';
import { listedText, listText } from './content.rules.js';
import { postingRuleOf } from './notice.rules.js';
import { keepSnapshot, ofNotice, packNameOf, policyOf, portalAddress, stoodBefore, type NoticeRow } from './notice.store.js';

interface Entry { institutionId: string; revision: number; colour: string | null; content: string; creditCode: string; name: string; kind: string; invented: boolean; objected: boolean; ready: boolean; clauses: string[] }
/** A posting on another official site: the day, the address, and the hash of what stood there. */
export interface PostedElsewhere { publishedOn: string; address: string; proof: string }

const listed = `select e.institution_id as "institutionId", e.revision, e.colour, e.content, e.credit_code as "creditCode", e.name, e.kind, e.invented, e.ready, coalesce(e.entry -> 'clauses', '[]') as clauses,
    exists (select 1 from objection o where o.notice_id = e.notice_id and o.institution_id = e.institution_id and o.settled_at is null) as objected
  from notice_entry e where e.notice_id = $1 and e.state = 'listed' order by e.institution_id`;

/**
 * Publishes whatever may be published of a notice that has ended (CQ-2024-09): at once where our portal is the official
 * site, else what somebody has posted elsewhere. What an objection holds back waits; the others go on.
 */
export async function publishReady(tx: Tx, notice: NoticeRow, pack: Pack, posted: PostedElsewhere | null): Promise<Settled> {
  const entries = await tx.query<Entry>(listed, [notice.id]);
  const allWait = postingRuleOf(pack, localDate(notice.postedOn!))?.objection === 'all-wait' && entries.some(({ objected }) => objected);
  const [held, free] = [entries.filter(({ objected }) => objected || allWait), entries.filter(({ objected }) => !objected && !allWait)];
  const may = decide<string>(pack, 'may-publish', { noticeEnded: true, objectionOpen: false }).value === 'publish';
  const due = may && (notice.site === 'portal' || posted) ? free : [];
  if (notice.toldPublished === null && held.length) certified(tx, pack, notice, held, true);
  if (due.length) await published(tx, notice, pack, due, posted);
  else if (may && free.some(({ ready }) => !ready)) await tx.execute(`update notice_entry set ready = true where notice_id = $1 and state = 'listed' and institution_id = any($2::text[])`, [notice.id, free.map(({ institutionId }) => institutionId)]);
  return noticeMoved(tx, notice);
}

const certified = (tx: Tx, pack: Pack, notice: NoticeRow, entries: readonly Entry[], objectionOpen: boolean) =>
  tx.certify(decidedByTable(pack, 'may-publish', { noticeEnded: true, objectionOpen }, { kind: 'publication', subject: notice.id, about: entries.map(({ institutionId }) => institutionId), jurisdiction: notice.jurisdiction, context: { run: notice.runId, year: notice.year } }));

async function published(tx: Tx, notice: NoticeRow, pack: Pack, entries: readonly Entry[], posted: PostedElsewhere | null): Promise<void> {
  const before = await stoodBefore(tx, notice, entries.map(({ institutionId }) => institutionId));
  const publishedOn = posted?.publishedOn ?? dayOf(tx.now);
  const head = { kind: 'publication', noticeId: notice.id, title: notice.title, jurisdiction: notice.jurisdiction, year: notice.year, pack: packNameOf(notice), publishedOn, publishedAt: tx.now };
  const body = listText(head, entries.map((entry) => listedText(entry, entry.content)));
  const hash = sha256(body);
  const [address, proof] = posted ? [posted.address, posted.proof] : [portalAddress(notice.id), hash];
  const rows = entries.filter(({ colour, institutionId }) => colour !== null || before.get(institutionId)?.colour)
    .map((entry) => ({ ...entry, id: newId(), before: before.get(entry.institutionId)?.colour ?? null, withdrawn: entry.colour === null }));
  await keepSnapshot(tx, notice.id, { kind: 'publication', entries: entries.length, sha256: hash, body });
  tx.write(`update notice_entry set state = 'published', ready = false, settled_at = $3 where notice_id = $1 and state = 'listed' and institution_id = any($2::text[])`, [notice.id, entries.map(({ institutionId }) => institutionId), tx.now]);
  await tx.execute(
    `insert into colour_publication (id, jurisdiction, year, institution_id, revision, withdrawn, colour, before, erratum, reason, content, credit_code, name, kind, invented, notice_id, run_id, published_on, published_at, site, address, proof_sha256, pack, pack_version, clauses)
     select r.id, $1, $2, r."institutionId", r.revision, r.withdrawn, r.colour, r.before, r.before is not null, $3, r.content, r."creditCode", r.name, r.kind, r.invented, $4, $5, $6, $7, $8, $9, $10, $11, $12, r.clauses
       from jsonb_to_recordset($13::jsonb) as r(id text, "institutionId" text, revision int, withdrawn boolean, colour text, before text, content text, "creditCode" text, name text, kind text, invented boolean, clauses jsonb)`,
    [notice.jurisdiction, notice.year, notice.explanation, notice.id, notice.runId, publishedOn, tx.now, notice.site, address, proof, notice.pack, notice.packVersion, JSON.stringify(rows)]);
  certified(tx, pack, notice, entries, false);
  const said = { publishedOn, publishedAt: tx.now, site: notice.site!, address, proofSha256: proof };
  for (const { institutionId, revision, colour, before: stood, clauses } of rows) {
    const policy = policyOf(notice, [...new Set([...notice.clauses.map(({ id }) => id), ...clauses])]);
    if (colour !== null) tx.fact(colourPublished, institutionId, { ...ofNotice(notice), institutionId, revision, colour, before: stood, erratum: stood !== null, ...said, policy }, notice.jurisdiction);
    else tx.fact(colourWithdrawn, institutionId, { ...ofNotice(notice), institutionId, revision, before: stood!, reason: notice.explanation ?? '', policy }, notice.jurisdiction);
  }
  tx.note('colours published', notice.id, policyOf(notice), { entries: entries.length, sha256: hash, publishedOn, site: notice.site }, notice.jurisdiction);
}

/**
 * Counts what has come of a notice that has ended, tells it where it is another than was told, and closes it when nothing is left.
 * Published is of whom a fact was stated, of a colour or of one taken back: whoever hears of the notice waits for as many.
 */
export async function noticeMoved(tx: Tx, notice: NoticeRow): Promise<Settled> {
  const [count] = await tx.query<{ state: string; published: number; ready: number; listed: number }>(
    `select (select state from notice where id = $1) as state, (select count(distinct p.institution_id)::int from colour_publication p where p.notice_id = $1) as published, count(*) filter (where state = 'listed' and ready)::int as ready, count(*) filter (where state = 'listed')::int as listed from notice_entry where notice_id = $1`, [notice.id]);
  const { state, published: done, ready, listed: left } = count!;
  const waiting = left - ready;
  if (!['ended', 'settled'].includes(state)) return { published: done, ready, waiting, settled: false };
  if (done !== notice.toldPublished || waiting !== notice.toldWaiting) {
    tx.write('update notice set told_published = $2, told_waiting = $3, version = version + 1 where id = $1', [notice.id, done, waiting]);
    tx.fact(noticeFinished, notice.jurisdiction, { ...ofNotice(notice), published: done, waiting, policy: policyOf(notice) }, notice.jurisdiction);
    tx.note('notice counted', notice.id, policyOf(notice), { published: done, ready, waiting }, notice.jurisdiction);
  }
  if (left === 0 && state === 'ended') tx.write(`update notice set state = 'settled', settled_at = $2, version = version + 1 where id = $1`, [notice.id, tx.now]);
  return { published: done, ready, waiting, settled: left === 0 };
}
