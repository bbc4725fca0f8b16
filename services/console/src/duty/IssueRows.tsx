import { DateInput, Field, FieldGroup, useAnswer } from '@zhijian/web';
import { emptyIssue, type askedFor, type IssueDraft } from './duty.js';

type Checklist = ReturnType<typeof askedFor>['checklist'];

interface Bodies { campaignId: string; unit: string }

/** The body that a line of a unit's own list is about. */
function BodyOf({ of, path, value, put }: { of: Bodies; path: string; value: string; put: (institutionId: string) => void }) {
  const here = useAnswer('getUnit', { params: of });
  return <Field pointer={`${path}/institutionId`} label="机构">{(field) => <select {...field} className="zj-input" value={value} onChange={(event) => put(event.target.value)}><option value="">（不按机构）</option>{(here.data?.institutions ?? []).filter(({ state }) => state === 'in').map(({ institutionId, name }) => <option key={institutionId} value={institutionId}>{name}</option>)}</select>}</Field>;
}

function Row({ issue, at, checklist, today, planned, bodies, put, drop }: { issue: IssueDraft; at: number; checklist: Checklist; today: string; planned: boolean; bodies: Bodies | null; put: (more: Partial<IssueDraft>) => void; drop: () => void }) {
  const path = `/issues/${at}`;
  const chosen = checklist?.items.find(({ id }) => id === issue.item);
  const typed = (name: 'standard' | 'text' | 'cause' | 'measure' | 'responsible', label: string, max: number, hint?: string) => (
    <Field pointer={`${path}/${name}`} label={label} {...(hint ? { hint } : {})}>{(field) => <input {...field} className="zj-input" maxLength={max} value={issue[name]} onChange={(event) => put({ [name]: event.target.value })} />}</Field>
  );
  return (
    <FieldGroup pointer={path} label={`${planned ? '问题' : '差距'} ${at + 1}`} hint={chosen?.class === 'violation' ? '违法违规问题，须立即纠正并写明纠正日期。' : undefined}>
      {bodies ? <BodyOf of={bodies} path={path} value={issue.institutionId} put={(institutionId) => put({ institutionId })} /> : null}
      {checklist ? <Field pointer={`${path}/item`} label="对照清单" wide>{(field) => <select {...field} className="zj-input" value={issue.item} onChange={(event) => put({ item: event.target.value })}><option value="">{checklist.open ? '清单以外' : '请选择'}</option>{checklist.items.map(({ id, text }) => <option key={id} value={id}>{text}</option>)}</select>}</Field> : null}
      <div className="duty-issue">{typed('text', planned ? '问题' : '差距', 500)}{typed('standard', '对照标准', 300)}{typed('cause', '原因', 500)}{typed('measure', '整改措施', 500)}{typed('responsible', '责任岗位', 60, '不写姓名')}
        <Field pointer={`${path}/due`} label="完成期限">{(field) => <DateInput {...field} today={today} value={issue.due} onChange={(due) => put({ due })} />}</Field>
        <Field pointer={`${path}/correctedOn`} label="已整改的，整改日期">{(field) => <DateInput {...field} today={today} value={issue.correctedOn} onChange={(correctedOn) => put({ correctedOn })} />}</Field>
      </div>
      <p><button type="button" className="zj-link" onClick={drop}>删除这一项</button></p>
    </FieldGroup>
  );
}

/** The lines of an issue list as the pack's form has them. */
export function IssueRows({ issues, onChange, checklist, today, planned, bodies }: { issues: readonly IssueDraft[]; onChange: (issues: IssueDraft[]) => void; checklist: Checklist; today: string; planned: boolean; bodies: Bodies | null }) {
  return (
    <FieldGroup pointer="/issues" label={`${planned ? '问题清单' : '差距'}（${issues.length} 项）`} hint={checklist ? `对照“${checklist.title}”。` : undefined}>
      {issues.map((issue, at) => <Row key={at} issue={issue} at={at} checklist={checklist} today={today} planned={planned} bodies={bodies} put={(more) => onChange(issues.map((it, place) => (place === at ? { ...it, ...more } : it)))} drop={() => onChange(issues.filter((_, place) => place !== at))} />)}
      <p className="zj-actions"><button type="button" className="zj-button" onClick={() => onChange([...issues, emptyIssue])}>增加一项</button></p>
    </FieldGroup>
  );
}
