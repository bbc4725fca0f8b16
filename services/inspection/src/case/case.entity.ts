import type { SanctionKind } from '@zhijian/contracts';
import type { Circumstance } from '../supervision/judgement.rules.js';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Penalty, PenaltyWithdrawal } from './penalty.rules.js';

/** A decision that was changed by law, as it stood: what came in its place is the case's own. */
export interface EarlierDecision { decidedOn: string; sanctions: Sanction[]; penalty: Penalty; penaltyWithdrawal: PenaltyWithdrawal }

export interface Sanction { kind: SanctionKind; fen: number | null }

@Entity('case_file')
export class CaseFile {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') number!: string;
  @Column('uuid', { name: 'campaign_id' }) campaignId!: string;
  @Column('text') unit!: string;
  @Column('uuid', { name: 'visit_id' }) visitId!: string;
  @Column('uuid', { name: 'institution_id', nullable: true }) institutionId!: string | null;
  @Column('text', { name: 'subject_name' }) subjectName!: string;
  @Column('text') reason!: string;
  @Column('jsonb') clauses!: string[];
  @Column('date', { name: 'filed_on' }) filedOn!: string;
  @Column('text') state!: 'open' | 'decided';
  @Column('date', { name: 'decided_on', nullable: true }) decidedOn!: string | null;
  @Column('jsonb') sanctions!: Sanction[];
  /** Self-reported, strict, ordinary; null where the pack says nothing of it. */
  @Column('jsonb', { nullable: true }) circumstance!: Circumstance | null;
  /** The paper of the penalty and whether it is of social impact; null while nobody has said so. */
  @Column('jsonb', { nullable: true }) penalty!: Penalty | null;
  @Column('jsonb', { name: 'penalty_withdrawal', nullable: true }) penaltyWithdrawal!: PenaltyWithdrawal | null;
  @Column('jsonb', { name: 'earlier_decisions' }) earlierDecisions!: EarlierDecision[];
  @Column('int') version!: number;
}
