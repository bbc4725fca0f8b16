import { Chip, ClauseNote, Field, FieldGroup, findingWords, Part, type Answer } from '@zhijian/web';
import type { Visit } from './visit.js';

type Kind = Answer<'getVisit'>['findings'][number]['kind'];
export interface Found { kind: Kind; text: string; serious: boolean }
const kinds = Object.keys(findingWords) as Kind[];

function Entry({ found, index, onChange, onRemove }: { found: Found; index: number; onChange: (found: Found) => void; onRemove: () => void }) {
  return (
    <FieldGroup pointer={`/findings/${index}`} label={findingWords[found.kind]}>
      <Field pointer={`/findings/${index}/text`} label="事实" hint="只写看到的事实，不写推断。" wide>{(field) => <textarea {...field} className="zj-input" maxLength={500} value={found.text} onChange={(event) => onChange({ ...found, text: event.target.value })} />}</Field>
      <label className="zj-check tall-check"><input type="checkbox" checked={found.serious} onChange={(event) => onChange({ ...found, serious: event.target.checked })} />问题突出，涉及严重违法（记录后立案）</label>
      <p><button type="button" className="zj-link" onClick={onRemove}>删除此项</button></p>
    </FieldGroup>
  );
}

function Recorded({ visit }: { visit: Visit }) {
  if (!visit.findings.length) return <p>未发现不合格情况。</p>;
  return <ul className="recorded">{visit.findings.map(({ findingId, title, text, serious, clauses }) => <li key={findingId}><strong>{title}</strong><ClauseNote ids={clauses} /> {serious ? <Chip tone="bad">严重违法</Chip> : null}<br />{text}</li>)}</ul>;
}

/** The nine kinds of non-conformity as large buttons; each pressed one asks for the fact. */
export function Findings({ visit, found, onChange }: { visit: Visit; found: readonly Found[]; onChange: (found: Found[]) => void }) {
  if (visit.state === 'recorded') return <Part title="四、不合格情况"><Recorded visit={visit} /></Part>;
  const counted = (kind: Kind) => found.filter((it) => it.kind === kind).length;
  return (
    <Part title="四、不合格情况" note="按下发现的种类并写明事实；没有发现的不必操作。">
      <div className="finding-kinds" role="group" aria-label="不合格情况种类">
        {kinds.map((kind) => <button key={kind} type="button" className="finding-kind" aria-pressed={counted(kind) > 0} onClick={() => onChange([...found, { kind, text: '', serious: false }])}><span>{findingWords[kind]}</span>{counted(kind) ? <strong>{counted(kind)}</strong> : <span aria-hidden="true">＋</span>}</button>)}
      </div>
      {found.map((it, index) => <Entry key={index} found={it} index={index} onChange={(next) => onChange(found.map((old, at) => (at === index ? next : old)))} onRemove={() => onChange(found.filter((_, at) => at !== index))} />)}
    </Part>
  );
}
