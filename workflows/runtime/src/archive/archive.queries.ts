import { Injectable } from '@nestjs/common';
import type { ArchiveRecord } from '@zhijian/audit/bundle';
import { drawSample } from '@zhijian/policy';
import { DataSource } from 'typeorm';

const latest = `select distinct on (workflow_id) id, record from archived_run where ($1::text is null or campaign_id = $1) order by workflow_id, id desc`;

@Injectable()
export class ArchiveQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Archived runs, the latest first. */
  async list({ campaignId, limit, cursor }: { campaignId?: string | undefined; limit: number; cursor?: string | undefined }) {
    const rows = await this.dataSource.query<{ id: string; record: string }[]>(`select id, record from (${latest}) l where ($2::uuid is null or id < $2::uuid) order by id desc limit $3`, [campaignId ?? null, cursor ?? null, limit]);
    return { items: rows.map(({ record }) => shown(JSON.parse(record) as ArchiveRecord)), next: rows.length === limit ? rows.at(-1)!.id : null };
  }

  /** Draws cases by the seed: whoever has the answer draws them again (`draw verify`). */
  async sample({ seed, size, campaignId }: { seed: string; size: number; campaignId?: string | undefined }) {
    const rows = await this.dataSource.query<{ workflow_id: string }[]>('select distinct workflow_id from archived_run where closed_at is not null and ($1::text is null or campaign_id = $1)', [campaignId ?? null]);
    const pool = rows.map(({ workflow_id: id }) => id).sort();
    const drawn = drawSample({ seed, pool, size: Math.min(size, pool.length) });
    if (!drawn.ok) throw new Error(drawn.message); // the pool has no id twice, the size is checked
    return drawn.record;
  }
}

const shown = ({ files, v: _v, workflowType: _type, eventsSha256: _events, ...record }: ArchiveRecord) => ({
  ...record, packs: files.filter(({ kind }) => kind === 'pack').map(({ name }) => name), calendars: files.filter(({ kind }) => kind === 'calendar').map(({ name }) => name),
});
