import { addDays, monthWindow, type LocalDate } from '@zhijian/calendar';
import type { StageRule } from './campaign.schema.js';

export interface Reminder { readonly on: LocalDate; readonly daysBefore: number }

/** First and last day of a stage as its pack gives them. */
export const windowOf = (stage: Pick<StageRule, 'opens' | 'closes'>): { opensOn: LocalDate; closesOn: LocalDate } => ({
  opensOn: 'on' in stage.opens ? stage.opens.on : monthWindow(stage.opens.month).from,
  closesOn: 'on' in stage.closes ? stage.closes.on : monthWindow(stage.closes.month).to,
});

/** Reminders as days before a due day; a house parameter, no clause asks for them. */
export const remindersOf = (rules: readonly { readonly daysBefore: number }[], dueOn: LocalDate | null): Reminder[] =>
  dueOn === null ? [] : rules.map(({ daysBefore }) => ({ on: addDays(dueOn, -daysBefore), daysBefore }));
