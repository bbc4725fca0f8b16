import { DateInput, Field, FieldGroup, FormShell, institutionWord, lineEndWords, lineSuspensionWords, Part, useSubmission, type FieldError } from '@zhijian/web';
import { Modal } from 'antd';
import { useState } from 'react';
import { useToday } from '../app/session.js';
import { actsOn, actWords, datePointers, faultsOf, heldLines, sentenceOf, type Act, type Entry, type Institution } from './institution.js';

const choices = <T extends string>(name: string, words: Record<T, string>, chosen: T | null, choose: (it: T) => void) => (
  <div className="zj-choices">{(Object.keys(words) as T[]).map((it) => <label key={it}><input type="radio" name={name} checked={chosen === it} onChange={() => choose(it)} />{words[it]}</label>)}</div>
);

/** Each act is a call of its own; whichever is refused says why. */
function useActs(institution: Institution) {
  const [suspend, resume, end, close] = [useSubmission('suspendLine'), useSubmission('resumeLine'), useSubmission('endLine'), useSubmission('closeFiling')];
  const params = { institutionId: institution.institutionId };
  const send = ({ act, line, on, how, ended, basis, reason }: Entry) => {
    const told = { kind: line!.kind, reason: reason.trim() };
    if (act === 'suspend') return suspend.send({ params, body: { ...told, from: on!, how: how!, basis: basis.trim() } });
    if (act === 'resume') return resume.send({ params, body: { ...told, on: on!, basis: basis.trim() } });
    if (act === 'end') return end.send({ params, body: { ...told, to: on!, how: ended! } });
    return close.send({ params, body: { closedOn: on!, reason: told.reason } });
  };
  const all = [suspend, resume, end, close];
  return { send, problem: all.find(({ problem }) => problem)?.problem ?? null, pending: all.some(({ pending }) => pending), clear: () => all.forEach((it) => it.clear()) };
}

/** A qualification rests, serves again or comes to its end: each with its day and reason, looked at a second time before it is entered. */
export function LineActForm({ institution }: { institution: Institution }) {
  const today = useToday();
  const lines = heldLines(institution, today);
  const [entry, setEntry] = useState<Entry>({ line: lines[0], act: null, on: null, how: null, ended: null, basis: '', reason: '' });
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [looking, setLooking] = useState(false);
  const acts = useActs(institution);
  const set = (change: Partial<Entry>) => { acts.clear(); setEntry({ ...entry, ...change }); };
  const { line, act } = entry;
  if (!line) return null;
  const look = () => {
    const wrong = faultsOf(entry, today);
    setErrors(wrong);
    setLooking(wrong.length === 0);
  };
  const pointer = act ? datePointers[act] : '/on';
  return (
    <Part title="资质的暂停、恢复和终止" note="由机关决定后登记；系统不自动暂停、恢复或者终止任何资质。暂停中的资质随即在公众查询和现场检查中注明。">
      <FormShell label="资质的暂停、恢复和终止" errors={errors} problem={acts.problem} onSubmit={look}>
        <Field pointer="/kind" label="办理的资质">{(field) => <select {...field} className="zj-input" value={line.kind} onChange={(event) => set({ line: lines.find(({ kind }) => kind === event.target.value), act: null })}>{lines.map(({ kind }) => <option key={kind} value={kind}>{institutionWord(kind)}</option>)}</select>}</Field>
        <FieldGroup pointer="/act" label="办理事项">{choices<Act>('act', Object.fromEntries(actsOn(line, institution).map((it) => [it, actWords[it]])) as Record<Act, string>, act, (it) => set({ act: it }))}</FieldGroup>
        {act === 'suspend' ? <FieldGroup pointer="/how" label="暂停方式">{choices('how', lineSuspensionWords, entry.how, (how) => set({ how }))}</FieldGroup> : null}
        {act === 'end' ? <FieldGroup pointer="/how" label="终止方式">{choices('how', lineEndWords, entry.ended, (ended) => set({ ended }))}</FieldGroup> : null}
        <Field pointer={pointer} label={act === 'resume' ? '自何日起恢复' : act === 'suspend' ? '自何日起暂停' : '办理日期'} {...(act === 'resume' ? { hint: '暂停登记有误的，填暂停之日，视为没有暂停过。' } : {})}>{(field) => <DateInput {...field} today={today} value={entry.on} onChange={(on) => set({ on })} />}</Field>
        {act === 'suspend' || act === 'resume' ? <Field pointer="/basis" label="依据的文件或者条款" hint="暂停的依据随资质公开，不写人员姓名。" wide>{(field) => <input {...field} className="zj-input" maxLength={200} value={entry.basis} onChange={(event) => set({ basis: event.target.value })} />}</Field> : null}
        <Field pointer="/reason" label="办理的理由" hint="不公开。" wide>{(field) => <textarea {...field} className="zj-input" maxLength={300} value={entry.reason} onChange={(event) => set({ reason: event.target.value })} />}</Field>
        <p className="zj-actions"><button type="submit" className="zj-button" disabled={acts.pending}>核对并登记</button></p>
      </FormShell>
      <Modal open={looking} title={act ? `${actWords[act]}：请核对` : ''} okText="确认登记" cancelText="再改一下" onCancel={() => setLooking(false)} confirmLoading={acts.pending} onOk={() => void acts.send(entry).finally(() => setLooking(false))}>
        <p>{sentenceOf(institution.name, entry)}</p>
        <p className="zj-soft">{act === 'suspend' ? '登记有误的，可以登记恢复予以更正。' : act === 'resume' ? '恢复以后还须暂停的，另行登记。' : '终止以后不能恢复；登记有误的，须重新登记资质。'}</p>
      </Modal>
    </Part>
  );
}
