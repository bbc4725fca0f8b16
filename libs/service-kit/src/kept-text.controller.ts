import { Controller } from '@nestjs/common';
import { refuse } from '@zhijian/contracts';
import { operations } from '@zhijian/contracts/http';
import { UnitOfWork } from '@zhijian/persistence';
import { DataSource } from 'typeorm';
import { Call, Serve, type CallOf } from './call.js';
import { RoomName } from './parked.controller.js';
import { notFound } from './problem.js';

export type KeptTextRefusal = 'kept-text-held' | 'kept-text-unknown';
export const keptTextSentences = {
  'kept-text-held': '法定留存期未满（至 {until}），不予删除。依据：{basis}',
  'kept-text-unknown': '没有这些内容，或者已经删除',
} satisfies Record<KeptTextRefusal, string>;

/** What stands in rows where words have been erased. */
const instead = '（已依法删除）';
interface Row { commitment: string; body: string; names: string[] | null; holdUntil: string; holdBasis: string; subject: string; jurisdiction: string }

/**
 * Words that people wrote freely: listed by their commitments, erased on the request of whom they concern. Erased by the
 * security administrator, who sees no business data and learns of the matter by commitment and number of the request only.
 */
@Controller()
export class KeptTextController {
  constructor(private readonly dataSource: DataSource, private readonly uow: UnitOfWork, private readonly room: RoomName) {}

  @Serve(operations.listKeptTexts) async list(@Call() { params, query }: CallOf<typeof operations.listKeptTexts>) {
    this.here(params.room);
    const items = await this.dataSource.query<{ commitment: string }[]>(
      `select commitment, $4 as room, subject, jurisdiction, actor, kept_at as "keptAt", hold_until::text as "holdUntil", hold_basis as "holdBasis", erased_at as "erasedAt", erased_reason as "erasedReason"
         from kept_text where ($2::text is null or commitment > $2) and ($3::text is null or subject = $3) order by commitment limit $1`, [query.limit, query.cursor ?? null, query.subject ?? null, params.room]);
    return { items, next: items.length === query.limit ? items.at(-1)!.commitment : null };
  }

  /** Everything that was asked for, or nothing: one text that must still be kept refuses the whole. */
  @Serve(operations.eraseKeptTexts) erase(@Call() { params, body, by }: CallOf<typeof operations.eraseKeptTexts>) {
    this.here(params.room);
    return this.uow.run({ ...by, texts: [] }, async (tx) => {
      const rows = await tx.query<Row>(
        `select commitment, body, names, hold_until::text as "holdUntil", hold_basis as "holdBasis", subject, jurisdiction from kept_text where commitment = any($1::text[]) and body is not null order by hold_until desc for update`, [body.commitments]);
      if (rows.length < new Set(body.commitments).size) return refuse<KeptTextRefusal>('kept-text-unknown', [], {}, { wrongState: true });
      const [latest] = rows;
      if (latest && latest.holdUntil >= tx.now.slice(0, 10)) return refuse<KeptTextRefusal>('kept-text-held', [], { until: latest.holdUntil, basis: latest.holdBasis }, { wrongState: true });
      let touched = 0;
      for (const { body: text, names } of rows) touched += (await tx.query<{ rows: number }>('select case when $3::text[] is null then erase_text($1, $2) else erase_word($1, $2, $3) end as rows', [text, instead, names]))[0]?.rows ?? 0;
      await tx.execute('update kept_text set salt = null, body = null, erased_at = $2, erased_by = $3, erased_reason = $4 where commitment = any($1::text[])', [body.commitments, tx.now, by.actor, body.request]);
      for (const { commitment, subject, jurisdiction } of rows) tx.note('text erased', subject, null, { commitment, request: body.request }, jurisdiction);
      return { erased: rows.length, rows: touched };
    });
  }

  private here(room: string): void {
    if (room !== this.room.name) throw notFound('这个服务');
  }
}
