import type { AssignedRule, DecisionTable, SampleRule, Scheme, ScoringRule, TargetRule, Unrated } from '@zhijian/policy';

/** The forms in which a rule's text is kept with a certificate. `libs/audit/RULES.md` says what each of them computes. */
export const ruleForms = ['table', 'date', 'period', 'amended-date', 'own-date', 'lateness', 'consequence', 'scope', 'draw', 'include', 'target', 'public-record', 'assigned-value', 'proficiency', 'participation', 'indicators'] as const;
export type RuleForm = (typeof ruleForms)[number];

/** A day that was looked up: whether it is worked, whether that is certain, and by which notice. */
export interface Day { readonly on: string; readonly working: boolean; readonly firm: boolean; readonly notice: string | null }

/** A decision table of a pack, as it stands in its DMN file. */
export type TableText = Omit<DecisionTable, 'file' | 'aggregation'>;

/** A date printed in the text, or the end of its stage; what a unit may set for itself lies before it. */
export interface DateText {
  readonly kind: 'on' | 'endOfStage' | 'after' | 'yearly' | 'none' | 'standing';
  /** The printed day; null where the text gives none. */
  readonly printed: string | null;
  readonly inclusive: boolean;
  readonly roll: 'none' | 'forward';
  readonly opensOn: string;
  readonly closesOn: string;
  readonly mayBringForward: boolean;
  readonly notBefore: string | null;
  readonly wording: string | null;
  readonly days: readonly Day[];
}

/** So long after an event. */
export interface PeriodText {
  readonly after: { readonly workingDays?: number; readonly days?: number; readonly months?: number; readonly years?: number; readonly immediately?: true } | null;
  readonly inclusive: boolean;
  readonly roll: 'none' | 'forward';
  readonly days: readonly Day[];
}

/** A limit a unit's own day must keep. */
export type OwnDateText = Pick<DateText, 'opensOn' | 'closesOn' | 'mayBringForward' | 'notBefore'>;

/** What a duty's text attaches to lateness. */
export interface ConsequenceText { readonly duty: string; readonly consequence: string | null; readonly until: string | null }

/** Whom a campaign is about, where no table says so. */
export interface ScopeText { readonly filed: boolean; readonly operating: boolean; readonly kinds: readonly string[] }

/** `size` null: how many was said by whoever drew. */
export interface DrawText { readonly algorithm: 'sha256-rank-1'; readonly size: SampleRule['size'] | null; readonly rounding: SampleRule['rounding']; readonly min: number | null }

export type IncludeText = Pick<SampleRule, 'include' | 'reopens'>;
export type TargetText = Pick<TargetRule, 'op' | 'percent'>;
/** What of the register the public may see: fields of the institution, of its filing and of each of its qualifications, `from` to the name it is published under. */
export interface PublicText {
  readonly law: string; readonly institution: Readonly<Record<string, string>>; readonly filing: Readonly<Record<string, string>>;
  /** Absent: qualifications were not published yet. */ readonly lines?: Readonly<Record<string, string>>; /** What stands where there is no filing. */ readonly unfiled?: Readonly<Record<string, unknown>>;
}

/** Late from 24:00 of the due day, Beijing; nobody is late on a provisional day, nor where no day is known. */
export const latenessText = { endsAt: '24:00', zone: '+08:00', provisional: 'not-late' } as const;
export const amendedText = { stage: 'an own earlier day stays while it lies within the new limit', duty: 'the new day is due day and limit' } as const;

/** How the assigned value and the standard deviation of a measurand come about (ISO 13528). */
export type AssignedValueText = AssignedRule;
/** What scores a laboratory's results and counts its scores. */
export type ProficiencyText = ScoringRule;
/** What a scheme says of those without full results; null where it is silent. */
export type ParticipationText = { readonly [U in Unrated]: Scheme['without'][U] | null };
