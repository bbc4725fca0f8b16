import { DateInput, Field, FieldGroup } from '@zhijian/web';
import { emptyIssue, type askedFor, type IssueDraft } from './duty.js';

type Checklist = ReturnType<typeof askedFor>['checklist'];

function Row({ issue, at, checklist, today, put, drop }: { issue: IssueDraft; at: number; checklist: Checklist; today: string; put: (more: Partial<IssueDraft>) => void; drop: () => void }) {
  const path = `/issues/${at}`;
  const chosen = checklist?.items.find(({ id }) => id === issue.item);
  const typed = (name: 'standard' | 'text' | 'cause' | 'measure' | 'responsible', label: string, max: number, hint?: string) => (
    <Field pointer={`${path}/${name}`} label={label} {...(hint ? { hint } : {})}>{(field) => <input {...field} className="zj-input" maxLength={max} value={issue[name]} onChange={(event) => put({ [name]: event.target.value })} />}</Field>
  );
  return (
    <FieldGroup pointer={path} label={`问题 ${at + 1}`} hint={chosen?.class === 'violation' ? '违法违规问题，须立即纠正并写明纠正日期。' : undefined}>
      {checklist ? <Field pointer={`${path}/item`} label="对照清单" wide>{(field) => <select {...field} className="zj-input" value={issue.item} onChange={(event) => put({ item: event.target.value })}><option value="">{checklist.open ? '清单以外' : '请选择'}</option>{checklist.items.map(({ id, text }) => <option key={id} value={id}>{text}</option>)}</select>}</Field> : null}
      <div className="duty-issue">{typed('text', '问题', 500)}{typed('standard', '对照标准', 300)}{typed('cause', '原因', 500)}{typed('measure', '整改措施', 500)}{typed('responsible', '责任岗位', 60, '不写姓名')}
        <Field pointer={`${path}/due`} label="完成期限">{(field) => <DateInput {...field} today={today} value={issue.due} onChange={(due) => put({ due })} />}</Field>
        <Field pointer={`${path}/correctedOn`} label="已整改的，整改日期">{(field) => <DateInput {...field} today={today} value={issue.correctedOn} onChange={(correctedOn) => put({ correctedOn })} />}</Field>
      </div>
      <p><button type="button" className="zj-link" onClick={drop}>删除这一项</button></p>
    </FieldGroup>
  );
}

/** The lines of an issue list as the pack's form has them. */
export function IssueRows({ issues, onChange, checklist, today }: { issues: readonly IssueDraft[]; onChange: (issues: IssueDraft[]) => void; checklist: Checklist; today: string }) {
  return (
    <FieldGroup pointer="/issues" label={`问题清单（${issues.length} 项）`} hint={checklist ? `对照“${checklist.title}”。` : undefined}>
      {issues.map((issue, at) => <Row key={at} issue={issue} at={at} checklist={checklist} today={today} put={(more) => onChange(issues.map((it, place) => (place === at ? { ...it, ...more } : it)))} drop={() => onChange(issues.filter((_, place) => place !== at))} />)}
      <p className="zj-actions"><button type="button" className="zj-button" onClick={() => onChange([...issues, emptyIssue])}>增加一项</button></p>
    </FieldGroup>
  );
}
