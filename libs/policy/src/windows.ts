import { addDays, type LocalDate } from '@zhijian/calendar';
import type { StageRule } from './campaign.schema.js';
import { closesOnOf, opensOnOf } from './dates.schema.js';

export interface Reminder { readonly on: LocalDate; readonly daysBefore: number }

export interface Window { readonly opensOn: LocalDate; readonly closesOn: LocalDate }

/** First and last day of a stage as its pack gives them; undefined for a milestone, which has none. */
export const windowOf = ({ opens, closes }: Pick<StageRule, 'opens' | 'closes'>): Window | undefined =>
  (opens && closes ? { opensOn: opensOnOf(opens), closesOn: closesOnOf(closes) } : undefined);

/** Reminders as days before a due day; a house parameter, no clause asks for them. */
export const remindersOf = (rules: readonly { readonly daysBefore: number }[], dueOn: LocalDate | null): Reminder[] =>
  dueOn === null ? [] : rules.map(({ daysBefore }) => ({ on: addDays(dueOn, -daysBefore), daysBefore }));
