import { Injectable } from '@nestjs/common';
import { caseOf, type ArchiveRecord } from '@zhijian/audit/bundle';
import type { audit as http, QueryOf } from '@zhijian/contracts/http';
import { drawSample } from '@zhijian/policy';
import { DataSource } from 'typeorm';

type Listed = QueryOf<typeof http.listArchivedCases>;
type Which = Pick<Listed, 'campaignId' | 'kind'>;
interface Row { id: string; record: string }
/** Cases of one campaign, of one kind, or all. Kinds are read from the ids (`caseOf`): what names none of ours is another. */
const which = `($1::text is null or campaign_id = $1) and ($2::text is null or case when split_part(workflow_id, '/', 1) in ('campaign', 'colour', 'notice', 'consequences') then split_part(workflow_id, '/', 1) else 'other' end = $2)`;
const latest = `select distinct on (workflow_id) id, record from archived_run where ${which} order by workflow_id, started_at desc, events desc`;
/** Every run of one case, each as far as it was archived. */
const runs = `select distinct on (run_id) id, started_at, record from archived_run where workflow_id = $5 and ${which} order by run_id, events desc`;

@Injectable()
export class ArchiveQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** The latest run of each case, the latest archived first; of one case all its runs, the latest begun first. */
  async list({ campaignId, kind, workflowId, limit, cursor }: Listed) {
    const asked = [campaignId ?? null, kind ?? null, cursor ?? null, limit];
    const rows = workflowId === undefined
      ? await this.dataSource.query<Row[]>(`select id, record from (${latest}) l where ($3::uuid is null or id < $3::uuid) order by id desc limit $4`, asked)
      : await this.dataSource.query<Row[]>(`select id, record from (${runs}) r where ($3::uuid is null or (started_at, id) < (select started_at, id from archived_run where id = $3::uuid)) order by started_at desc, id desc limit $4`, [...asked, workflowId]);
    return { items: rows.map(({ record }) => shown(JSON.parse(record) as ArchiveRecord)), next: rows.length === limit ? rows.at(-1)!.id : null };
  }

  /** Draws cases by the seed: whoever has the answer draws them again (`draw verify`). */
  async sample({ seed, size, campaignId, kind }: Which & { seed: string; size: number }) {
    const rows = await this.dataSource.query<{ workflow_id: string }[]>(`select distinct workflow_id from archived_run where closed_at is not null and ${which}`, [campaignId ?? null, kind ?? null]);
    const pool = rows.map(({ workflow_id: id }) => id).sort();
    const drawn = drawSample({ seed, pool, size: Math.min(size, pool.length) });
    if (!drawn.ok) throw new Error(drawn.message); // the pool has no id twice, the size is checked
    return drawn.record;
  }
}

const shown = ({ files, v: _v, workflowType: _type, eventsSha256: _events, ...record }: ArchiveRecord) => ({
  ...record, kind: caseOf(record.workflowId).kind, packs: files.filter(({ kind }) => kind === 'pack').map(({ name }) => name), calendars: files.filter(({ kind }) => kind === 'calendar').map(({ name }) => name),
});
