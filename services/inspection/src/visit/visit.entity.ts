import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProblemClass } from '../self-check/item.rules.js';

export interface Judged { kind: 'perfunctory' | 'false-report' | 'norm-not-carried-out'; reason: string }
export interface Verification { itemId: string; text: string; class?: ProblemClass | null; acceptedBy: string | null; /** The day on which the body says it corrected it. */ correctedOn?: string; corrected: boolean | null; outcome: 'corrected' | 'not-yet-due' | 'uncorrected' | 'undetermined'; note: string; clauses: string[] }

@Entity('visit')
export class Visit {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'campaign_id' }) campaignId!: string;
  @Column('text') unit!: string;
  @Column('text') kind!: 'site-check' | 'extension-check';
  @Column('uuid', { name: 'institution_id', nullable: true }) institutionId!: string | null;
  @Column('text', { name: 'subject_name' }) subjectName!: string;
  @Column('jsonb', { nullable: true }) unregistered!: { name: string; creditCode: string | null; address: string } | null;
  @Column('boolean', { name: 'filed_elsewhere' }) filedElsewhere!: boolean;
  @Column('date', { name: 'visit_on' }) visitOn!: string;
  @Column('jsonb') inspectors!: string[];
  /** `unannounced` (四不两直): it is opened on the spot, nothing has announced it. */
  @Column('text') mode!: 'announced' | 'unannounced';
  /** What the inspectors state of the body's self-check. */
  @Column('jsonb') judged!: Judged[];
  @Column('text') state!: 'open' | 'recorded';
  @Column('jsonb', { nullable: true }) archives!: string[] | null;
  @Column('jsonb') verifications!: Verification[];
  @Column('text') remarks!: string;
  @Column('jsonb') clauses!: string[];
  @Column('timestamptz', { name: 'recorded_at', nullable: true }) recordedAt!: Date | string | null;
  /** The account that recorded the outcome; null before that, and for visits of before this was kept. */
  @Column('text', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
  @Column('int') version!: number;
}
