import { Column, Entity, PrimaryColumn } from 'typeorm';

export interface SelfCheckItem {
  itemId: string;
  source: 'self' | 'assessment-last-year';
  problemId: string | null;
  checklistItem: string | null;
  text: string;
  correctedOn: string | null;
  correctBy: string | null;
  class?: 'violation' | 'gap' | null;
  measure?: string | null;
  responsible?: string | null;
  /** The date the district has accepted; on a visit only this date counts. */
  acceptedBy: string | null;
}

/** One report of one body. A new report supersedes the one before; none is ever overwritten. */
@Entity('self_check')
export class SelfCheck {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'campaign_id' }) campaignId!: string;
  @Column('text') unit!: string;
  @Column('uuid', { name: 'institution_id' }) institutionId!: string;
  @Column('int') report!: number;
  @Column('text') state!: 'submitted' | 'returned' | 'accepted' | 'superseded';
  @Column('jsonb') items!: SelfCheckItem[];
  @Column('boolean', { name: 'no_problems' }) noProblems!: boolean;
  @Column('int', { nullable: true }) employers!: number | null;
  @Column('int', { nullable: true }) workers!: number | null;
  @Column('text', { nullable: true }) receiver!: string | null;
  @Column('jsonb', { name: 'copy_to' }) copyTo!: string[];
  @Column('jsonb') attachments!: string[];
  /** What the receiver states of its quality, with the reason. */
  @Column('jsonb', { nullable: true }) judged!: { quality: 'perfunctory' | 'falsified'; reason: string } | null;
  @Column('text', { name: 'sealed_by', nullable: true }) sealedBy!: string | null;
  @Column('jsonb', { name: 'on_behalf', nullable: true }) onBehalf!: { receivedOn: string; reason: string } | null;
  @Column('timestamptz', { name: 'received_at' }) receivedAt!: Date | string;
  @Column('date', { name: 'due_on', nullable: true }) dueOn!: string | null;
  @Column('boolean', { nullable: true }) late!: boolean | null;
  @Column('boolean') early!: boolean;
  @Column('jsonb') returns!: { at: string; reasons: string[] }[];
  @Column('jsonb') clauses!: string[];
  @Column('int') version!: number;
}
