import { Chip, DateInput, Empty, Field, FormShell, InventedLabel, Part, Partial, Shown, Table, useAnswer, useSubmission, type Column, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { ReasonButton } from '../administration/ReasonButton.js';
import { PlaceWord } from '../app/PlaceWord.js';
import { useIs, useToday } from '../app/session.js';
import { participantStates, reasonWords, type Participant, type Round } from './comparison.js';
import { SampleWords } from './SampleWords.js';

const most = 500;

function Excuse({ round, it }: { round: Round; it: Participant }) {
  const excuse = useSubmission('excuseComparisonParticipant');
  return <ReasonButton label="免予参加" title={`${it.name}免予参加`} hint="如该项资质已注销、停业。" problem={excuse.problem} pending={excuse.pending} act={(reason) => excuse.send({ params: { roundId: round.roundId, institutionId: it.institutionId }, body: { reason } })} />;
}

function columnsFor(round: Round, runs: boolean): Column<Participant>[] {
  return [
    { key: 'name', title: '机构', sortBy: ({ name }) => name, show: ({ institutionId, name, invented }) => <><Link to={`/comparisons/${round.roundId}/institutions/${institutionId}`}>{name}</Link>{invented ? <> <InventedLabel /></> : null}</> },
    { key: 'home', title: '所在地', sortBy: ({ home }) => home, show: ({ home }) => <PlaceWord code={home} /> },
    { key: 'obliged', title: '参加', show: ({ obliged, because }) => (obliged ? <span className="zj-nowrap">应参加</span> : <>自愿{because ? <span className="zj-hint">　{because}</span> : null}</>) },
    ...(round.state === 'planned' ? [] : [{ key: 'sample', title: '样品', show: (it: Participant) => <SampleWords it={it} /> }]),
    ...(round.uncovered ? [{ key: 'code', title: '编号', sortBy: ({ code }: Participant) => code ?? '', show: ({ code }: Participant) => code ?? '—' }] : []),
    { key: 'state', title: '状态', sortBy: ({ state }) => state, show: ({ state }) => <Chip tone={participantStates[state][0]}>{participantStates[state][1]}</Chip> },
    ...(round.state === 'evaluated' ? [{ key: 'result', title: '综合评定结果', sortBy: ({ result }: Participant) => result ?? '', show: ({ result, reason, state }: Participant) => (state === 'excused' ? '—' : <>{result ?? <Chip tone="warn">待核实</Chip>}{reason ? <span className="zj-hint">　{reasonWords(reason)}</span> : null}</>) }] : []),
    ...(runs && round.state !== 'evaluated' ? [{ key: 'act', title: '办理', show: (it: Participant) => (it.state === 'expected' && it.obliged ? <Excuse round={round} it={it} /> : null) }] : []),
  ];
}

/** Samples go to everybody who has none yet or whose came damaged, at once. */
function Dispatch({ round, waiting }: { round: Round; waiting: readonly Participant[] }) {
  const today = useToday();
  const [sentOn, setSentOn] = useState<string | null>(null);
  const dispatch = useSubmission('dispatchSamples');
  if (waiting.length === 0) return <p className="zj-soft">样品已全部登记发出。</p>;
  const on = sentOn ?? today;
  const again = waiting.filter(({ intact }) => intact === false);
  return (
    <FormShell label="登记样品发出" problem={dispatch.problem} onSubmit={() => void dispatch.send({ params: { roundId: round.roundId }, body: { institutionIds: waiting.map(({ institutionId }) => institutionId), sentOn: on } })}>
      {again.length ? <p className="zj-note">其中补发 {again.length} 家（样品有损坏）：{again.map(({ name }) => name).join('、')}。补发以后由机构再次登记收到。</p> : null}
      <div className="zj-row"><Field pointer="/sentOn" label="样品发出日期">{(field) => <DateInput {...field} today={today} value={on || null} onChange={setSentOn} />}</Field><button type="submit" className="zj-button" disabled={dispatch.pending}>登记 {waiting.length} 家的样品已发出</button></div>
    </FormShell>
  );
}

function Add({ round }: { round: Round }) {
  const [institutionId, setInstitution] = useState('');
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const register = useAnswer('listInstitutions', { query: { limit: most } });
  const add = useSubmission('addComparisonParticipant');
  const submit = async () => {
    const wrong = [...(institutionId ? [] : [{ path: '/institutionId', message: '请选择机构' }]), ...(reason.trim() ? [] : [{ path: '/reason', message: '请写明理由' }])];
    setErrors(wrong);
    if (!wrong.length && (await add.send({ params: { roundId: round.roundId }, body: { institutionId, reason: reason.trim() } }))) { setInstitution(''); setReason(''); }
  };
  return (
    <details><summary>增加自愿参加的机构</summary>
      <FormShell scope="add" label="增加自愿参加的机构" errors={errors} problem={add.problem} onSubmit={() => void submit()}>
        <Field pointer="/institutionId" label="机构">{(field) => <select {...field} className="zj-input" value={institutionId} onChange={(event) => setInstitution(event.target.value)}><option value="">请选择</option>{(register.data?.items ?? []).map((it) => <option key={it.institutionId} value={it.institutionId}>{it.name}</option>)}</select>}</Field>
        <Field pointer="/reason" label="理由" wide>{(field) => <input {...field} className="zj-input" maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
        <p className="zj-actions"><button type="submit" className="zj-button" disabled={add.pending}>增加</button></p>
      </FormShell>
    </details>
  );
}

/** Who takes part, by identity; codes beside them only where they may be seen. */
export function Participants({ round }: { round: Round }) {
  const [search, setSearch] = useSearchParams();
  const runs = useIs('quality-centre');
  const state = Object.keys(participantStates).find((one) => one === search.get('participants')) as Participant['state'] | undefined;
  const all = useAnswer('listComparisonParticipants', { params: { roundId: round.roundId }, query: { limit: most, state } });
  const choose = (value: string) => setSearch((before) => { const next = new URLSearchParams(before); if (value) next.set('participants', value); else next.delete('participants'); return next; }, { replace: true });
  return (
    <Part title="参加机构" note={round.uncovered ? undefined : '此处不显示实验室编号。'} aside={<select className="zj-input" aria-label="参加机构的状态" value={state ?? ''} onChange={(event) => choose(event.target.value)}><option value="">全部</option>{Object.entries(participantStates).map(([id, [, word]]) => <option key={id} value={id}>{word}</option>)}</select>}>
      <Shown of={all} what="参加机构">
        {({ items, next }) => (
          <>
            {runs && round.state === 'open' && !state ? <Dispatch round={round} waiting={items.filter((it) => (!it.sentOn || it.intact === false) && it.state !== 'excused' && it.state !== 'withdrawn')} /> : null}
            {next ? <Partial>只列出前 {most} 家，请按状态查看。</Partial> : null}
            {items.length ? <Table caption="参加机构" rows={items} columns={columnsFor(round, runs)} rowKey={({ institutionId }) => institutionId} /> : <Empty>没有符合条件的机构。</Empty>}
            {runs && round.state !== 'evaluated' ? <Add round={round} /> : null}
          </>
        )}
      </Shown>
    </Part>
  );
}
