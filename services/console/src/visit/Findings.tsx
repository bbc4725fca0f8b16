import { Chip, ClauseNote, Field, FieldGroup, Part, type Answer, type BodyInput, type FieldError } from '@zhijian/web';
import { classWords, type ProblemClass } from '../self-check/report.js';
import { judgedOf, type Judged } from './Judgements.js';
import type { Visit } from './visit.js';

type Kind = Answer<'getVisit'>['findings'][number]['kind'];
export interface Found { kind: Kind; text: string; serious: boolean; checklistItem?: string; class?: ProblemClass; selfCheckItem?: string }

/** What the check list says of an item: an offence or a gap; of others whoever records it says so. */
const listedClass = ({ asks }: Visit, { checklistItem }: Found): ProblemClass | null => asks.checklist.find(({ id }) => id === checklistItem)?.class ?? null;
const isClassed = ({ asks }: Visit): boolean => asks.class || asks.checklist.some(({ class: kind }) => kind !== null);

/** A finding as it is sent. */
export const sentOf = (visit: Visit, found: Found): BodyInput<'recordVisit'>['findings'][number] =>
  ({ kind: found.kind, text: found.text.trim(), serious: found.serious, checklistItem: found.checklistItem ?? null, class: listedClass(visit, found) ?? found.class ?? null, selfCheckItem: found.selfCheckItem ?? null });

/** What is missing, by field. */
export function wrongIn(visit: Visit, found: readonly Found[], judged: Judged): FieldError[] {
  return [
    ...found.flatMap((it, index) => [
      ...(it.text.trim() ? [] : [{ path: `/findings/${index}/text`, message: `不合格情况第 ${index + 1} 项：请写明事实` }]),
      ...(visit.asks.checklist.length && !it.checklistItem ? [{ path: `/findings/${index}/checklistItem`, message: `不合格情况第 ${index + 1} 项：请选择检查项目` }] : []),
      ...(isClassed(visit) && !listedClass(visit, it) && !it.class && (!visit.asks.checklist.length || it.checklistItem) ? [{ path: `/findings/${index}/class`, message: `不合格情况第 ${index + 1} 项：请注明是否违法违规` }] : []),
    ]),
    ...judgedOf(judged).flatMap(({ reason }, index) => (reason ? [] : [{ path: `/judged/${index}/reason`, message: '请写明认定的理由' }])),
  ];
}

interface Editing { visit: Visit; found: Found; index: number; onChange: (found: Found) => void }

/** Which item of the check list it falls under, whether it is an offence, and whether the body had reported it itself. */
function Placing({ visit, found, index, onChange }: Editing) {
  const { checklist } = visit.asks;
  const groups = [...Map.groupBy(checklist, ({ group }) => group ?? '')];
  const listed = listedClass(visit, found);
  return (
    <>
      {checklist.length ? (
        <Field pointer={`/findings/${index}/checklistItem`} label="检查项目" wide>{(field) => (
          <select {...field} className="zj-input" value={found.checklistItem ?? ''} onChange={(event) => onChange({ ...found, checklistItem: event.target.value })}>
            <option value="">请选择</option>
            {groups.map(([group, items]) => (group ? <optgroup key={group} label={group}>{items.map(({ id, title }) => <option key={id} value={id}>{title}</option>)}</optgroup> : items.map(({ id, title }) => <option key={id} value={id}>{title}</option>)))}
          </select>
        )}</Field>
      ) : null}
      {listed ? <p className="zj-soft">清单列为：{classWords[listed]}</p> : isClassed(visit) ? (
        <FieldGroup pointer={`/findings/${index}/class`} label="问题类别">
          <div className="zj-choices">{(Object.keys(classWords) as ProblemClass[]).map((it) => <label key={it}><input type="radio" name={`class-${index}`} checked={found.class === it} onChange={() => onChange({ ...found, class: it })} />{classWords[it]}</label>)}</div>
        </FieldGroup>
      ) : null}
      {isClassed(visit) && visit.verifications.length ? (
        <Field pointer={`/findings/${index}/selfCheckItem`} label="自查报告是否已写明" wide>{(field) => (
          <select {...field} className="zj-input" value={found.selfCheckItem ?? ''} onChange={(event) => { const { selfCheckItem: _before, ...rest } = found; onChange(event.target.value ? { ...rest, selfCheckItem: event.target.value } : rest); }}>
            <option value="">自查报告没有写明</option>
            {visit.verifications.map(({ itemId, text }) => <option key={itemId} value={itemId}>已写明：{text}</option>)}
          </select>
        )}</Field>
      ) : null}
    </>
  );
}

function Entry({ visit, found, index, onChange, onRemove }: Editing & { onRemove: () => void }) {
  return (
    <FieldGroup pointer={`/findings/${index}`} label={visit.asks.kinds.find(({ kind }) => kind === found.kind)?.title}>
      <Placing visit={visit} found={found} index={index} onChange={onChange} />
      <Field pointer={`/findings/${index}/text`} label="事实" hint="只写看到的事实，不写推断，不写个人姓名、证件号码、电话。" wide>{(field) => <textarea {...field} className="zj-input" maxLength={500} value={found.text} onChange={(event) => onChange({ ...found, text: event.target.value })} />}</Field>
      <label className="zj-check tall-check"><input type="checkbox" checked={found.serious} onChange={(event) => onChange({ ...found, serious: event.target.checked })} />问题突出，涉及严重违法（记录后立案）</label>
      <p><button type="button" className="zj-link" onClick={onRemove}>删除此项</button></p>
    </FieldGroup>
  );
}

function Recorded({ visit }: { visit: Visit }) {
  if (!visit.findings.length) return <p>未发现不合格情况。</p>;
  const itemOf = (id: string | null) => visit.asks.checklist.find((item) => item.id === id)?.title;
  return <ul className="recorded">{visit.findings.map(({ findingId, title, text, serious, clauses, checklistItem, class: kind, selfReported }) => <li key={findingId}><strong>{title}</strong>{itemOf(checklistItem) ? <span className="zj-soft">　{itemOf(checklistItem)}</span> : null}<ClauseNote ids={clauses} /> {serious ? <Chip tone="bad">严重违法</Chip> : null}{kind ? <Chip tone={kind === 'violation' ? 'warn' : 'wait'}>{classWords[kind]}</Chip> : null}{selfReported ? <Chip tone="good">自查已报</Chip> : null}<br />{text}</li>)}</ul>;
}

/** The nine kinds of non-conformity as large buttons; each pressed one asks for the fact. */
export function Findings({ visit, found, onChange }: { visit: Visit; found: readonly Found[]; onChange: (found: Found[]) => void }) {
  if (visit.state === 'recorded') return <Part title="不合格情况"><Recorded visit={visit} /></Part>;
  const counted = (kind: Kind) => found.filter((it) => it.kind === kind).length;
  return (
    <Part title="不合格情况" note="按下发现的种类并写明事实；没有发现的不必操作。">
      <div className="finding-kinds" role="group" aria-label="不合格情况种类">
        {visit.asks.kinds.map(({ kind, title, priority }) => <button key={kind} type="button" className="finding-kind" aria-pressed={counted(kind) > 0} onClick={() => onChange([...found, { kind, text: '', serious: false }])}><span>{title}{priority ? <span className="zj-soft">（重点查处）</span> : null}</span>{counted(kind) ? <strong>{counted(kind)}</strong> : <span aria-hidden="true">＋</span>}</button>)}
      </div>
      {found.map((it, index) => <Entry key={index} visit={visit} found={it} index={index} onChange={(next) => onChange(found.map((old, at) => (at === index ? next : old)))} onRemove={() => onChange(found.filter((_, at) => at !== index))} />)}
    </Part>
  );
}
