import { refuse, type Refused } from '@zhijian/contracts';
import type { Checklist, DutyKind, Form, PlannedDuty } from '@zhijian/policy';

export type DutyRefusal =
  | 'duty-unknown' | 'duty-has-its-page' | 'duty-campaign-closed' | 'duty-subject' | 'duty-foreign' | 'duty-not-in-roster' | 'duty-in-future' | 'duty-unsealed' | 'duty-issues-refused' | 'duty-unexpected-issues'
  | 'duty-behalf-needs-officer' | 'duty-behalf-unstated' | 'duty-empty' | 'duty-file';
export const dutySentences = {
  'duty-unknown': '方案中没有这项工作',
  'duty-has-its-page': '这项工作有专门的办理页面，不在此登记',
  'duty-campaign-closed': '专项行动不在进行中，不能登记',
  'duty-subject': '{why}',
  'duty-foreign': '只能登记本机构的工作',
  'duty-not-in-roster': '该机构不在本辖区的名单内',
  'duty-in-future': '办理日期 {on} 尚未到来',
  'duty-unsealed': '须加盖单位公章（请填写盖章岗位）',
  'duty-issues-refused': '问题清单有误，未作登记',
  'duty-file': '表格有误，未作登记',
  'duty-unexpected-issues': '这项工作不附问题清单',
  'duty-behalf-needs-officer': '代录须由监管人员办理，机构账号请直接报送',
  'duty-behalf-unstated': '监管人员代录须注明收件日期和代录原因',
  'duty-empty': '请填写办理情况，或逐项列出问题；确无问题的须在办理情况中写明',
} satisfies Record<DutyRefusal, string>;

/** Kinds of duties that are done on a page of their own. */
const withPage: ReadonlySet<DutyKind> = new Set(['base-list', 'local-plan', 'notification', 'self-check-report', 'self-check-form', 'site-check', 'extension-check', 'summary', 'roll-up']);
export const recordable = ({ kind }: Pick<PlannedDuty, 'kind'>): boolean => !withPage.has(kind);

export interface Issue { institutionId: string | null; item: string | null; standard: string; text: string; cause: string; measure: string; responsible: string; due: string | null; correctedOn: string | null }
export interface Recorded { institutionId: string | null; doneOn: string; note: string; issues: readonly Issue[]; sealedBy: string | null }
interface Known { duty: PlannedDuty; form: Form | undefined; checklist: Checklist | undefined; today: string }

/** Lines are listed where the pack's form of the duty has them, or where it is held against a check list: a register of gaps, say. */
export const listsLines = ({ form, checklist }: Pick<Known, 'form' | 'checklist'>): boolean => form?.rows === 'issues' || (form === undefined && checklist !== undefined);

/** Can this be recorded as it stands? Being late is not a refusal. @returns the refusal with the fields concerned, null when it can */
export function recordRefused({ institutionId, doneOn, note, issues, sealedBy }: Recorded, { duty, form, checklist, today }: Known): Refused<DutyRefusal> | null {
  const clauses = [...duty.clauses];
  const field = (code: DutyRefusal, path: string, message: string, facts: Record<string, unknown> = {}) => refuse<DutyRefusal>(code, clauses, facts, { errors: [{ path, message }] });
  if (!recordable(duty)) return refuse('duty-has-its-page', clauses);
  if ((duty.subject === 'institution') !== (institutionId !== null)) {
    const why = duty.subject === 'institution' ? '这项工作由各机构办理，须写明机构' : '这项工作不按机构登记';
    return field('duty-subject', '/institutionId', why, { why });
  }
  if (doneOn > today) return field('duty-in-future', '/doneOn', '不能晚于今天', { on: doneOn });
  if (duty.sealed && !sealedBy) return field('duty-unsealed', '/sealedBy', '请填写盖章岗位');
  const lists = listsLines({ form, checklist });
  if (!lists && issues.length) return field('duty-unexpected-issues', '/issues', '不附问题清单');
  if (issues.length === 0 && !note.trim()) return field('duty-empty', lists ? '/issues' : '/note', '尚未填写');
  const errors = issues.flatMap((issue, at) => issueFaults(issue, checklist, { today, planned: form !== undefined }).map(({ path, message }) => ({ path: `/issues/${at}${path}`, message })));
  return errors.length ? refuse('duty-issues-refused', clauses, {}, { errors }) : null;
}

/** What is violated is corrected at once; what falls short has a measure, a post that answers for it and a day (the check list says which is which). */
function issueFaults(issue: Issue, checklist: Checklist | undefined, { today, planned }: { today: string; planned: boolean }): { path: string; message: string }[] {
  const item = issue.item === null ? undefined : checklist?.items.find(({ id }) => id === issue.item);
  const open = checklist === undefined || checklist.open === true;
  const faults = [];
  if (issue.item !== null && !item) faults.push({ path: '/item', message: '清单中没有这一项' });
  if (issue.item === null && !open) faults.push({ path: '/item', message: '请选择清单中的一项' });
  if (issue.correctedOn !== null && issue.correctedOn > today) faults.push({ path: '/correctedOn', message: '纠正日期不能晚于今天' });
  if (issue.correctedOn !== null) return faults;
  if (item?.class === 'violation') return [...faults, { path: '/correctedOn', message: '违法违规问题须立即纠正，请写明纠正日期' }];
  if (!planned) return faults; // a register says what is lacking; the plan is a duty of its own
  if (!issue.measure.trim()) faults.push({ path: '/measure', message: '须写明整改措施' });
  if (!issue.responsible.trim()) faults.push({ path: '/responsible', message: '须写明责任岗位' });
  if (issue.due === null) faults.push({ path: '/due', message: '须写明完成期限' });
  return faults;
}
