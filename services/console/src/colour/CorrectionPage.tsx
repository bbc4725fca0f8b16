import { Chip, ClauseNote, Facts, Field, FormShell, institutionWord, moment, PackOnPage, Page, Part, Shown, Table, useAnswer, usePack, useSubmission, type Column } from '@zhijian/web';
import { useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import { useIs, useSession } from '../app/session.js';
import { effectName, effectValue, type Correction, type Effect } from './colour.js';
import { becauseWords, correctionTones, correctionWords } from './CorrectionsPage.js';

/** Everything that follows, one under the other: what it is now, what it would be. In the pack's words, and not before they are there. */
const Effects = ({ correction }: { correction: Correction }) => <Shown of={usePack()} what="政策包的用语">{(pack) => <EffectTable correction={correction} pack={pack} />}</Shown>;

function EffectTable({ correction, pack }: { correction: Correction; pack: unknown }) {
  const columns: Column<Effect>[] = [
    { key: 'what', title: '事项', show: ({ what, line, clauses }) => <>{effectName(what)}{line ? <span className="zj-hint">　{institutionWord(line)}</span> : null}<ClauseNote ids={clauses} /></> }, { key: 'year', title: '年度', show: ({ year }) => `${year} 年度` },
    { key: 'before', title: '现在', show: (effect) => effectValue(pack, effect, effect.before) }, { key: 'after', title: '更正以后', show: (effect) => <strong>{effectValue(pack, effect, effect.after)}</strong> },
  ];
  return <Table caption="随之改变的事项" rows={correction.effects} columns={columns} rowKey={({ what, year, line, before }) => `${what} ${year} ${line ?? ''} ${before ?? ''}`} />;
}

/** The decision of another person, by what is listed above. */
function Decide({ correction, reload }: { correction: Correction; reload: () => void }) {
  const { me } = useSession();
  const [reason, setReason] = useState('');
  const [outcome, setOutcome] = useState<'accepted' | 'rejected'>('accepted');
  const decide = useSubmission('decideColourCorrection');
  const own = correction.draftedBy === me.id;
  const send = async () => { if (await decide.send({ params: { correctionId: correction.correctionId }, body: { outcome, digest: correction.digest, reason: reason.trim() || null } })) reload(); };
  return (
    <Part title="决定" note="采纳的，评分或比对结果随即更正，颜色重新判定，另行公示；已经做过的检查、监测和报告仍保留。">
      {own ? <p className="zj-partial">这项更正由您拟定，须由另一人决定。</p> : null}
      <FormShell label="决定更正" problem={decide.problem} onSubmit={() => void send()}>
        <div className="zj-choices">
          <label><input type="radio" name="outcome" checked={outcome === 'accepted'} onChange={() => setOutcome('accepted')} /> 采纳</label>
          <label><input type="radio" name="outcome" checked={outcome === 'rejected'} onChange={() => setOutcome('rejected')} /> 不采纳</label>
        </div>
        <Field pointer="/reason" label="意见" wide>{(field) => <textarea {...field} className="zj-input" rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={own || decide.pending}>决定</button></p>
      </FormShell>
    </Part>
  );
}

const changeWords = ({ change }: Correction): string => (change.kind === 'comparison' ? `能力比对综合评定结果改为“${change.result}”` : change.served ? `绩效评估评分改为 ${change.score ?? ''} 分` : '改为当年未开展技术服务');

/** One correction with its blast radius. */
export function CorrectionPage() {
  const { correctionId = '' } = useParams();
  const correction = useAnswer('getColourCorrection', { params: { correctionId } });
  const mayDecide = useIs('province', 'city', 'county', 'approver');
  return (
    <Shown of={correction} what="这项更正">
      {(known) => (
        <PackOnPage.Provider value={known.pack}>
          <Page title={`更正：${known.name || known.institutionId}`} trail={<><Link to="/colours">分色管理</Link><Link to={`/colours/${known.runId}`}>{known.year} 年度赋色</Link><Link to={`/colours/corrections?run=${known.runId}`}>更正</Link></>} aside={<button type="button" className="zj-button" onClick={() => window.print()}>打印</button>}>
            <Facts of={[
              ['状态', <Chip key="state" tone={correctionTones[known.state]}>{correctionWords[known.state]}</Chip>], ['缘由', becauseWords[known.because]], ['资质', institutionWord(known.line)], ['更正', changeWords(known)], ['理由', known.reason],
              ['拟定', moment(known.draftedAt)], ...(known.decidedAt ? [['决定', `${moment(known.decidedAt)}${known.decidedBecause ? `：${known.decidedBecause}` : ''}`] as const] : []),
            ]} />
            <Part title={`随之改变（${known.effects.length} 项）`} note="按拟定时的情况列出；其间情况有变动的，不能据此决定，须重新拟定。"><Effects correction={known} /></Part>
            {known.state === 'draft' && mayDecide ? <Decide correction={known} reload={() => void correction.refetch()} /> : null}
          </Page>
        </PackOnPage.Provider>
      )}
    </Shown>
  );
}
