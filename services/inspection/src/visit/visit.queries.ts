import { Injectable } from '@nestjs/common';
import type { Principal } from '@zhijian/access';
import type { FindingKind } from '@zhijian/contracts';
import type { QualificationLine } from '@zhijian/contracts/facts';
import type { AnswerOf, QueryOf, inspection } from '@zhijian/contracts/http';
import type { DutyKind } from '@zhijian/policy';
import { parameter } from '@zhijian/policy';
import { Clock, notFound, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { doingRefused, dutyOf, groundOf } from '../campaign/agency.rules.js';
import { Campaign, CampaignUnit } from '../campaign/campaign.entity.js';
import { offered } from '../self-check/item.rules.js';
import { judgementsAsked } from '../supervision/judgement.rules.js';
import { kindsOf, titleOf } from './finding-kind.rules.js';
import { suspendedOn } from './suspended.rules.js';
import { classAsked } from './visit.rules.js';

const findingTitles = `select jsonb_agg(jsonb_build_object('findingId', f.id, 'kind', f.kind, 'text', f.text, 'serious', f.serious, 'clauses', f.clauses, 'checklistItem', f.checklist_item, 'class', f.class, 'selfReported', f.self_reported) order by f.id) from finding f where f.visit_id = v.id`;
const drawOf = `select jsonb_build_object('drawId', d.id, 'visitId', d.visit_id, 'algorithm', 'sha256-rank-1', 'seed', d.seed, 'pool', d.pool, 'poolSha256', d.pool_sha256, 'size', d.size, 'result', d.result, 'drawnAt', d.drawn_at, 'clauses', d.clauses,
  'pack', c.pack || '@' || c.pack_version, 'calendar', c.calendar)`;
const visits = `select v.id as "visitId", v.campaign_id as "campaignId", v.unit, v.kind, v.institution_id as "institutionId", v.subject_name as "subjectName", v.unregistered, v.filed_elsewhere as "filedElsewhere",
    v.visit_on::text as "visitOn", v.inspectors, v.mode, v.judged, v.state, v.version, v.archives, (${drawOf} from draw d where d.visit_id = v.id) as draw,
    v.verifications, coalesce((${findingTitles}), '[]') as findings, v.remarks, (select k.id from case_file k where k.visit_id = v.id) as "caseId", v.clauses,
    c.pack || '@' || c.pack_version as pack, c.calendar, v.state = 'open' and v.kind = 'site-check' as verifiable
  from visit v join campaign c on c.id = v.campaign_id`;

interface Row { visitId: string; campaignId: string; unit: string; kind: DutyKind; institutionId: string | null; visitOn: string; pack: string; findings: { kind: FindingKind }[]; verifications: unknown[]; verifiable: boolean; [column: string]: unknown }

@Injectable()
export class VisitQueries {
  constructor(private readonly dataSource: DataSource, private readonly packs: PackShelf, private readonly clock: Clock) {}

  /** One visit with what this person may do with it and what its record asks for; the pack's agencies and tables say so. */
  async one(id: string, principal: Principal) {
    const [row] = await this.dataSource.query<Row[]>(`${visits} where v.id = $1`, [id]);
    if (!row) throw notFound('这次检查');
    const { manager } = this.dataSource;
    const [campaign, unit, pack, lines] = await Promise.all([manager.findOneByOrFail(Campaign, { id: row.campaignId }), manager.findOneByOrFail(CampaignUnit, { campaignId: row.campaignId, unit: row.unit }), this.packs.get(row.pack), this.linesOf(row.institutionId)]);
    const duty = dutyOf(unit.stages, row.kind);
    const asks = { archives: row.kind === 'site-check' && parameter(pack, 'archiveSample') !== undefined, class: classAsked(pack), judgements: judgementsAsked(pack), kinds: kindsOf(pack), checklist: offered(duty?.checklist ? pack.checklists[duty.checklist] : undefined) };
    return { ...(await this.shown(row)), mayAct: !doingRefused(principal, duty, groundOf(campaign, row.unit, this.clock.now()), [], { foreign: 'visit-unit-foreign' }), asks, suspended: suspendedOn(lines, row.visitOn, pack) };
  }

  async list(campaignId: string, filter: { unit?: string | undefined; institutionId?: string | undefined; limit: number; cursor?: string | undefined }) {
    const rows = await this.dataSource.query<Row[]>(
      `${visits} where v.campaign_id = $1 and ($2::text is null or v.unit = $2) and ($3::uuid is null or v.institution_id = $3) and ($4::uuid is null or v.id > $4) order by v.id limit $5`,
      [campaignId, filter.unit ?? null, filter.institutionId ?? null, filter.cursor ?? null, filter.limit]);
    const items = await Promise.all(rows.map((row) => this.shown(row)));
    return { items, next: rows.length === filter.limit ? rows.at(-1)!.visitId : null };
  }

  /** Bodies of the register by a part of the name or the beginning of the code, wherever they are filed. */
  async subjects({ q, limit, cursor }: QueryOf<typeof inspection.listVisitSubjects>) {
    const rows = await this.dataSource.query<AnswerOf<typeof inspection.listVisitSubjects>['items']>(
      `select institution_id as "institutionId", name, credit_code as "creditCode", kind, jurisdiction, case when filing->>'closedOn' is null then filing->>'filedIn' end as "filedIn", invented
         from institution_ref where (name ilike '%' || $1 || '%' or credit_code like upper($1) || '%') and ($2::text is null or institution_id::text > $2) order by institution_id::text limit $3`,
      [q.replaceAll(/[\\%_]/g, '\\$&'), cursor ?? null, limit + 1]);
    const items = rows.slice(0, limit);
    return { items, next: rows.length > limit ? items.at(-1)!.institutionId : null };
  }

  async draw(id: string) {
    const [row] = await this.dataSource.query<{ draw: unknown }[]>(`${drawOf} as draw from draw d join visit v on v.id = d.visit_id join campaign c on c.id = v.campaign_id where d.id = $1`, [id]);
    if (!row) throw notFound('这次抽取');
    return row.draw;
  }

  private async linesOf(institutionId: string | null): Promise<QualificationLine[]> {
    const [known] = institutionId ? await this.dataSource.query<{ lines: QualificationLine[] | null }[]>('select lines from institution_ref where institution_id = $1', [institutionId]) : [];
    return known?.lines ?? [];
  }

  /** While a visit is open it shows the self-check's items that are to be verified. */
  private async shown({ verifiable, ...row }: Row) {
    const pack = await this.packs.get(row.pack);
    const kinds = kindsOf(pack);
    const verifications = verifiable && row.institutionId ? await this.toVerify(row.campaignId, row.institutionId) : row.verifications;
    return { ...row, verifications, findings: row.findings.map((finding) => ({ ...finding, title: titleOf(finding.kind, kinds) })), minimumSample: parameter(pack, 'archiveSample')?.value.min ?? 0 };
  }

  private async toVerify(campaignId: string, institutionId: string) {
    const rows = await this.dataSource.query<unknown[]>(
      `select i->>'itemId' as "itemId", i->>'text' as text, i->>'class' as class, coalesce(i->>'correctedOn', i->>'acceptedBy', i->>'correctBy') as "acceptedBy", i->>'correctedOn' as "correctedOn", null as corrected, null as outcome, '' as note, '[]'::jsonb as clauses
         from self_check s, jsonb_array_elements(s.items) i where s.campaign_id = $1 and s.institution_id = $2 and s.state <> 'superseded'`, [campaignId, institutionId]);
    return rows;
  }
}
