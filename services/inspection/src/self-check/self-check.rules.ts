import { dueAt, startOfDay } from '@zhijian/calendar';
import type { LocalDate } from '@zhijian/calendar';
import { refuse, type Refused } from '@zhijian/contracts';

export type SelfCheckRefusal =
  | 'self-check-campaign-closed' | 'self-check-not-in-campaign' | 'self-check-foreign' | 'self-check-unsealed' | 'self-check-empty' | 'self-check-item-undated'
  | 'self-check-problem-unanswered' | 'self-check-date-outside' | 'self-check-accepted' | 'self-check-not-submitted' | 'self-check-return-closed' | 'self-check-item-unknown' | 'self-check-behalf-needs-officer' | 'self-check-behalf-unstated' | 'self-check-unit-foreign' | 'self-check-received-in-future' | 'self-check-received-before-campaign' | 'self-check-item-incomplete' | 'self-check-volumes';
export const selfCheckSentences = {
  'self-check-campaign-closed': '专项行动已结束，不再接收自查报告',
  'self-check-not-in-campaign': '该机构不在本次专项行动的治理名单内',
  'self-check-foreign': '只能报送本机构的自查报告',
  'self-check-unsealed': '自查报告未加盖单位公章（请填写盖章岗位）',
  'self-check-empty': '请逐项填写自查发现的问题；确无问题的须明确勾选“未发现问题”',
  'self-check-item-undated': '每个问题须写明已纠正的日期或整改期限',
  'self-check-problem-unanswered': '上年度质量考核通报的问题须逐项说明整改情况',
  'self-check-date-outside': '日期不合规定',
  'self-check-accepted': '自查报告已被接收，如需更正请联系{receiver}退回',
  'self-check-not-submitted': '自查报告不在待接收状态',
  'self-check-return-closed': '本辖区的专项行动已结束，机构无从更正，不能再退回',
  'self-check-item-unknown': '报告中没有这个问题',
  'self-check-behalf-needs-officer': '代录须由监督人员办理，机构账号请直接报送',
  'self-check-behalf-unstated': '监督人员代录须注明收件日期和代录原因',
  'self-check-unit-foreign': '该机构不在您任职的辖区',
  'self-check-received-in-future': '收件日期 {on} 尚未到来',
  'self-check-received-before-campaign': '收件日期 {on} 早于本次专项行动开始的日期 {opensOn}',
  'self-check-item-incomplete': '问题清单填写不完整：违法违规问题须立即纠正，其他问题须写明措施、责任和期限',
  'self-check-volumes': '业务量填写有误',
} satisfies Record<SelfCheckRefusal, string>;

export interface ReportedItem { source: string; problemId: string | null; text: string; correctedOn: string | null; correctBy: string | null }
export interface Report { items: readonly ReportedItem[]; noProblems: boolean; sealedBy: string | null }

/**
 * Can this report be taken? Being late is not a refusal: it is a fact that enforcement will weigh.
 * @param known problems of last year's circular that must be answered, and the day of receipt
 */
export function acceptReport(report: Report, known: { problems: readonly string[]; receivedOn: LocalDate; closesOn: LocalDate | null; clauses: readonly string[] }): { ok: true } | Refused<SelfCheckRefusal> {
  const clauses = [...known.clauses];
  if (known.closesOn !== null && known.receivedOn > known.closesOn) return refuse('self-check-campaign-closed', clauses, { closesOn: known.closesOn }, { wrongState: true });
  if (!report.sealedBy) return refuse('self-check-unsealed', clauses, {}, { errors: [{ path: '/sealedBy', message: '请填写盖章岗位' }] });
  if (report.items.length === 0 && !report.noProblems) return refuse('self-check-empty', clauses, {}, { errors: [{ path: '/items', message: '没有列出问题，也没有勾选“未发现问题”' }] });
  const undated = report.items.flatMap((item, at) => (item.correctedOn || item.correctBy ? [] : [{ path: `/items/${at}/correctBy`, message: '须写明已纠正的日期或整改期限' }]));
  if (undated.length) return refuse('self-check-item-undated', clauses, {}, { errors: undated });
  const wrong = report.items.flatMap((item, at) => dateFaults(item, at, known.receivedOn));
  if (wrong.length) return refuse('self-check-date-outside', clauses, {}, { errors: wrong });
  const open = known.problems.filter((id) => !report.items.some((item) => item.problemId === id));
  if (open.length) return refuse('self-check-problem-unanswered', clauses, { problems: open }, { errors: [{ path: '/items', message: `还有 ${open.length} 项上年度通报的问题未作说明` }] });
  return { ok: true };
}

/** Volumes are given exactly where the pack asks for them. */
export function volumeFaults(given: { employers: number; workers: number } | null, asked: { clauses: readonly string[] } | undefined): Refused<SelfCheckRefusal> | null {
  if ((given !== null) === (asked !== undefined)) return null;
  const message = asked ? '请填写业务量（家数、人数）' : '本次专项行动不要求填报业务量';
  return refuse('self-check-volumes', [...(asked?.clauses ?? [])], {}, { errors: [{ path: '/volumes', message }] });
}

function dateFaults(item: ReportedItem, at: number, receivedOn: LocalDate): { path: string; message: string }[] {
  const faults = [];
  if (item.correctedOn && item.correctedOn > receivedOn) faults.push({ path: `/items/${at}/correctedOn`, message: '纠正日期不能晚于报送日期' });
  if (!item.correctedOn && item.correctBy && item.correctBy < receivedOn) faults.push({ path: `/items/${at}/correctBy`, message: '整改期限不能早于报送日期' });
  return faults;
}

/**
 * Other dates that the receiver may set: for a problem of the report that is still open, and no day that has passed. One already
 * corrected takes no date, and is not dropped in silence.
 */
export function acceptedDateFaults(dates: readonly { itemId: string; correctBy: string }[], items: readonly { itemId: string; correctedOn: string | null }[], today: LocalDate): { path: string; message: string }[] {
  return dates.flatMap(({ itemId, correctBy }, at) => {
    if (items.find((item) => item.itemId === itemId)?.correctedOn) return [{ path: `/dates/${at}/itemId`, message: '该问题已经纠正，不再另定整改期限' }];
    return correctBy < today ? [{ path: `/dates/${at}/correctBy`, message: `整改期限不能早于接收报告的日期（${today}）` }] : [];
  });
}

/** Late from 24:00 of the due day, Beijing; undetermined while no due date is known. Early: before the stage opens. */
export function timeliness(receivedAt: string, dueOn: LocalDate | null, opensOn: LocalDate): { late: boolean | null; early: boolean } {
  return { late: dueOn === null ? null : Date.parse(receivedAt) >= Date.parse(dueAt(dueOn)), early: Date.parse(receivedAt) < Date.parse(startOfDay(opensOn)) };
}
