import { Injectable } from '@nestjs/common';
import { decidedByTable } from '@zhijian/audit/rules';
import { dayOf } from '@zhijian/calendar';
import { newId, type Fact, type FactKind } from '@zhijian/contracts';
import type { ColourEntry, colourRevised, colourRunSigned } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';
import { decide, type Pack } from '@zhijian/policy';
import { PackShelf } from '@zhijian/service-kit';
import { documentOf } from './content.rules.js';
import { noticeMoved } from './finish.work.js';
import { postingRuleOf } from './notice.rules.js';
import { packNameOf, takeNotice, type NoticeRow } from './notice.store.js';

type DataOf<K> = K extends FactKind<infer T> ? T : never;
type Signed = DataOf<typeof colourRunSigned>;
type Revised = DataOf<typeof colourRevised>;

const titles: Record<NoticeRow['because'], string> = { run: '', objection: '（因异议改动，另行公示）', correction: '（更正）' };

/** What quality control has signed becomes drafts of notices: a whole run, or one entry that is another now. */
@Injectable()
export class DraftService {
  constructor(private readonly packs: PackShelf) {}

  /** What was signed of a run travels in parts; the last one to arrive makes its notice a draft. A later signature of the run, of bodies determined since, has a notice of its own. */
  async keepSigned({ data }: Fact<Signed>, tx: Tx): Promise<void> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`notice/run/${data.runId}`]);
    const [known] = await tx.query<{ id: string; state: string }>(`select id, state from notice where run_id = $1 and signed_digest = $2 order by id limit 1`, [data.runId, data.digest]);
    if (known && known.state !== 'collecting') return;
    const noticeId = known?.id ?? (await this.drafted(tx, { ...data, because: 'run', correctionId: null }, 'collecting'));
    if ((await tx.execute('insert into notice_part (notice_id, part) values ($1, $2) on conflict do nothing', [noticeId, data.part])) === 0) return;
    await listed(tx, noticeId, data.entries.map((entry) => ({ entry, before: null, institutionId: entry.institutionId, revision: entry.revision })));
    const [count] = await tx.query<{ parts: number; entries: number }>('select (select count(*)::int from notice_part where notice_id = $1) as parts, (select count(*)::int from notice_entry where notice_id = $1) as entries', [noticeId]);
    if (count!.parts < data.parts) return;
    await tx.execute(`update notice set state = 'draft', version = version + 1 where id = $1`, [noticeId]);
    tx.note('notice drafted', noticeId, data.policy, { run: data.runId, entries: count!.entries, undetermined: data.undetermined }, data.jurisdiction);
  }

  /**
   * One body's result is another. In a draft it is exchanged; in a notice that was posted the entry gets a full notice of
   * its own (CQ-2024-08, AMB-CQ-13), and the others go on; once published it is corrected by a notice and an erratum.
   */
  async keepRevised({ data }: Fact<Revised>, tx: Tx): Promise<void> {
    const [last] = await tx.query<{ id: string; state: string; revision: number; entryState: string; colour: string | null }>(
      `select n.id, n.state, e.revision, e.state as "entryState", e.colour from notice_entry e join notice n on n.id = e.notice_id
        where e.institution_id = $1 and n.jurisdiction = $2 and n.year = $3 and n.state <> 'withdrawn' order by e.revision desc, n.id desc limit 1`, [data.institutionId, data.jurisdiction, data.year]);
    if (last && last.revision >= data.revision) return;
    const pack = await this.packs.get(`${data.policy.pack}@${data.policy.version}`);
    if (last && ['collecting', 'draft'].includes(last.state)) return exchanged(tx, last.id, data);
    if (last?.entryState === 'listed' && !(await this.superseded(tx, last, data, pack))) return;
    if (data.entry === null && data.because === 'objection') return; // nothing was published, and nothing is to be
    const noticeId = await this.drafted(tx, { ...data, undetermined: 0, parts: 1 }, 'draft');
    await listed(tx, noticeId, [{ entry: data.entry, before: data.before, institutionId: data.institutionId, revision: data.revision }]);
    tx.note('notice drafted', noticeId, data.policy, { run: data.runId, entries: 1, because: data.because, correction: data.correctionId }, data.jurisdiction);
  }

  /** @returns false where the colour is the same: the notice goes on with the entry as it was put up */
  private async superseded(tx: Tx, last: { id: string; colour: string | null }, data: Revised, pack: Pack): Promise<boolean> {
    const notice = await takeNotice(tx, last.id);
    const inputs = { colourChanged: (data.entry?.colour ?? null) !== last.colour };
    const decided = pack.decisions['after-objection'] ? decide<string>(pack, 'after-objection', inputs) : null;
    if (decided) tx.certify(decidedByTable(pack, 'after-objection', inputs, { kind: 'correction', subject: last.id, about: [data.institutionId], jurisdiction: data.jurisdiction, context: { correction: data.correctionId, revision: data.revision } }));
    const own = decided ? decided.value !== 'continues' : true;
    await tx.execute(`update objection set settled_at = $3, version = version + 1 where notice_id = $1 and institution_id = $2 and settled_at is null and state = 'answered'`, [last.id, data.institutionId, tx.now]);
    if (own) await tx.execute(`update notice_entry set state = 'superseded', ready = false, settled_at = $3 where notice_id = $1 and institution_id = $2 and state = 'listed'`, [last.id, data.institutionId, tx.now]);
    tx.note(own ? 'entry superseded' : 'entry kept', last.id, data.policy, { institution: data.institutionId, revision: data.revision, because: data.because }, data.jurisdiction);
    await noticeMoved(tx, notice);
    return own;
  }

  private async drafted(tx: Tx, data: Pick<Signed, 'runId' | 'jurisdiction' | 'year' | 'basisYear' | 'undetermined' | 'parts' | 'policy'> & { digest?: string; because: NoticeRow['because']; correctionId: string | null }, state: 'collecting' | 'draft'): Promise<string> {
    const { pack: name, version } = data.policy;
    const pack = await this.packs.get(packNameOf({ pack: name, packVersion: version }));
    const id = newId();
    const [earlier] = await tx.query(`select 1 from notice where run_id = $1 and because = 'run' and state <> 'withdrawn' limit 1`, [data.runId]);
    const title = `${data.year} 年度${postingRuleOf(pack, dayOf(tx.now))?.title ?? '结果公示'}${data.because === 'run' && earlier ? '（补充）' : titles[data.because]}`;
    await tx.execute(
      `insert into notice (id, run_id, jurisdiction, year, basis_year, because, correction_id, state, pack, pack_version, title, document, parts, undetermined, made_at, clauses, signed_digest) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '[]', $16)`,
      [id, data.runId, data.jurisdiction, data.year, data.basisYear, data.because, data.correctionId, state, name, version, title, JSON.stringify(documentOf(pack)), data.parts, data.undetermined, tx.now, data.digest ?? null]);
    return id;
  }
}

interface Listed { entry: ColourEntry | null; before: string | null; institutionId: string; revision: number }

/** Puts bodies on a draft; one that stands there already with an older revision is exchanged. */
async function listed(tx: Tx, noticeId: string, entries: readonly Listed[]): Promise<void> {
  await tx.execute(
    `insert into notice_entry (notice_id, institution_id, revision, colour, before, entry)
     select $1, e."institutionId", e.revision, e.entry ->> 'colour', e.before, coalesce(e.entry, 'null'::jsonb) from jsonb_to_recordset($2::jsonb) as e("institutionId" text, revision int, before text, entry jsonb)
     on conflict (notice_id, institution_id) do update set revision = excluded.revision, colour = excluded.colour, entry = excluded.entry where notice_entry.revision < excluded.revision`, [noticeId, JSON.stringify(entries)]);
}

async function exchanged(tx: Tx, noticeId: string, data: Revised): Promise<void> {
  if (data.entry === null && data.because === 'objection') await tx.execute('delete from notice_entry where notice_id = $1 and institution_id = $2', [noticeId, data.institutionId]);
  else await listed(tx, noticeId, [{ entry: data.entry, before: data.before, institutionId: data.institutionId, revision: data.revision }]);
  await tx.execute('update notice set version = version + 1 where id = $1', [noticeId]);
  tx.note('notice draft changed', noticeId, data.policy, { institution: data.institutionId, revision: data.revision, because: data.because }, data.jurisdiction);
}
