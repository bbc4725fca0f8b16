import type { CampaignPlan, Finding, PlannedMilestone, PlannedStage, SampleRule } from '@zhijian/policy';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Levels } from './agency.rules.js';

@Entity('campaign')
export class Campaign {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') name!: string;
  @Column('text') pack!: string;
  @Column('int', { name: 'pack_version' }) packVersion!: number;
  @Column('text', { name: 'pack_hash' }) packHash!: string;
  @Column('text') calendar!: string;
  @Column('text') jurisdiction!: string;
  /** The places of its units: who belongs there sees the campaign. */
  @Column('text', { array: true }) concerns!: string[];
  @Column('text') state!: 'draft' | 'approved' | 'finished';
  @Column('jsonb') findings!: readonly Finding[];
  @Column('jsonb') agencies!: CampaignPlan['agencies'];
  /** At which level its places are administered, as the directory's tree had it when the campaign was drawn up. */
  @Column('jsonb') levels!: Levels;
  /** The samples of the pinned pack, as they stood when the campaign was drawn up. */
  @Column('jsonb') samples!: Readonly<Record<string, SampleRule>>;
  @Column('timestamptz', { name: 'made_at' }) madeAt!: Date | string;
  /** Null for campaigns of before this was kept. */
  @Column('text', { name: 'made_by', nullable: true }) madeBy!: string | null;
  @Column('timestamptz', { name: 'approved_at', nullable: true }) approvedAt!: Date | string | null;
  @Column('text', { name: 'approved_by', nullable: true }) approvedBy!: string | null;
  @Column('jsonb', { nullable: true }) outcome!: unknown;
  @Column('int') version!: number;
}

/** One unit's part of a campaign: its own copy of the planned stages, as amended, and its own plan. */
@Entity('campaign_unit')
export class CampaignUnit {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'campaign_id' }) campaignId!: string;
  @Column('text') unit!: string;
  @Column('text') name!: string;
  @Column('int') ord!: number;
  @Column('text') state!: 'planned' | 'running' | 'suspended' | 'finished';
  @Column('jsonb') stages!: readonly PlannedStage[];
  /** Stages without any time in the text. */
  @Column('jsonb') milestones!: readonly PlannedMilestone[];
  @Column('uuid', { name: 'roster_id', nullable: true }) rosterId!: string | null;
  @Column('text', { name: 'plan_text' }) planText!: string;
  @Column('jsonb', { name: 'plan_dates' }) planDates!: { duty: string; on: string }[];
  /** Own dates of every filing, the last for a duty; `planDates` may be a draft. */
  @Column('jsonb', { name: 'filed_dates' }) filedDates!: { duty: string; on: string }[];
  @Column('timestamptz', { name: 'plan_filed_at', nullable: true }) planFiledAt!: Date | string | null;
  @Column('jsonb', { name: 'plan_policy', nullable: true }) planPolicy!: unknown;
  /** Pack and calendar its workflow was last told it goes by. */
  @Column('text', { nullable: true }) told!: string | null;
  @Column('jsonb', { nullable: true }) outcome!: unknown;
  @Column('int') version!: number;
}
