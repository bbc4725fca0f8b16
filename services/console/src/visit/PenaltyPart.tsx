import { Chip, ClauseNote, DateInput, Facts, Field, FieldGroup, FormShell, penaltyEndWords, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { useIs, useToday } from '../app/session.js';
import { CertificateMark } from '../decision/CertificateMark.js';
import { changedBody, penaltyBody, withdrawalBody, type PenaltyDraft, type WithdrawalDraft } from './penalty.js';
import { oneSanction, type CaseFile } from './sanction.js';
import { AddSanction, SanctionRows } from './SanctionRows.js';

interface Given { file: CaseFile; reload: () => void }
const toOf = ({ caseId, version }: CaseFile) => ({ params: { caseId }, version });
const grounds = Object.keys(penaltyEndWords) as (keyof typeof penaltyEndWords)[];

/** The paper of a penalty, and whether it is of social impact. Of whoever is in no register somebody says whether it is a person: of a person only the surname is published. */
function PaperFields({ file, draft, put }: { file: CaseFile; draft: PenaltyDraft; put: (more: Partial<PenaltyDraft>) => void }) {
  return (
    <>
      <Field pointer="/number" label="决定书文号">{(field) => <input {...field} className="zj-input" maxLength={100} value={draft.number} onChange={(event) => put({ number: event.target.value })} />}</Field>
      <Field pointer="/authority" label="作出决定的机关">{(field) => <input {...field} className="zj-input" maxLength={100} value={draft.authority} onChange={(event) => put({ authority: event.target.value })} />}</Field>
      <Field pointer="/basis" label="处罚依据" hint="写明条款，不写案情和姓名。" wide>{(field) => <input {...field} className="zj-input" maxLength={500} value={draft.basis} onChange={(event) => put({ basis: event.target.value })} />}</Field>
      {file.institutionId === null ? (
        <FieldGroup pointer="/party" label="当事人" hint="自然人只公开姓，不公开全名。">
          <div className="zj-choices">{(['institution', 'person'] as const).map((it) => <label key={it}><input type="radio" name="party" checked={draft.party === it} onChange={() => put({ party: it })} />{it === 'person' ? '自然人' : '单位'}</label>)}</div>
        </FieldGroup>
      ) : null}
      <FieldGroup pointer="/influential" label="是否具有一定社会影响" hint="认定具有的，决定书文号、当事人、依据、结果、机关和日期随即在公示网站公开，只能依法撤回。">
        <div className="zj-choices">{[true, false].map((it) => <label key={String(it)}><input type="radio" name="influential" checked={draft.influential === it} onChange={() => put({ influential: it })} />{it ? '具有，依法公开' : '不具有，不公开'}</label>)}</div>
      </FieldGroup>
      <Field pointer="/reason" label="认定的理由" hint="不公开。" wide>{(field) => <textarea {...field} className="zj-input" rows={2} maxLength={500} value={draft.reason} onChange={(event) => put({ reason: event.target.value })} />}</Field>
    </>
  );
}

const draftOf = ({ penalty }: CaseFile): PenaltyDraft => ({ number: penalty?.number ?? '', authority: penalty?.authority ?? '', basis: penalty?.basis ?? '', party: penalty?.party ?? 'institution', influential: null, reason: '' });

function PenaltyForm({ file, reload }: Given) {
  const [draft, setDraft] = useState<PenaltyDraft>(draftOf(file));
  const [errors, setErrors] = useState<FieldError[]>([]);
  const record = useSubmission('recordPenalty');
  const put = (more: Partial<PenaltyDraft>) => setDraft({ ...draft, ...more });
  const submit = () => {
    const made = penaltyBody(draft);
    setErrors('wrong' in made ? made.wrong : []);
    if ('body' in made) void record.send({ ...toOf(file), body: made.body });
  };
  return (
    <FormShell label="登记处罚决定书" errors={errors} problem={record.problem} onSubmit={submit} reload={reload}>
      <PaperFields file={file} draft={draft} put={put} />
      <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={record.pending}>{draft.influential ? '登记并公开' : '登记'}</button></p>
    </FormShell>
  );
}

/** A decision was taken back because it was changed by law: what came in its place is recorded, and let out by the same rules. */
function ChangedForm({ file, reload }: Given) {
  const today = useToday();
  const [draft, setDraft] = useState<PenaltyDraft>({ ...draftOf(file), number: file.penaltyWithdrawal?.document ?? '' });
  const [on, setOn] = useState<string | null>(file.penaltyWithdrawal?.changedOn ?? null);
  const [rows, setRows] = useState(oneSanction);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const change = useSubmission('changePenalty');
  const submit = () => {
    const made = changedBody(draft, on, rows, file.decidedOn ?? '', today);
    setErrors('wrong' in made ? made.wrong : []);
    if ('body' in made) void change.send({ ...toOf(file), body: made.body });
  };
  return (
    <details>
      <summary>登记变更后的处罚决定</summary>
      <FormShell label="登记变更后的处罚决定" errors={errors} problem={change.problem} onSubmit={submit} reload={reload}>
        <Field pointer="/decidedOn" label="变更后的决定日期">{(field) => <DateInput {...field} today={today} value={on} onChange={setOn} />}</Field>
        <SanctionRows rows={rows} change={setRows} />
        <PaperFields file={file} draft={draft} put={(more) => setDraft({ ...draft, ...more })} />
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={change.pending}>{draft.influential ? '登记并公开' : '登记'}</button><AddSanction rows={rows} change={setRows} /></p>
      </FormShell>
    </details>
  );
}

/** A published decision did not stand: what was published is taken back, with the reason for everybody. */
function WithdrawalForm({ file, reload }: Given) {
  const today = useToday();
  const [draft, setDraft] = useState<WithdrawalDraft>({ ground: null, changedOn: null, document: '', reason: '' });
  const [errors, setErrors] = useState<FieldError[]>([]);
  const withdraw = useSubmission('withdrawPenalty');
  const put = (more: Partial<WithdrawalDraft>) => setDraft({ ...draft, ...more });
  const submit = () => {
    const made = withdrawalBody(draft, file.decidedOn ?? '', today);
    setErrors('wrong' in made ? made.wrong : []);
    if ('body' in made) void withdraw.send({ ...toOf(file), body: made.body });
  };
  return (
    <details>
      <summary>撤回公开的处罚决定</summary>
      <FormShell label="撤回公开的处罚决定" errors={errors} problem={withdraw.problem} onSubmit={submit} reload={reload}>
        <FieldGroup pointer="/ground" label="原决定"><div className="zj-choices">{grounds.map((it) => <label key={it}><input type="radio" name="ground" checked={draft.ground === it} onChange={() => put({ ground: it })} />{penaltyEndWords[it]}</label>)}</div></FieldGroup>
        <Field pointer="/changedOn" label="变更、撤销或者确认的日期" hint="撤回的期限自次日起算。">{(field) => <DateInput {...field} today={today} value={draft.changedOn} onChange={(changedOn) => put({ changedOn })} />}</Field>
        <Field pointer="/document" label="文书文号">{(field) => <input {...field} className="zj-input" maxLength={100} value={draft.document} onChange={(event) => put({ document: event.target.value })} />}</Field>
        <Field pointer="/reason" label="理由（公开）" hint="不写案情和姓名。" wide>{(field) => <textarea {...field} className="zj-input" rows={2} maxLength={500} value={draft.reason} onChange={(event) => put({ reason: event.target.value })} />}</Field>
        <p className="zj-actions"><button type="submit" className="zj-button zj-danger" disabled={withdraw.pending}>撤回并公开理由</button></p>
      </FormShell>
    </details>
  );
}

const lateWords = ({ late, withdrawBy, firm }: NonNullable<CaseFile['penaltyWithdrawal']>): string => `应于 ${withdrawBy} 前（含当日）撤回${firm ? '' : '（当年放假安排未定）'}${late ? '，已超过期限' : ''}`;

/** What the public sees of the penalty, and how it stands: nothing, as long as nobody has found it to be of social impact. */
export function PenaltyPart({ file, reload }: Given) {
  const mayDecide = useIs('county', 'city', 'province', 'approver');
  const { penalty, penaltyWithdrawal: back } = file;
  if (file.state !== 'decided' || file.sanctions.some(({ kind }) => kind === 'none')) return null;
  const state = back ? <Chip tone="off">已撤回</Chip> : penalty?.influential ? <Chip tone="good">已公开</Chip> : penalty ? <Chip tone="off">不公开</Chip> : <Chip tone="wait">待认定</Chip>;
  return (
    <section className="penalty" aria-label="处罚决定公开">
      <h3>处罚决定公开</h3>
      <p>{state}　{penalty ? `${penalty.recordedOn} 认定${penalty.influential ? '具有' : '不具有'}一定社会影响：${penalty.reason}` : '是否具有一定社会影响尚未认定，不公开。'}{penalty ? <CertificateMark subject={file.caseId} kind="publication" /> : null}</p>
      {penalty ? <Facts of={[['决定书文号', penalty.number], ['作出决定的机关', penalty.authority], ['处罚依据', penalty.basis], ...(penalty.shownAs ? [['公开的当事人', penalty.shownAs] as const] : [])]} /> : null}
      {back ? <Facts of={[['撤回原因', `原决定于 ${back.changedOn} ${penaltyEndWords[back.ground]}（${back.document}）`], ['撤回理由', back.reason], ['撤回日期', <span key="on">{back.withdrawnOn}，{lateWords(back)}<ClauseNote ids={back.clauses} /><CertificateMark subject={file.caseId} kind="withdrawal" /></span>]]} /> : null}
      {mayDecide && !penalty?.influential ? <PenaltyForm key={file.version} file={file} reload={reload} /> : null}
      {mayDecide && penalty?.influential && !back ? <WithdrawalForm key={file.version} file={file} reload={reload} /> : null}
      {mayDecide && back?.ground === 'changed' ? <ChangedForm key={file.version} file={file} reload={reload} /> : null}
    </section>
  );
}
