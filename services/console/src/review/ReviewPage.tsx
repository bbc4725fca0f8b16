import { Chip, ClauseNote, Facts, Field, FieldGroup, FormShell, institutionWord, moment, PackOnPage, Page, Part, Shown, useAnswer, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import { PlaceWord } from '../app/PlaceWord.js';
import { useIs } from '../app/session.js';
import { groundWords, noteWords, reviewStates, type Review } from './review.js';

function Conclude({ review, reload }: { review: Review; reload: () => void }) {
  const [outcome, setOutcome] = useState<'kept' | 'referred' | ''>('');
  const [reasons, setReasons] = useState('');
  const [procedure, setProcedure] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const send = useSubmission('concludeReview');
  const submit = () => {
    const wrong = [...(outcome ? [] : [{ path: '/outcome', message: '请选择审查结论' }]), ...(reasons.trim() ? [] : [{ path: '/reasons', message: '请写明理由' }]), ...(outcome === 'referred' && !procedure.trim() ? [{ path: '/procedure', message: '请填写转入的程序或者移送的文号' }] : [])];
    setErrors(wrong);
    if (wrong.length === 0 && outcome) void send.send({ params: { reviewId: review.reviewId }, version: review.version, body: { outcome, reasons: reasons.trim(), procedure: outcome === 'referred' ? procedure.trim() : null } });
  };
  return (
    <Part title="办结" note="只有发证机关可以维持；发证机关不在本系统的，由分色所在辖区移送。">
      <FormShell label="办结审查事项" errors={errors} problem={send.problem} onSubmit={submit} reload={reload}>
        <FieldGroup pointer="/outcome" label="审查结论"><div className="zj-choices">{(['kept', 'referred'] as const).map((it) => <label key={it}><input type="radio" name="outcome" checked={outcome === it} onChange={() => setOutcome(it)} />{it === 'kept' ? '维持资质' : '转入法定程序（移送）'}</label>)}</div></FieldGroup>
        {outcome === 'referred' ? <Field pointer="/procedure" label="转入的程序及文号" wide>{(field) => <input {...field} className="zj-input" maxLength={200} value={procedure} onChange={(event) => setProcedure(event.target.value)} />}</Field> : null}
        <Field pointer="/reasons" label="理由" wide>{(field) => <textarea {...field} className="zj-input" rows={4} maxLength={1000} value={reasons} onChange={(event) => setReasons(event.target.value)} />}</Field>
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={send.pending}>办结</button></p>
      </FormShell>
    </Part>
  );
}

/** One reason to look at a qualification, what came to be known since, and what came of it. */
export function ReviewPage() {
  const { reviewId = '' } = useParams();
  const officer = useIs('province', 'city', 'county');
  const review = useAnswer('getReview', { params: { reviewId } });
  return (
    <Shown of={review} what="审查事项">
      {(it) => (
        <PackOnPage.Provider value={it.pack}>
          <Page title={`${it.institutionName}：资质审查`} trail={<Link to="/reviews">资质审查</Link>}>
            <Part title="事由">
              <Facts of={[
                ['机构', <Link key="body" to={`/institutions/${it.institutionId}`}>{it.institutionName}</Link>], ['事由', <span key="ground">{groundWords[it.ground]}：{it.because}<ClauseNote ids={it.clauses} /></span>], ['资质', it.line ? institutionWord(it.line) : '全部'],
                ['决定机关所在地', <PlaceWord key="authority" code={it.authority} />], ['提出', moment(it.openedAt)], ['情况', <Chip key="state" tone={reviewStates[it.state][0]}>{reviewStates[it.state][1]}</Chip>],
                ...(it.state === 'open' ? [] : [['办结', `${moment(it.concludedAt)}　${it.reasons ?? ''}${it.procedure ? `　转入：${it.procedure}` : ''}`] as const]),
              ]} />
              {it.notes.length ? <><p>提出以后：</p><ul className="zj-plain">{it.notes.map(({ at, what, detail }) => <li key={at + what}>{moment(at)}　{noteWords[what]}{detail ? `（${detail}）` : ''}</li>)}</ul></> : null}
            </Part>
            {officer && it.state === 'open' ? <Conclude key={it.version} review={it} reload={() => void review.refetch()} /> : null}
          </Page>
        </PackOnPage.Provider>
      )}
    </Shown>
  );
}
