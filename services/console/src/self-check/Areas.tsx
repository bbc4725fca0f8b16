import { ClauseNote, Field, FieldGroup } from '@zhijian/web';
import { RemedyInput } from './RemedyInput.js';
import { classOf, classWords, isClassed, newProblem, type Draft, type OwnProblem, type ProblemClass, type Subject } from './report.js';

interface Shared { draft: Draft; put: (more: Partial<Draft>) => void; subject: Subject }

/** What a plan of correction needs: class (of a problem the list does not name), measure and responsible post. */
function Plan({ problem, pointer, subject, onChange }: { problem: OwnProblem; pointer: string; subject: Subject; onChange: (problem: OwnProblem) => void }) {
  const kind = classOf(subject, problem);
  const listed = subject.checklist.find(({ id }) => id === problem.area)?.class;
  return (
    <>
      {listed ? <p className="zj-soft">{listed === 'violation' ? '违法违规问题，须立即纠正，不能另定期限。' : '问题和差距，须写明措施、责任岗位和期限。'}</p> : (
        <FieldGroup pointer={`${pointer}/class`} label="问题类别">
          <div className="zj-choices">{(Object.keys(classWords) as ProblemClass[]).map((it) => <label key={it}><input type="radio" name={`${pointer}/class`} checked={problem.class === it} onChange={() => onChange({ ...problem, class: it })} />{classWords[it]}</label>)}</div>
        </FieldGroup>
      )}
      {kind === 'gap' ? (
        <>
          <Field pointer={`${pointer}/measure`} label="整改措施" wide>{(field) => <input {...field} className="zj-input" maxLength={500} value={problem.measure} onChange={(event) => onChange({ ...problem, measure: event.target.value })} />}</Field>
          <Field pointer={`${pointer}/responsible`} label="责任岗位" hint="填写岗位，不要填写姓名。">{(field) => <input {...field} className="zj-input" maxLength={60} value={problem.responsible} onChange={(event) => onChange({ ...problem, responsible: event.target.value })} />}</Field>
        </>
      ) : null}
    </>
  );
}

function Problem({ problem, index, before, subject, onChange, onRemove }: { problem: OwnProblem; index: number; before: number; subject: Subject; onChange: (problem: OwnProblem) => void; onRemove: () => void }) {
  const pointer = `/items/${before + index}`;
  return (
    <div className="own-problem">
      <Field pointer={`${pointer}/text`} label="发现的问题" wide>{(field) => <textarea {...field} className="zj-input" maxLength={500} value={problem.text} onChange={(event) => onChange({ ...problem, text: event.target.value })} />}</Field>
      {isClassed(subject) ? <Plan problem={problem} pointer={pointer} subject={subject} onChange={onChange} /> : null}
      <RemedyInput pointer={pointer} label="问题" remedy={problem} onChange={(remedy) => onChange({ ...problem, ...remedy })} />
      <p><button type="button" className="zj-link" onClick={onRemove}>删除此项</button></p>
    </div>
  );
}

function Area({ area, draft, put, subject, before }: Shared & { area: Subject['checklist'][number]; before: number }) {
  const found = draft.areas[area.id] === 'found';
  const mark = (answer: 'clear' | 'found') => put({
    areas: { ...draft.areas, [area.id]: answer },
    own: answer === 'clear' ? draft.own.filter((it) => it.area !== area.id) : draft.own.some((it) => it.area === area.id) ? draft.own : [...draft.own, newProblem(area.id)],
  });
  const change = (index: number, problem: OwnProblem) => put({ own: draft.own.map((it, at) => (at === index ? problem : it)) });
  const remove = (index: number) => put({ own: draft.own.filter((_, at) => at !== index) });
  return (
    <FieldGroup pointer={`/areas/${area.id}`} label={<>{area.title}<ClauseNote ids={area.clauses} /></>}>
      <div className="zj-choices">
        <label><input type="radio" name={area.id} checked={draft.areas[area.id] === 'clear'} onChange={() => mark('clear')} />未发现问题</label>
        <label><input type="radio" name={area.id} checked={found} onChange={() => mark('found')} />发现问题</label>
      </div>
      {draft.own.map((problem, index) => (problem.area === area.id ? <Problem key={index} problem={problem} index={index} before={before} subject={subject} onChange={(it) => change(index, it)} onRemove={() => remove(index)} /> : null))}
      {found ? <p><button type="button" className="zj-button" onClick={() => put({ own: [...draft.own, newProblem(area.id)] })}>再加一个问题</button></p> : null}
    </FieldGroup>
  );
}

/** The content areas of the campaign, one after the other. */
export const Areas = ({ draft, put, subject }: Shared) => (
  <>{subject.checklist.map((area) => <Area key={area.id} area={area} draft={draft} put={put} subject={subject} before={subject.lastYearProblems.length} />)}</>
);

/** Problems of last year's circular: each must be answered. */
export function LastYear({ draft, put, subject }: Shared) {
  if (!subject.lastYearProblems.length) return <p>上年度质量考核通报中没有本机构的问题。</p>;
  return (
    <ol className="last-year">
      {subject.lastYearProblems.map(({ problemId, text, year }, index) => (
        <li key={problemId}>
          <p><strong>{text}</strong>　<span className="zj-soft">{year} 年度质量考核通报</span></p>
          <RemedyInput pointer={`/items/${index}`} label={text} remedy={draft.lastYear[problemId] ?? { corrected: null, on: null }} onChange={(remedy) => put({ lastYear: { ...draft.lastYear, [problemId]: remedy } })} />
        </li>
      ))}
    </ol>
  );
}
