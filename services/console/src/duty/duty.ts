import type { Answer, BodyInput, FieldError } from '@zhijian/web';
import { stagesOf } from '../campaign/campaign.js';

export type DutyRecord = Answer<'listDutyRecords'>['items'][number];
export type RecordBody = BodyInput<'recordDuty'>;
export type UnitDuty = Answer<'getUnit'>['stages'][number]['duties'][number];
/** One line as typed. */
export interface IssueDraft { institutionId: string; item: string; standard: string; text: string; cause: string; measure: string; responsible: string; due: string | null; correctedOn: string | null }
export const emptyIssue: IssueDraft = { institutionId: '', item: '', standard: '', text: '', cause: '', measure: '', responsible: '', due: null, correctedOn: null };

/** Duties that are done on a page of their own; what is left is recorded. */
const withPage = new Set(['base-list', 'local-plan', 'notification', 'self-check-report', 'self-check-form', 'site-check', 'extension-check', 'summary', 'roll-up']);
export const isRecorded = (kind: string): boolean => !withPage.has(kind);

/** The duties of a pack that are recorded. */
export const recordedDuties = (pack: unknown): Set<string> => new Set(stagesOf(pack).flatMap(({ duties }) => duties).filter(({ kind }) => isRecorded(kind)).map(({ id }) => id));

interface PackShape { forms?: Record<string, { rows?: string; title: string } | undefined>; checklists?: Record<string, { title: string; open?: boolean; items: { id: string; text: string; group?: string; class?: string; clauses: string[] }[] } | undefined>; decisions?: Record<string, { name: string; inputs: { label: string; expression?: string; allowed?: string }[] } | undefined> }

/** What the pack asks for in a record of this duty. */
export function askedFor(pack: unknown, { form, checklist, decision }: Pick<UnitDuty, 'form' | 'checklist' | 'decision'>) {
  const shape = pack as PackShape | undefined;
  return { lists: form ? shape?.forms?.[form]?.rows === 'issues' : Boolean(checklist && shape?.checklists?.[checklist]), planned: Boolean(form), checklist: checklist ? shape?.checklists?.[checklist] : undefined, table: decision ? shape?.decisions?.[decision] : undefined };
}

/** What is missing, by field; the server holds the rest against the pack. */
export function wrongIn({ doneOn, note, issues, sealedBy, institutionId }: { doneOn: string; note: string; issues: readonly IssueDraft[]; sealedBy: string; institutionId: string }, { lists, sealed, ofBody }: { lists: boolean; sealed: boolean; ofBody: boolean }): FieldError[] {
  return [
    ...(ofBody && !institutionId ? [{ path: '/institutionId', message: '请选择机构' }] : []), ...(doneOn ? [] : [{ path: '/doneOn', message: '请填写办理日期' }]),
    ...(!note.trim() && !(lists && issues.length) ? [{ path: lists ? '/issues' : '/note', message: lists ? '请逐项列出问题；确无问题的，在办理情况中写明' : '请填写办理情况' }] : []),
    ...issues.flatMap(({ text }, at) => (text.trim() ? [] : [{ path: `/issues/${at}/text`, message: '请写明问题' }])), ...(sealed && !sealedBy.trim() ? [{ path: '/sealedBy', message: '请填写盖章岗位' }] : []),
  ];
}

/** An input of a table as people type it: numbers and yes or no as such. Nothing typed is left out: the outcome is then 待核实. */
export function inputsOf(typed: Readonly<Record<string, string>>): Record<string, string | number | boolean> {
  const read = (text: string): string | number | boolean => (text === '是' ? true : text === '否' ? false : Number.isNaN(Number(text)) ? text : Number(text));
  return Object.fromEntries(Object.entries(typed).filter(([, text]) => text.trim()).map(([name, text]) => [name, read(text.trim())]));
}

export const issuesSent = (issues: readonly IssueDraft[]): NonNullable<RecordBody['issues']> => issues.map(({ item, institutionId, ...rest }) => ({ ...rest, text: rest.text.trim(), item: item || null, institutionId: institutionId || null }));

/** A verdict in the words of the rule it rests on; a record of before they were kept shows the value. */
export const outcomeWords = ({ value, reason }: Pick<NonNullable<DutyRecord['outcome']>, 'value' | 'reason'>): string => reason ?? String(value);

const valueWords: Record<string, string> = { true: '是', false: '否', both: '两者都有', one: '有其中一项', none: '无', passed: '合格', failed: '不合格', absent: '未参加', province: '省级', city: '市级', county: '县级' };

/** What a table takes for an input, as choices: the value and its word. Where anything may be typed there are none. */
export function choicesOf(allowed: string | undefined, kindWord: (kind: string) => string): { value: string; word: string }[] {
  const values = (allowed ?? '').split(',').map((it) => it.trim()).filter((it) => /^("[^"]*"|true|false)$/.test(it)).map((it) => it.replaceAll('"', ''));
  const yearWord = (value: string): string => value.replace(/^before-(\d{4})$/, '$1年以前').replace(/^since-(\d{4})$/, '$1年起');
  return values.map((value) => ({ value: value === 'true' ? '是' : value === 'false' ? '否' : value, word: valueWords[value] ?? yearWord(kindWord(value)) }));
}
