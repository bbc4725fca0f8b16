import { refuse, type Refused } from '@zhijian/contracts';
import type { DataSource } from 'typeorm';
import { everywhere } from './scope.js';
import type { Caller, Tx } from './tx.js';
import type { UnitOfWork } from './unit-of-work.js';

export type KeptTextRefusal = 'kept-text-held' | 'kept-text-shared' | 'kept-text-unknown';
export const keptTextSentences = {
  'kept-text-held': '法定留存期未满（至 {until}），不予删除。依据：{basis}',
  'kept-text-shared': '同样的内容也写在其他事项中，该事项的法定留存期未满（至 {until}），不予删除。依据：{basis}',
  'kept-text-unknown': '没有这些内容，或者已经删除',
} satisfies Record<KeptTextRefusal, string>;

interface Row { commitment: string; body: string; names: string[] | null; holdUntil: string; holdBasis: string; subject: string; jurisdiction: string }
interface Erasure { commitments: readonly string[]; /** Number of the request. */ request: string }

/** What stands in rows where words have been erased. */
const instead = '（已依法删除）';
/** By the index over the words' hash; the words themselves decide. */
const oneOf = `hashtextextended(k.body, 0) = any(array(select hashtextextended(w, 0) from unnest($1::text[]) w)) and k.body = any($1::text[])`;
const kept = `select k.commitment, k.body, k.names, k.hold_until::text as "holdUntil", k.hold_basis as "holdBasis", k.subject, k.jurisdiction from kept_text k`;
/** Words that a rule's text says as well are ours, not a person's: sentences keep them, in rows as in what was kept (`erase_words`). */
const ours = (words: string): string => `exists (select 1 from rule_text t where strpos(t.body, substr(to_jsonb(${words})::text, 2, length(to_jsonb(${words})::text) - 2)) > 0)`;
/** Texts that contain one of some (`$1`) as a part that is erased there too. */
const around = `k.body is not null and exists (select 1 from unnest($1::text[], $2::boolean[]) as w(text, code) where k.body <> w.text and strpos(k.body, w.text) > 0 and without_words(k.body, w.text, '', w.code) <> k.body and not ${ours('w.text')})`;

/** Words that people wrote freely in one room: listed by their commitments, erased on the request of whom they concern. */
export class KeptTexts {
  constructor(private readonly dataSource: DataSource, private readonly uow: UnitOfWork, private readonly room: string) {}

  async list({ limit, cursor, subject }: { limit: number; cursor?: string | undefined; subject?: string | undefined }) {
    const items = await this.dataSource.query<{ commitment: string }[]>(
      `select commitment, $4 as room, subject, jurisdiction, actor, kept_at as "keptAt", hold_until::text as "holdUntil", hold_basis as "holdBasis", erased_at as "erasedAt", erased_reason as "erasedReason"
         from kept_text where ($2::text is null or commitment > $2) and ($3::text is null or subject = $3) order by commitment limit $1`, [limit, cursor ?? null, subject ?? null, this.room]);
    return { items, next: items.length === limit ? items.at(-1)!.commitment : null };
  }

  /**
   * Everything that was asked for, or nothing: one text that must still be kept refuses the whole. Words go from the rows of every
   * place: whoever erases sees none of them, and what row security hid from them would stay.
   */
  erase({ commitments, request }: Erasure, by: Caller): Promise<{ erased: number; rows: number } | Refused<KeptTextRefusal>> {
    return this.uow.run({ ...by, texts: [], scope: everywhere }, async (tx) => {
      const rows = await tx.query<Row>(`${kept} where k.commitment = any($1::text[]) and k.body is not null order by k.hold_until desc for update`, [commitments]);
      if (rows.length < new Set(commitments).size) return refuse<KeptTextRefusal>('kept-text-unknown', [], {}, { wrongState: true });
      const words = [rows.map(({ body }) => body), rows.map(({ names }) => names !== null)] as const;
      const held = await stillHeld(tx, rows, commitments, words);
      if (held) return held;
      const all = await tx.query<Row>(`${kept} where ${oneOf} for update`, [words[0]]); // every command that named the words has committed to them
      const parts = await tx.query<Row>(`${kept} where ${around} for update`, [...words]);
      let touched = 0;
      for (const { body, names } of [...rows].sort((a, b) => b.body.length - a.body.length)) { // one that stands in another comes after it: else nothing would find the longer one any more
        touched += (await tx.query<{ rows: number }>('select erase_words($1, $2, $3) as rows', [body, instead, names]))[0]?.rows ?? 0;
        await tx.execute(`update kept_text set salt = null, rest = false, body = without_words(body, $1, $2, $3) where commitment = any($4::text[]) and not ${ours('$1::text')}`, [body, instead, names !== null, parts.map(({ commitment }) => commitment)]);
      }
      await tx.execute('update kept_text set salt = null, body = null, erased_at = $2, erased_by = $3, erased_reason = $4 where commitment = any($1::text[])', [all.map(({ commitment }) => commitment), tx.now, by.actor, request]);
      for (const { commitment, subject, jurisdiction } of all) tx.note('text erased', subject, null, { commitment, request }, jurisdiction);
      for (const { commitment, subject, jurisdiction } of parts) tx.note('text erased', subject, null, { commitment, request, part: true }, jurisdiction);
      return { erased: all.length, rows: touched };
    });
  }
}

/** Rows do not say whose words they repeat: where the same stand in a matter that is still held, by themselves or in a longer text, they must stay there. */
async function stillHeld(tx: Tx, rows: readonly Row[], commitments: readonly string[], words: readonly unknown[]): Promise<Refused<KeptTextRefusal> | null> {
  const today = tx.now.slice(0, 10);
  const [latest] = rows;
  if (latest && latest.holdUntil >= today) return refuse<KeptTextRefusal>('kept-text-held', [], { until: latest.holdUntil, basis: latest.holdBasis }, { wrongState: true });
  const [shared] = await tx.query<Row>(`${kept} where ((${oneOf} and k.commitment <> all($3::text[])) or (${around})) and k.hold_until >= $4::date order by k.hold_until desc limit 1`, [...words, commitments, today]);
  return shared ? refuse<KeptTextRefusal>('kept-text-shared', [], { until: shared.holdUntil, basis: shared.holdBasis }, { wrongState: true }) : null;
}
